//! Who has to do with a case, whatever its step: office over the place, or the subject his own.

use super::*;
use crate::officer::Relation;

type Who = Result<OfficerId, crate::Refused>;

fn concerned(scene: &Scene, by: &Officer) -> Who {
    scene.told(scene.actor(by), scene.today, |context| decide::concerned(&scene.state, context))
}

fn may_prepare(scene: &Scene, by: &Officer) -> Who {
    scene.told(scene.actor(by), scene.today, |context| decide::may_prepare(&scene.state, context))
}

#[test]
fn whoever_has_office_over_the_place_in_whatever_role() {
    let scene = at_hamlet_review();
    for by in [recorder(), reviewer(), chair(), officer("o").with("librarian", "25")] {
        assert_eq!(concerned(&scene, &by), Ok(by.id));
        assert_eq!(may_prepare(&scene, &by), Ok(by.id));
    }
    for unit in ["05158-02", "05159", "26"] {
        let refusal = not_appointed("hamlet-reviewer", "05158-01", &scene.today.to_string());
        let by = officer("o").with("hamlet-reviewer", unit);
        assert_eq!(concerned(&scene, &by), Err(refusal.clone().into()), "{unit}");
        assert_eq!(may_prepare(&scene, &by), Err(refusal.into()), "{unit}");
    }
}

#[test]
fn the_officer_whose_own_subject_it_is() {
    let by = officer("son").owning(family(), Relation::Household);
    assert_eq!(may_prepare(&registered(), &by), Ok(by.id));
    let other = officer("son").owning(SubjectId::of_code("another"), Relation::Household);
    let refusal = not_appointed("hamlet-recorder", "05158-01", "2026-03-01");
    assert_eq!(may_prepare(&registered(), &other), Err(refusal.into()));
}

#[test]
fn nobody_who_is_no_officer_and_about_no_case() {
    let scene = registered();
    for actor in [Actor::Operator, Actor::Program] {
        let answer =
            scene.told(actor, scene.today, |context| decide::concerned(&scene.state, context));
        assert_eq!(answer, Err(crate::actor::Refusal::NotAnOfficer.into()));
    }
    assert_eq!(concerned(&given(), &recorder()), Err(Refusal::Unknown.into()));
}

#[test]
fn nothing_is_prepared_for_a_case_that_is_closed() {
    let scene = registered().and(withdraw());
    assert_eq!(may_prepare(&scene, &recorder()), Err(Refusal::Closed.into()));
    assert_eq!(concerned(&scene, &recorder()), Ok(recorder().id));
}
