//! What may be asked of an edition, and what has to be known to decide.

use alloc::boxed::Box;

use crate::actor::Actor;
use crate::date::Date;
use crate::definition::Definition;
use crate::text::Digest;

/// What may be asked.
#[derive(Clone, Debug)]
pub enum Command {
    /// Put a definition into the log.
    Publish {
        /// The definition.
        definition: Box<Definition>,
        /// SHA-256 of its JSON.
        digest: Digest,
    },
    /// Take it out of use for new cases.
    Retire,
}

impl Command {
    /// Its stable name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Publish { .. } => "publish_procedure",
            Self::Retire => "retire_procedure",
        }
    }
}

/// What has to be known from outside.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Who asks.
    pub actor: Actor<'a>,
    /// Today.
    pub today: Date,
}
