//! Giving a case to somebody, and taking it over from its holder.

use super::full::*;
use super::*;
use crate::officer::Relation;

fn colleague() -> Officer {
    officer("colleague").with("hamlet-reviewer", "05158-01")
}

fn administrator() -> Officer {
    officer("administrator").with("administrator", "05158")
}

fn assign() -> Command {
    Command::Assign { reason: Some(words("he knows the place")) }
}

fn take_over() -> Command {
    Command::TakeOver { reason: words("he is ill") }
}

impl Scene {
    fn to(mut self, assignee: Officer) -> Self {
        self.assignee = Some(assignee);
        self
    }
}

fn held() -> Scene {
    at_hamlet_review().and(Command::Claim)
}

fn assigned(to: &Officer, by: &Officer, day: &str) -> Event {
    let reason = Some(words("he knows the place"));
    Assigned { to: to.id, reason, by: by.id, on: date(day) }.into()
}

/// What the commune's reviewers left lying for too long, and was put before the chair.
fn escalated() -> Scene {
    at_last_review().on("2026-06-02").after(Routine::Watch).by(chair())
}

#[test]
fn a_colleague_or_the_administrator_gives_a_case_to_somebody() {
    let given_by = |by: Officer| at_hamlet_review().by(by).to(reviewer());
    for by in [colleague(), administrator()] {
        let event = assigned(&reviewer(), &by, "2026-05-10");
        given_by(by.clone()).when(assign()).then([event]);
        let case = given_by(by).and(assign());
        assert_eq!(case.state.holder(), Some(reviewer().id));
        let refusal = Refusal::HeldByOther { holder: reviewer().id };
        case.clone().by(colleague()).when(review(CLAIMED)).refused(refusal);
        case.by(reviewer()).when(review(CLAIMED)).happens();
    }
    let without_a_word = Command::Assign { reason: None };
    given_by(colleague()).when(without_a_word).happens();
}

#[test]
fn it_is_given_away_from_under_its_holder() {
    let case = held().by(administrator()).to(colleague()).and(assign());
    assert_eq!(case.state.holder(), Some(colleague().id));
    let refusal = Refusal::HeldByOther { holder: colleague().id };
    case.by(reviewer()).when(review(CLAIMED)).refused(refusal);
}

#[test]
fn giving_it_to_its_holder_is_quiet() {
    held().by(colleague()).to(reviewer()).when(assign()).quiet();
    held().to(reviewer()).when(assign()).quiet();
}

#[test]
fn whom_the_delay_was_put_before_gives_it_to_somebody() {
    let event = assigned(&association(), &chair(), "2026-06-02");
    escalated().to(association()).when(assign()).then([event]);
    let refusal = not_appointed("commune-reviewer", "05158", "2026-06-01");
    let in_time = at_last_review().on("2026-06-01").by(chair()).to(association());
    in_time.when(assign()).refused(refusal);
    let elsewhere = officer("c").with("commune-chair", "05159").with("hamlet-leader", "05158-01");
    let refusal = not_appointed("commune-reviewer", "05158", "2026-06-02");
    escalated().by(elsewhere).to(association()).when(assign()).refused(refusal);
}

#[test]
fn where_the_unit_was_merged_it_is_the_successors_chair() {
    let mut case = escalated().to(officer("a").with("commune-reviewer", "05170"));
    case.path = ["VN", "25", "05170", "05170-01"].map(|code| code.parse().unwrap()).to_vec();
    case.clone().by(officer("c").with("commune-chair", "05170")).when(assign()).happens();
    let of_a_hamlet = officer("c").with("commune-chair", "05170-01");
    let refusal = not_appointed("commune-reviewer", "05170", "2026-06-02");
    case.by(of_a_hamlet).when(assign()).refused(refusal);
}

#[test]
fn a_delay_at_one_step_gives_no_say_in_the_next() {
    let case = escalated().by(association()).and(review(CLAIMED)).by(association());
    let refusal = not_appointed("commune-chair", "05158", "2026-06-02");
    case.to(chair()).when(assign()).refused(refusal);
}

#[test]
fn nobody_else_gives_it_away() {
    let refusal = not_appointed("hamlet-reviewer", "05158-01", "2026-05-10");
    for by in [recorder(), chair(), association(), officer("nobody")] {
        at_hamlet_review().by(by).to(reviewer()).when(assign()).refused(refusal.clone());
    }
}

