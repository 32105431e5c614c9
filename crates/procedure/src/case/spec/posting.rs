//! Hanging out, what people say, answers, and the end of a posting.

use super::full::*;
use super::*;
use crate::definition::{Step, StepKind};
use crate::territory::UnitLevel;

fn over() -> Scene {
    posted().on("2026-05-16")
}

fn objected() -> Scene {
    posted().and(object())
}

fn commune_review() -> Assignment {
    turn("commune_review", "commune-reviewer", "05158")
}

#[test]
fn a_case_hangs_out_for_at_least_as_long_as_the_definition_says() {
    at_posting().when(post("2026-05-11", "2026-05-15")).then([PostedPublicly {
        step: "posting".parse().unwrap(),
        days: hung("2026-05-11", "2026-05-15"),
        place: "Nhà văn hóa thôn".to_string(),
        by: leader().id,
        in_place_of: None,
        on: date("2026-05-11"),
    }
    .into()]);
    at_posting().when(post("2026-05-10", "2026-06-30")).happens();
}

#[test]
fn too_short_or_before_the_case_came_to_it_is_refused() {
    let refused = |from: &str, until: Option<&str>| {
        let days = Period { from: date(from), until: until.map(date) };
        let (from, earliest) = (date(from), date("2026-05-10"));
        let refusal = Refusal::BadPosting { from, earliest, days: sample::POSTING_DAYS };
        at_posting().when(Command::Post { days, place: "x".to_string() }).refused(refusal);
    };
    refused("2026-05-11", Some("2026-05-14"));
    refused("2026-05-11", Some("2026-05-10"));
    refused("2026-05-11", None);
    refused("2026-05-09", Some("2026-05-31"));
}

#[test]
fn the_place_is_there_short_and_printable() {
    let at = |place: &str| Command::Post {
        days: hung("2026-05-11", "2026-05-15"),
        place: place.to_string(),
    };
    let long = "x".repeat(301);
    for place in ["", "  ", "a\u{7}b", "a\u{202E}b", long.as_str()] {
        let shown = place.chars().take(80).collect();
        at_posting().when(at(place)).refused(Refusal::BadPlace { place: shown });
    }
    let case = at_posting().and(at(" Trụ sở xã "));
    assert_eq!(case.state.posted.unwrap().place, "Trụ sở xã");
}

#[test]
fn it_hangs_out_once() {
    let refusal = Refusal::AlreadyPosted { until: date("2026-05-15") };
    posted().when(post("2026-05-12", "2026-05-20")).refused(refusal);
}

#[test]
fn anybody_in_office_writes_down_what_people_say() {
    let event = |objection, kind, by: OfficerId| ObjectionFiled {
        objection,
        kind,
        name: words("a neighbour"),
        text: words("not so"),
        by,
        on: date("2026-05-12"),
    };
    let first = event(1, ObjectionKind::Objection, leader().id);
    posted().when(object()).then([first.into()]);
    let comment = say(ObjectionKind::Comment);
    let by_recorder = objected().by(recorder());
    let second = event(2, ObjectionKind::Comment, recorder().id);
    by_recorder.when(comment).then([second.into()]);
    let held = posted().and(Command::Claim).by(association());
    held.when(object()).happens();
}

#[test]
fn nobody_else_does_nor_before_it_hangs_out() {
    let refusal = not_appointed("hamlet-leader", "05158-01", "2026-05-12");
    posted().by(officer("n").with("hamlet-leader", "05159")).when(object()).refused(refusal);
    at_posting().when(object()).refused(Refusal::NotPosted);
    let step = "hamlet_meeting".parse().unwrap();
    at_meeting().when(object()).refused(Refusal::NotAtThisStep { step });
}

#[test]
fn it_ends_after_its_last_day_by_an_officer() {
    let refusal = Refusal::PostingNotOver { until: date("2026-05-15") };
    posted().on("2026-05-15").when(Command::ClosePosting).refused(refusal);
    let done = step_completed("posting", &leader(), "2026-05-16", commune_review());
    over().when(Command::ClosePosting).then([done]);
    over().and(Command::ClosePosting).stands_at("commune_review");
}

#[test]
fn it_ends_after_its_last_day_by_the_program() {
    posted().on("2026-05-15").program(Routine::Watch).quiet();
    let (step, on) = ("posting".parse().unwrap(), date("2026-05-16"));
    let done = StepCompleted { step, by: None, in_place_of: None, on, next: commune_review() };
    over().program(Routine::Watch).then([done.into()]);
    over().after(Routine::Watch).program(Routine::Watch).quiet();
    over().and(Command::Claim).program(Routine::Watch).happens();
}

#[test]
fn what_does_not_hang_out_is_not_closed() {
    at_posting().on("2026-06-30").when(Command::ClosePosting).refused(Refusal::NotPosted);
    at_posting().on("2026-06-30").program(Routine::Watch).quiet();
}

