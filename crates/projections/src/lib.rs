//! Read models and their runner: what the log means for whoever looks at it today.
//!
//! One SQLite file holds the register of titles, the queues, the totals of every administrative
//! unit, subjects, officers, units and procedures. It follows the log, counts each event exactly
//! once, and can be deleted at any time: rebuilding gives the same content. A case's timeline needs
//! no table; it is folded from the case's own short stream when somebody looks ([`timeline`]). Nor
//! does the trial of a draft definition, which reads the log once ([`trial`]).
//!
//! Deliberately absent: command handling, HTTP, engines of event stores, and any fact that is not
//! in the log.
//!
//! Reading order: [`schema`], [`decode`], [`apply`], [`runner`], [`rebuild`](mod@rebuild), [`models`], [`query`],
//! [`timeline`], [`lines`], [`trial`], [`digest`].

mod apply;
mod decode;
pub mod digest;
pub mod error;
pub mod lines;
pub mod models;
pub mod query;
pub mod rebuild;
pub mod runner;
mod schema;
pub mod search;
pub mod timeline;
pub mod trial;

pub use error::ReadError;
pub use event_store::Position;
pub use models::{ReadModels, Reader};
pub use rebuild::rebuild;
pub use runner::{Progress, Runner, Status};
