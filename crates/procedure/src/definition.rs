//! A procedure as data: legal basis, criteria, outcome rule, steps, season and validity.
//!
//! A definition is written in TOML (`schemas/procedures/`), read and located by `codec`, checked
//! by [`lint`], published into the log, and stamped on each case at registration. Everything in
//! it that claims to be law names its source and whether its text was seen.
//!
//! Deliberately absent: file formats, and any number of its own.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::name::{IndicatorId, ProcedureId, SourceId, StepId};
use crate::text::Bilingual;
use crate::title::Title;

pub mod criteria;
pub mod limit;
pub mod lint;
pub mod outcome;
pub mod season;
pub mod step;

pub use criteria::{Criterion, Indicator, Sourced, SourcedText, Status};
pub use limit::{Escalation, Limit};
pub use outcome::{Band, Judgement, Level, Outcome, Shortfall};
pub use season::{Anchor, Renewal, Season, SeasonDay, Validity};
pub use step::{MeetingRule, Performer, PostingRule, Step, StepKind};

/// One version of a recognition procedure (thủ tục công nhận danh hiệu).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Identity, `title.edition`.
    pub id: ProcedureId,
    /// The title it leads to.
    pub title: Title,
    /// What people call it.
    pub name: Bilingual,
    /// A sample, not law: every page and document that shows it says so.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub sample: bool,
    /// What a reader must know before trusting it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<Bilingual>,
    /// When it applies to new registrations.
    pub in_force: InForce,
    /// What becomes of years that began under the definition before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub transition: Option<Transition>,
    /// The instruments it rests on.
    pub legal_basis: Vec<LegalBasis>,
    /// Where its words and numbers were seen, by the names used below.
    pub sources: BTreeMap<SourceId, Source>,
    /// The dates of a year between which things may be done.
    #[serde(default)]
    pub season: Season,
    /// How long a recognised title is in force.
    pub validity: Validity,
    /// How a title is striven for anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewal: Option<Renewal>,
    /// The criteria set (bộ tiêu chí).
    pub criteria: Vec<Criterion>,
    /// When the title is reached.
    pub outcome: Outcome,
    /// The steps, in their order.
    pub steps: Vec<Step>,
    /// Sets of steps of which nobody may take two in one case.
    #[serde(default)]
    pub separation: Vec<Vec<StepId>>,
}

/// When a definition applies to new registrations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct InForce {
    /// First day.
    pub from: Date,
    /// Last day, if one is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Whether the text was seen.
    pub status: Status,
    /// Where.
    pub source: SourceId,
}

/// What becomes of years that began under the definition before (quy định chuyển tiếp). Cases that
/// are registered already keep their definition in any case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Transition {
    /// The first year whose cases fall under this definition; those of years before are registered
    /// under the one before, even after this one is in force.
    pub first_year: i16,
    /// What it says, for people.
    pub about: Bilingual,
    /// Whether it was seen in the source.
    pub status: Status,
    /// Where.
    pub source: SourceId,
}

impl InForce {
    /// Whether a registration on `day` falls under the definition.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// An instrument that a definition rests on (căn cứ pháp lý).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LegalBasis {
    /// Number and kind, such as `Thông tư 22/2020/TT-BGDĐT`.
    pub instrument: String,
    /// When it was issued.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued: Option<Date>,
    /// What it settles here.
    pub about: Bilingual,
    /// Whether its text was seen.
    pub status: Status,
    /// Where.
    pub source: SourceId,
}

/// Where something was seen, or why it stands there unseen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Name of the page, list or assumption.
    pub title: String,
    /// Address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Whether the text itself was read there. A source that was not seen cannot verify anything.
    pub seen: bool,
}

impl Definition {
    /// Every indicator with its criterion, in order.
    pub fn indicators(&self) -> impl Iterator<Item = &Indicator> {
        self.criteria.iter().flat_map(|criterion| &criterion.indicators)
    }

    /// The indicator of that name.
    #[must_use]
    pub fn indicator(&self, id: &IndicatorId) -> Option<&Indicator> {
        self.indicators().find(|indicator| indicator.id == *id)
    }

    /// The step of that name.
    #[must_use]
    pub fn step(&self, id: &StepId) -> Option<&Step> {
        self.steps.iter().find(|step| step.id == *id)
    }

    /// The step after that one; `None` after the last.
    #[must_use]
    pub fn step_after(&self, id: &StepId) -> Option<&Step> {
        let place = self.steps.iter().position(|step| step.id == *id)?;
        self.steps.get(place + 1)
    }

    /// The last review before a step, or that step itself if it is one.
    #[must_use]
    pub fn review_at_or_before(&self, id: &StepId) -> Option<&Step> {
        let place = self.steps.iter().position(|step| step.id == *id)?;
        let until = self.steps.get(..=place)?;
        until.iter().rev().find(|step| step.kind == StepKind::Review)
    }

    /// The step in which the title is recognised or refused.
    #[must_use]
    pub fn decision(&self) -> Option<&Step> {
        self.steps.iter().find(|step| step.kind == StepKind::Decision)
    }

    /// The first year whose cases fall under it.
    #[must_use]
    pub fn first_year(&self) -> i16 {
        let transition = self.transition.as_ref();
        transition.map_or(self.in_force.from.year(), |transition| transition.first_year)
    }

    /// Whether cases of `year` fall under it.
    #[must_use]
    pub fn covers(&self, year: i16) -> bool {
        self.first_year() <= year
    }

    /// Whether nobody may take both steps in one case.
    #[must_use]
    pub fn separates(&self, one: &StepId, other: &StepId) -> bool {
        self.separation.iter().any(|set| set.contains(one) && set.contains(other))
    }

    /// Whether anything in it was not seen in its source.
    #[must_use]
    pub fn is_provisional(&self) -> bool {
        let criteria = self.criteria.iter().any(|criterion| {
            criterion.text.status == Status::Provisional
                || criterion.maximum.status == Status::Provisional
                || criterion.indicators.iter().any(Indicator::is_provisional)
        });
        criteria
            || self.outcome.is_provisional()
            || self.season.is_provisional()
            || self.validity.status == Status::Provisional
            || self.in_force.status == Status::Provisional
            || self.renewal.as_ref().is_some_and(|rule| rule.status == Status::Provisional)
            || self.transition.as_ref().is_some_and(|rule| rule.status == Status::Provisional)
            || self.steps.iter().any(Step::is_provisional)
    }
}
