//! Given a decision, when somebody asks for something on a day, then events, a refusal, or nothing.
//!
//! This file is the kit; each module below holds the tests of one group of rules. The definition
//! is the one of the cases' tests: the commune's chair signs, its association prepares the list.

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use super::*;
use crate::Digest;
use crate::actor::Actor;
use crate::case::spec::{
    Officer, PLACE, association, chair, date, not_appointed, officer, reviewer, sample, words,
};
use crate::date::Date;
use crate::definition::Definition;
use crate::name::{CaseId, SubjectId, UnitCode};
use crate::title::Title;

mod after;
mod annex;
mod authority;
mod draft;
mod sign;

/// The case of the family with that number in the list.
pub(super) fn case(number: usize) -> CaseId {
    let subject = SubjectId::of_code(&alloc::format!("05158-01-{number:04}"));
    CaseId::of(Title::Family, subject, 2026)
}

pub(super) fn cases(numbers: impl IntoIterator<Item = usize>) -> Vec<CaseId> {
    numbers.into_iter().map(case).collect()
}

pub(super) fn ready(number: usize) -> Line {
    Line { case: case(number), ready: Ok(()) }
}

/// A line of a case whose points do not reach the title.
pub(super) fn unready(number: usize) -> Line {
    let why = crate::case::Refusal::BelowThreshold { total: 49, minimum: 50 };
    Line { case: case(number), ready: Err(why.into()) }
}

pub(super) fn digest() -> Digest {
    "a".repeat(64).try_into().unwrap()
}

/// A decision, what is around it, and who asks when.
#[derive(Clone)]
pub(super) struct Desk {
    pub(super) state: State,
    pub(super) definition: Definition,
    pub(super) path: Vec<UnitCode>,
    pub(super) lines: Vec<Line>,
    pub(super) by: Officer,
    pub(super) today: Date,
}

/// Nothing drafted; the association of the commune is at work on 10 November 2026.
pub(super) fn given() -> Desk {
    Desk {
        state: State::default(),
        definition: sample::definition(),
        path: PLACE[..3].iter().map(|code| code.parse().unwrap()).collect(),
        lines: vec![],
        by: association(),
        today: date("2026-11-10"),
    }
}

impl Desk {
    pub(super) fn by(mut self, officer: Officer) -> Self {
        self.by = officer;
        self
    }

    pub(super) fn on(mut self, day: &str) -> Self {
        self.today = date(day);
        self
    }

    pub(super) fn at(mut self, path: &[&str]) -> Self {
        self.path = path.iter().map(|code| code.parse().unwrap()).collect();
        self
    }

    pub(super) fn with(mut self, lines: impl IntoIterator<Item = Line>) -> Self {
        self.lines = lines.into_iter().collect();
        self
    }

    /// With the commune's chair competent until 19 November and that role from the 20th.
    pub(super) fn passing_to(mut self, performer: crate::definition::Performer) -> Self {
        let performers = &mut self.definition.steps[3].performers;
        performers[0].until = Some(date("2026-11-19"));
        performers
            .push(crate::definition::Performer { from: Some(date("2026-11-20")), ..performer });
        self
    }

    pub(super) fn context<'a>(&'a self, actor: Actor<'a>) -> Context<'a> {
        Context {
            actor,
            today: self.today,
            definition: &self.definition,
            path: &self.path,
            lines: &self.lines,
        }
    }

    pub(super) fn answer(&self, command: Command) -> Result<Vec<Event>, Refused> {
        let actor = Actor::officer_alone(self.by.id, &self.by.state);
        self.state.decide(command, &self.context(actor))
    }

    /// What has to be accepted for the story to go on.
    #[track_caller]
    pub(super) fn and(mut self, command: Command) -> Self {
        for event in self.happens(command) {
            self.state.evolve(&event);
        }
        self
    }

    /// Accepted, and changes something.
    #[track_caller]
    pub(super) fn happens(&self, command: Command) -> Vec<Event> {
        let events = self.answer(command).expect("to be accepted");
        assert!(!events.is_empty(), "nothing happened");
        events
    }

    #[track_caller]
    pub(super) fn then(&self, command: Command, event: impl Into<Event>) {
        assert_eq!(self.answer(command), Ok(vec![event.into()]));
    }

    #[track_caller]
    pub(super) fn quiet(&self, command: Command) {
        assert_eq!(self.answer(command), Ok(vec![]));
    }

    #[track_caller]
    pub(super) fn refused(&self, command: Command, refusal: impl Into<Refused>) {
        assert_eq!(self.answer(command), Err(refusal.into()));
    }
}

pub(super) fn draft() -> Command {
    draft_for("05158")
}

pub(super) fn draft_for(unit: &str) -> Command {
    Command::Draft { year: 2026, unit: unit.parse().unwrap() }
}

pub(super) fn list(numbers: impl IntoIterator<Item = usize>) -> Command {
    Command::List { cases: cases(numbers) }
}

pub(super) fn take_off(number: usize) -> Command {
    Command::TakeOff { case: case(number), reason: words("moved away") }
}

pub(super) fn sign(day: &str) -> Command {
    numbered("125/QĐ-UBND", day)
}

pub(super) fn numbered(number: &str, day: &str) -> Command {
    Command::Sign { number: number.to_string(), date: date(day), annex: digest() }
}

pub(super) fn discard() -> Command {
    Command::Discard { reason: words("begun by mistake") }
}

pub(super) fn correct(day: &str, corrected_number: Option<&str>) -> Command {
    Command::Correct {
        number: "126/QĐ-UBND".to_string(),
        date: date(day),
        corrected_number: corrected_number.map(ToString::to_string),
        note: words("a slip of the pen"),
    }
}

pub(super) fn cancel(day: &str) -> Command {
    let (number, reason) = ("127/QĐ-UBND".to_string(), words("points bought"));
    Command::Cancel { number, date: date(day), reason }
}

/// Drafted by the association on 10 November.
pub(super) fn drafted() -> Desk {
    given().and(draft())
}

/// Cases 1 to 3 on the annex, all ready; the chair is at work on 20 November.
pub(super) fn listed() -> Desk {
    let desk = drafted().and(list(1..=3));
    desk.with([ready(1), ready(2), ready(3)]).by(chair()).on("2026-11-20")
}

/// Signed on 18 November, entered on the 20th; the chair is at work on 1 December.
pub(super) fn signed() -> Desk {
    listed().and(sign("2026-11-18")).on("2026-12-01")
}

pub(super) fn discarded() -> Desk {
    listed().and(discard())
}

pub(super) fn cancelled() -> Desk {
    signed().and(cancel("2026-12-01"))
}
