//! When the authority can recognise or refuse: points, bands, the decision's day and number.

use super::*;
use crate::date::Period;
use crate::definition::Anchor;

fn recognised(points: [i64; 3]) -> TitleRecognised {
    let events = at_decision(points).when(recognise("2026-11-20")).happens();
    match events.as_slice() {
        [Event::TitleRecognised(event)] => event.clone(),
        other => panic!("{other:?}"),
    }
}

fn numbered(number: &str) -> Command {
    let decision = DecisionReference { number: number.to_string(), ..bearing("2026-11-20") };
    Command::Recognise { decision }
}

#[test]
fn bands_begin_where_they_say() {
    let expect = [
        ([40, 25, 20], 85, "good"),
        ([40, 25, 19], 84, "fair"),
        ([40, 20, 10], 70, "fair"),
        ([39, 20, 10], 69, "reached"),
        ([40, 5, 5], 50, "reached"),
    ];
    for (points, total, band) in expect {
        let event = recognised(points);
        assert_eq!((event.total, event.band), (total, Some(band.parse().unwrap())));
    }
}

#[test]
fn one_point_below_the_threshold_is_refused() {
    let refusal = Refusal::BelowThreshold { total: 49, minimum: 50 };
    at_decision([39, 5, 5]).when(recognise("2026-11-20")).refused(refusal);
}

#[test]
fn one_indicator_below_its_minimum_is_refused_whatever_the_total() {
    let indicator = "2a".parse().unwrap();
    let refusal = Refusal::IndicatorBelowMinimum { indicator, points: 4, minimum: 5 };
    at_decision([40, 30, 4]).when(recognise("2026-11-20")).refused(refusal);
}

#[test]
fn where_there_are_no_bands_there_is_none() {
    let mut case = at_decision(CLAIMED);
    let mut definition = sample::definition();
    definition.outcome.bands.clear();
    case.edition.published.as_mut().unwrap().0 = Arc::new(definition);
    let events = case.when(recognise("2026-11-20")).happens();
    assert!(matches!(events.as_slice(), [Event::TitleRecognised(event)] if event.band.is_none()));
}

#[test]
fn the_authority_may_refuse_what_reaches_the_points() {
    at_decision(CLAIMED).when(refuse("2026-11-20")).happens();
    at_decision([0, 0, 0]).when(refuse("2026-11-20")).happens();
}

#[test]
fn the_decision_bears_a_day_from_the_start_of_the_step_to_today() {
    let mut case = at_decision(CLAIMED).on("2026-11-20");
    let mut definition = sample::definition();
    definition.season.recognition_from = None;
    case.edition.published.as_mut().unwrap().0 = Arc::new(definition);
    for day in ["2026-10-10", "2026-11-20"] {
        case.when(recognise(day)).happens();
        case.when(refuse(day)).happens();
    }
    for day in ["2026-10-09", "2026-11-21"] {
        let (earliest, latest) = (date("2026-10-10"), date("2026-11-20"));
        let refusal = || Refusal::BadDecisionDate { date: date(day), earliest, latest };
        case.when(recognise(day)).refused(refusal());
        case.when(refuse(day)).refused(refusal());
    }
}

#[test]
fn not_before_its_time_in_the_year() {
    let refusal = || Refusal::TooEarly { from: date("2026-11-01") };
    at_decision(CLAIMED).when(recognise("2026-10-31")).refused(refusal());
    at_decision(CLAIMED).when(refuse("2026-10-31")).refused(refusal());
    at_decision(CLAIMED).when(recognise("2026-11-01")).happens();
}

#[test]
fn nobody_signs_for_a_day_on_which_he_was_not_in_office() {
    let successor = || officer("new").for_term("commune-chair", "05158", "2026-11-15", None);
    let refusal = not_appointed("commune-chair", "05158", "2026-11-14");
    at_decision(CLAIMED).by(successor()).when(recognise("2026-11-14")).refused(refusal.clone());
    at_decision(CLAIMED).by(successor()).when(refuse("2026-11-14")).refused(refusal);
    at_decision(CLAIMED).by(successor()).when(recognise("2026-11-15")).happens();
}

#[test]
fn the_number_is_there_short_and_printable() {
    let long = "9".repeat(101);
    for number in ["", "  ", "12\u{7}5", "12\n5", "521\u{202E}/QĐ", long.as_str()] {
        let shown = number.chars().take(80).collect();
        let refusal = Refusal::BadDecisionNumber { number: shown };
        at_decision(CLAIMED).when(numbered(number)).refused(refusal);
    }
    at_decision(CLAIMED).when(numbered(&"9".repeat(100))).happens();
}

#[test]
fn the_number_is_kept_without_the_space_around_it() {
    let events = at_decision(CLAIMED).when(numbered(" 125/QĐ-UBND \n")).happens();
    let [Event::TitleRecognised(event)] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!(event.decision.number, "125/QĐ-UBND");
}

fn lasting(months: u16, counted_from: Anchor, points: [i64; 3]) -> Scene {
    let mut case = at_decision(points);
    let mut definition = sample::definition();
    definition.validity.months = months;
    definition.validity.counted_from = counted_from;
    case.edition.published.as_mut().unwrap().0 = Arc::new(definition);
    case
}

#[test]
fn a_title_counted_from_the_year_end_runs_from_the_decision_on() {
    let case = lasting(12, Anchor::YearEnd, CLAIMED);
    let events = case.when(recognise("2026-11-20")).happens();
    let [Event::TitleRecognised(event)] = events.as_slice() else { panic!("{events:?}") };
    let until = Some(date("2027-12-31"));
    assert_eq!(event.in_force, Period { from: date("2026-11-20"), until });
}

#[test]
fn a_title_that_would_be_over_on_the_day_of_its_decision_is_not_recognised() {
    let chair_2028 = || officer("chair").with("commune-chair", "05158");
    let case = lasting(12, Anchor::YearEnd, CLAIMED).by(chair_2028());
    case.clone().on("2027-12-31").when(recognise("2027-12-31")).happens();
    let late = case.on("2028-01-01");
    late.when(recognise("2028-01-01")).refused(Refusal::ValidityOutOfRange);
    late.when(refuse("2028-01-01")).happens();
}

#[test]
fn a_title_does_not_outlast_the_calendar() {
    let case = lasting(12, Anchor::Decision, CLAIMED).on("9999-06-01");
    case.when(recognise("9999-06-01")).refused(Refusal::ValidityOutOfRange);
}
