//! Published definitions.

use std::collections::HashMap;

use procedure::ProcedureId;
use procedure::definition::Definition;
use procedure::edition::Event;
use rusqlite::{Connection, params};

use crate::apply::Applier;
use crate::apply::act::Points;
use crate::apply::dossier::Dossier;
use crate::error::ReadError;

/// All published definitions.
pub(super) type Definitions = HashMap<ProcedureId, Known>;

/// A definition, and what of it is compared with every review.
pub(super) struct Known {
    pub(super) definition: Definition,
    /// The most points of its indicators.
    pub(super) maxima: Points,
}

impl Known {
    fn new(definition: Definition) -> Self {
        Self { maxima: Points::maxima(&definition), definition }
    }
}

/// The definition of a case.
pub(super) fn definition<'a>(
    definitions: &'a Definitions,
    dossier: &Dossier,
) -> Option<&'a Definition> {
    definitions.get(&dossier.procedure).map(|known| &known.definition)
}

impl Applier {
    pub(super) fn edition(&mut self, id: &str, event: &Event) -> Result<(), ReadError> {
        match event {
            Event::ProcedurePublished(event) => {
                let definition = &event.definition;
                let json = codec::definition::canonical_json(definition);
                let json = String::from_utf8(json.map_err(ReadError::corrupt)?);
                let sql = "
                    INSERT INTO procedure (id, title, name_vi, name_en, sample, provisional,
                      in_force_from, in_force_until, first_year, published_on, digest, definition)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
                self.connection().prepare_cached(sql)?.execute(params![
                    id,
                    definition.title.as_str(),
                    definition.name.vi,
                    definition.name.en,
                    definition.sample,
                    definition.is_provisional(),
                    definition.in_force.from.to_string(),
                    definition.in_force.until.map(|until| until.to_string()),
                    definition.first_year(),
                    event.on.to_string(),
                    event.digest.as_str(),
                    json.map_err(ReadError::corrupt)?,
                ])?;
                let known = Known::new((**definition).clone());
                self.definitions.insert(definition.id.clone(), known);
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

/// All definitions in the file.
pub(super) fn definitions(connection: &Connection) -> Result<Definitions, ReadError> {
    let mut statement = connection.prepare("SELECT definition FROM procedure")?;
    let mut rows = statement.query(())?;
    let mut definitions = Definitions::new();
    while let Some(row) = rows.next()? {
        let json = row.get_ref(0)?.as_str().map_err(ReadError::corrupt)?;
        let definition: Definition = serde_json::from_str(json).map_err(ReadError::corrupt)?;
        definitions.insert(definition.id.clone(), Known::new(definition));
    }
    Ok(definitions)
}
