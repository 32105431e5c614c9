//! Every byte format that is promised to be readable for decades: events and their envelope,
//! upcasters, sealed personal data and files, names of streams, procedure definitions and the calendar in
//! TOML, annexes of decisions, JSON Schemas.
//!
//! Deliberately absent: stores, keys at rest (the port is [`keyring`], its file is `key-store`'s), sealed
//! files at rest (the port is [`evidence`], their folder is `evidence-store`'s), async, the clock and
//! randomness.
//!
//! Reading order: [`stream`], [`metadata`], [`event`], [`upcast`], [`seal`], [`keyring`],
//! [`evidence`], [`digest`], [`annex`], [`mod@line`], [`definition`], [`calendar`], [`scenario`], [`schema`].

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

pub mod annex;
pub mod calendar;
pub mod definition;
pub mod digest;
pub mod event;
pub mod evidence;
pub mod keyring;
pub mod line;
pub mod metadata;
pub mod scenario;
#[cfg(feature = "schema")]
pub mod schema;
pub mod seal;
pub mod stream;
pub mod upcast;

pub use event::{AnyEvent, DecodeError, decode, decode_any, encode};
pub use evidence::{EvidenceError, EvidenceStore, MemoryEvidence};
pub use keyring::{Keyring, KeyringError, MemoryKeyring};
pub use metadata::{ActorRecord, CommandRecord, Metadata, MetadataView};
pub use seal::{Key, OpenError};
