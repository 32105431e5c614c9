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
//! then [`clock`], [`entropy`], [`personal`].

pub mod clock;
pub mod commands;
pub mod engine;
pub mod entropy;
pub mod error;
pub mod execute;
#[cfg(feature = "kit")]
pub mod kit;
pub mod personal;
pub mod repository;
pub mod request;

pub use clock::{Clock, ManualClock, SystemClock, civil_date};
pub use commands::decision::{Followed, Listed};
pub use engine::Engine;
pub use entropy::{Entropy, OsEntropy, SeededEntropy};
pub use error::EngineError;
pub use personal::{Sealer, TextError};
pub use request::{Done, Principal, Request};