#[test]
fn a_comment_does_not_keep_the_case() {
    let case = posted().and(say(ObjectionKind::Comment)).on("2026-05-16");
    case.program(Routine::Watch).happens();
    case.when(Command::ClosePosting).happens();
}

#[test]
fn an_open_objection_keeps_it() {
    let case = posted().and(say(ObjectionKind::Comment)).and(object()).on("2026-05-16");
    case.when(Command::ClosePosting).refused(Refusal::ObjectionOpen { objection: 2 });
    case.program(Routine::Watch).quiet();
}

#[test]
fn an_objection_that_is_not_right_is_answered_and_the_case_goes_on() {
    objected().when(resolve(1, false)).then([ObjectionResolved {
        objection: 1,
        upheld: false,
        reason: words("looked at"),
        by: leader().id,
        in_place_of: None,
        on: date("2026-05-12"),
    }
    .into()]);
    let case = objected().and(resolve(1, false));
    case.stands_at("posting");
    case.on("2026-05-16").and(Command::ClosePosting).stands_at("commune_review");
}

#[test]
fn an_objection_that_is_right_sends_the_case_back_to_the_review_before() {
    let events = objected().when(resolve(1, true)).happens();
    let (by, on) = (leader().id, date("2026-05-12"));
    let next = turn("hamlet_review", "hamlet-reviewer", "05158-01");
    let back = SentBackForReview { objection: 1, by, on, next };
    assert_eq!(events.last(), Some(&back.into()));
    let case = objected().and(resolve(1, true)).by(reviewer());
    assert_eq!((&case.state.minutes, &case.state.posted), (&None, &None));
    let case = case.and(review([40, 20, 25])).by(leader()).on("2026-05-20");
    case.stands_at("hamlet_meeting");
    let again = Meeting { held_on: date("2026-05-20"), ..meeting() };
    let case = case.and(minutes(again, Votes { in_favour: 30, against: 0, abstained: 0 }));
    case.when(Command::ClosePosting).refused(Refusal::NotPosted);
    let case = case.and(post("2026-05-21", "2026-05-25")).on("2026-05-26");
    case.and(Command::ClosePosting).stands_at("commune_review");
}

#[test]
fn an_objection_is_answered_once_and_keeps_its_number() {
    for unknown in [0, 2] {
        let refusal = Refusal::UnknownObjection { objection: unknown };
        objected().when(resolve(unknown, false)).refused(refusal);
    }
    let answered = objected().and(resolve(1, false));
    answered.when(resolve(1, true)).refused(Refusal::UnknownObjection { objection: 1 });
    let case = answered.and(object());
    assert_eq!(case.state.open_objection().map(|open| open.number), Some(2));
}

#[test]
fn whoever_answers_holds_the_role_and_has_no_interest() {
    let refusal = not_appointed("hamlet-leader", "05158-01", "2026-05-12");
    objected().by(reviewer()).when(resolve(1, false)).refused(refusal);
    let own = leader().owning(family(), officer::Relation::Clan);
    let refusal = Refusal::OwnSubject { officer: own.id };
    objected().by(own.clone()).when(resolve(1, false)).refused(refusal.clone());
    over().by(own).when(Command::ClosePosting).refused(refusal);
}

#[test]
fn an_objection_that_was_left_open_keeps_the_case_at_its_next_posting() {
    let case = objected().and(send_back()).by(recorder()).and(supplement("2a", 24));
    case.stands_at("hamlet_review");
    let case = case.by(reviewer()).and(review_of([40, 25, 24], [40, 25, 24])).by(leader());
    let again = Meeting { held_on: date("2026-05-12"), ..meeting() };
    let case = case.and(minutes(again, Votes { in_favour: 30, against: 0, abstained: 0 }));
    let case = case.and(post("2026-05-12", "2026-05-16")).on("2026-05-17");
    case.when(Command::ClosePosting).refused(Refusal::ObjectionOpen { objection: 1 });
    case.and(resolve(1, false)).when(Command::ClosePosting).happens();
}

#[test]
fn what_hung_out_in_one_step_does_not_hang_out_in_the_next() {
    let mut definition = sample::full();
    let rule = definition.steps[3].posting.clone();
    let in_commune = step_of_commune(rule);
    definition.steps.insert(4, in_commune);
    let mut case = over();
    case.edition.published.as_mut().unwrap().0 = Arc::new(definition);
    let case = case.and(Command::ClosePosting).by(association()).on("2026-05-20");
    case.stands_at("commune_posting");
    case.program(Routine::Watch).quiet();
    case.when(Command::ClosePosting).refused(Refusal::NotPosted);
    case.when(object()).refused(Refusal::NotPosted);
    case.and(post("2026-05-20", "2026-05-24")).on("2026-05-25").program(Routine::Watch).happens();
}

fn step_of_commune(posting: Option<crate::definition::PostingRule>) -> Step {
    let step =
        sample::step("commune_posting", StepKind::Posting, "commune-reviewer", UnitLevel::Commune);
    Step { posting, ..step }
}
