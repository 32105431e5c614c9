//! What can have happened to a case. These names are the storage format.
//!
//! An event says enough for a reader that has no definition at hand: whose turn it is next, what
//! the points came to, until when a title is in force.

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::aggregate::events;
use crate::date::{Date, Period};
use crate::name::{BandId, IndicatorId, OfficerId, ProcedureId, Role, StepId, SubjectId, UnitCode};
use crate::text::{Digest, Sealed};
use crate::title::{Title, names};

events! {
    /// What can have happened to a case.
    CaseRegistered,
    SelfAssessed,
    Claimed,
    Released,
    Reviewed,
    ReturnedForSupplement,
    Supplemented,
    StepCompleted,
    TitleRecognised,
    RecognitionRefused,
    CaseWithdrawn,
}

/// A subject strives for a title in a year (đăng ký).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CaseRegistered {
    /// The title.
    pub title: Title,
    /// The subject.
    pub subject: SubjectId,
    /// The calendar year.
    pub year: i16,
    /// The definition under which the case stays for life.
    pub procedure: ProcedureId,
    /// The administrative units of the subject on this day, from the nation down.
    pub place: Vec<UnitCode>,
    /// Who entered it.
    pub by: OfficerId,
    /// The day.
    pub on: Date,
    /// Whose turn it is.
    pub next: Assignment,
}

/// Whose turn it is (đến lượt).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Assignment {
    /// The step.
    pub step: StepId,
    /// The role that takes it.
    pub role: Role,
    /// The unit at whose level the work lies.
    pub unit: UnitCode,
}

/// Points that a subject gives itself for one indicator (tự chấm điểm).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Claim {
    /// The indicator.
    pub indicator: IndicatorId,
    /// The points.
    pub points: u16,
    /// What shows it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// In its own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Sealed>,
}

/// A reference to something that shows a claim (minh chứng).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Evidence {
    /// What it is and where it is kept.
    pub label: Sealed,
    /// SHA-256 of the file, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digest: Option<Digest>,
}

/// The subject has given itself points (tự đánh giá).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SelfAssessed {
    /// One line per indicator.
    pub lines: Vec<Claim>,
    /// Sum of the points.
    pub total: u32,
    /// Who entered it.
    pub by: OfficerId,
    /// The day.
    pub on: Date,
}

/// An officer has taken the case to himself (nhận xử lý).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Claimed {
    /// Who.
    pub by: OfficerId,
    /// The day.
    pub on: Date,
}

/// The holder, or the administrator in his place, has given the case back to the queue (trả lại
/// hàng chờ).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Released {
    /// Who.
    pub by: OfficerId,
    /// The day.
    pub on: Date,
}

/// What a reviewer finds about a claim (nhận xét).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// The claim stands as it is (nhất trí).
    Confirmed,
    /// The points should be others (điều chỉnh).
    Adjusted,
    /// Nothing shows the claim (thiếu minh chứng).
    Unsupported,
}

names!(Finding {
    Confirmed = "confirmed",
    Adjusted = "adjusted",
    Unsupported = "unsupported",
});

/// A reviewer's points and finding for one indicator (thẩm định).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Assessment {
    /// The indicator.
    pub indicator: IndicatorId,
    /// The points.
    pub points: u16,
    /// What was found.
    pub finding: Finding,
    /// In the reviewer's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Sealed>,
}

/// A body has given its own points (thẩm định).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reviewed {
    /// In which step.
    pub step: StepId,
    /// One line per indicator.
    pub lines: Vec<Assessment>,
    /// Sum of the points.
    pub total: u32,
    /// Who.
    pub by: OfficerId,
    /// The day.
    pub on: Date,
}

/// The subject is asked to add or mend something (trả lại để bổ sung).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReturnedForSupplement {
    /// From which step; the case comes back to it.
    pub step: StepId,
    /// Why.
    pub reason: Sealed,
    /// The indicators in question; none means all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<IndicatorId>,
    /// Who.
    pub by: OfficerId,
    /// The day.
    pub on: Date,
    /// Whose turn it is to supplement.
    pub next: Assignment,
}

/// The subject has added or mended something (bổ sung).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Supplemented {
    /// One line per indicator, as it is now.
    pub lines: Vec<Claim>,
    /// Sum of the points.
    pub total: u32,
    /// Who entered it.
    pub by: OfficerId,
    /// The day.
    pub on: Date,
    /// Whose turn it is again.
    pub next: Assignment,
}

/// A step is done, and the case goes on (chuyển bước).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepCompleted {
    /// The step that is done.
    pub step: StepId,
    /// Who.
    pub by: OfficerId,
    /// The day.
    pub on: Date,
    /// Whose turn it is.
    pub next: Assignment,
}

/// The act of an authority (quyết định).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DecisionReference {
    /// Number and sign, such as `125/QĐ-UBND`.
    pub number: String,
    /// The day that it bears.
    pub date: Date,
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
    /// The day of the entry.
    pub on: Date,
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
