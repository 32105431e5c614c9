//! The bytes of every event type, as they were when its schema version was made.
//!
//! `schemas/golden/<Type>.v1.json` holds one payload a line: first one with every optional
//! field, then one with none, then as many more as show each name that a field can have. Stored
//! histories are read by these rules for ever, so a difference here means that the change needs a
//! new schema version with an upcaster; a golden file of a released version is never written anew.
//!
//! Before a release: `HIEUHOC_UPDATE_GOLDEN=1 cargo test -p codec --test golden`.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::fs;
use std::path::PathBuf;

use codec::upcast::SCHEMA_VERSION;
use codec::{decode, decode_any, encode};
use procedure::{
    EventSet, calendar, case, decision, draft, edition, meeting, officer, refused_act, subject,
    territory,
};

mod calendar_samples;
mod case_samples;
mod decision_samples;
mod definition_samples;
mod draft_samples;
mod meeting_samples;
mod officer_samples;
mod refused_samples;
mod subject_samples;
mod territory_samples;
mod values;

/// Fields that are sealed wherever they stand.
const PERSONAL: [&str; 10] = [
    "\"name\":",
    "\"address\":",
    "\"reason\":",
    "\"note\":",
    "\"text\":",
    "\"ground\":",
    "\"minutes\":",
    "\"declarant\":",
    "\"verifier\":",
    "\"content\":",
];

const UPDATE: &str = "HIEUHOC_UPDATE_GOLDEN";

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../schemas/golden")
}

fn file_name(event_type: &str) -> String {
    format!("{event_type}.v{SCHEMA_VERSION}.json")
}

#[expect(
    clippy::disallowed_methods,
    reason = "the golden files are compared, and written on demand"
)]
fn golden(event_type: &str, encoded: Option<&str>) -> String {
    let path = folder().join(file_name(event_type));
    if let Some(encoded) = encoded
        && updating()
    {
        fs::create_dir_all(folder()).unwrap();
        fs::write(&path, encoded).unwrap();
    }
    fs::read_to_string(&path).unwrap_or_else(|error| {
        panic!("{}: {error}; run the test with {UPDATE}=1 once", path.display())
    })
}

#[expect(clippy::disallowed_methods, reason = "the switch of the tests, not of the format")]
fn updating() -> bool {
    std::env::var_os(UPDATE).is_some_and(|value| value == "1")
}

/// Compares the samples of one aggregate with the files, type by type, in both directions.
fn check<E: EventSet + Debug + PartialEq>(samples: &[E]) {
    for name in E::NAMES {
        let of_type: Vec<&E> = samples.iter().filter(|event| event.name() == *name).collect();
        assert!(!of_type.is_empty(), "{name} has no sample");
        let mut encoded = String::new();
        for event in &of_type {
            encoded += &String::from_utf8(encode(*event).unwrap()).unwrap();
            encoded.push('\n');
        }
        let golden = golden(name, Some(&encoded));
        assert_eq!(encoded, golden, "{name}: these bytes are stored for ever");
        for (line, event) in golden.lines().zip(of_type) {
            let read: E = decode(name, 1, line.as_bytes()).unwrap();
            assert_eq!(read, *event, "{name}: {line}");
            decode_any(name, 1, line.as_bytes()).unwrap();
        }
    }
}

#[test]
fn administrative_units() {
    check(&territory_samples::events());
}

#[test]
fn editions() {
    check(&definition_samples::events());
}

#[test]
fn subjects() {
    check(&subject_samples::events());
}

#[test]
fn officers() {
    check(&officer_samples::events());
}

#[test]
fn calendars() {
    check(&calendar_samples::events());
}

#[test]
fn meetings() {
    check(&meeting_samples::events());
}

#[test]
fn decisions() {
    check(&decision_samples::events());
}

#[test]
fn drafts() {
    check(&draft_samples::events());
}

#[test]
fn refused_acts() {
    check(&refused_samples::events());
}

#[test]
fn cases() {
    check(&case_samples::events());
}

fn names() -> impl Iterator<Item = &'static str> {
    [
        territory::Event::NAMES,
        edition::Event::NAMES,
        subject::Event::NAMES,
        officer::Event::NAMES,
        case::Event::NAMES,
        meeting::Event::NAMES,
        decision::Event::NAMES,
        draft::Event::NAMES,
        refused_act::Event::NAMES,
        calendar::Event::NAMES,
    ]
    .into_iter()
    .flatten()
    .copied()
}

#[test]
#[expect(clippy::disallowed_methods, reason = "lists the golden files")]
fn each_event_type_has_a_file_and_no_file_is_left_over() {
    let expected: BTreeSet<String> = names().map(file_name).collect();
    assert_eq!(expected.len(), names().count(), "two aggregates share an event type");
    let found = fs::read_dir(folder()).unwrap();
    let found: BTreeSet<String> =
        found.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    // With the switch, other tests are writing the files at this moment.
    if !updating() {
        assert_eq!(found, expected);
    }
}

#[test]
fn every_line_is_one_object_without_personal_data_in_the_clear() {
    if updating() {
        return;
    }
    for name in names() {
        for line in golden(name, None).lines() {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            assert!(value.is_object(), "{name}: {line}");
            for field in PERSONAL {
                let sealed = format!("{field}\"v1.");
                let of_words =
                    matches!(name, "CalendarPublished" | "ProcedurePublished" | "UnitsReorganised");
                let every = line.matches(field).count() == line.matches(&sealed).count();
                assert!(of_words || every, "{name}: {field} in the clear: {line}");
            }
        }
    }
}
