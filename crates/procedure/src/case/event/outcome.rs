//! How a case ends, and how its title ends. Deliberately absent: which cases stand on a decision; its
//! own stream says so.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::case::event::Assignment;
use crate::date::{Date, Period};
use crate::name::{BandId, DecisionId, OfficerId};
use crate::text::Sealed;

/// The case stands on the draft of a decision and changes no more until it is taken off (đưa vào
/// dự thảo quyết định).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PlacedOnDecision {
    /// The decision.
    pub decision: DecisionId,
    /// The day.
    pub on: Date,
}

/// The case stands on the draft no more (đưa ra khỏi dự thảo quyết định).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RemovedFromDecision {
    /// The decision.
    pub decision: DecisionId,
    /// Why this case was taken off; absent where the whole draft was given up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Sealed>,
    /// Who took it off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<OfficerId>,
    /// The day.
    pub on: Date,
}

/// The act of an authority (quyết định).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DecisionReference {
    /// Number and sign, such as `125/QĐ-UBND`.
    pub number: String,
    /// The day that it bears.
    pub date: Date,
    /// The decision over many cases that this one stands on; absent for an act about one case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<DecisionId>,
}

/// The competent authority has recognised the title (công nhận).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TitleRecognised {
    /// By which decision.
    pub decision: DecisionReference,
    /// Points of the last review.
    pub total: u32,
    /// The band, where the definition has any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<BandId>,
    /// The days on which the title is in force.
    pub in_force: Period,
    /// Who signed.
    pub by: OfficerId,
    /// In whose place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_place_of: Option<OfficerId>,
    /// The day of the entry.
    pub on: Date,
}

/// The decision that recognised the title was cancelled; the case is to be decided anew (hủy công
/// nhận).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RecognitionAnnulled {
    /// The decision that was cancelled.
    pub decision: DecisionId,
    /// The day.
    pub on: Date,
    /// Whose turn it is.
    pub next: Assignment,
}

/// The competent authority has refused the title (không công nhận).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RecognitionRefused {
    /// By which decision.
    pub decision: DecisionReference,
    /// Points of the last review.
    pub total: u32,
    /// Why.
    pub reason: Sealed,
    /// Who signed.
    pub by: OfficerId,
    /// In whose place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_place_of: Option<OfficerId>,
    /// The day of the entry.
    pub on: Date,
}

/// The subject strives no more this year (rút hồ sơ).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CaseWithdrawn {
    /// Why.
    pub reason: Sealed,
    /// Who entered it.
    pub by: OfficerId,
    /// The day.
    pub on: Date,
}

/// The competent authority has taken the title back (thu hồi).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TitleRevoked {
    /// By which decision.
    pub decision: DecisionReference,
    /// On which ground.
    pub ground: Sealed,
    /// The first day without the title.
    pub from: Date,
    /// Who signed.
    pub by: OfficerId,
    /// In whose place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_place_of: Option<OfficerId>,
    /// The day of the entry.
    pub on: Date,
}

/// The title has come to its end and was not recognised anew (hết hiệu lực).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TitleLapsed {
    /// The first day without the title.
    pub from: Date,
    /// The day of the entry.
    pub on: Date,
}
