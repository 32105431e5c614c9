//! Given a history, when an instrument comes, then units change or a named refusal.

use alloc::string::ToString;
use alloc::vec;
use alloc::vec::Vec;

use super::*;
use crate::actor::Actor;
use crate::date::Date;
use crate::name::UnitCode;

fn code(text: &str) -> UnitCode {
    text.parse().unwrap()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn instrument(number: &str) -> Instrument {
    Instrument { number: number.to_string(), issued: None }
}

fn founded(unit: &str, kind: UnitKind, parent: Option<&str>) -> Change {
    let name = alloc::format!("Tên {unit}");
    Change::Founded { code: code(unit), name, kind, parent: parent.map(code) }
}

fn retyped(unit: &str, kind: UnitKind) -> Change {
    Change::Retyped { code: code(unit), name: "Tên mới".to_string(), kind }
}

fn founding() -> Command {
    Command::Reorganise {
        instrument: instrument("Quyết định 19/2025/QĐ-TTg"),
        effective: date("2025-07-01"),
        sample: false,
        changes: vec![
            founded("VN", UnitKind::Nation, None),
            founded("25", UnitKind::Province, Some("VN")),
            founded("05158", UnitKind::Commune, Some("25")),
        ],
    }
}

fn when(state: &State, command: Command, above: Option<&State>) -> Result<Vec<Event>, Refusal> {
    let root = code(if above.is_some() { "05158" } else { "VN" });
    let today = date("2026-11-23");
    let context = Context { actor: Actor::Operator, today, root: &root, above };
    state.decide(command, &context).map_err(|refused| match refused {
        crate::Refused::Territory(refusal) => refusal,
        other => panic!("refused by another area: {other}"),
    })
}

fn given(commands: impl IntoIterator<Item = Command>) -> State {
    let mut state = State::default();
    for command in commands {
        for event in when(&state, command, None).unwrap() {
            state.evolve(&event);
        }
    }
    state
}

fn change(effective: &str, change: Change) -> Command {
    Command::Reorganise {
        instrument: instrument(effective),
        effective: date(effective),
        sample: false,
        changes: vec![change],
    }
}

#[test]
fn units_begin_and_have_a_path() {
    let state = given([founding()]);
    let path = state.path(&code("05158"), date("2026-01-01"));
    assert_eq!(path, [code("VN"), code("25"), code("05158")]);
    assert!(state.path(&code("05158"), date("2025-06-30")).is_empty());
}

#[test]
fn the_same_instrument_again_changes_nothing() {
    let state = given([founding()]);
    assert_eq!(when(&state, founding(), None), Ok(vec![]));
}

#[test]
fn the_same_instrument_with_more_in_it_is_not_taken_for_done() {
    let part = |unit: &str| Command::Reorganise {
        instrument: instrument("Quyết định 19/2025/QĐ-TTg"),
        effective: date("2025-07-01"),
        sample: false,
        changes: vec![founded(unit, UnitKind::Commune, Some("25"))],
    };
    let state = given([founding()]);
    assert_eq!(when(&state, part("05158"), None), Ok(vec![]));
    assert_eq!(when(&state, part("05159"), None).unwrap().len(), 1);
    let Command::Reorganise { instrument, effective, sample, mut changes } = part("05159");
    changes.insert(0, founded("05158", UnitKind::Commune, Some("25")));
    let mixed = Command::Reorganise { instrument, effective, sample, changes };
    assert_eq!(when(&state, mixed, None), Err(Refusal::CodeTaken { unit: code("05158") }));
}

#[test]
fn a_retyped_unit_keeps_its_code_and_its_past() {
    let state = given([founding(), change("2026-04-30", retyped("05158", UnitKind::Ward))]);
    let kind = |day: &str| state.unit(&code("05158"), date(day)).unwrap().kind;
    assert_eq!(kind("2026-04-29"), UnitKind::Commune);
    assert_eq!(kind("2026-04-30"), UnitKind::Ward);
}

#[test]
fn what_does_not_fit_is_refused_by_name() {
    let state = given([founding(), change("2026-04-30", retyped("05158", UnitKind::Ward))]);
    let refused = |command| when(&state, command, None).unwrap_err();
    let unit = code("05158");
    assert_eq!(
        refused(change("2026-05-01", founded("05158", UnitKind::Commune, Some("25")))),
        Refusal::CodeTaken { unit: unit.clone() }
    );
    assert_eq!(
        refused(change("2026-05-01", founded("99999", UnitKind::Commune, Some("77")))),
        Refusal::UnknownUnit { unit: code("77"), date: date("2026-05-01") }
    );
    assert_eq!(
        refused(change("2026-05-01", founded("99999", UnitKind::Commune, Some("VN")))),
        Refusal::WrongParent { unit: code("99999"), level: UnitLevel::Commune }
    );
    assert_eq!(
        refused(change("2026-05-01", retyped("05158", UnitKind::City))),
        Refusal::WrongLevel { unit: unit.clone(), level: UnitLevel::Commune }
    );
    assert_eq!(
        refused(change("2026-04-29", retyped("05158", UnitKind::Commune))),
        Refusal::LaterChange { unit, date: date("2026-04-30") }
    );
    let nameless = Change::Retyped { code: code("25"), name: " ".into(), kind: UnitKind::City };
    assert!(matches!(refused(change("2026-05-01", nameless)), Refusal::BadName { .. }));
    let empty = Command::Reorganise {
        instrument: instrument(" "),
        effective: date("2026-05-01"),
        sample: false,
        changes: vec![retyped("25", UnitKind::City)],
    };
    assert_eq!(refused(empty), Refusal::Empty);
}

#[test]
fn a_commune_lists_its_hamlets_and_only_those() {
    let nation = given([founding()]);
    let hamlet = change("2025-07-01", founded("05158-01", UnitKind::Hamlet, Some("05158")));
    let events = when(&State::default(), hamlet, Some(&nation)).unwrap();
    let mut list = State::default();
    for event in &events {
        list.evolve(event);
    }
    assert!(list.unit(&code("05158-01"), date("2025-07-01")).is_some());

    let elsewhere = change("2025-07-02", founded("00004-01", UnitKind::Hamlet, Some("00004")));
    assert!(matches!(when(&list, elsewhere, Some(&nation)), Err(Refusal::WrongParent { .. })));
    let among_provinces =
        change("2025-07-02", founded("05158-02", UnitKind::Hamlet, Some("05158")));
    assert!(matches!(when(&nation, among_provinces, None), Err(Refusal::WrongParent { .. })));
}
