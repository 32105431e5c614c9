//! The five titles of the learning society and who strives for them (Decision 387/QĐ-TTg of
//! 25 March 2022; Decision 677/QĐ-TTg of 3 June 2022 for citizens).
//! Deliberately absent: criteria and points; those are data.

use serde::{Deserialize, Serialize};

macro_rules! names {
    ($type:ident { $($variant:ident = $name:literal),* $(,)? }) => {
        impl $type {
            /// Every value, in the order of the decision.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in events, definitions and the API.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }

        impl core::fmt::Display for $type {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl core::str::FromStr for $type {
            type Err = crate::name::InvalidName;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text).ok_or_else(|| {
                    crate::name::InvalidName {
                        what: stringify!($type),
                        allowed: concat!($($name, " "),*),
                        text: text.chars().take(80).collect(),
                    }
                })
            }
        }
    };
}
pub(crate) use names;

/// A title that a subject strives for each year (danh hiệu).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Title {
    /// Learning family (Gia đình học tập).
    Family,
    /// Learning clan (Dòng họ học tập).
    Clan,
    /// Learning community of a hamlet or residential group (Cộng đồng học tập).
    Community,
    /// Learning organisation (Đơn vị học tập).
    Organisation,
    /// Learning citizen (Công dân học tập).
    Citizen,
}

names!(Title {
    Family = "family",
    Clan = "clan",
    Community = "community",
    Organisation = "organisation",
    Citizen = "citizen",
});

impl Title {
    /// Who can hold the title.
    #[must_use]
    pub const fn subject_kind(self) -> SubjectKind {
        match self {
            Self::Family => SubjectKind::Household,
            Self::Clan => SubjectKind::Clan,
            Self::Community => SubjectKind::Community,
            Self::Organisation => SubjectKind::Organisation,
            Self::Citizen => SubjectKind::Citizen,
        }
    }
}

/// What a subject is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SubjectKind {
    /// A household (hộ gia đình).
    Household,
    /// A clan (dòng họ).
    Clan,
    /// The people of a hamlet or residential group (cộng đồng thôn, tổ dân phố).
    Community,
    /// An agency, school, enterprise or other body (đơn vị).
    Organisation,
    /// A single person (công dân).
    Citizen,
}

names!(SubjectKind {
    Household = "household",
    Clan = "clan",
    Community = "community",
    Organisation = "organisation",
    Citizen = "citizen",
});
