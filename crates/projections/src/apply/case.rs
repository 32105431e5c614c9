//! Cases: queue, register and totals.

use std::sync::Arc;

use procedure::case::{Assignment, CaseRegistered, Event, HandedOver};
use procedure::definition::StepKind;
use procedure::{CaseId, Date, ProcedureId, Title};

use crate::apply::Applier;
use crate::apply::act::Kind;
use crate::apply::counters::Before;
use crate::apply::deed::Spot;
use crate::apply::dossier::{CaseState, Clock, Dossier};
use crate::apply::edition::definition;
use crate::apply::lane::Lane;
use crate::apply::place::Place;
use crate::decode::Decoded;
use crate::error::ReadError;

mod outcome;
mod public;
mod time;

impl Applier {
    pub(super) fn case(
        &mut self,
        id: CaseId,
        decoded: &Decoded,
        event: &Event,
    ) -> Result<(), ReadError> {
        if let Event::CaseRegistered(registered) = event {
            let mut dossier = self.registered(registered, decoded.revision)?;
            self.reckon(&mut dossier);
            let deed = self.deed(decoded, id.0, || Spot::of_case(&dossier))?;
            self.deeds.done(deed);
            self.counted(&dossier, Before::NOTHING, event);
            self.totals.case(&dossier.place, (dossier.title, dossier.year), dossier.state, 1);
            self.touched.insert(id, Box::new(dossier));
            return Ok(());
        }
        let mut dossier = self.take(id)?;
        let before = dossier.state;
        let stood = Before::of(&dossier, definition(&self.definitions, &dossier), event);
        let spot = decoded.hand.is_some().then(|| Spot::of_case(&dossier));
        let changed = self.change(id, &mut dossier, decoded, event);
        if changed.is_ok() {
            self.counted(&dossier, stood, event);
        }
        if before != dossier.state {
            let key = (dossier.title, dossier.year);
            self.totals.case(&dossier.place, key, before, -1);
            self.totals.case(&dossier.place, key, dossier.state, 1);
        }
        self.touched.insert(id, dossier);
        changed?;
        if let Some(spot) = spot {
            let deed = self.deed(decoded, id.0, || spot)?;
            self.deeds.done(deed);
        }
        Ok(())
    }

