//! Samples of what can happen to a decision.

use procedure::decision::{
    CaseTakenOff, CasesListed, DecisionCancelled, DecisionCorrected, DecisionDiscarded,
    DecisionDrafted, DecisionSigned, Event,
};
use procedure::{CaseId, OfficerId, Title};
use uuid::Uuid;

use crate::values::{date, digest, officer, sealed};

fn case(number: u128) -> CaseId {
    CaseId(Uuid::from_u128(0x0ca5_e000_0000_5000_8000_0000_0000_0000 + number))
}

fn absent() -> OfficerId {
    OfficerId(Uuid::from_u128(0x0ff1_ce00_0000_5000_8000_0000_0000_0002))
}

fn drafted() -> DecisionDrafted {
    DecisionDrafted {
        procedure: "family.sample-2026".parse().unwrap(),
        title: Title::Family,
        year: 2026,
        unit: "05158".parse().unwrap(),
        role: "commune-chair".parse().unwrap(),
        by: officer(),
        on: date("2026-11-10"),
    }
}

fn prepared() -> Vec<Event> {
    let (by, on) = (officer(), date("2026-11-10"));
    let titles = Title::ALL.iter();
    let mut events: Vec<Event> =
        titles.map(|title| DecisionDrafted { title: *title, ..drafted() }.into()).collect();
    events.push(CasesListed { cases: vec![case(1), case(2)], by, on }.into());
    events.push(CaseTakenOff { case: case(2), reason: sealed("reason"), by, on }.into());
    events.push(DecisionDiscarded { reason: sealed("reason"), by, on }.into());
    events
}

fn signed() -> Vec<Event> {
    let (by, in_place_of, on) = (officer(), Some(absent()), date("2026-11-20"));
    let signed = DecisionSigned {
        number: "125/QĐ-UBND".into(),
        date: date("2026-11-18"),
        cases: 10_000,
        annex: digest(),
        by,
        in_place_of,
        on,
    };
    let corrected = DecisionCorrected {
        number: "126/QĐ-UBND".into(),
        date: date("2026-11-19"),
        corrected_number: Some("152/QĐ-UBND".into()),
        note: sealed("note"),
        by,
        in_place_of,
        on,
    };
    let cancelled = DecisionCancelled {
        number: "127/QĐ-UBND".into(),
        date: date("2026-11-20"),
        reason: sealed("reason"),
        by,
        in_place_of,
        on,
    };
    vec![
        signed.clone().into(),
        DecisionSigned { in_place_of: None, ..signed }.into(),
        corrected.clone().into(),
        DecisionCorrected { corrected_number: None, in_place_of: None, ..corrected }.into(),
        cancelled.clone().into(),
        DecisionCancelled { in_place_of: None, ..cancelled }.into(),
    ]
}

pub(crate) fn events() -> Vec<Event> {
    [prepared(), signed()].concat()
}
