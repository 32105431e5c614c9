//! What can have happened to a subject. These names are the storage format.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::aggregate::events;
use crate::date::Date;
use crate::name::UnitCode;
use crate::text::Sealed;
use crate::title::SubjectKind;

events! {
    /// What can have happened to a subject.
    SubjectRegistered,
    SubjectMoved,
    PersonalDataCorrected,
}

/// The subject is in the books.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SubjectRegistered {
    /// What it is.
    pub kind: SubjectKind,
    /// What the local list calls it; no personal number.
    pub code: String,
    /// The unit where it belongs: a hamlet, or a commune for what belongs to none.
    pub unit: UnitCode,
    /// Its name; for a household that of its head.
    pub name: Sealed,
    /// Where it is found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Sealed>,
    /// Made up for demonstration.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub sample: bool,
    /// The day of the entry.
    pub on: Date,
}

/// The subject belongs elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SubjectMoved {
    /// The unit where it belongs from now on.
    pub unit: UnitCode,
    /// The first day there.
    pub on: Date,
}

/// A name or an address was wrong, or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PersonalDataCorrected {
    /// The right name.
    pub name: Sealed,
    /// The right address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Sealed>,
    /// The day of the correction.
    pub on: Date,
}
