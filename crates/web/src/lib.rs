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
//! [`read`], then [`api`].

mod api;
mod app;
mod auth;
mod body;
mod bulk;
mod command;
mod etag;
mod health;
mod idempotency;
mod language;
mod limits;
mod openapi;
mod paging;
mod params;
mod problem;
mod read;
mod refusal;
mod router;
mod serve;
mod trace;

pub use app::{App, Clerk, History};
pub use auth::TOKEN_PREFIX;
pub use auth::{secret_text, token_digest};
pub use axum::Router;
pub use openapi::openapi;
pub use refusal::HttpRefusal;
pub use router::router;
pub use serve::serve;
