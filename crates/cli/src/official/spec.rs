//! The lists hold what the state published, and the core accepts them.

use std::collections::BTreeMap;
use std::sync::Arc;

use codec::MemoryKeyring;
use engine::{ManualClock, SeededEntropy};
use event_store::{EventStore, MemoryStore};
use jiff::Timestamp;
use procedure::territory::{Context, State, UnitKind};
use procedure::{Actor, Aggregate};

use super::*;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn code(text: &str) -> UnitCode {
    text.parse().unwrap()
}

fn territory() -> State {
    let (mut state, root) = (State::default(), code(NATION));
    for Reorganisation { instrument, effective, changes } in instruments().unwrap() {
        let command = Command::Reorganise { instrument, effective, sample: false, changes };
        let today = date("2026-12-08");
        let context = Context { actor: Actor::Operator, today, root: &root, above: None };
        for event in state.decide(command, &context).unwrap() {
            state.evolve(&event);
        }
    }
    state
}

fn counts(state: &State, day: &str) -> Vec<(UnitKind, usize)> {
    let mut counts = BTreeMap::new();
    for (_, unit) in state.units(date(day)) {
        *counts.entry(unit.kind).or_default() += 1;
    }
    counts.into_iter().collect()
}

#[test]
fn the_numbers_are_those_of_the_decision_and_of_the_later_resolutions() {
    let state = territory();
    let expected = |province, city, commune, ward| {
        vec![
            (UnitKind::Nation, 1),
            (UnitKind::Province, province),
            (UnitKind::City, city),
            (UnitKind::Commune, commune),
            (UnitKind::Ward, ward),
            (UnitKind::SpecialZone, 13),
        ]
    };
    assert_eq!(counts(&state, "2025-06-30"), []);
    assert_eq!(counts(&state, "2025-07-01"), expected(28, 6, 2621, 687));
    assert_eq!(counts(&state, "2026-04-29"), expected(28, 6, 2621, 687));
    assert_eq!(counts(&state, "2026-04-30"), expected(27, 7, 2611, 697));
    assert_eq!(counts(&state, "2026-09-01"), expected(26, 8, 2611, 697));
    assert_eq!(counts(&state, "2026-09-20"), expected(25, 9, 2599, 709));
}

#[test]
fn instruments_are_named_and_dated() {
    let named = instruments().unwrap().into_iter();
    let named: Vec<_> = named
        .map(|one| (one.effective.to_string(), one.instrument.number, one.changes.len()))
        .collect();
    let expected = [
        ("2025-07-01", "Quyết định 19/2025/QĐ-TTg", 1 + 34 + 3321),
        ("2026-04-30", "NQ 30/2026/QH16; 237/NQ-UBTVQH16", 11),
        ("2026-09-01", "NQ 36/2026/QH16", 1),
        ("2026-09-20", "NQ 39/2026/QH16; 388/NQ-UBTVQH16", 13),
    ];
    assert_eq!(named, expected.map(|(day, number, n)| (day.to_owned(), number.to_owned(), n)));
}

#[test]
fn names_and_places_are_right_where_they_are_known() {
    let state = territory();
    let name = |unit: &str, day: &str| state.unit(&code(unit), date(day)).unwrap().name.clone();
    assert_eq!(name("05158", "2026-01-01"), "Xã Mường Bi");
    let path = state.path(&code("05158"), date("2026-01-01"));
    assert_eq!(path, [code("VN"), code("25"), code("05158")]);
    assert_eq!(name("25", "2026-01-01"), "Tỉnh Phú Thọ");
    assert_eq!(name("26740", "2025-07-01"), "Phường Sài Gòn");
    assert_eq!(name("75", "2026-04-29"), "Tỉnh Đồng Nai");
    assert_eq!(name("75", "2026-04-30"), "Thành phố Đồng Nai");
}

#[tokio::test]
async fn founding_and_publishing_twice_is_done_once() {
    let store = MemoryStore::new();
    let clock = ManualClock::new(Timestamp::UNIX_EPOCH);
    let engine = Engine::new(
        Arc::new(store.clone()),
        Arc::new(MemoryKeyring::default()),
        Arc::new(clock),
        Arc::new(SeededEntropy::new(1)),
    );
    let operator = Principal::Operator("test".to_owned());
    for again in [false, true] {
        for one in instruments().unwrap() {
            assert_eq!(carry_out(&engine, &operator, one).await.unwrap().repeated, again);
        }
        for one in definitions().unwrap() {
            assert_eq!(publish(&engine, &operator, one).await.unwrap().repeated, again);
        }
        let events = store.read_all(None, 100).await.unwrap();
        assert_eq!(events.len(), 4 + 6);
    }
}
