//! Days that every year has, in an order that can be kept, and how long a title lasts.
//! Deliberately absent: whether a day is a working day.

use alloc::format;

use super::{Findings, Rule};
use crate::definition::{Definition, Season, SeasonDay};

/// A leap year and the year after it: between them they have every kind of day.
const YEARS: [i16; 2] = [2028, 2029];
/// A procedure that takes longer than this after its year is a slip of the pen.
const YEARS_AFTER_MAX: i16 = 3;
const MONTHS_MAX: u16 = 120;

pub(super) fn check(definition: &Definition, findings: &mut Findings) {
    for (name, day) in days(&definition.season) {
        calendar(name, day, findings);
    }
    let season = &definition.season;
    let from = season.registration_from.as_ref();
    order("registration_until", from, season.registration_until.as_ref(), findings);
    order("recognition_from", from, season.recognition_from.as_ref(), findings);
    validity(definition, findings);
}

/// The days that are set, by the names of their fields.
pub(super) fn days(season: &Season) -> impl Iterator<Item = (&'static str, &SeasonDay)> {
    [
        ("registration_from", &season.registration_from),
        ("registration_until", &season.registration_until),
        ("recognition_from", &season.recognition_from),
    ]
    .into_iter()
    .filter_map(|(name, day)| day.as_ref().map(|day| (name, day)))
}

fn calendar(name: &str, day: &SeasonDay, findings: &mut Findings) {
    if !(0..=YEARS_AFTER_MAX).contains(&day.years_after) {
        findings.add(
            Rule::SeasonDay,
            format!("season.{name}.years_after"),
            format!("số năm sau năm xét phải từ 0 đến {YEARS_AFTER_MAX}"),
            format!("the years after the case's year have to be 0 to {YEARS_AFTER_MAX}"),
        );
        return;
    }
    // Counted from the year of the day itself, so that a leap year is met whatever `years_after`.
    let every_year = YEARS.iter().all(|year| day.of(year - day.years_after).is_some());
    if !every_year {
        let (dd, mm) = (day.day, day.month);
        findings.add(
            Rule::SeasonDay,
            format!("season.{name}"),
            format!("ngày {dd}/{mm} không phải năm nào cũng có trong lịch"),
            format!("not every year has the day {dd} of month {mm}"),
        );
    }
}

fn order(
    name: &str,
    first: Option<&SeasonDay>,
    second: Option<&SeasonDay>,
    findings: &mut Findings,
) {
    let (Some(first), Some(second)) = (first, second) else { return };
    let [year, _] = YEARS;
    let (Some(from), Some(until)) = (first.of(year), second.of(year)) else { return };
    if until < from {
        findings.add(
            Rule::SeasonOrder,
            format!("season.{name}"),
            "ngày này đứng trước ngày bắt đầu đăng ký (registration_from)".into(),
            "this day lies before the first day of registration (registration_from)".into(),
        );
    }
}

fn validity(definition: &Definition, findings: &mut Findings) {
    let months = definition.validity.months;
    if !(1..=MONTHS_MAX).contains(&months) {
        findings.add(
            Rule::ValidityMonths,
            "validity.months",
            format!("thời hạn phải từ 1 đến {MONTHS_MAX} tháng, đang là {months}"),
            format!("the length has to be 1 to {MONTHS_MAX} months, and is {months}"),
        );
    }
}
