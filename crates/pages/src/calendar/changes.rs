//! What a new calendar changes against the one before: days that are worked no more, and days that are
//! worked now. Deliberately absent: what it means for each case; the read models count all anew.

use procedure::calendar::CalendarDays;
use procedure::{Calendar, Date, Language};

/// A day that changes.
pub(super) struct Change {
    pub(super) day: Date,
    /// Whether it is free from now on.
    pub(super) off: bool,
    /// What it is, or was.
    pub(super) name: String,
}

/// The days that differ, in their order.
pub(super) fn changes(
    before: Option<&CalendarDays>,
    after: &CalendarDays,
    language: Language,
) -> Vec<Change> {
    let old = before.map(Calendar::new).unwrap_or_default();
    let new = Calendar::new(after);
    let listed = before.into_iter().chain([after]);
    let mut days: Vec<Date> = listed
        .flat_map(|days| {
            let off = days.days_off.iter().map(|off| off.date);
            let swaps = days.swaps.iter().flat_map(|swap| [swap.off, swap.worked]);
            off.chain(swaps)
        })
        .collect();
    days.sort_unstable();
    days.dedup();
    let changed =
        days.into_iter().filter(|day| old.is_working_day(*day) != new.is_working_day(*day));
    let named = |day: Date| {
        let listed = [Some(after), before].into_iter().flatten();
        let mut names = listed.flat_map(|days| days.days_off.iter().filter(|off| off.date == day));
        names.next().map(|off| off.name.get(language).to_owned()).unwrap_or_default()
    };
    changed.map(|day| Change { day, off: old.is_working_day(day), name: named(day) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const VN: &str = include_str!("../../../../schemas/calendars/vn.toml");

    #[test]
    fn only_days_on_which_work_differs_are_changes() {
        let days = codec::calendar::parse("vn.toml", VN.as_bytes()).unwrap();
        assert!(changes(Some(&days), &days, Language::English).is_empty());
        let mut fewer = days.clone();
        let culture_day: Date = "2026-11-24".parse().unwrap();
        let weekend: Date = "2026-04-26".parse().unwrap();
        fewer.days_off.retain(|off| off.date != culture_day && off.date != weekend);
        let found = changes(Some(&fewer), &days, Language::English);
        assert_eq!(found.len(), 1, "a holiday on a Sunday changes nothing");
        assert_eq!((found[0].day, found[0].off), (culture_day, true));
        assert_eq!(found[0].name, "Viet Nam Culture Day");
        let found = changes(Some(&days), &fewer, Language::English);
        assert_eq!((found[0].day, found[0].off), (culture_day, false));
    }
}
