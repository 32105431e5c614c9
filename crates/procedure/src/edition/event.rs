//! What can have happened to an edition. These names are the storage format.

use alloc::boxed::Box;

use serde::{Deserialize, Serialize};

use crate::aggregate::events;
use crate::date::Date;
use crate::definition::Definition;
use crate::text::Digest;

events! {
    /// What can have happened to an edition.
    ProcedurePublished,
    ProcedureRetired,
}

/// The definition is in the log, and cases can be registered under it while it is in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProcedurePublished {
    /// The whole definition.
    pub definition: Box<Definition>,
    /// SHA-256 of the definition's JSON as it stands in this event.
    pub digest: Digest,
    /// The day of publishing.
    pub on: Date,
}

/// No case is registered under it any more; those that are keep it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProcedureRetired {
    /// The day from which that is so.
    pub on: Date,
}
