//! The commands of each aggregate: gather what the decision needs, then carry it out.
//!
//! Deliberately absent: any judgement about what was gathered.

mod calendar;
mod case;
mod context;
pub(crate) mod decision;
pub(crate) mod draft;
mod edition;
mod meeting;
mod officer;
mod placed;
pub(crate) mod rehearsal;
mod subject;
mod territory;
