//! Subjects: who they are, where they belong, and how many there are.

use procedure::subject::Event;
use procedure::{Sealed, SubjectKind, UnitCode};
use rusqlite::params;
use uuid::Uuid;

use crate::apply::Applier;
use crate::apply::dossier::text;
use crate::apply::place::{self, Place};
use crate::error::ReadError;
use crate::search;

impl Applier {
    pub(super) fn subject(&mut self, id: Uuid, event: &Event) -> Result<(), ReadError> {
        match event {
            Event::SubjectRegistered(event) => {
                let place = place::of_unit(self.connection(), &event.unit)?;
                let name = self.open(id, &event.name)?;
                let address = match &event.address {
                    Some(address) => self.open(id, address)?,
                    None => None,
                };
                let sql = "
                    INSERT INTO subject (id, kind, code, province, commune, hamlet, name, address,
                      search, sample, entered_on)
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
                self.connection().prepare_cached(sql)?.execute(params![
                    id.as_bytes(),
                    event.kind.as_str(),
                    event.code,
                    place.province,
                    place.commune,
                    place.hamlet,
                    name,
                    address,
                    search::key(name.as_deref().unwrap_or_default()),
                    event.sample,
                    event.on.to_string(),
                ])?;
                self.totals.subject(&place, event.kind, 1);
                Ok(())
            }
            Event::SubjectMoved(event) => self.moved(id, &event.unit),
            Event::PersonalDataCorrected(event) => {
                self.corrected(id, &event.name, event.address.as_ref())
            }
        }
    }

    /// Its open cases stay where they were registered.
    fn moved(&mut self, id: Uuid, unit: &UnitCode) -> Result<(), ReadError> {
        let sql = "SELECT kind, province, commune, hamlet FROM subject WHERE id = ?1";
        let before = self.connection().prepare_cached(sql)?.query_row([id.as_bytes()], |row| {
            Ok((text::<SubjectKind>(row, "kind"), Place::of_row(row)?))
        })?;
        let (kind, before) = (before.0?, before.1);
        let now = place::of_unit(self.connection(), unit)?;
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

    fn corrected(
        &self,
        id: Uuid,
        name: &Sealed,
        address: Option<&Sealed>,
    ) -> Result<(), ReadError> {
        let name = self.open(id, name)?;
        let address = match address {
            Some(address) => self.open(id, address)?,
            None => None,
        };
        let key = search::key(name.as_deref().unwrap_or_default());
        let sql = "UPDATE subject SET name = ?2, address = ?3, search = ?4 WHERE id = ?1";
        let values = params![id.as_bytes(), name, address, key];
        self.connection().prepare_cached(sql)?.execute(values)?;
        Ok(())
    }
}
