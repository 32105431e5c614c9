//! A case follows the decision that lists it: onto the draft, off it, to a title, and back.

use super::full::{at_last_review, at_meeting, vote};
use super::*;
use crate::aggregate::EventSet as _;
use crate::decision::{self, CaseTakenOff, CasesListed, DecisionCancelled, DecisionDrafted};
use crate::decision::{DecisionDiscarded, DecisionSigned};
use crate::name::{CaseId, DecisionId, ProcedureId};
use crate::officer::Relation;
use crate::territory::UnitLevel;
use crate::title::Title;

fn id(number: u128) -> DecisionId {
    DecisionId(uuid::Uuid::from_u128(number))
}

fn follow() -> Routine {
    Routine::FollowDecision { decision: id(1) }
}

fn case() -> CaseId {
    CaseId::of(Title::Family, family(), 2026)
}

/// A draft of the commune, of the definition of the tests.
fn draft() -> DecisionDrafted {
    DecisionDrafted {
        procedure: "family.test".parse().unwrap(),
        title: Title::Family,
        year: 2026,
        unit: "05158".parse().unwrap(),
        role: "commune-chair".parse().unwrap(),
        by: association().id,
        on: date("2026-11-10"),
    }
}

fn listed() -> CasesListed {
    CasesListed { cases: vec![case()], by: association().id, on: date("2026-11-10") }
}

fn taken_off() -> CaseTakenOff {
    let (by, on) = (association().id, date("2026-11-20"));
    CaseTakenOff { case: case(), reason: words("a complaint came in"), by, on }
}

fn signed() -> DecisionSigned {
    DecisionSigned {
        number: "9/QĐ-UBND".to_string(),
        date: date("2026-11-18"),
        cases: 1,
        annex: "a".repeat(64).try_into().unwrap(),
        by: chair().id,
        in_place_of: None,
        on: date("2026-11-18"),
    }
}

fn cancelled() -> DecisionCancelled {
    DecisionCancelled {
        number: "10/QĐ-UBND".to_string(),
        date: date("2026-11-25"),
        reason: words("points bought"),
        by: chair().id,
        in_place_of: None,
        on: date("2026-11-25"),
    }
}

impl Scene {
    /// With the decision as these events make it.
    fn beside(mut self, events: impl IntoIterator<Item = decision::Event>) -> Self {
        let mut state = decision::State::default();
        events.into_iter().for_each(|event| state.evolve(&event));
        self.decision = Some(state);
        self
    }

    fn listed(self) -> Self {
        self.beside([draft().into(), listed().into()])
    }

    fn taken_off(self) -> Self {
        self.beside([draft().into(), listed().into(), taken_off().into()])
    }

    fn discarded(self) -> Self {
        let (reason, by, on) = (words("a mistake"), association().id, date("2026-11-20"));
        let given_up = DecisionDiscarded { reason, by, on };
        self.beside([draft().into(), listed().into(), given_up.into()])
    }

    fn signed(self) -> Self {
        self.beside([draft().into(), listed().into(), signed().into()])
    }

    fn cancelled(self) -> Self {
        self.beside([draft().into(), listed().into(), signed().into(), cancelled().into()])
    }
}

fn placed() -> Scene {
    at_decision(CLAIMED).on("2026-11-12").listed().after(follow()).on("2026-11-20")
}

/// By the decision of 18 November, entered on the 22nd.
fn recognised() -> Scene {
    placed().signed().on("2026-11-22").after(follow())
}

#[test]
fn a_case_that_waits_for_its_decision_is_put_on_the_draft() {
    let event = PlacedOnDecision { decision: id(1), on: date("2026-11-20") };
    let held = at_decision(CLAIMED).and(Command::Claim).listed();
    held.program(follow()).then([event.into()]);
    assert_eq!((placed().state.placed, held.after(follow()).state.holder()), (Some(id(1)), None));
    placed().program(follow()).quiet();
}

#[test]
fn not_before_its_decision_nor_after() {
    let step = "commune_review".parse().unwrap();
    at_commune_review().listed().program(follow()).refused(Refusal::NotAtThisStep { step });
    let step = "commune_review".parse().unwrap();
    at_last_review().listed().program(follow()).refused(Refusal::NotAtThisStep { step });
    returned().listed().program(follow()).refused(Refusal::AwaitingSupplement);
    let refused = at_decision(CLAIMED).and(refuse("2026-11-20")).listed();
    refused.program(follow()).refused(Refusal::Closed);
    given().listed().program(follow()).refused(Refusal::Unknown);
}

#[test]
fn only_if_it_reaches_the_title() {
    let below = Refusal::BelowThreshold { total: 49, minimum: 50 };
    at_decision([39, 5, 5]).listed().program(follow()).refused(below);
    let against = at_meeting().and(vote(0, 30, 0)).on("2026-11-20").listed();
    against.program(follow()).refused(Refusal::MeetingAgainst { votes: 0, present: 30 });
}

