//! How the time of a step runs: when it is to be warned of, and when it is over.

use procedure::case::Reminded;
use procedure::{CaseId, Date, clock};
use rusqlite::params;

use crate::apply::Applier;
use crate::apply::dossier::{Clock, Dossier};
use crate::error::ReadError;

impl Applier {
    /// A case comes to a step: its time begins, or goes on where a supplement interrupted it.
    pub(super) fn run_clock(&self, dossier: &mut Dossier, on: Date, resumes: bool) {
        dossier.turn_since = on;
        if resumes {
            dossier.clock.paused = None;
        } else {
            dossier.clock = Clock::default();
            dossier.posted_until = None;
        }
        self.reckon(dossier);
    }

    /// Works out by the calendar when the step is to be warned of and when it is over.
    pub(in crate::apply) fn reckon(&self, dossier: &mut Dossier) {
        let Some(turn) = dossier.turn.as_ref().filter(|_| dossier.clock.paused.is_none()) else {
            return;
        };
        let definition = self.definitions.get(&dossier.procedure);
        let step = definition.and_then(|known| known.definition.step(&turn.step));
        let Some(limit) = step.and_then(|step| step.limit.as_ref()) else { return };
        let stays = dossier.clock.stays.iter();
        let used =
            stays.map(|(from, until)| clock::spent(limit, *from, *until, &self.calendar)).sum();
        let since = dossier.turn_since;
        let deadline = clock::deadline(limit, dossier.year, since, used, &self.calendar);
        dossier.clock.due = deadline.map_or(Date::MAX, |deadline| deadline.due);
        let warn_on = deadline.and_then(|deadline| deadline.warn_on);
        dossier.clock.warn_on = warn_on.filter(|_| !dossier.clock.warned);
    }

    pub(super) fn reminded(&self, id: CaseId, event: &Reminded) -> Result<(), ReadError> {
        let sql = "INSERT OR REPLACE INTO reminder (dossier, about, days_before, until, sent_on)
                   VALUES (?1, ?2, ?3, ?4, ?5)";
        self.connection().prepare_cached(sql)?.execute(params![
            id.0.as_bytes(),
            event.about.as_str(),
            event.days_before,
            event.until.to_string(),
            event.on.to_string(),
        ])?;
        Ok(())
    }
}