    /// Counts what an event did; it is the last of those counted.
    fn counted(&mut self, dossier: &Dossier, before: Before, event: &Event) {
        let definition = definition(&self.definitions, dossier);
        self.counters.case(dossier, definition, (before, event, self.entries + 1));
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
            claims: None,
            reviewed: None,
            renews: event.renews,
            decision: None,
            posted_until: None,
            objections: 0,
            clock: Clock::default(),
            title_entry: None,
            revision,
        })
    }

    /// The case as it stands, out of memory or out of the file.
    pub(super) fn take(&mut self, id: CaseId) -> Result<Box<Dossier>, ReadError> {
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
            Event::CaseRegistered(_) | Event::Prefilled(_) | Event::MinutesRecorded(_) => {}
            Event::SelfAssessed(event) => {
                dossier.claims.clone_from(&decoded.mark.points);
                dossier.claimed = Some(event.total);
            }
            Event::Claimed(event) => dossier.hold(event.by, event.on),
            Event::Assigned(event) => dossier.hold(event.to, event.on),
            Event::TakenOver(event) => dossier.hold(event.by, event.on),
            Event::Released(_) => (dossier.holder, dossier.held_since) = (None, None),
            Event::Reviewed(event) => {
                self.reviewed(id, dossier, decoded, event)?;
                dossier.reviewed = Some(event.total);
            }
            Event::ReturnedForSupplement(event) => {
                self.turn_to(dossier, &event.next, Some(CaseState::Returned))?;
                dossier.pause(&event.step, event.on);
            }
            Event::Supplemented(event) => {
                let resumes = dossier.clock.paused.as_ref() == Some(&event.next.step);
                self.turn_to(dossier, &event.next, None)?;
                self.run_clock(dossier, event.on, resumes);
                dossier.claims.clone_from(&decoded.mark.points);
                dossier.claimed = Some(event.total);
            }
            Event::StepCompleted(event) => self.go_to(dossier, &event.next, event.on)?,
            Event::SentBackForReview(event) => self.go_to(dossier, &event.next, event.on)?,
            Event::HandedOver(event) => self.handed_over(dossier, event)?,
            Event::PostedPublicly(event) => dossier.posted_until = event.days.until,
            Event::ObjectionFiled(event) => self.objected(id, dossier, event)?,
            Event::ObjectionResolved(event) => self.resolved(id, dossier, event)?,
            Event::DeadlineWarned(_) => dossier.clock.has_warned(),
            Event::DeadlineBreached(_) => dossier.clock.has_breached(),
            Event::Escalated(event) => {
                dossier.clock.escalated = Some((event.to.role.clone(), event.to.unit.clone()));
            }
            Event::Reminded(event) => self.reminded(id, event)?,
            Event::PlacedOnDecision(event) => self.placed(dossier, event.decision)?,
            Event::RemovedFromDecision(event) => self.removed(dossier, event.decision)?,
            Event::TitleRecognised(event) => self.recognised(id, dossier, event, decoded)?,
            Event::RecognitionAnnulled(event) => {
                self.annulled(dossier, event, decoded)?;
                self.go_to(dossier, &event.next, event.on)?;
            }
            Event::RecognitionRefused(event) => {
                self.decided(id, dossier, decoded, (Kind::Refusal, event.by))?;
                dossier.close(CaseState::Refused, event.on);
            }
            Event::CaseWithdrawn(event) => dossier.close(CaseState::Withdrawn, event.on),
            Event::TitleRevoked(event) => self.revoked(dossier, event, decoded)?,
            Event::TitleLapsed(event) => self.lapsed(dossier, event, decoded)?,
        }
        dossier.revision = decoded.revision;
        Ok(())
    }

    /// Gives a case to whoever's turn it is at another step, whose time begins.
    fn go_to(
        &mut self,
        dossier: &mut Dossier,
        turn: &Assignment,
        on: Date,
    ) -> Result<(), ReadError> {
        self.turn_to(dossier, turn, None)?;
        self.run_clock(dossier, on, false);
        Ok(())
    }

    /// Puts a case into the lane of whoever's turn it is; counted as the step says, unless `state`
    /// is given.
    fn turn_to(
        &mut self,
        dossier: &mut Dossier,
        turn: &Assignment,
        state: Option<CaseState>,
    ) -> Result<(), ReadError> {
        let state = match state {
            Some(state) => state,
            None => self.state_at(&dossier.procedure, turn)?,
        };
        let lane = self.lane(dossier.title, turn, state)?;
        dossier.turn_to(turn, lane);
        dossier.state = state;
        Ok(())
    }

    /// The same step with somebody else: its time goes on.
    fn handed_over(&mut self, dossier: &mut Dossier, event: &HandedOver) -> Result<(), ReadError> {
        let returned = dossier.state == CaseState::Returned;
        self.turn_to(dossier, &event.next, returned.then_some(CaseState::Returned))
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
        let definition = self.definitions.get(procedure);
        let step = definition.and_then(|known| known.definition.step(&turn.step));
        let unknown = || {
            let step = &turn.step;
            ReadError::corrupt(format!("{procedure} with step {step} was not published"))
        };
        Ok(match step.ok_or_else(unknown)?.kind {
            StepKind::SelfAssessment => CaseState::Registered,
            StepKind::Review => CaseState::InReview,
            StepKind::Meeting => CaseState::InMeeting,
            StepKind::Posting => CaseState::Posted,
            StepKind::Decision => CaseState::AwaitingDecision,
        })
    }
}
