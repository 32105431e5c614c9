//! How cases and titles end: decisions, the register, and the ends of titles.

use procedure::case::{RecognitionAnnulled, TitleLapsed, TitleRecognised, TitleRevoked};
use procedure::{CaseId, Date, DecisionId};
use rusqlite::params;

use crate::apply::Applier;
use crate::apply::act::Kind;
use crate::apply::dossier::{CaseState, Dossier};
use crate::decode::Decoded;
use crate::error::ReadError;

/// How a title ends.
struct End<'a> {
    how: &'static str,
    from: Date,
    decision: Option<(&'a str, Date)>,
}

impl Applier {
    pub(super) fn placed(
        &self,
        dossier: &mut Dossier,
        decision: DecisionId,
    ) -> Result<(), ReadError> {
        dossier.decision = Some(decision);
        (dossier.holder, dossier.held_since) = (None, None);
        self.count(decision, "placed = placed + 1")
    }

    pub(super) fn removed(
        &self,
        dossier: &mut Dossier,
        decision: DecisionId,
    ) -> Result<(), ReadError> {
        dossier.decision = None;
        self.count(decision, "placed = placed - 1")
    }

    pub(super) fn recognised(
        &mut self,
        id: CaseId,
        dossier: &mut Dossier,
        event: &TitleRecognised,
        decoded: &Decoded,
    ) -> Result<(), ReadError> {
        self.decided(id, dossier, decoded, (Kind::Recognition, event.by))?;
        self.enter_in_register(id, dossier, event, decoded)?;
        dossier.title_entry = Some(self.entries() as i64);
        dossier.decision = event.decision.id;
        dossier.close(CaseState::Recognised, event.on);
        match event.decision.id {
            Some(decision) => {
                self.count(decision, "placed = placed - 1, concluded = concluded + 1")
            }
            None => Ok(()),
        }
    }

    /// As if it had never been recognised.
    pub(super) fn annulled(
        &self,
        dossier: &mut Dossier,
        event: &RecognitionAnnulled,
        decoded: &Decoded,
    ) -> Result<(), ReadError> {
        let sql = "SELECT valid_from FROM register WHERE entry = ?1";
        let mut statement = self.connection().prepare_cached(sql)?;
        let from: String = statement.query_row([dossier.title_entry], |row| row.get(0))?;
        let from = from.parse().map_err(ReadError::corrupt)?;
        self.end(dossier, &End { how: "annulled", from, decision: None }, decoded)?;
        (dossier.decision, dossier.title_entry) = (None, None);
        self.count(event.decision, "concluded = concluded - 1")
    }

    pub(super) fn revoked(
        &self,
        dossier: &mut Dossier,
        event: &TitleRevoked,
        decoded: &Decoded,
    ) -> Result<(), ReadError> {
        let decision = Some((event.decision.number.as_str(), event.decision.date));
        dossier.state = CaseState::Revoked;
        self.end(dossier, &End { how: "revoked", from: event.from, decision }, decoded)
    }

    pub(super) fn lapsed(
        &self,
        dossier: &Dossier,
        event: &TitleLapsed,
        decoded: &Decoded,
    ) -> Result<(), ReadError> {
        self.end(dossier, &End { how: "lapsed", from: event.from, decision: None }, decoded)
    }

    fn end(&self, dossier: &Dossier, end: &End<'_>, decoded: &Decoded) -> Result<(), ReadError> {
        let sql = "
            INSERT INTO title_end (entry, title_entry, how, ends_from, decision_number,
              decision_date, recorded_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.connection().prepare_cached(sql)?.execute(params![
            self.entries() as i64,
            dossier.title_entry,
            end.how,
            end.from.to_string(),
            end.decision.map(|(number, _)| number),
            end.decision.map(|(_, date)| date.to_string()),
            decoded.recorded_at,
        ])?;
        Ok(())
    }

    fn count(&self, decision: DecisionId, change: &str) -> Result<(), ReadError> {
        let sql = format!("UPDATE decision SET {change} WHERE id = ?1");
        self.connection().prepare_cached(&sql)?.execute([decision.0.as_bytes()])?;
        Ok(())
    }

    fn enter_in_register(
        &self,
        id: CaseId,
        dossier: &Dossier,
        event: &TitleRecognised,
        decoded: &Decoded,
    ) -> Result<(), ReadError> {
        let sql = "
            INSERT INTO register (entry, dossier, title, subject, year, province, commune, hamlet,
              band, total, decision, decision_number, decision_date, valid_from, valid_until,
              signed_by, recorded_at, position)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,
              ?18)";
        self.connection().prepare_cached(sql)?.execute(params![
            self.entries() as i64,
            id.0.as_bytes(),
            dossier.title.as_str(),
            dossier.subject.0.as_bytes(),
            dossier.year,
            dossier.place.province,
            dossier.place.commune,
            dossier.place.hamlet,
            event.band.as_ref().map(procedure::BandId::as_str),
            event.total,
            event.decision.id.map(|id| *id.0.as_bytes()),
            event.decision.number,
            event.decision.date.to_string(),
            event.in_force.from.to_string(),
            event.in_force.until.map(|until| until.to_string()),
            event.by.0.as_bytes(),
            decoded.recorded_at,
            decoded.position.to_string(),
        ])?;
        Ok(())
    }
}
