//! The days of a year between which things may be done, how long a title lasts, and how it is
//! striven for anew. Deliberately absent: working days and time limits of single steps.

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::date::{Date, Period};
use crate::definition::criteria::Status;
use crate::name::SourceId;

/// The dates of a case's year. What is absent is not limited.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Season {
    /// First day on which a case can be registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration_from: Option<SeasonDay>,
    /// Last day on which a case can be registered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration_until: Option<SeasonDay>,
    /// First day on which a title can be recognised or refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recognition_from: Option<SeasonDay>,
}

/// A day of the case's year or of one after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SeasonDay {
    /// Years after the case's year.
    #[serde(default)]
    pub years_after: i16,
    /// Month, 1 to 12.
    pub month: i8,
    /// Day of the month.
    pub day: i8,
    /// Whether the day was seen in the source.
    pub status: Status,
    /// Where.
    pub source: SourceId,
}

impl SeasonDay {
    /// The day in the calendar for a case of `year`.
    #[must_use]
    pub fn of(&self, year: i16) -> Option<Date> {
        Date::new(year.checked_add(self.years_after)?, self.month, self.day)
    }
}

impl Season {
    /// Whether any of its days was not seen.
    #[must_use]
    pub fn is_provisional(&self) -> bool {
        [&self.registration_from, &self.registration_until, &self.recognition_from]
            .into_iter()
            .flatten()
            .any(|day| day.status == Status::Provisional)
    }
}

/// How long a recognised title is in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Validity {
    /// Length in months.
    pub months: u16,
    /// Where the months begin.
    pub counted_from: Anchor,
    /// Whether this was seen in the source.
    pub status: Status,
    /// Where.
    pub source: SourceId,
}

/// Where the months of a title's validity begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// The day of the recognition decision.
    Decision,
    /// The first day of the year after the case's year.
    YearEnd,
}

/// How a title is striven for anew (công nhận lại): on the first day of registration of the year in
/// which a title ends, a case is opened for its holder with last year's points as a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Renewal {
    /// How many days before a last day the subject is reminded: of the self-assessment before
    /// registration ends, and of a title before it lapses.
    #[serde(default)]
    pub remind_days_before: Vec<u16>,
    /// Whether this was seen in the source.
    pub status: Status,
    /// Where.
    pub source: SourceId,
}

impl Validity {
    /// The days on which a title recognised on `decided` for `year` is in force; `None` past the
    /// year 9999.
    #[must_use]
    pub fn period(&self, decided: Date, year: i16) -> Option<Period> {
        let start = match self.counted_from {
            Anchor::Decision => decided,
            Anchor::YearEnd => Date::new(year.checked_add(1)?, 1, 1)?,
        };
        let until = start.plus_months(self.months)?.day_before()?;
        Some(Period { from: decided, until: Some(until) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn validity(months: u16, counted_from: Anchor) -> Validity {
        let source = "s".parse().unwrap();
        Validity { months, counted_from, status: Status::Provisional, source }
    }

    #[test]
    fn twelve_months_from_the_decision_end_the_day_before_its_anniversary() {
        let period = validity(12, Anchor::Decision).period(date("2026-12-10"), 2026).unwrap();
        assert_eq!(period.from, date("2026-12-10"));
        assert_eq!(period.until, Some(date("2027-12-09")));
    }

    #[test]
    fn thirty_six_months_after_the_year_end_three_years_later() {
        let period = validity(36, Anchor::YearEnd).period(date("2027-02-10"), 2026).unwrap();
        assert_eq!(period.from, date("2027-02-10"));
        assert_eq!(period.until, Some(date("2029-12-31")));
    }

    #[test]
    fn a_day_that_the_calendar_lacks_is_none() {
        let source: SourceId = "s".parse().unwrap();
        let status = Status::Provisional;
        let day = SeasonDay { years_after: 1, month: 2, day: 29, status, source };
        assert_eq!(day.of(2026), None);
        assert_eq!(day.of(2027), Some(date("2028-02-29")));
    }
}
