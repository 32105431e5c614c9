//! A year as twelve small months, each day off with a word on it, and the list of what it has off.
//! Deliberately absent: colours as the only sign of anything.

use jiff::civil;
use procedure::calendar::CalendarDays;
use procedure::definition::Status;
use procedure::{Calendar, Date};

use crate::page::Page;

/// A month of seven columns from Monday on.
pub(super) struct Month {
    pub(super) name: String,
    pub(super) weeks: Vec<[Option<Day>; 7]>,
    /// How many working days it has.
    pub(super) working: u32,
}

/// A day of it.
#[derive(Clone)]
pub(super) struct Day {
    pub(super) number: i8,
    /// A word, where it is not what its weekday is.
    pub(super) mark: &'static str,
    pub(super) look: &'static str,
    /// What it is.
    pub(super) name: String,
}

/// A day of the list.
pub(super) struct Listed {
    pub(super) day: Date,
    pub(super) weekday: &'static str,
    pub(super) name: String,
    pub(super) status: Status,
    pub(super) source: String,
    pub(super) url: Option<String>,
    pub(super) seen: bool,
}

impl Listed {
    /// Whether it was not seen in its source.
    pub(super) fn unseen(&self) -> bool {
        self.status == Status::Provisional
    }
}

/// The twelve months of a year.
pub(super) fn of(
    year: i16,
    days: Option<&CalendarDays>,
    calendar: &Calendar,
    page: &Page,
) -> Vec<Month> {
    (1..=12).map(|month| one(year, month, days, (calendar, page))).collect()
}

fn one(
    year: i16,
    month: i8,
    days: Option<&CalendarDays>,
    (calendar, page): (&Calendar, &Page),
) -> Month {
    let name = match page.is_english() {
        true => format!("{} {year}", english_month(month)),
        false => format!("Tháng {month}/{year}"),
    };
    let (mut weeks, mut working) = (Vec::new(), 0);
    let mut week: [Option<Day>; 7] = Default::default();
    for number in 1..=31 {
        let Some(date) = Date::new(year, month, number) else { break };
        working += u32::from(calendar.is_working_day(date));
        let column = usize::from(date.days_after_monday());
        if let Some(place) = week.get_mut(column) {
            *place = Some(day(date, number, days, page));
        }
        if column == 6 {
            weeks.push(core::mem::take(&mut week));
        }
    }
    if week.iter().any(Option::is_some) {
        weeks.push(week);
    }
    Month { name, weeks, working }
}

fn day(date: Date, number: i8, days: Option<&CalendarDays>, page: &Page) -> Day {
    let plain = |look| Day { number, mark: "", look, name: String::new() };
    let weekend = if date.is_weekend() { "cal__weekend" } else { "" };
    let Some(days) = days else { return plain(weekend) };
    if let Some(off) = days.days_off.iter().find(|off| off.date == date) {
        let unseen = off.status == Status::Provisional;
        let mark = match (page.is_english(), unseen) {
            (false, false) => "lễ",
            (false, true) => "lễ ?",
            (true, false) => "hol.",
            (true, true) => "hol.?",
        };
        let look = if unseen { "cal__off cal__unseen" } else { "cal__off" };
        return Day { number, mark, look, name: off.name.get(page.language).to_owned() };
    }
    for swap in &days.swaps {
        let unseen = swap.status == Status::Provisional;
        if swap.off == date {
            let mark = if page.is_english() { "off" } else { "nghỉ" };
            let look = if unseen { "cal__off cal__unseen" } else { "cal__off" };
            let name = format!(
                "{} {}",
                page.t("làm bù ngày", "worked instead on"),
                page.day(&swap.worked)
            );
            return Day { number, mark, look, name };
        }
        if swap.worked == date {
            let mark = if page.is_english() { "work" } else { "làm" };
            let name = format!(
                "{} {}",
                page.t("làm bù cho ngày", "worked instead of"),
                page.day(&swap.off)
            );
            return Day { number, mark, look: "cal__worked", name };
        }
    }
    plain(weekend)
}

/// What a year has off, and what it has swapped, by day.
pub(super) fn listed(year: i16, days: &CalendarDays, page: &Page) -> Vec<Listed> {
    let mut listed = Vec::new();
    let mut add = |day: Date, name: String, (status, source): (Status, &procedure::SourceId)| {
        if day.year() != year {
            return;
        }
        let found = days.sources.get(source);
        let url = found.and_then(|source| source.url.clone());
        listed.push(Listed {
            day,
            weekday: weekday(day, page),
            name,
            status,
            source: found.map_or_else(|| source.to_string(), |source| source.title.clone()),
            url: url.filter(|url| url.starts_with("http://") || url.starts_with("https://")),
            seen: found.is_some_and(|source| source.seen),
        });
    };
    for off in &days.days_off {
        add(off.date, off.name.get(page.language).to_owned(), (off.status, &off.source));
    }
    for swap in &days.swaps {
        let (off, worked) = (page.day(&swap.off), page.day(&swap.worked));
        let name = format!("{} {worked}", page.t("Nghỉ, làm bù ngày", "Off, worked instead on"));
        add(swap.off, name, (swap.status, &swap.source));
        let name = format!("{} {off}", page.t("Đi làm, bù cho ngày", "Worked, instead of"));
        add(swap.worked, name, (swap.status, &swap.source));
    }
    listed.sort_by_key(|one| one.day);
    listed
}

/// The weekday in words.
pub(super) fn weekday(day: Date, page: &Page) -> &'static str {
    let vi = ["thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật"];
    let en = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let names = if page.is_english() { en } else { vi };
    names.get(usize::from(day.days_after_monday())).copied().unwrap_or_default()
}

fn english_month(month: i8) -> String {
    civil::Date::new(2000, month, 1).map(|day| day.strftime("%B").to_string()).unwrap_or_default()
}
