//! Acts that the rules refused for want of authority, for a conflict of interest, or for steps that
//! must stay separate: they are kept like everything else that was tried.
//!
//! Deliberately absent: refusals of form or state, which a slip of the pen brings about by the
//! hundred, and any judgement; an attempt is no offence.

use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::aggregate::{Aggregate, events};
use crate::date::Date;
use crate::name::OfficerId;
use crate::refusal::{Class, Refused};

events! {
    /// What can have happened.
    ActRefused,
}

/// An act was refused (hành vi bị từ chối).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ActRefused {
    /// What was asked, by the command's name.
    pub act: String,
    /// The rule, by its stable code.
    pub code: String,
    /// The particulars, by the names that the page of the code uses.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub params: BTreeMap<String, String>,
    /// Who asked.
    pub by: OfficerId,
    /// The day.
    pub on: Date,
}

impl ActRefused {
    /// What is kept of a refusal; nothing where the rule is not about who acts.
    #[must_use]
    pub fn of(act: &str, refused: &Refused, by: OfficerId, on: Date) -> Option<Self> {
        let refusal = refused.get();
        if !matches!(refusal.class(), Class::Authority | Class::Conflict | Class::Separation) {
            return None;
        }
        let params = refusal.params().into_iter().map(|(name, value)| (name.to_string(), value));
        let (act, code) = (act.to_string(), refusal.code().to_string());
        Some(Self { act, code, params: params.collect(), by, on })
    }
}

/// What was tried about one case, officer or decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// How many acts were refused.
    pub refused: u64,
}

impl Aggregate for State {
    type Command = ActRefused;
    type Event = Event;
    type Context<'a> = ();

    const CATEGORY: &'static str = "refusals";

    fn decide(&self, act: ActRefused, _: &()) -> Result<Vec<Event>, Refused> {
        Ok(vec![act.into()])
    }

    fn evolve(&mut self, _: &Event) {
        self.refused += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::Refusal;

    #[test]
    fn only_what_is_about_the_actor_is_kept() {
        let (by, on) = (OfficerId::of_code("a"), "2026-11-23".parse().unwrap());
        let kept = ActRefused::of("review", &Refusal::OwnSubject { officer: by }.into(), by, on);
        let kept = kept.unwrap();
        assert_eq!((kept.act.as_str(), kept.code.as_str()), ("review", "case.own_subject"));
        assert_eq!(kept.params.get("officer"), Some(&by.to_string()));
        assert_eq!(ActRefused::of("review", &Refusal::Closed.into(), by, on), None);
    }
}
