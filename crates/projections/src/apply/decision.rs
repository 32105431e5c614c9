//! Decisions over many cases. Deliberately absent: which cases; each case's own row says on which
//! decision it stands.

use procedure::decision::Event;
use rusqlite::params;
use uuid::Uuid;

use crate::apply::Applier;
use crate::decode::Decoded;
use crate::error::ReadError;

impl Applier {
    pub(super) fn decision(
        &mut self,
        id: Uuid,
        decoded: &Decoded,
        event: &Event,
    ) -> Result<(), ReadError> {
        let decision = id.as_bytes();
        if let Event::DecisionDrafted(event) = event {
            let place = self.places.of_unit(&self.connection, &event.unit)?;
            let sql = "
                INSERT INTO decision (id, procedure, title, year, unit, province, commune, hamlet,
                  state, drafted_by, drafted_on, listed, placed, concluded, revision)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'draft', ?9, ?10, 0, 0, 0, ?11)";
            self.connection().prepare_cached(sql)?.execute(params![
                decision,
                event.procedure.as_str(),
                event.title.as_str(),
                event.year,
                event.unit.as_str(),
                place.province,
                place.commune,
                place.hamlet,
                event.by.0.as_bytes(),
                event.on.to_string(),
                decoded.revision as i64,
            ])?;
            return Ok(());
        }
        self.change_decision(decision, event)?;
        let sql = "UPDATE decision SET revision = ?2 WHERE id = ?1";
        let values = params![decision, decoded.revision as i64];
        self.connection().prepare_cached(sql)?.execute(values)?;
        Ok(())
    }

    fn change_decision(&self, id: &[u8; 16], event: &Event) -> Result<(), ReadError> {
        let change = |change: &str, values: &[&dyn rusqlite::ToSql]| {
            let sql = format!("UPDATE decision SET {change} WHERE id = ?1");
            self.connection().prepare_cached(&sql)?.execute(values).map(drop)
        };
        match event {
            Event::DecisionDrafted(_) => {}
            Event::CasesListed(event) => {
                change("listed = listed + ?2", params![id, event.cases.len() as i64])?;
            }
            Event::CaseTakenOff(_) => change("listed = listed - 1", params![id])?,
            Event::DecisionSigned(event) => change(
                "state = 'signed', number = ?2, date = ?3, signed_by = ?4, annex = ?5",
                params![
                    id,
                    event.number,
                    event.date.to_string(),
                    event.by.0.as_bytes(),
                    event.annex.as_str()
                ],
            )?,
            Event::DecisionDiscarded(_) => change("state = 'discarded'", params![id])?,
            Event::DecisionCorrected(event) => change(
                "corrected_number = coalesce(?2, corrected_number)",
                params![id, event.corrected_number],
            )?,
            Event::DecisionCancelled(event) => change(
                "state = 'cancelled', cancelled_number = ?2, cancelled_date = ?3",
                params![id, event.number, event.date.to_string()],
            )?,
        }
        Ok(())
    }
}
