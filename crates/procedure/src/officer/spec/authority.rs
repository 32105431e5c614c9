//! An administrator acts in his own territory and no further.

use super::*;
use crate::case::spec::not_appointed;

fn registered() -> State {
    given([enrol_in("05158"), appoint("registrar", "05158", "2026-01-01", None)])
}

/// Everything that can be asked about an officer whose record the commune keeps, but for what whoever
/// is away says himself.
fn everything() -> [Command; 5] {
    [
        appoint("hamlet-reviewer", "05158", DAY, None),
        relieve("registrar", "05158", DAY),
        declare(),
        tokens::issue("b", DAY),
        tokens::revoke("a"),
    ]
}

#[test]
fn the_administrator_of_the_place_or_above_does_it() {
    let mut state = registered();
    state.evolve(&when(&state, tokens::issue("a", DAY)).unwrap()[0]);
    for unit in ["05158", "25", "VN"] {
        for command in everything() {
            assert!(when_by(&state, &administrator(unit), command).is_ok());
        }
        assert!(when_by(&State::default(), &administrator(unit), enrol_in("05158")).is_ok());
    }
}

#[test]
fn nobody_else_does() {
    let elsewhere = administrator("05159");
    let below = administrator("05158-01");
    let registrar = officer("r").with("registrar", "05158");
    let former = officer("f").for_term("administrator", "05158", "2026-01-01", Some("2026-02-28"));
    let refusal = || Err(not_appointed("administrator", "05158", DAY).into());
    for by in [elsewhere, below, registrar, former, officer("nobody")] {
        for command in everything() {
            assert_eq!(when_by(&registered(), &by, command), refusal());
        }
        assert_eq!(when_by(&State::default(), &by, enrol_in("05158")), refusal());
    }
}

#[test]
fn nobody_gives_or_takes_a_role_outside_his_territory() {
    let state = given([enrol_in("05158"), appoint("province-chair", "25", "2026-01-01", None)]);
    let by = administrator("05158");
    for unit in ["25", "VN", "05159"] {
        let refusal = Err(not_appointed("administrator", unit, DAY).into());
        let command = appoint("administrator", unit, DAY, None);
        assert_eq!(when_by(&state, &by, command), refusal);
    }
    let refusal = Err(not_appointed("administrator", "25", DAY).into());
    assert_eq!(when_by(&state, &by, relieve("province-chair", "25", DAY)), refusal);
}

fn with_role_over(unit: &str, until: Option<&str>) -> State {
    given([enrol_in("05158"), appoint("reviewer", unit, "2026-01-01", until)])
}

#[test]
fn nobody_issues_a_token_that_could_do_more_than_he_administers() {
    let by = administrator("05158");
    for unit in ["25", "VN", "05159"] {
        let refusal = Err(not_appointed("administrator", unit, DAY).into());
        assert_eq!(when_by(&with_role_over(unit, None), &by, tokens::issue("a", DAY)), refusal);
        let to_come = given([enrol_in("05158"), appoint("reviewer", unit, "2026-06-01", None)]);
        assert!(when_by(&to_come, &by, tokens::issue("a", DAY)).is_err());
    }
    for unit in ["05158", "05158-01"] {
        assert!(when_by(&with_role_over(unit, None), &by, tokens::issue("a", DAY)).is_ok());
    }
    let over = with_role_over("25", Some("2026-02-28"));
    assert!(when_by(&over, &by, tokens::issue("a", DAY)).is_ok());
}

#[test]
fn the_administrator_of_the_province_issues_it_for_the_province_and_its_communes() {
    let by = administrator("25");
    for unit in ["25", "05158", "05159"] {
        assert!(when_by(&with_role_over(unit, None), &by, tokens::issue("a", DAY)).is_ok());
    }
    assert!(when_by(&with_role_over("VN", None), &by, tokens::issue("a", DAY)).is_err());
}

#[test]
fn a_token_is_revoked_even_for_an_officer_who_rose() {
    let mut state = with_role_over("25", None);
    state.evolve(&when(&state, tokens::issue("a", DAY)).unwrap()[0]);
    assert!(when_by(&state, &administrator("05158"), tokens::revoke("a")).is_ok());
}

#[test]
fn nor_one_that_could_act_in_the_place_of_somebody_whom_he_does_not_administer() {
    let passed_on = |unit: &str, until: &str| {
        let mut state = known();
        let term = Period { from: day("2026-01-01"), until: Some(day(until)) };
        let (delegator, role, unit) = (officer("p").id, role("province-chair"), code(unit));
        state.evolve(&Delegated { delegator, role, unit, term, on: term.from }.into());
        state
    };
    let by = administrator("05158");
    for unit in ["25", "VN", "05159"] {
        let refusal = Err(not_appointed("administrator", unit, DAY).into());
        let state = passed_on(unit, "2026-12-31");
        assert_eq!(when_by(&state, &by, tokens::issue("a", DAY)), refusal);
        let over = passed_on(unit, "2026-02-28");
        assert!(when_by(&over, &by, tokens::issue("a", DAY)).is_ok());
    }
    let own = passed_on("05158-01", "2026-12-31");
    assert!(when_by(&own, &by, tokens::issue("a", DAY)).is_ok());
    let of_province = passed_on("25", "2026-12-31");
    assert!(when_by(&of_province, &administrator("25"), tokens::issue("a", DAY)).is_ok());
}
