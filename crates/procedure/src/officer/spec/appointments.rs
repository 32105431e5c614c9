//! Terms of office: their first and last days, overlaps, relief.

use super::*;

fn registrar(from: &str, until: Option<&str>) -> Command {
    appoint("registrar", "05158", from, until)
}

#[test]
fn a_term_holds_from_its_first_day_to_its_last_and_downwards() {
    let state = given([enrol_in("05158"), registrar("2026-02-01", Some("2026-04-30"))]);
    for day in ["2026-02-01", "2026-04-30"] {
        assert!(holds(&state, "registrar", "05158", day));
        assert!(holds(&state, "registrar", "05158-01", day));
    }
    for day in ["2026-01-31", "2026-05-01"] {
        assert!(!holds(&state, "registrar", "05158", day));
    }
    assert!(!holds(&state, "registrar", "25", "2026-02-01"), "not upwards");
    assert!(!holds(&state, "registrar", "05159", "2026-02-01"), "not sideways");
    assert!(!holds(&state, "administrator", "05158", "2026-02-01"), "not another role");
}

#[test]
fn a_term_that_ends_before_it_begins_is_refused() {
    let (from, until) = (day("2026-04-30"), day("2026-04-29"));
    refused(
        &known(),
        registrar("2026-04-30", Some("2026-04-29")),
        Refusal::BadTerm { from, until },
    );
    assert!(when(&known(), registrar("2026-04-30", Some("2026-04-30"))).is_ok());
}

#[test]
fn terms_of_one_role_in_one_place_do_not_overlap() {
    let state = given([enrol_in("05158"), registrar("2026-02-01", Some("2026-04-30"))]);
    let refusal = || Refusal::AlreadyAppointed { role: role("registrar"), unit: code("05158") };
    for (from, until) in [
        ("2026-02-01", Some("2026-04-30")),
        ("2026-04-30", None),
        ("2026-01-01", Some("2026-02-01")),
        ("2026-01-01", None),
        ("2026-03-01", Some("2026-03-02")),
    ] {
        refused(&state, registrar(from, until), refusal());
    }
    assert!(when(&state, registrar("2026-05-01", None)).is_ok());
    assert!(when(&state, registrar("2026-01-01", Some("2026-01-31"))).is_ok());
    assert!(when(&state, appoint("registrar", "05159", "2026-03-01", None)).is_ok());
    assert!(when(&state, appoint("administrator", "05158", "2026-03-01", None)).is_ok());
}

#[test]
fn an_open_end_overlaps_everything_later() {
    let state = given([enrol_in("05158"), registrar("2026-02-01", None)]);
    let refusal = Refusal::AlreadyAppointed { role: role("registrar"), unit: code("05158") };
    refused(&state, registrar("2090-01-01", None), refusal);
}

#[test]
fn relief_ends_the_term_the_day_before() {
    let state = given([
        enrol_in("05158"),
        registrar("2026-02-01", None),
        relieve("registrar", "05158", "2026-03-10"),
    ]);
    assert!(holds(&state, "registrar", "05158", "2026-03-09"));
    assert!(!holds(&state, "registrar", "05158", "2026-03-10"));
    assert!(when(&state, registrar("2026-03-10", None)).is_ok(), "he can be appointed again");
}

#[test]
fn relief_from_the_first_day_leaves_nothing_behind() {
    let state = given([
        enrol_in("05158"),
        registrar("2026-02-01", None),
        relieve("registrar", "05158", "2026-02-01"),
    ]);
    assert!(!holds(&state, "registrar", "05158", "2026-02-01"));
    assert!(when(&state, registrar("2026-01-01", None)).is_ok());
}

#[test]
fn relief_on_the_first_day_of_the_calendar_does_not_lengthen_a_term() {
    let first = Date::new(-9999, 1, 1).unwrap();
    let term = Period { from: first, until: Some(day("2026-01-01")) };
    let (registrar, unit) = (role("registrar"), code("05158"));
    let appointed = Appointed { role: registrar.clone(), unit: unit.clone(), term };
    let mut state = State::default();
    state.evolve(&appointed.into());
    state.evolve(&Relieved { role: registrar, unit, from: first }.into());
    assert_eq!(state.appointments, []);
}

#[test]
fn who_does_not_hold_the_role_that_day_is_not_relieved_of_it() {
    let state = given([enrol_in("05158"), registrar("2026-02-01", Some("2026-04-30"))]);
    for (role_, unit, from) in [
        ("registrar", "05158", "2026-01-31"),
        ("registrar", "05158", "2026-05-01"),
        ("administrator", "05158", "2026-03-01"),
        ("registrar", "05159", "2026-03-01"),
    ] {
        let (role, unit_code, date) = (role(role_), code(unit), day(from));
        let refusal = Refusal::NotAppointed { role, unit: unit_code, date };
        refused(&state, relieve(role_, unit, from), refusal);
    }
}

#[test]
fn relief_of_one_place_leaves_the_others() {
    let state = given([
        enrol_in("05158"),
        registrar("2026-02-01", None),
        appoint("registrar", "05159", "2026-02-01", None),
        relieve("registrar", "05158", "2026-03-01"),
    ]);
    assert!(holds(&state, "registrar", "05159", "2026-03-01"));
}
