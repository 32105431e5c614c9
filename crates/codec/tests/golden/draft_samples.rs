//! Samples of what can happen to a draft.

use procedure::draft::{DraftDiscarded, DraftSaved, Event};

use crate::values::{case, date, officer, sealed};

pub(crate) fn events() -> Vec<Event> {
    let saved = DraftSaved {
        about: case(),
        form: "self-assessment".parse().unwrap(),
        by: officer(),
        content: sealed("content"),
        on: date("2026-05-10"),
    };
    let discarded = DraftDiscarded { on: date("2026-05-11") };
    vec![saved.into(), discarded.into()]
}
