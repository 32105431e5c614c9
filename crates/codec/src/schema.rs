//! JSON Schemas of everything that is promised to be readable, as files under `schemas/`.
//! Deliberately absent: the definitions and refusal pages themselves, which people write.

use procedure::calendar::CalendarDays;
use procedure::definition::Definition;
use procedure::{
    EventSet, calendar, case, decision, draft, edition, meeting, officer, refused_act, subject,
    territory,
};

use crate::upcast::SCHEMA_VERSION;

/// Every generated file: its path under `schemas/` and its content.
#[must_use]
pub fn all() -> Vec<(String, String)> {
    let mut files = vec![
        file("procedures/definition.schema.json", &schemars::schema_for!(Definition)),
        file("calendars/calendar.schema.json", &schemars::schema_for!(CalendarDays)),
    ];
    files.extend(events::<territory::Event>());
    files.extend(events::<calendar::Event>());
    files.extend(events::<edition::Event>());
    files.extend(events::<subject::Event>());
    files.extend(events::<officer::Event>());
    files.extend(events::<case::Event>());
    files.extend(events::<meeting::Event>());
    files.extend(events::<decision::Event>());
    files.extend(events::<draft::Event>());
    files.extend(events::<refused_act::Event>());
    files
}

fn events<E: EventSet>() -> Vec<(String, String)> {
    let path = |name: &str| format!("events/{name}.v{SCHEMA_VERSION}.json");
    E::schemas().iter().map(|(name, schema)| file(&path(name), schema)).collect()
}

fn file(path: &str, schema: &schemars::Schema) -> (String, String) {
    let text = serde_json::to_string_pretty(schema).unwrap_or_default();
    (path.to_owned(), text + "\n")
}
