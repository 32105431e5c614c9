//! The JSON API under `/api/v1`: who is asked for what over HTTP, and how the answer reads.
//!
//! The tree of modules under [`api`] is the tree of addresses. A command goes from its endpoint
//! to the engine; a read goes to the read models, cut to the territories of the officer who asks.
//! Every failure, whichever layer it comes from, leaves as `application/problem+json` with a
//! stable code and a page that says what to do.
//!
//! Deliberately absent: rules, SQL, stores, sessions and HTML; personal text in any log line.
//!
//! Reading order: [`app`], [`mod@router`], [`refusal`], [`problem`], [`auth`], [`command`], [`bulk`],
//! [`read`], then [`api`]; beside them [`mod@read_only`] and [`mod@metrics`].

pub mod api;
mod app;
mod auth;
mod body;
mod bulk;
pub mod command;
mod etag;
mod health;
pub mod idempotency;
mod language;
mod limits;
pub mod metrics;
mod openapi;
mod paging;
pub mod params;
pub mod problem;
pub mod read;
pub mod read_only;
mod refusal;
mod router;
mod serve;
pub mod trace;

pub use app::{App, Clerk, History};
pub use auth::TOKEN_PREFIX;
pub use auth::{secret_text, token_digest};
pub use axum::Router;
pub use metrics::metrics;
pub use openapi::openapi;
pub use read_only::Writer;
pub use refusal::HttpRefusal;
pub use router::{read_only_router, router};
pub use serve::serve;
