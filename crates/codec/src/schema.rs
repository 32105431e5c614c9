//! JSON Schemas of everything that is promised to be readable, as files under `schemas/`.
//! Deliberately absent: the definitions and refusal pages themselves, which people write.

use procedure::definition::Definition;
use procedure::{EventSet, case, edition, officer, subject, territory};

use crate::upcast::SCHEMA_VERSION;

/// Every generated file: its path under `schemas/` and its content.
#[must_use]
pub fn all() -> Vec<(String, String)> {
    let mut files =
        vec![file("procedures/definition.schema.json", &schemars::schema_for!(Definition))];
    files.extend(events::<territory::Event>());
    files.extend(events::<edition::Event>());
    files.extend(events::<subject::Event>());
    files.extend(events::<officer::Event>());
    files.extend(events::<case::Event>());
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
