//! Load, fold, decide, append, retry: the one way in which anything is written.
//!
//! A command comes in with a [`Request`] (who, under which id, at which expected revision). The
//! engine loads what the decision needs from the streams concerned, asks the pure core, and
//! appends the answer where it was decided. It keeps folded states at hand, but trusts none of
//! them without having asked the store for what is newer.
//!
//! Deliberately absent: rules, SQL, HTTP, and which engine stores the events.
//!
//! Reading order: [`request`], [`error`], [`engine`], [`commands`], [`execute`], [`repository`],
//! then [`clock`], [`entropy`], [`personal`], [`password`], [`evidence`], [`meter`].

pub mod clock;
pub mod commands;
pub mod engine;
pub mod entropy;
pub mod error;
pub mod evidence;
pub mod execute;
#[cfg(feature = "kit")]
pub mod kit;
pub mod meter;
pub mod password;
pub mod personal;
pub mod repository;
pub mod request;

pub use clock::{Clock, ManualClock, SystemClock, civil_date};
pub use commands::decision::{Followed, Listed, Looked, Rehearsal};
pub use commands::draft::{DRAFT_MAX, Draft};
pub use commands::rehearsal::Rehearsed;
pub use engine::Engine;
pub use entropy::{Entropy, OsEntropy, SeededEntropy};
pub use error::EngineError;
pub use evidence::{EVIDENCE_MAX, EvidenceFile, EvidenceRefusal, FileKind, Kept};
pub use meter::Meter;
pub use password::{Access, PasswordError};
pub use personal::{Sealer, TextError};
pub use request::{Done, Principal, Request};
