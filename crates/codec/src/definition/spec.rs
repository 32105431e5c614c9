//! Findings come with rule, line and column, and nothing that comes in can make the parser fall.

use procedure::Language;

use super::{Definition, Located, SIZE_MAX, canonical_json, digest, parse};

const SOUND: &str = r#"# A small definition in which nothing is wrong.
id = "family.test"
title = "family"
separation = [["self_assessment", "review", "decision"]]

[name]
vi = "Thử"
en = "Test"

[in_force]
from = "2026-01-01"
status = "verified"
source = "law.2026"

[[legal_basis]]
instrument = "Quyết định 1/QĐ"
about.vi = "Tiêu chí"
about.en = "Criteria"
status = "verified"
source = "law.2026"

[sources."law.2026"]
title = "Công báo"
seen = true

[validity]
months = 12
counted_from = "decision"
status = "verified"
source = "law.2026"

[[criteria]]
id = "1"
text = { vi = "Học", en = "Learning", status = "verified", source = "law.2026" }
maximum = { value = 10, status = "verified", source = "law.2026" }

[[criteria.indicators]]
id = "1a"
text.vi = "Trẻ em đến trường"
text.en = "Children go to school"
text.status = "verified"
text.source = "law.2026"
maximum = { value = 10, status = "verified", source = "law.2026" }

[outcome]
minimum_total = { value = 5, status = "verified", source = "law.2026" }

[[steps]]
id = "self_assessment"
kind = "self_assessment"
name = { vi = "Tự đánh giá", en = "Self-assessment" }
performers = [{ role = "recorder", level = "hamlet" }]
status = "verified"
source = "law.2026"

[[steps]]
id = "review"
kind = "review"
name = { vi = "Thẩm định", en = "Review" }
performers = [{ role = "reviewer", level = "commune" }]
status = "verified"
source = "law.2026"

[[steps]]
id = "decision"
kind = "decision"
name = { vi = "Quyết định", en = "Decision" }
performers = [{ role = "chair", level = "commune" }]
status = "verified"
source = "law.2026"
"#;

fn sound() -> Definition {
    parse("x.toml", SOUND.as_bytes()).unwrap()
}

/// The findings for the sound text with one change.
fn changed(from: &str, to: &str) -> Vec<Located> {
    assert!(SOUND.contains(from), "{from:?} is not in the text");
    parse("x.toml", SOUND.replacen(from, to, 1).as_bytes()).unwrap_err()
}

/// Rule and place of each finding, the place as the words that stand there.
fn found(from: &str, to: &str) -> Vec<(&'static str, String)> {
    let text = SOUND.replacen(from, to, 1);
    let at = |located: &Located| {
        let line = text.lines().nth(located.line - 1).unwrap_or("");
        line.chars().skip(located.column - 1).take(14).collect()
    };
    changed(from, to).iter().map(|located| (located.rule, at(located))).collect()
}

#[test]
fn a_sound_file_is_read() {
    let definition = sound();
    assert_eq!(definition.id.as_str(), "family.test");
    assert_eq!(definition.criteria[0].indicators[0].text.vi, "Trẻ em đến trường");
}

#[test]
fn a_finding_is_printed_as_editors_read_it() {
    let findings = changed("months = 12", "months = 0");
    let printed = findings[0].to_string();
    let expected = "x.toml:27:10: validity-months: the length has to be 1 to 120 months, and is 0";
    assert_eq!(printed, expected);
    let vi = findings[0].line_in(Language::Vietnamese);
    assert!(vi.starts_with("x.toml:27:10: validity-months: thời hạn"), "{vi}");
}

#[test]
fn rules_of_the_linter_are_found_at_their_lines() {
    for (from, to, rule, at) in [
        ("\"family.test\"", "\"clan.test\"", "id-title", "\"clan.test\""),
        ("vi = \"Thử\"", "vi = \"\"", "empty-text", "\"\""),
        ("value = 10", "value = 20", "criterion-sum", "20, status = \""),
        ("value = 5", "value = 11", "minimum-total", "11, status = \""),
        ("text.vi = \"Trẻ em đến trường\"", "text.vi = \" \"", "empty-text", "\" \""),
        ("level = \"commune\"", "level = \"nation\"", "level-order", "\"commune\" }]"),
        ("\"review\", ", "", "separation-review", "separation = ["),
        ("seen = true", "seen = true\nurl = \"ftp://x\"", "source-url", "\"ftp://x\""),
        ("kind = \"self_assessment\"", "kind = \"review\"", "self-assessment-first", "steps]]"),
    ] {
        let found = found(from, to);
        let hit = |(r, a): &(&str, String)| *r == rule && a.starts_with(at);
        assert!(found.iter().any(hit), "{to}: {found:?}");
    }
}

