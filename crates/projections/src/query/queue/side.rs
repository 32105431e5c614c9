//! Whom open cases wait for, by side. Deliberately absent: roles and steps; those are the definition's.

use std::fmt;
use std::str::FromStr;

use crate::query::CaseState;

/// Whose turn it is, by side (đang chờ ai).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitingOn {
    /// The subject, who has to assess himself or to supplement.
    Applicant,
    /// Whoever reviews, alone or in a meeting.
    Reviewer,
    /// The days of the posting, or whoever posts.
    Posting,
    /// Whoever decides.
    Approver,
}

impl WaitingOn {
    /// All of them, in the order of a case's life.
    pub const ALL: [Self; 4] = [Self::Applicant, Self::Reviewer, Self::Posting, Self::Approver];

    /// The side that a case in a state waits for; nothing for one that is closed.
    #[must_use]
    pub const fn of(state: CaseState) -> Option<Self> {
        match state {
            CaseState::Registered | CaseState::Returned => Some(Self::Applicant),
            CaseState::InReview | CaseState::InMeeting => Some(Self::Reviewer),
            CaseState::Posted => Some(Self::Posting),
            CaseState::AwaitingDecision => Some(Self::Approver),
            CaseState::Recognised
            | CaseState::Revoked
            | CaseState::Refused
            | CaseState::Withdrawn => None,
        }
    }

    /// The stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Applicant => "applicant",
            Self::Reviewer => "reviewer",
            Self::Posting => "posting",
            Self::Approver => "approver",
        }
    }
}

impl fmt::Display for WaitingOn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The text names no side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a case waits on the applicant, the reviewer, the posting or the approver")]
pub struct UnknownSide;

impl FromStr for WaitingOn {
    type Err = UnknownSide;

    fn from_str(text: &str) -> Result<Self, UnknownSide> {
        Self::ALL.into_iter().find(|side| side.as_str() == text).ok_or(UnknownSide)
    }
}
