//! What is done, by whom and when: the lines of the play. Deliberately absent: why.

use super::calendar::Moment;
use super::points::{ClaimLine, ReviewLine};

/// One act; one command.
#[derive(Debug)]
pub(super) struct Act {
    pub(super) at: Moment,
    /// The officer; `None` is whoever holds the machine.
    pub(super) by: Option<usize>,
    pub(super) deed: Deed,
}

/// What is done.
#[derive(Debug)]
pub(super) enum Deed {
    /// Carry out an official instrument, by its place in the list.
    Reorganise(usize),
    /// Publish a shipped definition, by its place in the list.
    Publish(usize),
    /// List the hamlets.
    ListHamlets,
    Enrol {
        officer: usize,
    },
    Appoint {
        officer: usize,
        role: usize,
    },
    DeclareInterest {
        officer: usize,
        interest: usize,
    },
    /// Enter a subject in the books.
    Enter {
        subject: usize,
    },
    /// Something happens to the case of a subject.
    Case {
        subject: usize,
        deed: CaseDeed,
    },
}

/// What is done with a case.
#[derive(Debug)]
pub(super) enum CaseDeed {
    Register,
    SelfAssess(Vec<ClaimLine>),
    Supplement(Vec<ClaimLine>),
    Claim,
    Release,
    Review(Vec<ReviewLine>),
    Return { reason: &'static str, indicators: Vec<usize> },
    Recognise,
    Refuse { reason: &'static str },
    Withdraw { reason: &'static str },
}
