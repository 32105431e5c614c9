//! Cases: queue, register and totals.

use procedure::case::{Assignment, CaseRegistered, Event, TitleRecognised};
use procedure::definition::StepKind;
use procedure::{CaseId, ProcedureId};
use rusqlite::params;

use crate::apply::Applier;
use crate::apply::dossier::{CaseState, Dossier};
use crate::apply::place::Place;
use crate::decode::Decoded;
use crate::error::ReadError;

impl Applier {
    pub(super) fn case(
        &mut self,
        id: CaseId,
        decoded: &Decoded,
        event: &Event,
    ) -> Result<(), ReadError> {
        if let Event::CaseRegistered(registered) = event {
            let dossier = self.registered(registered, decoded.revision)?;
            let key = (dossier.title, dossier.year);
            self.totals.case(&dossier.place, key, dossier.state, 1);
            self.touched.insert(id, dossier);
            return Ok(());
        }
        let mut dossier = self.take(id)?;
        let before = dossier.state;
        self.change(&mut dossier, event)?;
        if let Event::TitleRecognised(recognised) = event {
            self.enter_in_register(id, &dossier, recognised, decoded)?;
        }
        dossier.revision = decoded.revision;
        if before != dossier.state {
            let key = (dossier.title, dossier.year);
            self.totals.case(&dossier.place, key, before, -1);
            self.totals.case(&dossier.place, key, dossier.state, 1);
        }
        self.touched.insert(id, dossier);
        Ok(())
    }

    fn registered(&self, event: &CaseRegistered, revision: u64) -> Result<Dossier, ReadError> {
        Ok(Dossier {
            title: event.title,
            subject: event.subject,
            year: event.year,
            procedure: event.procedure.clone(),
            place: Place::of_path(&event.place),
            state: self.state_at(&event.procedure, &event.next)?,
            turn: Some(event.next.clone()),
            holder: None,
            filed_on: event.on,
            turn_since: event.on,
            held_since: None,
            returns: 0,
            claimed: None,
            reviewed: None,
            revision,
        })
    }

    /// The case as this batch has it, or as the file has it.
    fn take(&mut self, id: CaseId) -> Result<Dossier, ReadError> {
        if let Some(dossier) = self.touched.remove(&id) {
            return Ok(dossier);
        }
        if let Some(dossier) = self.cache.get(&id) {
            return Ok(dossier.clone());
        }
        let found = Dossier::read(self.connection(), id)?;
        found.ok_or_else(|| ReadError::corrupt(format!("case {id} was never registered")))
    }

    fn change(&self, dossier: &mut Dossier, event: &Event) -> Result<(), ReadError> {
        match event {
            Event::CaseRegistered(_) => {}
            Event::SelfAssessed(event) => dossier.claimed = Some(event.total),
            Event::Claimed(event) => {
                (dossier.holder, dossier.held_since) = (Some(event.by), Some(event.on));
            }
            Event::Released(_) => (dossier.holder, dossier.held_since) = (None, None),
            Event::Reviewed(event) => dossier.reviewed = Some(event.total),
            Event::ReturnedForSupplement(event) => {
                dossier.turn_to(&event.next, event.on);
                dossier.state = CaseState::Returned;
                dossier.returns = dossier.returns.saturating_add(1);
            }
            Event::Supplemented(event) => {
                dossier.claimed = Some(event.total);
                dossier.turn_to(&event.next, event.on);
                dossier.state = self.state_at(&dossier.procedure, &event.next)?;
            }
            Event::StepCompleted(event) => {
                dossier.turn_to(&event.next, event.on);
                dossier.state = self.state_at(&dossier.procedure, &event.next)?;
            }
            Event::TitleRecognised(event) => dossier.close(CaseState::Recognised, event.on),
            Event::RecognitionRefused(event) => dossier.close(CaseState::Refused, event.on),
            Event::CaseWithdrawn(event) => dossier.close(CaseState::Withdrawn, event.on),
        }
        Ok(())
    }

    /// How a case is counted while it is somebody's turn.
    fn state_at(&self, procedure: &ProcedureId, turn: &Assignment) -> Result<CaseState, ReadError> {
        match self.kinds.get(&(procedure.clone(), turn.step.clone())) {
            Some(StepKind::SelfAssessment) => Ok(CaseState::Registered),
            Some(StepKind::Review) => Ok(CaseState::InReview),
            Some(StepKind::Decision) => Ok(CaseState::AwaitingDecision),
            None => {
                let step = &turn.step;
                Err(ReadError::corrupt(format!("{procedure} with step {step} was not published")))
            }
        }
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
              band, total, decision_number, decision_date, valid_from, valid_until, signed_by,
              recorded_at, position)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)";
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
