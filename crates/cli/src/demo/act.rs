//! What is done, by whom and when: the lines of the play. Deliberately absent: why.

use procedure::case::{ObjectionKind, Votes};
use procedure::date::Period;
use procedure::{DecisionId, MeetingId, Title};

use super::calendar::Moment;
use super::points::{ClaimLine, ReviewLine};

/// One act; one command, or what the program does of itself.
#[derive(Debug)]
pub(super) struct Act {
    pub(super) at: Moment,
    /// The officer; `None` is whoever holds the machine, or the program.
    pub(super) by: Option<usize>,
    pub(super) deed: Deed,
    /// The code with which the act is refused, if somebody tries what he may not.
    pub(super) refused: Option<&'static str>,
}

impl Act {
    /// An act that is accepted.
    pub(super) fn new(at: Moment, by: Option<usize>, deed: Deed) -> Self {
        Self { at, by, deed, refused: None }
    }

    /// The same act, which is refused.
    pub(super) fn refused(self, code: &'static str) -> Self {
        Self { refused: Some(code), ..self }
    }
}

/// What is done.
#[derive(Debug)]
pub(super) enum Deed {
    /// Publish the shipped calendar of working days.
    SetCalendar,
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
    /// Let another officer decide in one's place for some days.
    Delegate {
        to: usize,
        term: Period,
    },
    /// Enter a subject in the books.
    Enter {
        subject: usize,
    },
    /// Enter the minutes of a meeting, by its place in the list.
    Minutes(usize),
    /// Something happens to a decision, by its place in the list.
    Decision {
        decision: usize,
        deed: DecisionDeed,
    },
    /// Something happens to the case of a subject.
    Case {
        subject: usize,
        deed: CaseDeed,
    },
}

/// What is done with a decision over many cases.
#[derive(Debug)]
pub(super) enum DecisionDeed {
    Draft,
    /// Put the cases of these subjects on it.
    List(Vec<usize>),
    TakeOff {
        subject: usize,
        reason: &'static str,
    },
    Sign,
    /// The program lets the cases follow.
    Settle,
}

/// What is done with a case.
#[derive(Debug)]
pub(super) enum CaseDeed {
    Register,
    SelfAssess(Vec<ClaimLine>),
    Supplement(Vec<ClaimLine>),
    Claim,
    Release,
    Assign {
        to: usize,
        reason: &'static str,
    },
    TakeOver {
        reason: &'static str,
    },
    Review(Vec<ReviewLine>),
    Return {
        reason: &'static str,
        indicators: Vec<usize>,
    },
    Vote {
        meeting: usize,
        votes: Votes,
    },
    Post {
        days: Period,
        place: String,
    },
    Object {
        kind: ObjectionKind,
        name: String,
        text: &'static str,
    },
    Resolve {
        objection: u16,
        upheld: bool,
        reason: &'static str,
    },
    ClosePosting,
    Recognise,
    Refuse {
        reason: &'static str,
    },
    Withdraw {
        reason: &'static str,
    },
    /// The program does what the day asks for.
    Watch,
}

/// A meeting of a hamlet, whose minutes are entered once it has voted on some case.
#[derive(Debug)]
pub(super) struct Meeting {
    pub(super) id: MeetingId,
    pub(super) hamlet: usize,
    pub(super) held_on: procedure::Date,
    pub(super) convened: u32,
    /// Who came, with name and capacity.
    pub(super) present: Vec<String>,
}

/// A decision over many cases of one title.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decision {
    pub(super) id: DecisionId,
    pub(super) title: Title,
}
