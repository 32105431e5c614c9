//! Days, times and numbers as people in Viet Nam write them. Deliberately absent: words.

use jiff::Timestamp;
use jiff::tz::Offset;
use procedure::{Date, Language};

/// `24/11/2026`.
pub(crate) fn day(date: Date) -> String {
    date_text(&date.to_string())
}

/// `24/11/2026` of `2026-11-24`; anything else as it is.
pub(crate) fn date_text(text: &str) -> String {
    let mut parts = text.splitn(3, '-');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(year), Some(month), Some(day)) if year.len() == 4 => format!("{day}/{month}/{year}"),
        _ => text.to_owned(),
    }
}

/// The day that `24/11/2026`, `24-11-2026` or `2026-11-24` names.
pub(crate) fn read_day(text: &str) -> Option<Date> {
    if let Ok(day) = text.parse() {
        return Some(day);
    }
    let mut parts = text.split(['/', '-', '.']).map(str::trim);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let end = parts.next().is_none();
    let date = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    date.filter(|_| end && year.len() == 4)
}

/// `09:05 24/11/2026` in Viet Nam, of a time in UTC as the log writes it; anything else as it is.
pub(crate) fn time(recorded: &str) -> String {
    let Ok(time) = recorded.parse::<Timestamp>() else { return recorded.to_owned() };
    let local = Offset::constant(7).to_datetime(time);
    local.strftime("%H:%M %d/%m/%Y").to_string()
}

/// The same with seconds.
pub(crate) fn time_exact(recorded: &str) -> String {
    let Ok(time) = recorded.parse::<Timestamp>() else { return recorded.to_owned() };
    let local = Offset::constant(7).to_datetime(time);
    local.strftime("%H:%M:%S %d/%m/%Y").to_string()
}

/// The day in Viet Nam of such a time.
pub(crate) fn day_of(recorded: &str) -> Option<Date> {
    let local = Offset::constant(7).to_datetime(recorded.parse::<Timestamp>().ok()?);
    local.strftime("%Y-%m-%d").to_string().parse().ok()
}

/// `12.345` in Vietnamese, `12,345` in English.
pub(crate) fn number(value: u64, language: Language) -> String {
    let digits = value.to_string();
    let mark = if language == Language::English { ',' } else { '.' };
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(mark);
        }
        text.push(digit);
    }
    text
}

/// `12,3 %` of a part of a whole; a dash of nothing.
pub(crate) fn percent(part: u64, whole: u64, language: Language) -> String {
    if whole == 0 {
        return "–".to_owned();
    }
    let tenths = (u128::from(part) * 1000 + u128::from(whole) / 2) / u128::from(whole);
    let mark = if language == Language::English { '.' } else { ',' };
    format!("{}{mark}{} %", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_times_are_those_of_viet_nam() {
        assert_eq!(day("2026-11-04".parse().unwrap()), "04/11/2026");
        assert_eq!(time("2026-11-23T17:30:00.000000Z"), "00:30 24/11/2026");
        assert_eq!(time_exact("2026-11-23T17:30:05.9Z"), "00:30:05 24/11/2026");
        assert_eq!(time("gone"), "gone");
        assert_eq!(day_of("2026-11-23T17:30:00.000000Z"), "2026-11-24".parse().ok());
        assert_eq!(day_of("gone"), None);
        assert_eq!(date_text("rác"), "rác");
        for text in ["24/11/2026", "24-11-2026", "2026-11-24", "24.11.2026"] {
            assert_eq!(read_day(text), "2026-11-24".parse().ok(), "{text}");
        }
        for text in ["31/02/2026", "24/11/26", "11/24/2026", "", "1/2/3/2026"] {
            assert_eq!(read_day(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_have_the_marks_of_the_language() {
        let (vi, en) = (Language::Vietnamese, Language::English);
        assert_eq!(
            (number(1_234_567, vi), number(1_234, en)),
            ("1.234.567".into(), "1,234".into())
        );
        assert_eq!((number(0, vi), number(999, vi)), ("0".into(), "999".into()));
        assert_eq!((percent(1, 3, vi), percent(2, 3, en)), ("33,3 %".into(), "66.7 %".into()));
        assert_eq!((percent(5, 0, vi), percent(7, 7, vi)), ("–".into(), "100,0 %".into()));
    }
}
