//! Decides what may happen in a recognition procedure, and what a history means.
//!
//! Given the events of a stream and a command, [`Aggregate::decide`] answers with the events that
//! follow or with a named [`Refusal`]; [`Aggregate::evolve`] says what an event
//! changes. Everything from outside (the day, the acting officer, the definition of the
//! procedure, the administrative units) comes in through the aggregate's context.
//!
//! Deliberately absent: I/O, async, the clock, randomness, threads, maps without an order, and
//! floating point. The crate is `no_std` so that the compiler keeps it that way. Personal data is
//! here only as [`Sealed`] text that this crate cannot open.
//!
//! Reading order: [`name`], [`date`], [`text`], [`aggregate`], [`definition`], then the
//! aggregates [`territory`], [`calendar`], [`edition`], [`subject`], [`officer`], [`case`],
//! [`meeting`], [`decision`], [`draft`] and [`refused_act`]. Each aggregate has the same files:
//! `command`, `event`, `state` (evolve), `decide`, `error`, `spec` (tests). Time limits are counted in
//! [`clock`].

#![no_std]
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod actor;
pub mod aggregate;
pub mod calendar;
pub mod case;
pub mod clock;
pub mod date;
pub mod decision;
pub mod definition;
pub mod draft;
pub mod edition;
pub mod meeting;
pub mod name;
pub mod officer;
pub mod refusal;
pub mod refused_act;
pub mod subject;
pub mod territory;
pub mod text;
pub mod title;

pub use actor::Actor;
pub use aggregate::{Aggregate, EventSet};
pub use calendar::Calendar;
pub use date::Date;
pub use definition::Definition;
pub use name::{
    BandId, CalendarId, CaseId, DecisionId, DraftId, FormName, IndicatorId, InvalidName, MeetingId,
    OfficerId, ProcedureId, Role, SourceId, StepId, SubjectId, UnitCode,
};
pub use refusal::{Refusal, Refused};
pub use text::{Bilingual, Digest, Language, Sealed};
pub use title::{SubjectKind, Title};
