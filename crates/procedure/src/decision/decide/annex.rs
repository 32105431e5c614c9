//! What may be put on the annex, and whether all of it can be signed.

use alloc::collections::BTreeSet;
use alloc::vec;
use alloc::vec::Vec;

use crate::case;
use crate::decision::command::{LISTED_MAX, Line};
use crate::decision::decide::Acting;
use crate::decision::error::Refusal;
use crate::decision::event::{CasesListed, Event};
use crate::decision::state::State;
use crate::name::CaseId;
use crate::refusal::Refused;
use crate::text::Language;

pub(super) fn list(
    state: &State,
    cases: Vec<CaseId>,
    acting: &Acting<'_>,
) -> Result<Vec<Event>, Refusal> {
    let mut seen = BTreeSet::new();
    let is_new = |case: &CaseId| !state.lists(*case) && seen.insert(*case);
    let cases: Vec<CaseId> = cases.into_iter().filter(is_new).collect();
    if cases.is_empty() {
        return Ok(vec![]);
    }
    if cases.len() > LISTED_MAX {
        return Err(Refusal::TooMany { cases: cases.len(), maximum: LISTED_MAX });
    }
    Ok(vec![CasesListed { cases, by: acting.by, on: acting.context.today }.into()])
}

/// All or nothing: one case that is not ready keeps the whole decision from being signed.
pub(super) fn must_be_ready(state: &State, lines: &[Line]) -> Result<(), Refusal> {
    if state.listed.is_empty() {
        return Err(Refusal::Empty);
    }
    let mut ready = BTreeSet::new();
    for line in lines.iter().filter(|line| state.lists(line.case)) {
        if let Err(why) = &line.ready {
            return Err(not_ready(line.case, why));
        }
        ready.insert(line.case);
    }
    match state.listed.difference(&ready).next() {
        Some(case) => Err(not_ready(*case, &case::Refusal::Unknown.into())),
        None => Ok(()),
    }
}

fn not_ready(case: CaseId, why: &Refused) -> Refusal {
    let why = why.get();
    Refusal::CaseNotReady {
        case,
        code: why.code(),
        vi: why.message(Language::Vietnamese),
        en: why.message(Language::English),
    }
}
