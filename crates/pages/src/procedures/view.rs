//! A definition as a page shows it: its own words, and ours for its rules.
//! Deliberately absent: HTML, and whether it is in force; the list of what was published knows that.

use procedure::definition::{Criterion, Definition, Indicator};
use procedure::{Date, Language};

use super::cite::{Cite, Note, Said, Sources};
use super::outcome;
use super::steps::{self, StepView};

/// A definition.
pub(crate) struct View {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) name: String,
    pub(crate) sample: bool,
    pub(crate) notice: Option<String>,
    pub(crate) in_force: Vec<Said>,
    pub(crate) basis: Vec<Basis>,
    /// Whether targets are met or not, instead of points.
    pub(crate) by_levels: bool,
    pub(crate) criteria: Vec<CriterionView>,
    pub(crate) outcome: Vec<Said>,
    pub(crate) season: Vec<Said>,
    pub(crate) steps: Vec<StepView>,
    pub(crate) separation: Vec<String>,
    /// How many texts and numbers were not seen in their source.
    pub(crate) unseen: usize,
    pub(crate) notes: Vec<Note>,
}

/// An instrument that it rests on.
pub(crate) struct Basis {
    pub(crate) instrument: String,
    pub(crate) issued: Option<Date>,
    pub(crate) about: String,
    pub(crate) url: Option<String>,
    pub(crate) seen: bool,
    pub(crate) cite: Cite,
}

/// A heading of the criteria.
pub(crate) struct CriterionView {
    pub(crate) id: String,
    pub(crate) text: Said,
    pub(crate) maximum: Said,
    pub(crate) indicators: Vec<IndicatorView>,
}

/// What is judged.
pub(crate) struct IndicatorView {
    pub(crate) id: String,
    pub(crate) text: Said,
    pub(crate) maximum: Said,
    pub(crate) evidence_required: bool,
    pub(crate) help: Option<String>,
}

impl View {
    /// The definition in a language.
    pub(crate) fn of(definition: &Definition, language: Language) -> Self {
        let mut numbered = Sources::new(definition, language);
        let sources = &mut numbered;
        let in_force = outcome::in_force(definition, sources);
        let basis = basis(definition, sources);
        let criteria = definition.criteria.iter().map(|one| criterion(one, sources)).collect();
        let outcome = outcome::outcome(definition, sources);
        let season = outcome::season(definition, sources);
        let steps = steps::steps(definition, sources);
        let separation = steps::separation(definition, language);
        let (unseen, notes) = numbered.finish();
        Self {
            id: definition.id.to_string(),
            title: definition.title.to_string(),
            name: definition.name.get(language).to_owned(),
            sample: definition.sample,
            notice: definition.notice.as_ref().map(|notice| notice.get(language).to_owned()),
            in_force,
            basis,
            by_levels: !definition.outcome.levels.is_empty(),
            criteria,
            outcome,
            season,
            steps,
            separation,
            unseen,
            notes,
        }
    }
}

fn basis<'a>(definition: &'a Definition, sources: &mut Sources<'a>) -> Vec<Basis> {
    let mut all = Vec::new();
    for basis in &definition.legal_basis {
        let source = definition.sources.get(&basis.source);
        let url = source.and_then(|source| source.url.clone());
        all.push(Basis {
            instrument: basis.instrument.clone(),
            issued: basis.issued,
            about: basis.about.get(sources.language).to_owned(),
            url: url.filter(|url| url.starts_with("http://") || url.starts_with("https://")),
            seen: source.is_some_and(|source| source.seen),
            cite: sources.cite(basis.status, &basis.source),
        });
    }
    all
}

fn criterion<'a>(criterion: &'a Criterion, sources: &mut Sources<'a>) -> CriterionView {
    let (text, maximum) = (&criterion.text, &criterion.maximum);
    CriterionView {
        id: criterion.id.to_string(),
        text: sources.said(text.get(sources.language).to_owned(), text.status, &text.source),
        maximum: sources.said(maximum.value.to_string(), maximum.status, &maximum.source),
        indicators: criterion.indicators.iter().map(|one| indicator(one, sources)).collect(),
    }
}

fn indicator<'a>(indicator: &'a Indicator, sources: &mut Sources<'a>) -> IndicatorView {
    let (text, maximum) = (&indicator.text, &indicator.maximum);
    let help = indicator.help.as_ref().map(|help| help.get(sources.language).to_owned());
    IndicatorView {
        id: indicator.id.to_string(),
        text: sources.said(text.get(sources.language).to_owned(), text.status, &text.source),
        maximum: sources.said(maximum.value.to_string(), maximum.status, &maximum.source),
        evidence_required: indicator.evidence_required,
        help,
    }
}
