//! Meetings; who was there stays sealed in the log.

use procedure::meeting::Event;
use rusqlite::params;
use uuid::Uuid;

use crate::apply::Applier;
use crate::error::ReadError;

impl Applier {
    pub(super) fn meeting(&self, id: Uuid, event: &Event) -> Result<(), ReadError> {
        let Event::MeetingRecorded(event) = event;
        let sql = "INSERT INTO meeting (id, procedure, step, unit, held_on, convened, present,
                     recorded_by)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        self.connection().prepare_cached(sql)?.execute(params![
            id.as_bytes(),
            event.procedure.as_str(),
            event.step.as_str(),
            event.unit.as_str(),
            event.held_on.to_string(),
            event.convened,
            event.present.len() as i64,
            event.by.0.as_bytes(),
        ])?;
        Ok(())
    }
}
