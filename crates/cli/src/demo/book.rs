//! What the play needs of a procedure definition: its indicators, its threshold and its steps.

use anyhow::Context as _;
use procedure::definition::{Definition, StepKind};
use procedure::{IndicatorId, ProcedureId, StepId, Title};

use super::words::{self, OfFamilies};

/// A definition as the play uses it.
pub(super) struct Book {
    pub(super) title: Title,
    pub(super) procedure: ProcedureId,
    pub(super) indicators: Vec<Item>,
    /// The fewest points in all; none where the definition recognises by levels.
    pub(super) minimum: u16,
    /// The steps between self-assessment and decision, in their order.
    pub(super) steps: Vec<Stop>,
    /// Whether the decision has a time limit.
    pub(super) decision_limited: bool,
    /// Whether somebody is reminded to assess himself, or to have a title recognised anew.
    pub(super) reminds: bool,
    /// How many days a list hangs out.
    pub(super) posting_days: u16,
}

/// A step between self-assessment and decision.
pub(super) struct Stop {
    pub(super) id: StepId,
    pub(super) kind: StepKind,
    pub(super) role: String,
    pub(super) limited: bool,
}

/// An indicator.
pub(super) struct Item {
    pub(super) id: IndicatorId,
    pub(super) maximum: u16,
    pub(super) evidence_required: bool,
    pub(super) evidence: &'static [&'static str],
    /// What is said about it in families alone.
    pub(super) own: OfFamilies,
}

impl Book {
    fn of(definition: &Definition) -> Self {
        let item = |indicator: &procedure::definition::Indicator| Item {
            id: indicator.id.clone(),
            maximum: indicator.maximum.value,
            evidence_required: indicator.evidence_required,
            evidence: words::evidence(definition.title, indicator.id.as_str()),
            own: words::of_families(definition.title, indicator.id.as_str()),
        };
        let steps = definition
            .steps
            .iter()
            .filter(|step| !matches!(step.kind, StepKind::SelfAssessment | StepKind::Decision));
        let stop = |step: &procedure::definition::Step| {
            let role = step.performers.first()?.role.to_string();
            let (id, kind, limited) = (step.id.clone(), step.kind, step.limit.is_some());
            Some(Stop { id, kind, role, limited })
        };
        let mut postings = definition.steps.iter().filter_map(|step| step.posting.as_ref());
        Self {
            title: definition.title,
            procedure: definition.id.clone(),
            indicators: definition.indicators().map(item).collect(),
            minimum: definition.outcome.minimum_total.as_ref().map_or(0, |total| total.value),
            steps: steps.filter_map(stop).collect(),
            decision_limited: definition.decision().is_some_and(|step| step.limit.is_some()),
            reminds: definition.renewal.is_some(),
            posting_days: postings.next().map_or(0, |rule| rule.days.value),
        }
    }
}

/// The books of all titles.
pub(super) struct Books(Vec<Book>);

impl Book {
    /// The place of the last review.
    pub(super) fn last_review(&self) -> Option<usize> {
        self.steps.iter().rposition(|stop| stop.kind == StepKind::Review)
    }

    /// The step of that kind.
    pub(super) fn step(&self, kind: StepKind) -> Option<&StepId> {
        self.steps.iter().find(|stop| stop.kind == kind).map(|stop| &stop.id)
    }
}

impl Books {
    pub(super) fn of(definitions: &[Definition]) -> Self {
        Self(definitions.iter().map(Book::of).collect())
    }

    pub(super) fn title(&self, title: Title) -> anyhow::Result<&Book> {
        let found = self.0.iter().find(|book| book.title == title);
        found.with_context(|| format!("no shipped definition for {title}"))
    }
}
