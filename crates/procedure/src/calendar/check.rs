//! What a calendar has to keep to before time limits are counted by it.
//! Deliberately absent: whether a day off is law; only people can compare it with its source.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use alloc::{format, vec};
use core::fmt;

use crate::calendar::event::CalendarDays;
use crate::date::Date;
use crate::definition::Status;
use crate::name::SourceId;
use crate::text::Bilingual;

/// What a finding is about. The numbers count from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The years.
    Years,
    /// An item of `sources`.
    Source(SourceId),
    /// An item of `days_off`.
    DayOff(usize),
    /// An item of `swaps`.
    Swap(usize),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Years => f.write_str("first_year"),
            Self::Source(id) => write!(f, "sources.{id}"),
            Self::DayOff(at) => write!(f, "days_off[{at}]"),
            Self::Swap(at) => write!(f, "swaps[{at}]"),
        }
    }
}

/// One thing that is wrong with a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Where.
    pub place: Place,
    /// The rule, in kebab case.
    pub rule: &'static str,
    /// What is wrong, in Vietnamese.
    pub vi: String,
    /// The same in English.
    pub en: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.place, self.rule, self.en)
    }
}

/// Everything that is wrong with a calendar; empty if it can be published.
#[must_use]
pub fn check(days: &CalendarDays) -> Vec<Finding> {
    let mut findings = Findings(vec![]);
    years(days, &mut findings);
    dates(days, &mut findings);
    swaps(days, &mut findings);
    names(days, &mut findings);
    sources(days, &mut findings);
    findings.0
}

struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, place: Place, rule: &'static str, vi: String, en: String) {
        self.0.push(Finding { place, rule, vi, en });
    }
}

/// Each date with its place, a swap's free day before its working day.
fn listed(days: &CalendarDays) -> impl Iterator<Item = (Place, Date)> {
    let off = days.days_off.iter().enumerate().map(|(at, day)| (Place::DayOff(at), day.date));
    let swapped = days.swaps.iter().enumerate().flat_map(|(at, swap)| {
        [swap.off, swap.worked].into_iter().map(move |date| (Place::Swap(at), date))
    });
    off.chain(swapped)
}

fn years(days: &CalendarDays, findings: &mut Findings) {
    let (first, last) = (days.first_year, days.last_year);
    if first > last {
        findings.add(
            Place::Years,
            "year-order",
            format!("năm đầu {first} đứng sau năm cuối {last}"),
            format!("the first year {first} is after the last year {last}"),
        );
        return;
    }
    for (place, date) in listed(days) {
        if !(first..=last).contains(&date.year()) {
            findings.add(
                place,
                "outside-years",
                format!("ngày {date} không thuộc các năm từ {first} đến {last}"),
                format!("{date} is not in the years {first} to {last}"),
            );
        }
    }
}

/// No date stands twice, so a day that is worked is no day off either.
fn dates(days: &CalendarDays, findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    for (place, date) in listed(days) {
        if !seen.insert(date) {
            findings.add(
                place,
                "duplicate-date",
                format!("ngày {date} đã có ở trên; mỗi ngày chỉ được ghi một lần"),
                format!("{date} is listed above; list each day once"),
            );
        }
    }
}

fn swaps(days: &CalendarDays, findings: &mut Findings) {
    for (at, swap) in days.swaps.iter().enumerate() {
        if swap.off.is_weekend() {
            findings.add(
                Place::Swap(at),
                "swap-off",
                format!("ngày nghỉ hoán đổi {} không phải là ngày thứ hai đến thứ sáu", swap.off),
                format!("the swapped day off {} is not a Monday to Friday", swap.off),
            );
        }
        if !swap.worked.is_weekend() {
            findings.add(
                Place::Swap(at),
                "swap-worked",
                format!("ngày làm bù {} không phải là thứ bảy hay chủ nhật", swap.worked),
                format!("{}, worked instead, is not a Saturday or Sunday", swap.worked),
            );
        }
    }
}

fn names(days: &CalendarDays, findings: &mut Findings) {
    let mut empty = |place| {
        let vi = "thiếu tên hoặc thiếu bản dịch".to_string();
        findings.add(place, "empty-text", vi, "the name is missing in a language".to_string());
    };
    let blank = |text: &str| text.trim().is_empty();
    for (at, day) in days.days_off.iter().enumerate() {
        let Bilingual { vi, en } = &day.name;
        if blank(vi) || blank(en) {
            empty(Place::DayOff(at));
        }
    }
    for (id, source) in &days.sources {
        if blank(&source.title) {
            empty(Place::Source(id.clone()));
        }
    }
}

/// Each claim with its place.
fn claims(days: &CalendarDays) -> impl Iterator<Item = (Place, Status, &SourceId)> {
    let off = days.days_off.iter().enumerate();
    let off = off.map(|(at, day)| (Place::DayOff(at), day.status, &day.source));
    let swapped = days.swaps.iter().enumerate();
    off.chain(swapped.map(|(at, swap)| (Place::Swap(at), swap.status, &swap.source)))
}

fn sources(days: &CalendarDays, findings: &mut Findings) {
    for (place, status, id) in claims(days) {
        match days.sources.get(id) {
            None => findings.add(
                place,
                "unknown-source",
                format!("nguồn {id} không có trong danh mục [sources]"),
                format!("the source {id} is not listed in [sources]"),
            ),
            Some(source) if status == Status::Verified && !source.seen => findings.add(
                place,
                "unseen-source",
                format!("ghi là đã xác minh nhưng nguồn {id} chưa được đọc (seen = false)"),
                format!("this is called verified, but the source {id} was not seen (seen = false)"),
            ),
            Some(_) => {}
        }
    }
    let used: BTreeSet<_> = claims(days).map(|(_, _, id)| id).collect();
    for (id, source) in &days.sources {
        if !used.contains(id) {
            findings.add(
                Place::Source(id.clone()),
                "unused-source",
                format!("nguồn {id} không được dùng ở đâu; hãy bỏ hoặc dẫn chiếu đến nó"),
                format!("nothing cites the source {id}; remove it or cite it"),
            );
        }
        // Pages turn addresses into links, and a link may only lead to the web.
        let web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
        if source.url.as_ref().is_some_and(|url| !web(url)) {
            findings.add(
                Place::Source(id.clone()),
                "source-url",
                "địa chỉ phải bắt đầu bằng https:// hoặc http://".to_string(),
                "the address has to begin with https:// or http://".to_string(),
            );
        }
    }
}
