//! The commands of each aggregate: gather what the decision needs, then carry it out.
//!
//! Deliberately absent: any judgement about what was gathered.

mod case;
mod context;
mod edition;
mod officer;
mod placed;
mod subject;
mod territory;
