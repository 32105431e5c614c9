//! What is put on the annex and taken off it.

use super::*;

fn event(numbers: impl IntoIterator<Item = usize>) -> CasesListed {
    CasesListed { cases: cases(numbers), by: association().id, on: date("2026-11-10") }
}

#[test]
fn cases_are_put_on_the_annex() {
    drafted().then(list([2, 1]), event([2, 1]));
    let state = drafted().and(list([2, 1])).state;
    assert!(state.lists(case(1)) && state.lists(case(2)) && !state.lists(case(3)));
}

#[test]
fn what_is_listed_already_is_skipped() {
    let desk = drafted().and(list([1, 2]));
    desk.then(list([2, 3, 1, 3, 4]), event([3, 4]));
    desk.quiet(list([2, 1, 1]));
    desk.quiet(list([]));
}

#[test]
fn only_so_many_new_cases_at_a_time() {
    let refusal = Refusal::TooMany { cases: LISTED_MAX + 1, maximum: LISTED_MAX };
    drafted().refused(list(0..=LISTED_MAX), refusal);
    let desk = drafted().and(list(0..LISTED_MAX));
    assert_eq!(desk.state.listed.len(), LISTED_MAX);
    // Those that are on the annex do not count against the new ones.
    let desk = desk.and(list(0..2 * LISTED_MAX));
    assert_eq!(desk.state.listed.len(), 2 * LISTED_MAX);
}

#[test]
fn a_case_is_taken_off_for_a_reason() {
    let desk = drafted().and(list([1, 2]));
    let (by, on) = (association().id, date("2026-11-10"));
    desk.then(take_off(1), CaseTakenOff { case: case(1), reason: words("moved away"), by, on });
    let desk = desk.and(take_off(1));
    assert!(!desk.state.lists(case(1)) && desk.state.lists(case(2)));
    desk.refused(take_off(1), Refusal::NotListed { case: case(1) });
    desk.happens(list([1]));
}

#[test]
fn the_annex_of_what_is_no_draft_does_not_change() {
    let ended = [
        (signed(), Refusal::AlreadySigned),
        (discarded(), Refusal::Discarded),
        (cancelled(), Refusal::Cancelled),
    ];
    for (desk, refusal) in ended {
        for command in [list([1]), list([4]), take_off(1), take_off(4)] {
            desk.refused(command, refusal.clone());
        }
    }
}