/// What the sound text does not have: a meeting and a posting after the review, a limit of the
/// decision, reminders.
const MORE: &[(&str, &str)] = &[
    (
        "separation = [[\"self_assessment\", \"review\", \"decision\"]]",
        "separation = [[\"self_assessment\", \"review\", \"decision\"], [\"meeting\", \"decision\"], \
         [\"posting\", \"decision\"]]",
    ),
    (
        "[[criteria]]",
        r#"[renewal]
remind_days_before = [30, 7]
status = "verified"
source = "law.2026"

[[criteria]]"#,
    ),
    (
        "[[steps]]\nid = \"decision\"",
        r#"[[steps]]
id = "meeting"
kind = "meeting"
name = { vi = "Họp", en = "Meeting" }
performers = [{ role = "chair", level = "commune" }]
status = "verified"
source = "law.2026"

[steps.meeting]
quorum_percent = { value = 50, status = "verified", source = "law.2026" }
majority_percent = { value = 66, status = "verified", source = "law.2026" }

[[steps]]
id = "posting"
kind = "posting"
name = { vi = "Niêm yết", en = "Posting" }
performers = [{ role = "chair", level = "commune" }]
posting.days = { value = 10, status = "verified", source = "law.2026" }
status = "verified"
source = "law.2026"

[[steps]]
id = "decision"
limit = { working_days = 10, warn_percent = 70, status = "verified", source = "law.2026" }"#,
    ),
];

#[test]
fn the_rules_of_meetings_postings_limits_and_reminders_are_found_at_their_lines() {
    let mut whole = SOUND.to_owned();
    for (from, to) in MORE {
        assert!(whole.contains(from), "{from}");
        whole = whole.replacen(from, to, 1);
    }
    parse("x.toml", whole.as_bytes()).unwrap();
    for (from, to, rule, at) in [
        ("value = 50", "value = 0", "meeting-rule", "0, status"),
        ("value = 66", "value = 300", "invalid-value", "300, status"),
        ("[steps.meeting]", "[steps.meetings]", "unknown-field", "meetings]"),
        ("posting.days = { value = 10,", "posting.days = { value = 0,", "posting-rule", "0, stat"),
        ("kind = \"meeting\"", "kind = \"assembly\"", "unknown-value", "\"assembly\""),
        ("working_days = 10", "working_days = 10, days = 10", "limit-measure", "limit = {"),
        ("warn_percent = 70", "warn_percent = 0", "limit-range", "0, status"),
        ("warn_percent = 70", "by = { month = 1, day = 1 }", "missing-field", "{ month = 1"),
        ("[30, 7]", "[30, 60]", "reminder-days", "60]"),
    ] {
        assert!(whole.contains(from), "{from}");
        let text = whole.replacen(from, to, 1);
        let findings = parse("x.toml", text.as_bytes()).unwrap_err();
        let hit = |located: &Located| {
            let line = text.lines().nth(located.line - 1).unwrap_or_default();
            let rest: String = line.chars().skip(located.column - 1).collect();
            located.rule == rule && rest.starts_with(at)
        };
        assert!(findings.iter().any(hit), "{to}: {findings:?}");
    }
}

#[test]
fn an_item_of_a_list_is_found_at_its_own_header_or_field() {
    let second = "id = \"review\"\nkind = \"review\"";
    let found = found(second, "id = \"decision\"\nkind = \"review\"");
    assert!(found.contains(&("duplicate-id", "\"decision\"".to_owned())), "{found:?}");
    // The last step has the id, so the place is on its line and not on that of the first.
    let findings = changed(second, "id = \"decision\"\nkind = \"review\"");
    let duplicate = findings.iter().find(|located| located.rule == "duplicate-id").unwrap();
    let last = SOUND.lines().position(|line| line == "id = \"decision\"").unwrap();
    assert_eq!(duplicate.line, last + 1);
}

#[test]
fn findings_come_from_the_top_down() {
    let text = SOUND.replacen("months = 12", "months = 0", 1).replacen("\"Thử\"", "\"\"", 1);
    let findings = parse("x.toml", text.as_bytes()).unwrap_err();
    let rules: Vec<_> = findings.iter().map(|located| located.rule).collect();
    assert_eq!(rules, ["empty-text", "validity-months"]);
}

#[test]
fn wrong_shapes_are_found_at_their_lines() {
    for (from, to, rule, at) in [
        ("months = 12", "monhts = 12", "unknown-field", "monhts = 12"),
        ("months = 12", "months = \"12\"", "wrong-type", "\"12\""),
        ("months = 12", "months = -1", "invalid-value", "-1"),
        ("months = 12", "months = 1.5", "wrong-type", "1.5"),
        ("months = 12\n", "", "missing-field", "[validity]"),
        ("title = \"family\"", "title = \"village\"", "unknown-value", "\"village\""),
        ("\"family.test\"", "\"Gia đình\"", "invalid-value", "\"Gia đình\""),
        ("from = \"2026-01-01\"", "from = \"2026-02-30\"", "invalid-value", "\"2026-02-30\""),
        ("from = \"2026-01-01\"", "from = 2026-01-01", "unquoted-date", "2026-01-01"),
        ("[name]", "[names]", "unknown-field", "names]"),
        ("value = 10,", "value = 70000,", "invalid-value", "70000"),
        ("[outcome]", "[outcome", "syntax", ""),
        (
            "title = \"family\"",
            "title = \"family\"\ntitle = \"clan\"",
            "syntax",
            "title = \"clan\"",
        ),
        ("vi = \"Thử\"", "vi = \"Thử", "syntax", ""),
    ] {
        let found = found(from, to);
        assert_eq!(found[0].0, rule, "{to}: {found:?}");
        assert!(found[0].1.starts_with(at), "{to}: {found:?}");
    }
}