#[test]
fn only_if_the_decision_is_about_it() {
    let other = |draft: DecisionDrafted| {
        let case = at_decision(CLAIMED).beside([draft.into(), listed().into()]);
        case.program(follow()).refused(Refusal::NotOfDecision { decision: id(1) });
    };
    let procedure: ProcedureId = "family.other".parse().unwrap();
    other(DecisionDrafted { procedure, ..draft() });
    other(DecisionDrafted { year: 2027, ..draft() });
    other(DecisionDrafted { unit: "05159".parse().unwrap(), ..draft() });
}

#[test]
fn a_case_on_one_draft_is_not_put_on_another() {
    let to_other = Routine::FollowDecision { decision: id(2) };
    placed().program(to_other).refused(Refusal::OnDecision { decision: id(1) });
    placed().taken_off().program(to_other).quiet();
    placed().signed().program(to_other).quiet();
}

#[test]
fn what_the_decision_does_not_list_and_what_is_not_known_is_left_alone() {
    at_decision(CLAIMED).program(follow()).quiet();
    at_decision(CLAIMED).beside([draft().into()]).program(follow()).quiet();
    at_decision(CLAIMED).signed().program(follow()).quiet();
    at_decision(CLAIMED).cancelled().program(follow()).quiet();
}

#[test]
fn on_the_draft_it_changes_no_more() {
    let refusal = Refusal::OnDecision { decision: id(1) };
    let acts = [
        Command::Claim,
        Command::Release,
        Command::Assign { reason: None },
        Command::TakeOver { reason: words("why") },
        send_back(),
        recognise("2026-11-20"),
        refuse("2026-11-20"),
    ];
    for command in acts {
        placed().when(command).refused(refusal.clone());
    }
    placed().by(recorder()).when(withdraw()).refused(refusal);
    placed().on("2027-06-01").program(Routine::Watch).quiet();
}

#[test]
fn nor_does_its_time_or_who_is_competent() {
    let mut definition = sample::definition();
    let commune = sample::performer("commune-chair", UnitLevel::Commune);
    let province = sample::performer("province-chair", UnitLevel::Province);
    definition.steps[3].performers = sample::passing(commune, date("2026-11-30"), province);
    definition.steps[3].limit = Some(sample::review_limit());
    let mut case = placed().on("2026-12-31");
    case.edition.published.as_mut().unwrap().0 = Arc::new(definition);
    case.program(Routine::Watch).quiet();
    let events = case.discarded().after(follow()).program(Routine::Watch).happens();
    let names: Vec<_> = events.iter().map(Event::name).collect();
    assert_eq!(names, ["HandedOver", "DeadlineBreached", "Escalated"]);
}

#[test]
fn it_is_taken_off_with_the_reason_and_goes_on() {
    let (decision, on) = (id(1), date("2026-11-20"));
    let (reason, by) = (Some(words("a complaint came in")), Some(association().id));
    let event = RemovedFromDecision { decision, reason, by, on };
    placed().taken_off().program(follow()).then([event.into()]);
    let case = placed().taken_off().after(follow());
    case.program(follow()).quiet();
    case.when(recognise("2026-11-20")).happens();
    case.when(send_back()).happens();
}

#[test]
fn a_draft_that_was_given_up_lets_its_cases_go() {
    let (decision, on) = (id(1), date("2026-11-20"));
    let event = RemovedFromDecision { decision, reason: None, by: None, on };
    placed().discarded().program(follow()).then([event.into()]);
    placed().discarded().after(follow()).program(follow()).quiet();
}

#[test]
fn once_it_is_signed_the_title_is_recognised_as_the_decision_says_however_late() {
    let reference = DecisionReference {
        number: "9/QĐ-UBND".to_string(),
        date: date("2026-11-18"),
        id: Some(id(1)),
    };
    for day in ["2026-11-18", "2027-12-30"] {
        let event = TitleRecognised {
            decision: reference.clone(),
            total: 90,
            band: Some("good".parse().unwrap()),
            in_force: Period { from: date("2026-11-18"), until: Some(date("2027-11-17")) },
            by: chair().id,
            in_place_of: None,
            on: date(day),
        };
        placed().signed().on(day).program(follow()).then([event.into()]);
    }
    let case = recognised();
    case.program(follow()).quiet();
    assert!(case.state.taken.contains(&("decision".parse().unwrap(), chair().id)));
}

