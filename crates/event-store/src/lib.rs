//! The port to an event store: append with an expected revision, read, follow.
//!
//! The store is the only truth of hieuhoc; everything else can be rebuilt from it. This crate
//! says what every engine owes its callers ([`EventStore`]), brings a reference implementation
//! in memory ([`MemoryStore`]) and, under the feature `contract`, the suite of checks that each
//! engine has to pass (`contract`) and a store that fails by script (`faulty`).
//!
//! Deliberately absent: domain types, JSON (payloads are bytes), SQL, an append without an
//! expected revision (a legal record has no use for "whatever is there"), and deletion.
//!
//! Reading order: [`position`], [`event`], [`error`], [`store`], [`memory`], `contract`.

#[cfg(feature = "contract")]
pub mod contract;
pub mod error;
pub mod event;
#[cfg(feature = "contract")]
pub mod faulty;
pub mod memory;
pub mod position;
pub mod store;

pub use error::StoreError;
pub use event::{NewEvent, RecordedEvent, StreamName};
pub use memory::MemoryStore;
pub use position::Position;
pub use store::{Appended, EventStore, Expected, Follower, first_of_history};
