//! Names for what a case knows by ids and codes: officers, units, steps, a decision; and refusals in
//! words that use them. Deliberately absent: reading them; see [`super::file`].

use std::collections::BTreeMap;
use std::sync::Arc;

use procedure::refusal::Page;
use procedure::{Definition, Language, OfficerId, Refusal, StepId};

use crate::{format, words};

/// The names, in the language of who looks.
pub(super) struct Known {
    pub(super) officers: BTreeMap<OfficerId, String>,
    /// Units by code, as they are called today.
    pub(super) units: BTreeMap<String, String>,
    pub(super) definition: Arc<Definition>,
    /// The number of the decision that the case stands on, or that it is a draft.
    pub(super) decision: Option<String>,
    pub(super) language: Language,
}

/// A refusal in words.
pub(super) struct Said {
    pub(super) code: &'static str,
    pub(super) title: String,
    pub(super) message: String,
    /// The first sentence of what to do about it.
    pub(super) advice: String,
}

impl Known {
    /// An officer by his name.
    pub(super) fn officer(&self, id: OfficerId) -> String {
        self.officers.get(&id).cloned().unwrap_or_else(|| id.to_string())
    }

    /// A unit by its name.
    pub(super) fn unit(&self, code: &str) -> String {
        self.units.get(code).cloned().unwrap_or_else(|| code.to_owned())
    }

    /// A step by what people call it.
    pub(super) fn step(&self, id: &str) -> String {
        let step = id.parse().ok().and_then(|id: StepId| self.definition.step(&id));
        step.map_or_else(|| id.to_owned(), |step| step.name.get(self.language).to_owned())
    }

    /// A refusal, with names in the place of ids.
    pub(super) fn say(&self, refusal: &dyn Refusal) -> Said {
        let section = Page::parse(refusal.source()).section(self.language);
        let params = refusal.params().into_iter();
        let params: Vec<_> = params.map(|(name, value)| (name, self.named(name, value))).collect();
        let plain = section.advice.replace("**Việc cần làm.** ", "");
        let plain = plain.replace("**What to do.** ", "").replace('`', "");
        let advice = plain.split_inclusive(['.', ';']).next().unwrap_or_default();
        Said {
            code: refusal.code(),
            title: section.title.to_owned(),
            message: section.fill(&params),
            advice: format!("{}.", advice.trim_end_matches(['.', ';'])),
        }
    }

    /// A sentence with names in the place of the officers' ids.
    pub(super) fn readable(&self, text: &str) -> String {
        let officers = self.officers.iter();
        officers.fold(text.to_owned(), |text, (id, name)| text.replace(&id.to_string(), name))
    }

    fn named(&self, name: &str, value: String) -> String {
        match name {
            "officer" | "holder" => match value.parse() {
                Ok(id) => self.officer(id),
                Err(_) => value,
            },
            "unit" => self.unit(&value),
            "role" => words::role(&value, self.language),
            "step" | "earlier" => format!("“{}”", self.step(&value)),
            "date" | "from" | "until" | "earliest" | "latest" => format::date_text(&value),
            "decision" => self.decision.clone().unwrap_or(value),
            _ => value,
        }
    }
}
