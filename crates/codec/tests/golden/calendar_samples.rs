//! Samples of what can happen to the calendar.

use std::collections::BTreeMap;

use procedure::SourceId;
use procedure::calendar::{CalendarDays, CalendarPublished, DayOff, Event, Swap};
use procedure::definition::{Source, Status};

use crate::values::{date, digest, words};

fn announced() -> SourceId {
    "announced".parse().unwrap()
}

fn day_off(day: &str, status: Status) -> DayOff {
    let name = words("Tết Nguyên đán", "Lunar New Year");
    DayOff { date: date(day), name, status, source: announced() }
}

fn swap(off: &str, worked: &str, status: Status) -> Swap {
    Swap { off: date(off), worked: date(worked), status, source: announced() }
}

fn full() -> CalendarDays {
    let source =
        Source {
            title: "Thông báo".into(), url: Some("https://example.org/".into()), seen: true
        };
    CalendarDays {
        first_year: 2026,
        last_year: 2027,
        sources: BTreeMap::from([(announced(), source)]),
        days_off: vec![
            day_off("2026-02-16", Status::Verified),
            day_off("2027-02-05", Status::Provisional),
        ],
        swaps: vec![
            swap("2026-01-02", "2026-01-10", Status::Verified),
            swap("2026-08-31", "2026-08-22", Status::Provisional),
        ],
    }
}

fn minimal() -> CalendarDays {
    let source = Source { title: "Giả định".into(), url: None, seen: false };
    CalendarDays {
        first_year: 2028,
        last_year: 2028,
        sources: BTreeMap::from([(announced(), source)]),
        days_off: vec![],
        swaps: vec![],
    }
}

pub(crate) fn events() -> Vec<Event> {
    let on = date("2025-12-26");
    let published = |days| CalendarPublished { days, digest: digest(), on };
    vec![published(full()).into(), published(minimal()).into()]
}
