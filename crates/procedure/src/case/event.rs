//! What can have happened to a case. These names are the storage format.
//!
//! An event says enough for a reader that has no definition at hand: whose turn it is next, what
//! the points came to, until when a title is in force.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::aggregate::events;
use crate::date::Date;
use crate::name::{CaseId, IndicatorId, OfficerId, ProcedureId, Role, StepId, SubjectId, UnitCode};
use crate::text::{Digest, Sealed};
use crate::title::{Title, names};

mod outcome;
mod public;
mod time;

pub use outcome::{
    CaseWithdrawn, DecisionReference, PlacedOnDecision, RecognitionAnnulled, RecognitionRefused,
    RemovedFromDecision, TitleLapsed, TitleRecognised, TitleRevoked,
};
pub use public::{
    MinutesRecorded, ObjectionFiled, ObjectionKind, ObjectionResolved, PostedPublicly,
    SentBackForReview, Votes,
};
pub use time::{DeadlineBreached, DeadlineWarned, Escalated, HandedOver, Reminded, Reminder};

events! {
    /// What can have happened to a case.
    CaseRegistered,
    Prefilled,
    SelfAssessed,
    Claimed,
    Released,
    Assigned,
    TakenOver,
    Reviewed,
    ReturnedForSupplement,
    Supplemented,
    MinutesRecorded,
    PostedPublicly,
    ObjectionFiled,
    ObjectionResolved,
    SentBackForReview,
    StepCompleted,
    HandedOver,
    DeadlineWarned,
    DeadlineBreached,
    Escalated,
    Reminded,
    PlacedOnDecision,
    RemovedFromDecision,
    TitleRecognised,
    RecognitionAnnulled,
    RecognitionRefused,
    CaseWithdrawn,
    TitleRevoked,
    TitleLapsed,
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
    /// The case whose title this one renews.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renews: Option<CaseId>,
    /// Who entered it; absent where the program opened it for renewal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<OfficerId>,
    /// The day.
    pub on: Date,
    /// Whose turn it is.
    pub next: Assignment,
}

/// A renewal begins with the points of the title that it renews, as a draft (điền sẵn từ năm trước).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Prefilled {
    /// The case that they are from.
    pub from: CaseId,
    /// What of it the definition of this case still asks for, within its maxima.
    pub lines: Vec<Claim>,
    /// The day.
    pub on: Date,
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
    /// Who spoke for the subject, where somebody else entered it (người khai).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declarant: Option<Sealed>,
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

/// The case has been given to an officer (giao xử lý).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Assigned {
    /// To whom.
    pub to: OfficerId,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Sealed>,
    /// Who gave it.
    pub by: OfficerId,
    /// The day.
    pub on: Date,
}

/// An officer has taken the case over from its holder (tiếp nhận thay).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TakenOver {
    /// From whom.
    pub from: OfficerId,
    /// Why.
    pub reason: Sealed,
    /// Who has it now.
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
    /// From which step. The case comes back to it if it is a review, and otherwise to the last
    /// review before it, or before the meeting that voted against it: what was supplemented is
    /// to be reviewed.
    pub step: StepId,
    /// Why.
    pub reason: Sealed,
    /// The indicators in question; none means all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<IndicatorId>,
    /// Who.
    pub by: OfficerId,
    /// In whose place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_place_of: Option<OfficerId>,
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
    /// Who spoke for the subject, where somebody else entered it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declarant: Option<Sealed>,
    /// Who entered it.
    pub by: OfficerId,
    /// In whose place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_place_of: Option<OfficerId>,
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
    /// Who; absent where a public posting was over and the program closed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<OfficerId>,
    /// In whose place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_place_of: Option<OfficerId>,
    /// The day.
    pub on: Date,
    /// Whose turn it is.
    pub next: Assignment,
}
