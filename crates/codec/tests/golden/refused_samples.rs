//! Samples of acts that were refused.

use procedure::refused_act::{ActRefused, Event};

use crate::values::{date, officer};

pub(crate) fn events() -> Vec<Event> {
    let (by, on) = (officer(), date("2026-11-23"));
    let full = ActRefused {
        act: "review".into(),
        code: "case.own_subject".into(),
        params: [("officer".to_owned(), by.to_string())].into(),
        by,
        on,
    };
    let params = std::collections::BTreeMap::new();
    vec![full.clone().into(), ActRefused { params, ..full }.into()]
}
