//! What later acts do to a signed decision.

use super::*;

#[test]
fn a_correction_is_a_new_act_and_the_original_stays() {
    let event = DecisionCorrected {
        number: "126/QĐ-UBND".to_string(),
        date: date("2026-11-25"),
        corrected_number: Some("215/QĐ-UBND".to_string()),
        note: words("a slip of the pen"),
        by: chair().id,
        in_place_of: None,
        on: date("2026-12-01"),
    };
    signed().then(correct("2026-11-25", Some(" 215/QĐ-UBND ")), event);
    let before = signed().state;
    let state = signed().and(correct("2026-11-25", Some("215/QĐ-UBND"))).state;
    assert_eq!(state.phase, before.phase);
    assert_eq!(state.number(), Some("215/QĐ-UBND"));
}

#[test]
fn the_last_corrected_number_counts() {
    let desk = signed().and(correct("2026-11-25", None));
    assert_eq!(desk.state.number(), Some("125/QĐ-UBND"));
    let desk = desk.and(correct("2026-11-26", Some("215/QĐ-UBND")));
    let desk = desk.and(correct("2026-11-27", Some("152/QĐ-UBND")));
    let desk = desk.and(correct("2026-11-28", None));
    assert_eq!(desk.state.number(), Some("152/QĐ-UBND"));
    assert_eq!(desk.state.corrections.len(), 4);
    let desk = desk.and(cancel("2026-12-01"));
    assert_eq!(desk.state.number(), Some("152/QĐ-UBND"));
}

#[test]
fn a_cancelled_decision_still_says_what_was_signed() {
    let event = DecisionCancelled {
        number: "127/QĐ-UBND".to_string(),
        date: date("2026-11-30"),
        reason: words("points bought"),
        by: chair().id,
        in_place_of: None,
        on: date("2026-12-01"),
    };
    signed().then(cancel("2026-11-30"), event);
    let (before, after) = (signed().state, cancelled().state);
    assert_eq!((after.signed(), &after.listed), (before.signed(), &before.listed));
    assert!(after.signed().is_some() && matches!(after.phase, Phase::Cancelled { .. }));
}

#[test]
fn only_a_signed_decision_is_corrected_or_cancelled() {
    let stands = [
        (listed(), Refusal::NotSigned),
        (discarded(), Refusal::Discarded),
        (cancelled(), Refusal::Cancelled),
    ];
    for (desk, refusal) in stands {
        desk.refused(correct("2026-11-20", None), refusal.clone());
        desk.refused(cancel("2026-11-20"), refusal);
    }
}

#[test]
fn the_new_act_bears_a_day_from_the_decisions_to_today() {
    for day in ["2026-11-18", "2026-12-01"] {
        signed().happens(correct(day, None));
        signed().happens(cancel(day));
    }
    for day in ["2026-11-17", "2026-12-02"] {
        let (earliest, latest) = (date("2026-11-18"), date("2026-12-01"));
        let refusal = || Refusal::BadDate { date: date(day), earliest, latest };
        signed().refused(correct(day, None), refusal());
        signed().refused(cancel(day), refusal());
    }
}

#[test]
fn the_new_act_has_a_number_and_so_has_what_it_mends() {
    let refusal = || Refusal::BadNumber { number: " ".to_string() };
    let (number, date) = (" ".to_string(), date("2026-12-01"));
    let corrected_number = None;
    let (note, reason) = (words("note"), words("reason"));
    let nameless = Command::Correct { number: number.clone(), date, corrected_number, note };
    signed().refused(nameless, refusal());
    signed().refused(Command::Cancel { number, date, reason }, refusal());
    signed().refused(correct("2026-12-01", Some(" ")), refusal());
}
