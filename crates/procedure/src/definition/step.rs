//! The steps of a procedure and who takes them, by date. Deliberately absent: meetings and
//! public postings, which are not kinds of step yet; the linter refuses them by name.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::definition::criteria::Status;
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
    /// The competent authority recognises or refuses (quyết định).
    Decision,
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
    /// Who takes the step on `day`.
    #[must_use]
    pub fn performer(&self, day: Date) -> Option<&Performer> {
        self.performers.iter().find(|performer| performer.on(day))
    }
}
