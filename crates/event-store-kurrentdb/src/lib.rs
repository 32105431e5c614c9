//! Event streams in a KurrentDB cluster (25.1 and newer; EventStoreDB 23.10 and newer).
//!
//! Streams of a log are called `<log>.<stream>` there, so that several logs and other programs share a
//! cluster; the log is `hieuhoc` unless the connection string says otherwise ([`Address`]). The order of
//! a log is that of `$all`, read through a filter that the server keeps.
//!
//! What is relied on of server and client, where each says so, and which check would notice if it were
//! not true: `docs/kurrentdb.md`.
//!
//! Deliberately absent: domain types; subscriptions (see `follow`); an append without an expected
//! revision; deletion of anything but the streams of checks; a second word for where a cluster is.
//!
//! Reading order: [`address`], `connection` with `failure` and `hurry`, `event`, `log`, `append`, `follow`, [`store`];
//! under the feature `fake`, a cluster for tests.

pub mod address;
mod append;
mod bury;
mod connection;
mod event;
mod failure;
#[cfg(feature = "fake")]
pub mod fake;
mod follow;
mod hurry;
mod log;
pub mod store;

pub use address::{Address, AddressError};
pub use store::KurrentStore;
