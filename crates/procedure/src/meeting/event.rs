//! What can have happened to a meeting. These names are the storage format.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::aggregate::events;
use crate::date::Date;
use crate::name::{OfficerId, ProcedureId, StepId, UnitCode};
use crate::text::{Digest, Sealed};

events! {
    /// What can have happened to a meeting.
    MeetingRecorded,
}

/// The minutes of a meeting are in the log (biên bản họp bình xét).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MeetingRecorded {
    /// The definition of the procedure.
    pub procedure: ProcedureId,
    /// The step that the meeting belongs to.
    pub step: StepId,
    /// The unit that met.
    pub unit: UnitCode,
    /// The day of the meeting.
    pub held_on: Date,
    /// How many people were called.
    pub convened: u32,
    /// Who came, each with name and capacity, sealed with the meeting's own key.
    pub present: Vec<Sealed>,
    /// What was said, sealed with the same key.
    pub minutes: Sealed,
    /// SHA-256 of the scanned minutes, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Digest>,
    /// Who entered them.
    pub by: OfficerId,
    /// For whom, where the entry is another's to make.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_place_of: Option<OfficerId>,
    /// The day of the entry.
    pub on: Date,
}
