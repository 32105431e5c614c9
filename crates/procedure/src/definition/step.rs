//! The steps of a procedure: what is done, who takes it by date, and the rules of meetings and
//! public postings. Deliberately absent: how long a step may take ([`limit`](super::limit)).

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::definition::criteria::{Sourced, Status};
use crate::definition::limit::Limit;
use crate::name::{Role, SourceId, StepId};
use crate::territory::UnitLevel;
use crate::text::Bilingual;

/// One step of a procedure (bước).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Identity.
    pub id: StepId,
    /// What is done.
    pub kind: StepKind,
    /// What people call it.
    pub name: Bilingual,
    /// Who takes it, each for a stretch of time.
    pub performers: Vec<Performer>,
    /// When a vote counts; for a meeting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<MeetingRule>,
    /// How long the list hangs out; for a public posting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub posting: Option<PostingRule>,
    /// How long the step may take; without limit where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Limit>,
    /// Whether the step was seen in the source.
    pub status: Status,
    /// Where.
    pub source: SourceId,
}

/// What is done in a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum StepKind {
    /// The subject, or somebody on its behalf, gives itself points (tự đánh giá).
    SelfAssessment,
    /// A body gives its own points and forwards or returns (thẩm định).
    Review,
    /// People meet and vote on each case (họp bình xét).
    Meeting,
    /// The list hangs out for comments and objections (niêm yết công khai).
    Posting,
    /// The competent authority recognises or refuses (quyết định).
    Decision,
}

/// When the vote of a meeting counts and when it is for a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MeetingRule {
    /// The share of those convened who must be there (tỷ lệ có mặt), in percent.
    pub quorum_percent: Sourced<u8>,
    /// The share of those present who must vote for the case (tỷ lệ tán thành), in percent.
    pub majority_percent: Sourced<u8>,
}

impl MeetingRule {
    /// Whether enough of those convened are there.
    #[must_use]
    pub fn has_quorum(&self, present: u32, convened: u32) -> bool {
        reaches(present, convened, self.quorum_percent.value)
    }

    /// Whether enough of those present are for it.
    #[must_use]
    pub fn is_for(&self, votes: u32, present: u32) -> bool {
        reaches(votes, present, self.majority_percent.value)
    }
}

fn reaches(part: u32, whole: u32, percent: u8) -> bool {
    u64::from(part) * 100 >= u64::from(whole) * u64::from(percent)
}

/// How long a list hangs out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PostingRule {
    /// The fewest days of the calendar, the first and the last included.
    pub days: Sourced<u16>,
}

/// Who takes a step, for a stretch of time (thẩm quyền).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Performer {
    /// The role that an appointment must give.
    pub role: Role,
    /// At which level of the case's place the work lies.
    pub level: UnitLevel,
    /// First day; from the beginning where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// Last day; without end where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl Performer {
    /// Whether it is theirs on `day`.
    #[must_use]
    pub fn on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

impl Step {
    /// Whether anything of it was not seen in its source.
    #[must_use]
    pub fn is_provisional(&self) -> bool {
        let unseen = |status: Status| status == Status::Provisional;
        let meeting = self.meeting.as_ref();
        unseen(self.status)
            || self.limit.as_ref().is_some_and(|limit| unseen(limit.status))
            || self.posting.as_ref().is_some_and(|rule| unseen(rule.days.status))
            || meeting.is_some_and(|rule| unseen(rule.quorum_percent.status))
            || meeting.is_some_and(|rule| unseen(rule.majority_percent.status))
    }

    /// Who takes the step on `day`.
    #[must_use]
    pub fn performer(&self, day: Date) -> Option<&Performer> {
        self.performers.iter().find(|performer| performer.on(day))
    }
}
