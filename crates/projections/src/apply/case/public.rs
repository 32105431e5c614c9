//! What is said about posted cases.

use procedure::CaseId;
use procedure::case::{ObjectionFiled, ObjectionKind, ObjectionResolved};
use rusqlite::params;

use crate::apply::Applier;
use crate::apply::dossier::Dossier;
use crate::error::ReadError;

impl Applier {
    pub(super) fn objected(
        &self,
        id: CaseId,
        dossier: &mut Dossier,
        event: &ObjectionFiled,
    ) -> Result<(), ReadError> {
        let sql = "INSERT INTO objection (dossier, number, kind, filed_on) VALUES (?1, ?2, ?3, ?4)";
        let (kind, on) = (event.kind.as_str(), event.on.to_string());
        let values = params![id.0.as_bytes(), event.objection, kind, on];
        self.connection().prepare_cached(sql)?.execute(values)?;
        dossier.objections += u16::from(event.kind == ObjectionKind::Objection);
        Ok(())
    }

    pub(super) fn resolved(
        &self,
        id: CaseId,
        dossier: &mut Dossier,
        event: &ObjectionResolved,
    ) -> Result<(), ReadError> {
        let sql = "UPDATE objection SET resolved_on = ?3, upheld = ?4
                   WHERE dossier = ?1 AND number = ?2 RETURNING kind";
        let values = params![id.0.as_bytes(), event.objection, event.on.to_string(), event.upheld];
        let mut statement = self.connection().prepare_cached(sql)?;
        let kind: String = statement.query_row(values, |row| row.get(0))?;
        let kept_it = kind == ObjectionKind::Objection.as_str();
        dossier.objections = dossier.objections.saturating_sub(u16::from(kept_it));
        Ok(())
    }
}
