//! The HTML pages: what applicants, reviewers, approvers, auditors, supervisors and administrators
//! see and do in a browser.
//!
//! Rendered on the server, whole without JavaScript, Vietnamese first. A form goes the same way as a
//! call of the API: [`act`] turns it into a [`web::command::Command`], and the endpoint's own function
//! takes it from there, so that there is one way in for everybody. A page reads the read models through
//! [`web::read::Reading`], cut to the territory of who looks.
//!
//! The tree of modules is the tree of addresses. Templates lie under `templates/`, one folder for each
//! area; styles and the one script under `assets/`.
//!
//! Deliberately absent: rules, SQL, stores, JSON for machines.
//!
//! Reading order: [`site`], [`mod@router`], [`look`], [`session`], [`sign_in`], [`desk`], [`act`], [`page`], then
//! the areas.

mod account;
mod act;
mod assessment;
mod assets;
mod attempts;
mod audit;
mod bulk;
mod calendar;
mod cases;
mod cookies;
mod csrf;
mod decisions;
mod desk;
mod evidence;
mod failure;
mod fields;
mod findings;
mod format;
mod hamlet;
mod headers;
mod home;
mod keys;
mod live;
mod look;
mod mine;
mod names;
mod officers;
mod oversight;
mod page;
mod postings;
mod procedures;
mod public;
mod queue;
mod refusal;
mod register;
mod router;
mod session;
mod sheet;
mod sign_in;
mod site;
mod subjects;
mod svg;
mod text_form;
mod typed;
mod units;
mod upload;
mod words;

pub use refusal::PageRefusal;
pub use router::router;
pub use site::{Persona, Settings, Site};
