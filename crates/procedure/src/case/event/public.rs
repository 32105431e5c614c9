//! What happened in public: meetings and their votes, postings, objections. Deliberately absent: who
//! was at a meeting; its own minutes say so.

use alloc::string::String;

use serde::{Deserialize, Serialize};

use crate::case::event::Assignment;
use crate::date::{Date, Period};
use crate::name::{MeetingId, OfficerId, StepId};
use crate::text::Sealed;
use crate::title::names;

/// A meeting has voted on the case (bình xét).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MinutesRecorded {
    /// In which step.
    pub step: StepId,
    /// The meeting, whose minutes name who was there.
    pub meeting: MeetingId,
    /// The day of the meeting.
    pub held_on: Date,
    /// How many had been convened.
    pub convened: u32,
    /// How many were there.
    pub present: u32,
    /// How they voted.
    pub votes: Votes,
    /// Whether that is the share that the definition asks for.
    pub agreed: bool,
    /// Who recorded it.
    pub by: OfficerId,
    /// The day.
    pub on: Date,
}

/// The votes on one case (biểu quyết).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Votes {
    /// For it (tán thành).
    #[serde(rename = "for")]
    pub in_favour: u32,
    /// Against it (không tán thành).
    pub against: u32,
    /// Neither (ý kiến khác).
    pub abstained: u32,
}

/// The case stands on a list that hangs out (niêm yết công khai).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PostedPublicly {
    /// In which step.
    pub step: StepId,
    /// The days, both included.
    #[serde(flatten)]
    pub days: Period,
    /// Where: a public place.
    pub place: String,
    /// Who hung it out.
    pub by: OfficerId,
    /// In whose place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_place_of: Option<OfficerId>,
    /// The day.
    pub on: Date,
}

/// Somebody has said something about a posted case (ý kiến, kiến nghị).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ObjectionFiled {
    /// Its number in the case, from 1.
    pub objection: u16,
    /// Whether the case can go on before it is resolved.
    pub kind: ObjectionKind,
    /// Who says it.
    pub name: Sealed,
    /// What he says.
    pub text: Sealed,
    /// Who wrote it down.
    pub by: OfficerId,
    /// The day.
    pub on: Date,
}

/// What somebody says about a posted case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ObjectionKind {
    /// A comment: noted (góp ý).
    Comment,
    /// An objection: the case waits until it is resolved (phản đối).
    Objection,
}

names!(ObjectionKind { Comment = "comment", Objection = "objection" });

/// An objection has been answered (giải quyết kiến nghị).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ObjectionResolved {
    /// Its number in the case.
    pub objection: u16,
    /// Whether it is right; the case is then reviewed anew.
    pub upheld: bool,
    /// Why.
    pub reason: Sealed,
    /// Who.
    pub by: OfficerId,
    /// In whose place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_place_of: Option<OfficerId>,
    /// The day.
    pub on: Date,
}

/// The case goes back to the last review, because an objection is right (thẩm định lại).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SentBackForReview {
    /// The objection.
    pub objection: u16,
    /// Who.
    pub by: OfficerId,
    /// The day.
    pub on: Date,
    /// Whose turn it is.
    pub next: Assignment,
}
