//! Where an event stands in the whole log. Deliberately absent: arithmetic; a position is only
//! compared, stored and handed back.

use std::fmt;
use std::str::FromStr;

/// The place of an event in the log of all streams: opaque, totally ordered, never reused.
///
/// Two numbers, because KurrentDB orders its log by commit and prepare position; an engine with
/// one counter leaves `minor` zero. The text form is `major` or `major.minor`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    major: u64,
    minor: u64,
}

impl Position {
    /// A position as an engine knows it.
    #[must_use]
    pub const fn new(major: u64, minor: u64) -> Self {
        Self { major, minor }
    }

    /// The engine's first number.
    #[must_use]
    pub const fn major(self) -> u64 {
        self.major
    }

    /// The engine's second number, zero where it has none.
    #[must_use]
    pub const fn minor(self) -> u64 {
        self.minor
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.minor {
            0 => write!(f, "{}", self.major),
            minor => write!(f, "{}.{minor}", self.major),
        }
    }
}

/// The text is not a position.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a position in the log")]
pub struct InvalidPosition(String);

impl FromStr for Position {
    type Err = InvalidPosition;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let invalid = || InvalidPosition(text.to_owned());
        let (major, minor) = text.split_once('.').unwrap_or((text, "0"));
        Ok(Self {
            major: major.parse().map_err(|_| invalid())?,
            minor: minor.parse().map_err(|_| invalid())?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_form_round_trips_and_order_is_numeric() {
        for position in [Position::new(0, 0), Position::new(7, 0), Position::new(7, 12)] {
            assert_eq!(position.to_string().parse::<Position>().unwrap(), position);
        }
        assert!(Position::new(9, 0) < Position::new(10, 0));
        assert!(Position::new(9, 1) < Position::new(9, 2));
        assert!("".parse::<Position>().is_err());
        assert!("1.x".parse::<Position>().is_err());
    }
}
