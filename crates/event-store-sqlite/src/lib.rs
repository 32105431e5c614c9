//! Event streams in one SQLite file: the embedded engine of the port `event-store`.
//!
//! One thread writes. It takes whatever appends wait, commits them together and answers only when
//! the commit is on disk (`writer`). Readers have connections of their own (`pool`) and see the
//! log exactly up to the last published commit (`heads`). Any auditor can open the file with the
//! ordinary `sqlite3` and select from the views `events` and `streams` (`schema`).
//!
//! What SQLite does not do, and this crate does: refuse a second writer (`lock`), flush the
//! folder after a file was created, notice a failed flush of a checkpoint, and end the process when
//! a flush fails (`failure`).
//!
//! Deliberately absent: domain types, deletion, detection of flipped bits (that is the verifiable
//! history's), backup.

mod batch;
mod failure;
mod follow;
mod generations;
mod heads;
mod lock;
mod open;
mod pool;
mod reader;
mod schema;
mod store;
mod writer;

pub use lock::{DataLock, Held};
pub use open::{OLDEST_SQLITE, OpenError};
pub use store::{Options, SqliteStore, Statistics};
