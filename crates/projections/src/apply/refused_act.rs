//! Acts that were refused for who asked.

use procedure::refused_act::Event;
use rusqlite::params;
use uuid::Uuid;

use crate::apply::Applier;
use crate::decode::Decoded;
use crate::error::ReadError;

impl Applier {
    pub(super) fn refused_act(
        &self,
        about: Uuid,
        decoded: &Decoded,
        event: &Event,
    ) -> Result<(), ReadError> {
        let Event::ActRefused(event) = event;
        let params = serde_json::to_string(&event.params).map_err(ReadError::corrupt)?;
        let sql = "INSERT INTO refused_act (entry, about, officer, act, code, params, refused_on,
                     recorded_at)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        self.connection().prepare_cached(sql)?.execute(params![
            self.entries() as i64,
            about.as_bytes(),
            event.by.0.as_bytes(),
            event.act,
            event.code,
            params,
            event.on.to_string(),
            decoded.recorded_at,
        ])?;
        Ok(())
    }
}
