//! What can have happened to a decision. These names are the storage format.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::aggregate::events;
use crate::date::Date;
use crate::name::{CaseId, OfficerId, ProcedureId, Role, UnitCode};
use crate::text::{Digest, Sealed};
use crate::title::Title;

events! {
    /// What can have happened to a decision.
    DecisionDrafted,
    CasesListed,
    CaseTakenOff,
    DecisionSigned,
    DecisionDiscarded,
    DecisionCorrected,
    DecisionCancelled,
}

/// A decision is being prepared (dự thảo quyết định).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DecisionDrafted {
    /// The definition of the procedure that it ends.
    pub procedure: ProcedureId,
    /// The title.
    pub title: Title,
    /// The calendar year of the cases.
    pub year: i16,
    /// The unit whose authority decides.
    pub unit: UnitCode,
    /// The role that signs, as of this day.
    pub role: Role,
    /// Who drafted it.
    pub by: OfficerId,
    /// The day.
    pub on: Date,
}

/// Cases were put on the annex (danh sách kèm theo).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CasesListed {
    /// Which; none of them was on it before.
    pub cases: Vec<CaseId>,
    /// Who did it.
    pub by: OfficerId,
    /// The day.
    pub on: Date,
}

/// A case was taken off the annex (đưa ra khỏi danh sách).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CaseTakenOff {
    /// Which.
    pub case: CaseId,
    /// Why.
    pub reason: Sealed,
    /// Who did it.
    pub by: OfficerId,
    /// The day.
    pub on: Date,
}

/// The competent authority has recognised the titles of all cases on the annex (ký ban hành).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DecisionSigned {
    /// Number and sign, such as `125/QĐ-UBND`.
    pub number: String,
    /// The day that it bears.
    pub date: Date,
    /// How many cases are on the annex.
    pub cases: u32,
    /// SHA-256 of the annex.
    pub annex: Digest,
    /// Who signed.
    pub by: OfficerId,
    /// For whom, where the signature is another's to give.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_place_of: Option<OfficerId>,
    /// The day of the entry.
    pub on: Date,
}

/// The draft was given up before anybody signed it (bỏ dự thảo).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DecisionDiscarded {
    /// Why.
    pub reason: Sealed,
    /// Who did it.
    pub by: OfficerId,
    /// The day.
    pub on: Date,
}

/// A new act mends a clerical error of the decision, which stays as it was signed (đính chính).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DecisionCorrected {
    /// Number and sign of the correcting act.
    pub number: String,
    /// The day that the correcting act bears.
    pub date: Date,
    /// What the decision's number should have been, if that was the error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrected_number: Option<String>,
    /// What is mended.
    pub note: Sealed,
    /// Who signed.
    pub by: OfficerId,
    /// For whom, where the signature is another's to give.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_place_of: Option<OfficerId>,
    /// The day of the entry.
    pub on: Date,
}

/// A new act takes the signed decision back (hủy bỏ).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DecisionCancelled {
    /// Number and sign of the cancelling act.
    pub number: String,
    /// The day that the cancelling act bears.
    pub date: Date,
    /// Why.
    pub reason: Sealed,
    /// Who signed.
    pub by: OfficerId,
    /// For whom, where the signature is another's to give.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_place_of: Option<OfficerId>,
    /// The day of the entry.
    pub on: Date,
}
