//! A civil date of Viet Nam. Deliberately absent: instants, time zones and "today"; the engine
//! turns its clock into a date in Asia/Ho_Chi_Minh and hands it in.

use core::fmt;
use core::str::FromStr;

use jiff::civil;
use serde::{Deserialize, Deserializer, Serialize, de};

/// A day in the Gregorian calendar; in JSON `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Date(civil::Date);

impl Date {
    /// The last day of the calendar.
    pub const MAX: Self = Self(civil::Date::MAX);

    /// The day, if the calendar has it.
    #[must_use]
    pub fn new(year: i16, month: i8, day: i8) -> Option<Self> {
        civil::Date::new(year, month, day).ok().map(Self)
    }

    /// The calendar year.
    #[must_use]
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The same day `months` later, the last day of that month if it is shorter; `None` past the
    /// year 9999.
    #[must_use]
    pub fn plus_months(self, months: u16) -> Option<Self> {
        let span = jiff::Span::new().try_months(i64::from(months)).ok()?;
        self.0.checked_add(span).ok().map(Self)
    }

    /// The day `days` later, or earlier if negative; `None` outside the calendar.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Option<Self> {
        let span = jiff::Span::new().try_days(i64::from(days)).ok()?;
        self.0.checked_add(span).ok().map(Self)
    }

    /// Days since the last Monday: 0 on a Monday, 6 on a Sunday.
    #[must_use]
    pub fn days_after_monday(self) -> u8 {
        self.0.weekday().to_monday_zero_offset().unsigned_abs()
    }

    /// Whether it is a Saturday or a Sunday (ngày nghỉ hằng tuần).
    #[must_use]
    pub fn is_weekend(self) -> bool {
        self.days_after_monday() > 4
    }

    /// The day before; `None` before the year -9999.
    #[must_use]
    pub fn day_before(self) -> Option<Self> {
        self.0.yesterday().ok().map(Self)
    }

    /// Days from `earlier` to this day; negative if `earlier` is later.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i32 {
        self.0.duration_since(earlier.0).as_hours().div_euclid(24) as i32
    }
}

impl From<civil::Date> for Date {
    fn from(date: civil::Date) -> Self {
        Self(date)
    }
}

impl From<Date> for civil::Date {
    fn from(date: Date) -> Self {
        date.0
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Date {
    type Err = jiff::Error;

    /// Takes `YYYY-MM-DD` and no other form: the library would also read a time of day, which
    /// has no meaning here, and drop it in silence.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let fits = text.len() == 10
            && text.bytes().enumerate().all(|(place, byte)| match place {
                4 | 7 => byte == b'-',
                _ => byte.is_ascii_digit(),
            });
        if fits {
            text.parse().map(Self)
        } else {
            Err(jiff::Error::from_args(format_args!("a date is written YYYY-MM-DD")))
        }
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Text;

        impl de::Visitor<'_> for Text {
            type Value = Date;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date as YYYY-MM-DD")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Date, E> {
                text.parse().map_err(E::custom)
            }
        }

        from.deserialize_str(Text)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Date {
    fn schema_name() -> alloc::borrow::Cow<'static, str> {
        "Date".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date" })
    }
}

/// A stretch of days, both ends included; open where `until` is absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl Period {
    /// Whether `day` lies in the period.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Whether the two have a day in common.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.until.is_none_or(|until| other.from <= until)
            && other.until.is_none_or(|until| self.from <= until)
    }
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn months_end_on_the_last_day() {
        assert_eq!(date("2026-01-31").plus_months(1), Some(date("2026-02-28")));
        assert_eq!(date("2027-12-31").plus_months(2), Some(date("2028-02-29")));
        assert_eq!(date("2028-02-29").plus_months(12), Some(date("2029-02-28")));
    }

    #[test]
    fn days_are_counted_across_years() {
        assert_eq!(date("2027-01-01").days_since(date("2026-12-31")), 1);
        assert_eq!(date("2026-12-31").days_since(date("2027-01-01")), -1);
    }

    #[test]
    fn a_week_begins_on_monday_and_ends_with_two_days_off() {
        // 16 February 2026 is a Monday.
        let week = (16..23).map(|day| Date::new(2026, 2, day).unwrap());
        let days: std::vec::Vec<_> =
            week.map(|day| (day.days_after_monday(), day.is_weekend())).collect();
        let weekend = [false, false, false, false, false, true, true];
        let expected: std::vec::Vec<_> = (0..7).zip(weekend).collect();
        assert_eq!(days, expected);
    }

    #[test]
    fn a_date_has_one_form() {
        for text in ["20261123", "2026-11-23T08:00", "2026-1-2", "2026-02-29", "-02026-1-1", ""] {
            assert!(text.parse::<Date>().is_err(), "{text}");
        }
        assert_eq!(date("0001-01-01").to_string(), "0001-01-01");
    }

    #[test]
    fn both_ends_of_a_period_belong_to_it() {
        let period = Period { from: date("2026-01-01"), until: Some(date("2026-01-31")) };
        assert!(period.contains(date("2026-01-01")) && period.contains(date("2026-01-31")));
        assert!(!period.contains(date("2025-12-31")) && !period.contains(date("2026-02-01")));
        assert!(Period { until: None, ..period }.contains(date("9999-12-31")));
    }
}
