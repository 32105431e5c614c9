//! Days that every year has, in an order that can be kept, how long a title lasts, and when its
//! holder is reminded. Deliberately absent: whether a day is a working day.

use alloc::format;

use super::{Findings, Rule};
use crate::definition::{Definition, Season, SeasonDay};

/// A leap year and the year after it: between them they have every kind of day.
const YEARS: [i16; 2] = [2028, 2029];
/// A procedure that takes longer than this after its year is a slip of the pen.
const YEARS_AFTER_MAX: i16 = 3;
const MONTHS_MAX: u16 = 120;
/// Before this day nothing can be done.
pub(super) const REGISTRATION_FROM: &str = "registration_from";
/// Before this day nothing can be decided.
pub(super) const RECOGNITION_FROM: &str = "recognition_from";
const REMINDER_MAX: u16 = 365;

pub(super) fn check(definition: &Definition, findings: &mut Findings) {
    for (name, day) in days(&definition.season) {
        calendar(&format!("season.{name}"), day, findings);
    }
    let season = &definition.season;
    for (name, day) in days(season).filter(|(name, _)| *name != REGISTRATION_FROM) {
        let path = format!("season.{name}");
        not_before((REGISTRATION_FROM, season.registration_from.as_ref()), &path, day, findings);
    }
    validity(definition, findings);
    reminders(definition, findings);
}

/// The days that are set, by the names of their fields.
pub(super) fn days(season: &Season) -> impl Iterator<Item = (&'static str, &SeasonDay)> {
    [
        (REGISTRATION_FROM, &season.registration_from),
        ("registration_until", &season.registration_until),
        (RECOGNITION_FROM, &season.recognition_from),
    ]
    .into_iter()
    .filter_map(|(name, day)| day.as_ref().map(|day| (name, day)))
}

pub(super) fn calendar(path: &str, day: &SeasonDay, findings: &mut Findings) {
    if !(0..=YEARS_AFTER_MAX).contains(&day.years_after) {
        findings.add(
            Rule::SeasonDay,
            format!("{path}.years_after"),
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
            path,
            format!("ngày {dd}/{mm} không phải năm nào cũng có trong lịch"),
            format!("not every year has the day {dd} of month {mm}"),
        );
    }
}

/// Reports a day before the one of the season on which it can be done for the first time.
pub(super) fn not_before(
    (name, first): (&str, Option<&SeasonDay>),
    path: &str,
    day: &SeasonDay,
    findings: &mut Findings,
) {
    let [year, _] = YEARS;
    let first = first.and_then(|first| first.of(year));
    let (Some(first), Some(day)) = (first, day.of(year)) else { return };
    if day < first {
        findings.add(
            Rule::SeasonOrder,
            path,
            format!("ngày này đứng trước ngày bắt đầu `season.{name}`, khi chưa thể thực hiện"),
            format!("this day lies before `season.{name}`, when this cannot be done yet"),
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

fn reminders(definition: &Definition, findings: &mut Findings) {
    let Some(renewal) = &definition.renewal else { return };
    let mut earlier = REMINDER_MAX.saturating_add(1);
    for (r, days) in renewal.remind_days_before.iter().enumerate() {
        if *days == 0 || *days >= earlier {
            let most = earlier.saturating_sub(1);
            findings.add(
                Rule::ReminderDays,
                format!("renewal.remind_days_before[{r}]"),
                format!("nhắc trước {days} ngày; xếp từ sớm đến muộn, ở đây phải từ 1 đến {most}"),
                format!("{days} days before; the earliest comes first, so here 1 to {most} fit"),
            );
        }
        earlier = *days;
    }
}
