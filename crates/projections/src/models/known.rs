//! What every page of a queue needs and what hardly ever changes, read once: definitions, which never
//! change once they are published, and the calendar, which is known by its digest.
//! Deliberately absent: anything else; a cache of what changes is a second truth.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use procedure::{Calendar, Definition, ProcedureId};
use rusqlite::OptionalExtension as _;

use crate::apply::calendar;
use crate::error::ReadError;
use crate::models::Reader;

/// Shared by all readers of one file.
#[derive(Default)]
pub(crate) struct Known {
    definitions: Mutex<HashMap<ProcedureId, Arc<Definition>>>,
    calendar: Mutex<Option<(String, Arc<Calendar>)>>,
}

impl Known {
    /// Forgets all, after the file was replaced.
    pub(crate) fn forget(&self) {
        hold(&self.definitions).clear();
        *hold(&self.calendar) = None;
    }
}

fn hold<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Reader<'_> {
    /// A published definition, if there is one of that name.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn definition(&self, id: &ProcedureId) -> Result<Option<Arc<Definition>>, ReadError> {
        if let Some(known) = hold(&self.known.definitions).get(id) {
            return Ok(Some(known.clone()));
        }
        let Some((_, definition)) = self.procedure(id)? else { return Ok(None) };
        let definition = Arc::new(definition);
        hold(&self.known.definitions).insert(id.clone(), definition.clone());
        Ok(Some(definition))
    }

    /// The working days; weekends alone are off before anything is published.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn calendar(&self) -> Result<Arc<Calendar>, ReadError> {
        let mut statement = self.connection.prepare_cached("SELECT digest FROM calendar")?;
        let digest: Option<String> = statement.query_row((), |row| row.get(0)).optional()?;
        let Some(digest) = digest else { return Ok(Arc::default()) };
        if let Some((known, calendar)) = &*hold(&self.known.calendar)
            && *known == digest
        {
            return Ok(calendar.clone());
        }
        let days = calendar::days(self.connection)?;
        let calendar = Arc::new(days.map(|days| Calendar::new(&days)).unwrap_or_default());
        *hold(&self.known.calendar) = Some((digest, calendar.clone()));
        Ok(calendar)
    }
}