#[test]
fn vietnamese_findings_are_vietnamese() {
    let missing = changed("months = 12\n", "");
    assert_eq!(missing[0].vi, "thiếu mục `months`");
    let unknown = changed("months = 12", "monhts = 12");
    assert!(unknown[0].vi.starts_with("không có mục `monhts`; chọn một trong: `months`"));
}

#[test]
fn bytes_that_are_not_utf_8_are_found_where_they_are() {
    let mut bytes = SOUND.as_bytes().to_vec();
    let at = SOUND.find("Trẻ").unwrap();
    bytes[at + 2] = 0xff;
    let findings = parse("x.toml", &bytes).unwrap_err();
    let line = SOUND.lines().position(|line| line.contains("Trẻ")).unwrap() + 1;
    assert_eq!((findings[0].rule, findings[0].line, findings[0].column), ("not-utf8", line, 14));
    let utf_16: Vec<u8> = "\u{feff}id = 1".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(parse("x.toml", &utf_16).unwrap_err()[0].rule, "not-utf8");
}

#[test]
fn a_byte_order_mark_and_windows_lines_change_nothing() {
    let marked = format!("\u{feff}{}", SOUND.replace('\n', "\r\n"));
    assert_eq!(parse("x.toml", marked.as_bytes()).unwrap(), sound());
    let marked = marked.replacen("months = 12", "months = 0", 1);
    let findings = parse("x.toml", marked.as_bytes()).unwrap_err();
    assert_eq!((findings[0].line, findings[0].column), (27, 10));
}

#[test]
fn too_large_a_file_is_not_read() {
    let large = format!("{SOUND}#{}", "x".repeat(SIZE_MAX));
    let findings = parse("x.toml", large.as_bytes()).unwrap_err();
    assert_eq!((findings[0].rule, findings.len()), ("too-large", 1));
    let just = format!("{SOUND}#{}", "x".repeat(SIZE_MAX - SOUND.len() - 1));
    assert_eq!(just.len(), SIZE_MAX);
    assert!(parse("x.toml", just.as_bytes()).is_ok());
}

#[test]
fn hostile_files_are_refused_without_a_fall() {
    let n = 200_000;
    for text in [
        format!("a = {}", "[".repeat(n)),
        format!("a = {}", "{a=".repeat(n)),
        format!("{} = 1", vec!["a"; n].join(".")),
        format!("[{}]", vec!["a"; n].join(".")),
        format!("separation = {}{}", "[".repeat(70), "]".repeat(70)),
        "\u{0}".repeat(n),
        "\"".repeat(n),
        "[[a]]\n".repeat(n / 8),
        format!("id = \"{}\"", "x".repeat(n)),
        format!("{} = 1", "k".repeat(n)),
        "id = \"\\u001b[31m\"".to_owned(),
        "x = 1\n".repeat(n / 8),
        String::new(),
    ] {
        let findings = parse("x.toml", text.as_bytes()).unwrap_err();
        let start: String = text.chars().take(20).collect();
        assert!(!findings.is_empty() && findings.len() <= 20, "{start}: {}", findings.len());
        for located in &findings {
            let line = located.to_string();
            assert!(line.chars().count() < 500, "{start}: a line of {}", line.len());
            assert!(!line.contains(char::is_control), "{start}: {line:?}");
        }
    }
}

#[test]
fn every_prefix_of_a_file_is_refused_or_read() {
    for (end, _) in SOUND.char_indices() {
        if let Err(findings) = parse("x.toml", &SOUND.as_bytes()[..end]) {
            let lines = SOUND[..end].lines().count() + 1;
            assert!(findings.iter().all(|located| (1..=lines).contains(&located.line)));
        }
    }
}

#[test]
fn the_digest_is_of_the_content_and_not_of_the_file() {
    let definition = sound();
    let other = SOUND.replace("# A small", "# Another").replacen("months = 12", "months  =  12", 1);
    let other = parse("y.toml", other.as_bytes()).unwrap();
    assert_eq!(digest(&definition).unwrap(), digest(&other).unwrap());
    let changed = SOUND.replacen("months = 12", "months = 13", 1);
    let changed = parse("x.toml", changed.as_bytes()).unwrap();
    assert_ne!(digest(&definition).unwrap(), digest(&changed).unwrap());
}

#[test]
fn canonical_json_is_read_back_as_the_same_definition() {
    let definition = sound();
    let json = canonical_json(&definition).unwrap();
    let text = core::str::from_utf8(&json).unwrap();
    assert!(text.starts_with(r#"{"id":"family.test","title":"family","name":{"vi":"Thử""#));
    assert!(!text.contains("sample") && !text.contains("null"), "absent fields are left out");
    assert_eq!(serde_json::from_slice::<Definition>(&json).unwrap(), definition);
}