#[test]
fn it_is_given_to_who_could_take_it() {
    let refused = |to: Officer, refusal: crate::Refused| {
        at_hamlet_review().by(administrator()).to(to).when(assign()).refused(refusal);
    };
    let without = not_appointed("hamlet-reviewer", "05158-01", "2026-05-10");
    refused(officer("nobody"), without.clone().into());
    refused(chair(), without.clone().into());
    refused(reviewer().relieved("hamlet-reviewer", "05158-01", "2026-05-10"), without.into());
    let cousin = reviewer().owning(family(), Relation::Clan);
    refused(cousin.clone(), Refusal::OwnSubject { officer: cousin.id }.into());
    let (step, earlier) = ("hamlet_review".parse().unwrap(), "self_assessment".parse().unwrap());
    let both = recorder().with("hamlet-reviewer", "05158-01");
    refused(both, Refusal::StepsNotSeparate { step, earlier }.into());
}

#[test]
fn it_is_given_to_an_officer() {
    let refusal = crate::actor::Refusal::NotAnOfficer;
    at_hamlet_review().by(administrator()).when(assign()).refused(refusal);
}

#[test]
fn it_is_given_to_who_acts_in_anothers_place() {
    let deputy = officer("deputy").in_place_of(
        &reviewer(),
        ("hamlet-reviewer", "05158-01"),
        ["2026-05-01", "2026-05-31"],
    );
    let case = at_hamlet_review().by(colleague()).with_delegators([reviewer()]).to(deputy.clone());
    case.clone().when(assign()).then([assigned(&deputy, &colleague(), "2026-05-10")]);
    let refusal = not_appointed("hamlet-reviewer", "05158-01", "2026-06-01");
    case.on("2026-06-01").when(assign()).refused(refusal);
}

#[test]
fn nobody_chooses_who_acts_on_his_own() {
    for by in [colleague(), administrator()] {
        let own = by.owning(family(), Relation::Household);
        let refusal = Refusal::OwnSubject { officer: own.id };
        at_hamlet_review().by(own).to(reviewer()).when(assign()).refused(refusal);
    }
    let own = chair().owning(family(), Relation::Household);
    let refusal = Refusal::OwnSubject { officer: own.id };
    escalated().by(own).to(association()).when(assign()).refused(refusal);
}

#[test]
fn nor_in_the_place_of_somebody_whose_own_it_is() {
    let cousin = colleague().owning(family(), Relation::Clan);
    let power = ("hamlet-reviewer", "05158-01");
    let deputy = officer("deputy").in_place_of(&cousin, power, ["2026-05-01", "2026-05-31"]);
    let refusal = Refusal::OwnSubject { officer: cousin.id };
    let case = at_hamlet_review().with_delegators([cousin]).by(deputy).to(reviewer());
    case.when(assign()).refused(refusal);
}

#[test]
fn nothing_is_given_away_before_office_work_begins_or_while_the_subject_is_asked() {
    let step = "self_assessment".parse().unwrap();
    let case = registered().by(administrator()).to(reviewer());
    case.when(assign()).refused(Refusal::NotAtThisStep { step });
    let case = returned().by(administrator()).to(reviewer());
    case.when(assign()).refused(Refusal::AwaitingSupplement);
}

#[test]
fn a_case_is_taken_over_from_its_holder() {
    let (from, by, on) = (reviewer().id, colleague().id, date("2026-05-10"));
    let event = TakenOver { from, reason: words("he is ill"), by, on };
    held().by(colleague()).when(take_over()).then([event.into()]);
    let case = held().by(colleague()).and(take_over());
    case.when(review(CLAIMED)).happens();
    let refusal = Refusal::HeldByOther { holder: by };
    case.by(reviewer()).when(review(CLAIMED)).refused(refusal);
}

#[test]
fn what_nobody_holds_is_not_taken_over_and_ones_own_is_quiet() {
    at_hamlet_review().when(take_over()).refused(Refusal::NotHeld);
    held().when(take_over()).quiet();
}

#[test]
fn it_is_taken_over_by_who_could_take_it() {
    let refused = |by: Officer, refusal: crate::Refused| {
        held().by(by).when(take_over()).refused(refusal);
    };
    let without = not_appointed("hamlet-reviewer", "05158-01", "2026-05-10");
    refused(administrator(), without.clone().into());
    refused(chair(), without.into());
    let cousin = colleague().owning(family(), Relation::Clan);
    refused(cousin.clone(), Refusal::OwnSubject { officer: cousin.id }.into());
    let (step, earlier) = ("hamlet_review".parse().unwrap(), "self_assessment".parse().unwrap());
    let both = recorder().with("hamlet-reviewer", "05158-01");
    refused(both, Refusal::StepsNotSeparate { step, earlier }.into());
}
