//! Samples of what can happen to a subject.

use procedure::SubjectKind;
use procedure::subject::{Event, PersonalDataCorrected, SubjectMoved, SubjectRegistered};

use crate::values::{date, sealed};

pub(crate) fn events() -> Vec<Event> {
    let minimal = SubjectRegistered {
        kind: SubjectKind::Household,
        code: "05158-01-0001".into(),
        unit: "05158-01".parse().unwrap(),
        name: sealed("name"),
        address: None,
        sample: false,
        on: date("2026-01-05"),
    };
    let full =
        SubjectRegistered { address: Some(sealed("address")), sample: true, ..minimal.clone() };
    let mut events: Vec<Event> = vec![full.into(), minimal.clone().into()];
    let kinds = SubjectKind::ALL.iter().filter(|kind| **kind != minimal.kind);
    events.extend(kinds.map(|kind| SubjectRegistered { kind: *kind, ..minimal.clone() }.into()));
    events.push(SubjectMoved { unit: "05158".parse().unwrap(), on: date("2026-02-06") }.into());
    let corrected = PersonalDataCorrected {
        name: sealed("name"),
        address: Some(sealed("address")),
        on: date("2026-03-07"),
    };
    events.push(corrected.clone().into());
    events.push(PersonalDataCorrected { address: None, ..corrected }.into());
    events
}
