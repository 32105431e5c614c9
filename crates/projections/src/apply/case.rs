//! Cases: queue, register and totals.

use std::sync::Arc;

use procedure::case::{Assignment, CaseRegistered, Event, TitleRecognised};
use procedure::definition::StepKind;
use procedure::{CaseId, Date, ProcedureId, Title};
use rusqlite::params;

use crate::apply::Applier;
use crate::apply::dossier::{CaseState, Dossier};
use crate::apply::lane::Lane;
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
            self.totals.case(&dossier.place, (dossier.title, dossier.year), dossier.state, 1);
            self.touched.insert(id, Box::new(dossier));
            return Ok(());
        }
        let mut dossier = self.take(id)?;
        let before = dossier.state;
        let changed = self.change(id, &mut dossier, decoded, event);
        if before != dossier.state {
            let key = (dossier.title, dossier.year);
            self.totals.case(&dossier.place, key, before, -1);
            self.totals.case(&dossier.place, key, dossier.state, 1);
        }
        self.touched.insert(id, dossier);
        changed
    }

    fn registered(&mut self, event: &CaseRegistered, revision: u64) -> Result<Dossier, ReadError> {
        let (state, lane) = self.turn(event.title, &event.procedure, &event.next)?;
        Ok(Dossier {
            title: event.title,
            subject: event.subject,
            year: event.year,
            procedure: event.procedure.clone(),
            place: Arc::new(Place::of_path(&event.place)),
            state,
            turn: Some(event.next.clone()),
            lane: Some(lane),
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

    /// The case as it stands, out of memory or out of the file.
    fn take(&mut self, id: CaseId) -> Result<Box<Dossier>, ReadError> {
        if let Some(dossier) = self.touched.remove(&id).or_else(|| self.cache.pop(&id)) {
            return Ok(dossier);
        }
        let found = Dossier::read(&self.connection, id)?.map(Box::new);
        found.ok_or_else(|| ReadError::corrupt(format!("case {id} was never registered")))
    }

    /// Changes all that the event changes, or, on an error, nothing.
    fn change(
        &mut self,
        id: CaseId,
        dossier: &mut Dossier,
        decoded: &Decoded,
        event: &Event,
    ) -> Result<(), ReadError> {
        match event {
            Event::CaseRegistered(_) => {}
            Event::SelfAssessed(event) => dossier.claimed = Some(event.total),
            Event::Claimed(event) => {
                (dossier.holder, dossier.held_since) = (Some(event.by), Some(event.on));
            }
            Event::Released(_) => (dossier.holder, dossier.held_since) = (None, None),
            Event::Reviewed(event) => dossier.reviewed = Some(event.total),
            Event::ReturnedForSupplement(event) => {
                self.turn_to(dossier, &event.next, Some(CaseState::Returned), event.on)?;
                dossier.returns = dossier.returns.saturating_add(1);
            }
            Event::Supplemented(event) => {
                self.turn_to(dossier, &event.next, None, event.on)?;
                dossier.claimed = Some(event.total);
            }
            Event::StepCompleted(event) => self.turn_to(dossier, &event.next, None, event.on)?,
            Event::TitleRecognised(event) => {
                self.enter_in_register(id, dossier, event, decoded)?;
                dossier.close(CaseState::Recognised, event.on);
            }
            Event::RecognitionRefused(event) => dossier.close(CaseState::Refused, event.on),
            Event::CaseWithdrawn(event) => dossier.close(CaseState::Withdrawn, event.on),
        }
        dossier.revision = decoded.revision;
        Ok(())
    }

    /// Gives a case to whoever's turn it is; counted as the step says, unless `state` is given.
    fn turn_to(
        &mut self,
        dossier: &mut Dossier,
        turn: &Assignment,
        state: Option<CaseState>,
        on: Date,
    ) -> Result<(), ReadError> {
        let state = match state {
            Some(state) => state,
            None => self.state_at(&dossier.procedure, turn)?,
        };
        let lane = self.lane(dossier.title, turn, state)?;
        dossier.turn_to(turn, lane, on);
        dossier.state = state;
        Ok(())
    }

    fn turn(
        &mut self,
        title: Title,
        procedure: &ProcedureId,
        turn: &Assignment,
    ) -> Result<(CaseState, i64), ReadError> {
        let state = self.state_at(procedure, turn)?;
        Ok((state, self.lane(title, turn, state)?))
    }

    fn lane(
        &mut self,
        title: Title,
        turn: &Assignment,
        state: CaseState,
    ) -> Result<i64, ReadError> {
        let (role, step) = (turn.role.clone(), turn.step.clone());
        self.lanes.number(&self.connection, Lane { title, role, step, state })
    }

    /// How a case is counted while it is somebody's turn.
    fn state_at(&self, procedure: &ProcedureId, turn: &Assignment) -> Result<CaseState, ReadError> {
        let steps = self.kinds.get(procedure).map_or(&[][..], Vec::as_slice);
        match steps.iter().find(|(step, _)| *step == turn.step) {
            Some((_, StepKind::SelfAssessment)) => Ok(CaseState::Registered),
            Some((_, StepKind::Review)) => Ok(CaseState::InReview),
            Some((_, StepKind::Decision)) => Ok(CaseState::AwaitingDecision),
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
