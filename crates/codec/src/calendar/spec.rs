//! The calendar that is shipped, with the days of the announcements pinned, so that nobody changes
//! a holiday by accident; and findings with rule, line and column.

use procedure::calendar::{Calendar, CalendarDays};
use procedure::definition::Status;
use procedure::{Date, Language};

use super::{Located, SIZE_MAX, canonical_json, digest, parse};

const SHIPPED: &[u8] = include_bytes!("../../../../schemas/calendars/vn.toml");

const SOUND: &str = r#"first_year = 2026
last_year = 2026
days_off = [
  { date = "2026-01-01", name = { vi = "Tết", en = "New Year" }, status = "verified", source = "a" },
]
swaps = [
  { off = "2026-01-02", worked = "2026-01-10", status = "provisional", source = "a" },
]

[sources.a]
title = "Thông báo"
seen = true
"#;

fn shipped() -> CalendarDays {
    parse("vn.toml", SHIPPED).unwrap_or_else(|findings| {
        let lines: Vec<_> = findings.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"))
    })
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// Line, column and rule of each finding in the file with one text in place of another.
fn found(text: &str, instead: &str) -> Vec<(usize, usize, &'static str)> {
    assert_eq!(SOUND.matches(text).count(), 1, "{text}");
    let file = SOUND.replace(text, instead);
    let findings = parse("x.toml", file.as_bytes()).unwrap_err();
    findings.into_iter().map(|Located { line, column, rule, .. }| (line, column, rule)).collect()
}

/// The weekdays of a year on which no work is done.
fn free_weekdays(year: i16) -> String {
    let calendar = Calendar::new(&shipped());
    let first = Date::new(year, 1, 1).unwrap();
    let days = (0..366).filter_map(|n| first.plus_days(n));
    let free = days
        .filter(|day| day.year() == year && !day.is_weekend() && !calendar.is_working_day(*day));
    let short: Vec<_> = free.map(|day| day.to_string()[5..].to_owned()).collect();
    short.join(" ")
}

#[test]
fn the_shipped_calendar_covers_seven_years() {
    let calendar = Calendar::new(&shipped());
    assert!(calendar.covers(date("2024-01-01")) && calendar.covers(date("2030-12-31")));
    assert!(!calendar.covers(date("2023-12-31")) && !calendar.covers(date("2031-01-01")));
}

#[test]
fn the_days_off_are_those_that_were_announced() {
    assert_eq!(
        free_weekdays(2024),
        "01-01 02-08 02-09 02-12 02-13 02-14 04-18 04-29 04-30 05-01 09-02 09-03"
    );
    assert_eq!(
        free_weekdays(2025),
        "01-01 01-27 01-28 01-29 01-30 01-31 04-07 04-30 05-01 05-02 09-01 09-02"
    );
    // 24 November is provisional: no law in force was seen.
    assert_eq!(
        free_weekdays(2026),
        "01-01 01-02 02-16 02-17 02-18 02-19 02-20 04-27 04-30 05-01 08-31 09-01 09-02 11-24"
    );
}

#[test]
fn the_days_to_come_follow_the_law_and_the_moon() {
    assert_eq!(
        free_weekdays(2027),
        "01-01 02-05 02-08 02-09 02-10 02-11 04-16 04-30 05-03 09-02 09-03 11-24"
    );
    assert_eq!(
        free_weekdays(2028),
        "01-03 01-25 01-26 01-27 01-28 01-31 04-04 05-01 05-02 09-01 09-04 11-24"
    );
    assert_eq!(
        free_weekdays(2029),
        "01-01 02-12 02-13 02-14 02-15 02-16 04-23 04-30 05-01 09-03 09-04 11-26"
    );
    // The new moon comes after 23:00 of 2 February in Ha Noi, which is 3 February in Beijing.
    assert_eq!(
        free_weekdays(2030),
        "01-01 02-01 02-04 02-05 02-06 02-07 04-12 04-30 05-01 09-02 09-03 11-25"
    );
}

#[test]
fn the_days_worked_instead_are_saturdays_of_the_announcements() {
    let calendar = Calendar::new(&shipped());
    let worked = ["2024-05-04", "2025-04-26", "2026-01-10", "2026-08-22"].map(date);
    let first = date("2024-01-01");
    let days = (0..7 * 366).filter_map(|n| first.plus_days(n));
    let found: Vec<_> =
        days.filter(|day| day.is_weekend() && calendar.is_working_day(*day)).collect();
    assert_eq!(found, worked);
}

#[test]
fn what_was_not_announced_is_not_called_verified() {
    for day in shipped().days_off {
        let fixed = ["01-01", "04-30", "05-01", "09-02"];
        let by_law = fixed.contains(&&day.date.to_string()[5..]);
        let announced = day.date.year() <= 2026 && day.source.as_str() != "culture-day";
        assert_eq!(day.status == Status::Verified, by_law || announced, "{}", day.date);
    }
}

#[test]
fn the_readme_explains_every_rule() {
    let readme = include_str!("../../../../schemas/calendars/README.md");
    let rules = [
        "year-order",
        "outside-years",
        "duplicate-date",
        "swap-off",
        "swap-worked",
        "empty-text",
        "unknown-source",
        "unseen-source",
        "unused-source",
        "source-url",
    ];
    for rule in rules {
        assert!(readme.contains(&format!("| `{rule}` |")), "{rule} is not in the README");
    }
    for rule in ["too-large", "not-utf8", "not-a-calendar"] {
        assert!(readme.contains(&format!("`{rule}`")), "{rule} is not in the README");
    }
}

#[test]
fn the_digest_is_of_what_is_said_and_not_of_how() {
    let days = parse("x.toml", SOUND.as_bytes()).unwrap();
    let json = r#"{"first_year":2026,"last_year":2026,"sources":{"a":{"title":"Thông báo","seen":true}},"days_off":[{"date":"2026-01-01","name":{"vi":"Tết","en":"New Year"},"status":"verified","source":"a"}],"swaps":[{"off":"2026-01-02","worked":"2026-01-10","status":"provisional","source":"a"}]}"#;
    assert_eq!(String::from_utf8(canonical_json(&days).unwrap()).unwrap(), json);
    let other = format!("\u{feff}# The same.\n{}", SOUND.replace(" = ", "="));
    let other = parse("y.toml", other.as_bytes()).unwrap();
    assert_eq!(digest(&days).unwrap(), digest(&other).unwrap());
    let changed = SOUND.replace("2026-01-10", "2026-01-11");
    let changed = parse("z.toml", changed.as_bytes()).unwrap();
    assert_ne!(digest(&days).unwrap(), digest(&changed).unwrap());
}

#[test]
fn findings_stand_where_the_day_stands() {
    assert_eq!(found("\"2026-01-01\"", "\"2027-01-01\""), [(4, 3, "outside-years")]);
    assert_eq!(found("2026-01-10", "2026-01-12"), [(7, 3, "swap-worked")]);
    assert_eq!(
        found("[sources.a]", "[sources.b]\ntitle = \"\"\nseen = true\n[sources.a]").len(),
        2
    );
    let findings = found("last_year = 2026", "last_year = 2025");
    assert_eq!(findings, [(1, 14, "year-order")]);
}

#[test]
fn findings_go_from_the_top_down() {
    let file = SOUND.replace("2026-01-10", "2026-01-12").replace("en = \"New Year\"", "en = \"\"");
    let findings = parse("x.toml", file.as_bytes()).unwrap_err();
    let lines: Vec<_> = findings.iter().map(|finding| (finding.line, finding.rule)).collect();
    assert_eq!(lines, [(4, "empty-text"), (7, "swap-worked")]);
    let line = findings[1].line_in(Language::Vietnamese);
    assert!(line.starts_with("x.toml:7:3: swap-worked: ngày làm bù 2026-01-12"), "{line}");
}

#[test]
fn what_is_no_calendar_is_reported_at_its_line() {
    assert_eq!(found("last_year = 2026", "last_year ="), [(2, 12, "not-a-calendar")]);
    assert_eq!(found("\"2026-01-10\"", "2026-01-10")[0].0, 7);
    assert_eq!(found("2026-01-01", "2026-02-30")[0].0, 4);
    assert_eq!(found("seen = true", "seen = true\nread = true")[0].0, 13);
    assert_eq!(found("status = \"verified\", ", "")[0].0, 4);
    let findings = parse("x.toml", b"first_year = 2026\nlast_year = \xff").unwrap_err();
    assert_eq!((findings[0].line, findings[0].column), (2, 13));
    assert_eq!(findings[0].rule, "not-utf8");
    let findings = parse("x.toml", &vec![b' '; SIZE_MAX + 1]).unwrap_err();
    assert_eq!(findings[0].rule, "too-large");
}

#[test]
fn a_message_is_one_printable_line() {
    let file = SOUND.replace("\"verified\"", "\"\\u001b[2Jverified\\u202e\"");
    let findings = parse("x\n.toml", file.as_bytes()).unwrap_err();
    for language in [Language::Vietnamese, Language::English] {
        let line = findings[0].line_in(language);
        assert!(!line.chars().any(procedure::text::unprintable), "{line:?}");
    }
}
