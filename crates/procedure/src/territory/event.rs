//! What can have happened to administrative units. These names are the storage format.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::aggregate::events;
use crate::date::Date;
use crate::name::UnitCode;
use crate::territory::level::UnitKind;

events! {
    /// What can have happened to administrative units.
    UnitsReorganised,
}

/// An instrument changed units, from a day on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnitsReorganised {
    /// By what right.
    pub instrument: Instrument,
    /// First day on which it holds.
    pub effective: Date,
    /// Made up for demonstration.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub sample: bool,
    /// What changed, in order.
    pub changes: Vec<Change>,
}

/// A legal instrument (văn bản).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Instrument {
    /// Kind and number, such as `Quyết định 19/2025/QĐ-TTg`.
    pub number: String,
    /// When it was issued, if known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued: Option<Date>,
}

/// One change of one unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "change", rename_all = "snake_case")]
pub enum Change {
    /// A unit begins.
    Founded {
        /// Its official code.
        code: UnitCode,
        /// Its full name, kind included: `Xã Mường Bi`.
        name: String,
        /// Its kind.
        kind: UnitKind,
        /// The unit that it is part of; absent for the nation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parent: Option<UnitCode>,
    },
    /// A unit goes on under the same code with another kind and full name.
    Retyped {
        /// Its official code.
        code: UnitCode,
        /// Its full name from now on.
        name: String,
        /// Its kind from now on.
        kind: UnitKind,
    },
}

impl Change {
    /// The unit that it is about.
    #[must_use]
    pub fn code(&self) -> &UnitCode {
        match self {
            Self::Founded { code, .. } | Self::Retyped { code, .. } => code,
        }
    }
}
