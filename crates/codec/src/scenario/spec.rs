//! The kit itself: what is not understood is named at its line, what differs is said in the right
//! words, and the shipped scenarios pass.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use procedure::aggregate::EventSet as _;
use procedure::{Language, Title, case};

use super::words::HAPPENINGS;
use super::*;
use crate::definition;

mod findings;
mod play;
mod shipped;

const FAMILY: &str = include_str!("../../../../schemas/procedures/family/sample-2026.toml");
const BY_LEVELS: &str =
    include_str!("../../../../schemas/procedures/organisation/tt24-2023-province.toml");
const DAYS_OFF: &str = include_str!("../../../../schemas/calendars/vn.toml");
const README: &str = include_str!("../../../../schemas/procedures/README.md");

/// A file in which nothing is wrong.
const SOUND: &str = r#"thu_tuc = "family.sample-2026"
nam = 2026
dia_ban = ["VN", "25", "05158", "05158-01"]
cho = ["2026-03-01 chị Hoa đăng ký"]

[can_bo]
"chị Hoa" = "hamlet-recorder"
"ông Bình" = { vai_tro = ["hamlet-reviewer"], tu = "2026-01-01" }

[[tinh_huong]]
ten = "Đủ điểm"
cho = ["2026-03-10 chị Hoa tự chấm: 1a 10, 1b 8, còn lại 7"]
khi = "2026-05-11 ông Bình thẩm định: như tự chấm"
thi = ["đã thẩm định", "tổng điểm 74"]
"#;

fn calendar() -> Calendar {
    Calendar::new(&crate::calendar::parse("vn.toml", DAYS_OFF.as_bytes()).unwrap())
}

/// Two definitions and the calendar, read once.
fn known() -> Known<'static> {
    static READ: LazyLock<(Vec<Definition>, Calendar)> = LazyLock::new(|| {
        let files = [("family", FAMILY), ("levels", BY_LEVELS)];
        let read = files.map(|(name, text)| definition::parse(name, text.as_bytes()).unwrap());
        (read.into(), calendar())
    });
    let (definitions, calendar) = &*READ;
    Known { definitions, calendar: Some(calendar) }
}

/// What is wrong with a file.
fn findings(text: &str) -> Vec<Located> {
    parse("x.toml", text.as_bytes(), known()).err().unwrap_or_default()
}

/// How the scenarios of a file went.
fn played(text: &str) -> Vec<Report> {
    parse("x.toml", text.as_bytes(), known()).unwrap().run()
}

/// The sound file with one text in place of another.
fn with(text: &str, instead: &str) -> String {
    assert_eq!(SOUND.matches(text).count(), 1, "{text}");
    SOUND.replace(text, instead)
}

#[test]
fn a_sound_file_passes() {
    let reports = played(SOUND);
    let names: Vec<_> = reports.iter().map(|report| (report.name.as_str(), report.line)).collect();
    assert_eq!(names, [("Đủ điểm", 11)]);
    assert!(reports.iter().all(Report::passed), "{reports:?}");
}

#[test]
fn every_event_has_words_of_its_own() {
    let named: Vec<_> = HAPPENINGS.iter().map(|happening| happening.name).collect();
    assert_eq!(named, case::Event::NAMES);
    let words = HAPPENINGS.iter().map(|happening| happening.words);
    let all: std::collections::BTreeSet<_> = words.chain(expect::FORMS.iter().copied()).collect();
    assert_eq!(all.len(), HAPPENINGS.len() + expect::FORMS.len());
}

#[test]
fn the_readme_explains_every_sentence_and_expectation() {
    let verbs = sentence::VERBS.iter().chain(sentence::DUTIES).map(|verb| verb.form);
    let words = HAPPENINGS.iter().map(|happening| happening.words);
    for form in verbs.chain(words).chain(expect::FORMS.iter().copied()) {
        assert!(README.contains(&format!("`{form}`")), "{form} is not in the README");
    }
}

#[test]
fn letters_are_counted() {
    let cases = [("", "abc", 3), ("abc", "abc", 0), ("thẩm dịnh", "thẩm định", 1), ("ab", "ba", 2)];
    for (one, other, far) in cases {
        assert_eq!(place::distance(one, other), far, "{one} {other}");
        assert_eq!(place::distance(other, one), far, "{other} {one}");
    }
}
