//! What a deed is about and where it was done. Deliberately absent: how it is written.

use std::sync::Arc;

use codec::AnyEvent;
use procedure::{StepId, Title, decision, meeting, subject};
use rusqlite::OptionalExtension as _;
use uuid::Uuid;

use crate::apply::Applier;
use crate::apply::deed::{Deed, Matter, Post};
use crate::apply::dossier::{Dossier, text_some};
use crate::apply::place::Place;
use crate::decode::Decoded;
use crate::error::ReadError;

/// What a deed is about: its kind in the table, and where it was done.
pub(in crate::apply) struct Spot {
    about: &'static str,
    title: Option<Title>,
    step: Option<StepId>,
    place: Arc<Place>,
}

impl Spot {
    /// Of a case, as it stands before the event.
    pub(in crate::apply) fn of_case(dossier: &Dossier) -> Self {
        Self {
            about: "case",
            title: Some(dossier.title),
            step: dossier.turn.as_ref().map(|turn| turn.step.clone()),
            place: dossier.place.clone(),
        }
    }
}

impl Applier {
    /// The row of an event, if an officer caused it.
    pub(in crate::apply) fn deed(
        &mut self,
        decoded: &Decoded,
        about: Uuid,
        spot: impl FnOnce() -> Spot,
    ) -> Result<Option<Deed>, ReadError> {
        let Some(hand) = &decoded.hand else { return Ok(None) };
        let Spot { about: kind, title, step, place } = spot();
        let post = Post { actor: hand.actor.clone(), place };
        let event_type = decoded.event_type.clone();
        let matter = Matter { event_type, about: kind.into(), title, step };
        Ok(Some(Deed {
            entry: self.entries as i64,
            post: self.deeds.post(&self.connection, post, hand.officer)?,
            matter: self.deeds.matter(&self.connection, matter)?,
            about: about.into_bytes(),
            recorded_at: hand.recorded_at,
            position: (decoded.position.major(), decoded.position.minor()),
        }))
    }

    /// An event that is not of a case and has been applied.
    pub(in crate::apply) fn other_deed(
        &mut self,
        decoded: &Decoded,
        id: Uuid,
    ) -> Result<(), ReadError> {
        if decoded.hand.is_none() {
            return Ok(());
        }
        let Some(event) = &decoded.event else { return Ok(()) };
        if let Some(spot) = self.spot(event, id)? {
            let deed = self.deed(decoded, id, || spot)?;
            self.deeds.done(deed);
        }
        Ok(())
    }

    fn spot(&mut self, event: &AnyEvent, id: Uuid) -> Result<Option<Spot>, ReadError> {
        let spot = |about, place| Spot { about, title: None, step: None, place };
        Ok(Some(match event {
            AnyEvent::Subject(event) => spot("subject", self.place_of_subject(event, id)?),
            AnyEvent::Officer(_) => spot("officer", self.place_of_officer(id)?),
            AnyEvent::Decision(event) => self.spot_of_decision(event, id)?,
            AnyEvent::Meeting(meeting::Event::MeetingRecorded(event)) => {
                let known = self.definitions.get(&event.procedure);
                Spot {
                    about: "meeting",
                    title: known.map(|known| known.definition.title),
                    step: Some(event.step.clone()),
                    place: self.places.of_unit(&self.connection, &event.unit)?,
                }
            }
            _ => return Ok(None),
        }))
    }

    fn place_of_subject(
        &mut self,
        event: &subject::Event,
        id: Uuid,
    ) -> Result<Arc<Place>, ReadError> {
        let unit = match event {
            subject::Event::SubjectRegistered(event) => &event.unit,
            subject::Event::SubjectMoved(event) => &event.unit,
            subject::Event::PersonalDataCorrected(_) => return self.place_in("subject", id),
        };
        self.places.of_unit(&self.connection, unit)
    }

    fn place_of_officer(&mut self, id: Uuid) -> Result<Arc<Place>, ReadError> {
        let sql = "SELECT unit FROM officer WHERE id = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let unit: Option<String> =
            statement.query_row([id.as_bytes()], |row| row.get(0)).optional()?;
        let Some(unit) = unit else { return Ok(Arc::default()) };
        let unit = unit.parse().map_err(ReadError::corrupt)?;
        self.places.of_unit(&self.connection, &unit)
    }

    fn spot_of_decision(&self, event: &decision::Event, id: Uuid) -> Result<Spot, ReadError> {
        let title = match event {
            decision::Event::DecisionDrafted(event) => Some(event.title),
            _ => {
                let sql = "SELECT title FROM decision WHERE id = ?1";
                let mut statement = self.connection.prepare_cached(sql)?;
                let title = statement.query_row([id.as_bytes()], |row| Ok(text_some(row, "title")));
                title.optional()?.transpose()?.flatten()
            }
        };
        Ok(Spot { about: "decision", title, step: None, place: self.place_in("decision", id)? })
    }

    /// The place of a row; the nation where there is none.
    fn place_in(&self, table: &str, id: Uuid) -> Result<Arc<Place>, ReadError> {
        let sql = format!("SELECT province, commune, hamlet FROM {table} WHERE id = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let place = statement.query_row([id.as_bytes()], Place::of_row).optional()?;
        Ok(Arc::new(place.unwrap_or_default()))
    }
}
