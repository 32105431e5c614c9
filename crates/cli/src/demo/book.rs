//! What the play needs of a procedure definition: its indicators and its threshold.

use anyhow::Context as _;
use procedure::definition::{Definition, StepKind};
use procedure::{IndicatorId, ProcedureId, Title};

use super::words::{self, OfFamilies};

/// A definition as the play uses it.
pub(super) struct Book {
    pub(super) title: Title,
    pub(super) procedure: ProcedureId,
    pub(super) indicators: Vec<Item>,
    /// The fewest points in all.
    pub(super) minimum: u16,
    /// The roles of the review steps, in their order.
    pub(super) reviews: Vec<String>,
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
        let reviews = definition.steps.iter().filter(|step| step.kind == StepKind::Review);
        let role = |step: &procedure::definition::Step| {
            step.performers.first().map(|performer| performer.role.to_string())
        };
        Self {
            title: definition.title,
            procedure: definition.id.clone(),
            indicators: definition.indicators().map(item).collect(),
            minimum: definition.outcome.minimum_total.value,
            reviews: reviews.filter_map(role).collect(),
        }
    }
}

/// The books of all titles.
pub(super) struct Books(Vec<Book>);

impl Books {
    pub(super) fn of(definitions: &[Definition]) -> Self {
        Self(definitions.iter().map(Book::of).collect())
    }

    pub(super) fn title(&self, title: Title) -> anyhow::Result<&Book> {
        let found = self.0.iter().find(|book| book.title == title);
        found.with_context(|| format!("no shipped definition for {title}"))
    }
}