#[test]
fn a_signature_in_anothers_place_names_both() {
    let by_vice = DecisionSigned { by: officer("v").id, in_place_of: Some(chair().id), ..signed() };
    let case = placed().beside([draft().into(), listed().into(), by_vice.into()]);
    let events = case.program(follow()).happens();
    let [Event::TitleRecognised(event)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((event.by, event.in_place_of), (officer("v").id, Some(chair().id)));
}

#[test]
fn a_case_that_was_taken_off_before_is_not_recognised() {
    let without = [draft().into(), listed().into(), taken_off().into(), signed().into()];
    let case = placed().beside(without);
    let events = case.program(follow()).happens();
    assert!(matches!(events.as_slice(), [Event::RemovedFromDecision(_)]), "{events:?}");
}

#[test]
fn a_cancelled_decision_takes_the_title_away_and_the_case_is_decided_anew() {
    let (decision, on) = (id(1), date("2026-11-26"));
    let next = turn("decision", "commune-chair", "05158");
    let event = RecognitionAnnulled { decision, on, next };
    let case = recognised().cancelled().on("2026-11-26");
    case.program(follow()).then([event.into()]);
    let case = case.after(follow());
    case.stands_at("decision");
    case.program(follow()).quiet();
    case.when(refuse("2026-11-26")).happens();
    case.when(recognise("2026-11-26")).happens();
    let (date, earliest, latest) = (date("2026-11-18"), on, on);
    let refusal = Refusal::BadDecisionDate { date, earliest, latest };
    case.when(recognise("2026-11-18")).refused(refusal);
}

#[test]
fn cancelled_before_the_case_followed_it_only_lets_the_case_go() {
    let case = placed().cancelled();
    let events = case.program(follow()).happens();
    assert!(matches!(events.as_slice(), [Event::RemovedFromDecision(_)]), "{events:?}");
}

#[test]
fn a_title_by_an_act_of_its_own_is_no_business_of_the_decision() {
    let case = at_decision(CLAIMED).and(recognise("2026-11-20"));
    case.clone().cancelled().program(follow()).quiet();
    case.signed().program(follow()).quiet();
}

#[test]
fn only_the_program_follows_and_nothing_else_is_the_programs() {
    let command = || Command::Program(follow());
    let refusal = crate::actor::Refusal::NotTheProgram;
    placed().signed().when(command()).refused(refusal.clone());
    let operator = placed().signed().ask(Actor::Operator, date("2026-11-20"), command());
    assert_eq!(operator, Err(refusal.into()));
    let program = at_decision(CLAIMED).ask(Actor::Program, date("2026-11-20"), Command::Claim);
    assert_eq!(program, Err(crate::actor::Refusal::NotAnOfficer.into()));
}

/// What the officer is told when he wants to sign for the case.
fn eligible_by(case: &Scene, by: &Officer, day: &str) -> Result<Standing, crate::Refused> {
    let context = Context {
        actor: case.actor(by),
        today: case.today,
        definition: &case.edition.published.as_ref().unwrap().0,
        edition: &case.edition,
        path: &case.path,
        calendar: &case.calendar,
        also: Also { decision: case.decision.as_ref(), titles: &case.titles, ..Also::default() },
    };
    eligible(&case.state, id(1), date(day), &context)
}

#[test]
fn a_case_on_the_draft_can_be_signed_by_the_chair() {
    let standing = eligible_by(&placed(), &chair(), "2026-11-18").unwrap();
    assert_eq!((standing.total, standing.band), (90, Some("good".parse().unwrap())));
    assert_eq!(standing.in_force.from, date("2026-11-18"));
    let refusal = Refusal::NotOnDecision { decision: id(1) };
    let off = at_decision(CLAIMED).listed();
    assert_eq!(eligible_by(&off, &chair(), "2026-11-18"), Err(refusal.into()));
}

#[test]
fn not_by_who_has_no_right_to_it() {
    let refused = |by: &Officer, refusal: crate::Refused| {
        assert_eq!(eligible_by(&placed(), by, "2026-11-18"), Err(refusal));
    };
    refused(&association(), not_appointed("commune-chair", "05158", "2026-11-20").into());
    let new = officer("n").for_term("commune-chair", "05158", "2026-11-19", None);
    refused(&new, not_appointed("commune-chair", "05158", "2026-11-18").into());
    let own = chair().owning(family(), Relation::Clan);
    refused(&own, Refusal::OwnSubject { officer: own.id }.into());
    let (step, earlier) = ("decision".parse().unwrap(), "commune_review".parse().unwrap());
    let both = association().with("commune-chair", "05158");
    refused(&both, Refusal::StepsNotSeparate { step, earlier }.into());
}

#[test]
fn not_in_the_place_of_somebody_whose_own_it_is_though_another_would_do() {
    let own = chair().owning(family(), Relation::Clan);
    let other = officer("other").with("commune-chair", "25");
    let (power, days) = (("commune-chair", "05158"), ["2026-11-01", "2026-11-30"]);
    let vice = officer("vice").in_place_of(&own, power, days).in_place_of(&other, power, days);
    let refusal = Refusal::OwnSubject { officer: own.id };
    let case = placed().with_delegators([own, other]);
    assert_eq!(eligible_by(&case, &vice, "2026-11-18"), Err(refusal.into()));
}

#[test]
fn what_became_too_late_or_is_too_early_is_not_signed() {
    let early = Refusal::TooEarly { from: date("2026-11-01") };
    assert_eq!(eligible_by(&placed(), &chair(), "2026-10-31"), Err(early.into()));
    let (earliest, latest) = (date("2026-10-10"), date("2026-11-20"));
    let to_come = Refusal::BadDecisionDate { date: date("2026-11-21"), earliest, latest };
    assert_eq!(eligible_by(&placed(), &chair(), "2026-11-21"), Err(to_come.into()));
}
