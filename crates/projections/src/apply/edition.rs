//! Published definitions.

use std::collections::HashMap;

use procedure::definition::{Definition, StepKind};
use procedure::edition::Event;
use procedure::{ProcedureId, StepId};
use rusqlite::{Connection, params};

use crate::apply::Applier;
use crate::error::ReadError;

/// The kinds of the steps of all published definitions.
pub(super) type Kinds = HashMap<ProcedureId, Vec<(StepId, StepKind)>>;

impl Applier {
    pub(super) fn edition(&mut self, id: &str, event: &Event) -> Result<(), ReadError> {
        match event {
            Event::ProcedurePublished(event) => {
                let definition = &event.definition;
                let json = codec::definition::canonical_json(definition);
                let json = String::from_utf8(json.map_err(ReadError::corrupt)?);
                let sql = "
                    INSERT INTO procedure (id, title, name_vi, name_en, sample, provisional,
                      in_force_from, in_force_until, published_on, digest, definition)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
                self.connection().prepare_cached(sql)?.execute(params![
                    id,
                    definition.title.as_str(),
                    definition.name.vi,
                    definition.name.en,
                    definition.sample,
                    definition.is_provisional(),
                    definition.in_force.from.to_string(),
                    definition.in_force.until.map(|until| until.to_string()),
                    event.on.to_string(),
                    event.digest.as_str(),
                    json.map_err(ReadError::corrupt)?,
                ])?;
                self.kinds.insert(definition.id.clone(), steps(definition));
            }
            Event::ProcedureRetired(event) => {
                let sql = "UPDATE procedure SET retired_on = ?2 WHERE id = ?1";
                let on = event.on.to_string();
                self.connection().prepare_cached(sql)?.execute(params![id, on])?;
            }
        }
        Ok(())
    }
}

/// The steps of all definitions in the file.
pub(super) fn kinds(connection: &Connection) -> Result<Kinds, ReadError> {
    let mut statement = connection.prepare("SELECT definition FROM procedure")?;
    let mut rows = statement.query(())?;
    let mut kinds = Kinds::new();
    while let Some(row) = rows.next()? {
        let json = row.get_ref(0)?.as_str().map_err(ReadError::corrupt)?;
        let definition: Definition = serde_json::from_str(json).map_err(ReadError::corrupt)?;
        kinds.insert(definition.id.clone(), steps(&definition));
    }
    Ok(kinds)
}

fn steps(definition: &Definition) -> Vec<(StepId, StepKind)> {
    definition.steps.iter().map(|step| (step.id.clone(), step.kind)).collect()
}
