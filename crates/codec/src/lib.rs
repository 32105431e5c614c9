//! Every byte format that is promised to be readable for decades: events and their envelope,
//! upcasters, sealed personal data, names of streams, procedure definitions and the calendar in
//! TOML, annexes of decisions, JSON Schemas.
//!
//! Deliberately absent: stores, keys at rest (the port is [`keyring`], its file is `key-store`'s),
//! async, the clock and randomness.
//!
//! Reading order: [`stream`], [`metadata`], [`event`], [`upcast`], [`seal`], [`keyring`],
//! [`digest`], [`annex`], [`definition`], [`calendar`], [`scenario`], [`schema`].

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)
)]

pub mod annex;
pub mod calendar;
pub mod definition;
pub mod digest;
pub mod event;
pub mod keyring;
pub mod metadata;
pub mod scenario;
#[cfg(feature = "schema")]
pub mod schema;
pub mod seal;
pub mod stream;
pub mod upcast;

pub use event::{AnyEvent, DecodeError, decode, decode_any, encode};
pub use keyring::{Keyring, KeyringError, MemoryKeyring};
pub use metadata::{ActorRecord, CommandRecord, Metadata, MetadataView};
pub use seal::{Key, OpenError};
