//! Subjects: who they are, where they belong, and how many there are.

use std::sync::Arc;

use procedure::subject::Event;
use procedure::{SubjectKind, UnitCode};
use rusqlite::params;
use uuid::Uuid;

use crate::apply::Applier;
use crate::apply::dossier::text;
use crate::apply::place::Place;
use crate::decode::Opened;
use crate::error::ReadError;

impl Applier {
    pub(super) fn subject(
        &mut self,
        id: Uuid,
        event: &Event,
        opened: &Opened,
    ) -> Result<(), ReadError> {
        match event {
            Event::SubjectRegistered(event) => {
                let place = self.places.of_unit(&self.connection, &event.unit)?;
                let sql = "
                    INSERT INTO subject (id, kind, code, province, commune, hamlet, name, address,
                      search, spelled, sample, entered_on)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
                self.connection().prepare_cached(sql)?.execute(params![
                    id.as_bytes(),
                    event.kind.as_str(),
                    event.code,
                    place.province,
                    place.commune,
                    place.hamlet,
                    opened.name,
                    opened.address,
                    opened.search,
                    opened.spelled,
                    event.sample,
                    event.on.to_string(),
                ])?;
                self.totals.subject(&place, event.kind, 1);
                Ok(())
            }
            Event::SubjectMoved(event) => self.moved(id, &event.unit),
            Event::PersonalDataCorrected(_) => self.corrected(id, opened),
        }
    }

    /// Its open cases stay where they were registered.
    fn moved(&mut self, id: Uuid, unit: &UnitCode) -> Result<(), ReadError> {
        let sql = "SELECT kind, province, commune, hamlet FROM subject WHERE id = ?1";
        let before = self.connection().prepare_cached(sql)?.query_row([id.as_bytes()], |row| {
            Ok((text::<SubjectKind>(row, "kind"), Place::of_row(row)?))
        })?;
        let (kind, before) = (before.0?, Arc::new(before.1));
        let now = self.places.of_unit(&self.connection, unit)?;
        let sql = "UPDATE subject SET province = ?2, commune = ?3, hamlet = ?4 WHERE id = ?1";
        self.connection().prepare_cached(sql)?.execute(params![
            id.as_bytes(),
            now.province,
            now.commune,
            now.hamlet
        ])?;
        self.totals.subject(&before, kind, -1);
        self.totals.subject(&now, kind, 1);
        Ok(())
    }

    fn corrected(&self, id: Uuid, opened: &Opened) -> Result<(), ReadError> {
        let sql = "UPDATE subject SET name = ?2, address = ?3, search = ?4, spelled = ?5
                   WHERE id = ?1";
        let Opened { name, address, search, spelled } = opened;
        let values = params![id.as_bytes(), name, address, search, spelled];
        self.connection.prepare_cached(sql)?.execute(values)?;
        Ok(())
    }
}
