//! The rows of the list of acts, with names for what the read models have as codes.
//! Deliberately absent: HTML.

use codec::ActorRecord;
use procedure::{CaseId, DecisionId};
use projections::ReadError;
use projections::query::Territory;
use projections::query::deeds::{About, AboutKind, Deed};
use projections::query::refused::RefusedRow;

use crate::audit::names::{Names, Who};
use crate::audit::refused::attempt;
use crate::names::Steps;
use crate::{format, words};

/// A row.
#[derive(Default)]
pub(super) struct Row {
    pub(super) recorded: String,
    pub(super) recorded_at: String,
    pub(super) who: Who,
    pub(super) what: String,
    /// Where it is told in its history.
    pub(super) link: Option<String>,
    pub(super) about: String,
    pub(super) id: String,
    pub(super) title: String,
    pub(super) step: String,
    pub(super) place: String,
    /// What the rule says that refused it, and its code.
    pub(super) rule: Option<(String, String)>,
}

impl Row {
    /// As a row of a table.
    pub(super) fn cells(self) -> Vec<String> {
        let (rule, code) = self.rule.unwrap_or_default();
        vec![
            self.recorded,
            self.recorded_at,
            self.who.name,
            self.who.office,
            self.who.in_place_of.unwrap_or_default(),
            self.what,
            self.about,
            self.id,
            self.title,
            self.step,
            self.place,
            rule,
            code,
        ]
    }
}

/// Who looks rows up, and where he may.
pub(super) struct Looker<'a, 'b> {
    pub(super) names: Names<'a, 'b>,
    pub(super) steps: Steps,
    pub(super) territory: Territory,
}

impl Looker<'_, '_> {
    /// An act that was done.
    pub(super) fn done(&mut self, deed: Deed) -> Result<Row, ReadError> {
        let actor = ActorRecord {
            officer: Some(deed.officer),
            role: deed.role,
            unit: deed.role_unit,
            in_place_of: deed.in_place_of,
            ..ActorRecord::default()
        };
        let who = self.names.who(&actor, &deed.recorded_at)?;
        let place = self.place(&deed.place, &deed.recorded_at)?;
        let title =
            deed.title.map(|title| words::word("title", title.as_str(), self.names.language));
        let step = match (deed.title, &deed.step) {
            (Some(title), Some(step)) => self.steps.name(title, step, self.names.language),
            _ => String::new(),
        };
        Ok(Row {
            recorded: format::time_exact(&deed.recorded_at),
            what: words::word("event", &deed.event_type, self.names.language),
            link: link(&deed.about, &deed.position),
            about: self.about(&deed.about, deed.subject_name)?,
            id: deed.about.id.to_string(),
            title: title.unwrap_or_default(),
            recorded_at: deed.recorded_at,
            who,
            step,
            place,
            rule: None,
        })
    }

    /// An act that was refused. What it was about is named where the reader may see it.
    pub(super) fn attempted(&mut self, row: RefusedRow) -> Result<Row, ReadError> {
        let attempt = attempt(&mut self.names, row)?;
        let row = attempt.row;
        let mut told = Row {
            recorded: format::time_exact(&row.recorded_at),
            who: Who { id: Some(row.officer), name: attempt.who, ..Who::default() },
            what: attempt.act,
            id: row.about.to_string(),
            rule: Some((attempt.rule, row.code)),
            about: self.names.t("ngoài địa bàn", "outside of the territory").to_owned(),
            ..Row::default()
        };
        if let Some(case) = self.names.reader.case(CaseId(row.about))? {
            if self.sees(&case.place) {
                told.link = Some(format!("/audit/cases/{}", case.id));
                told.about = case.subject_name.unwrap_or_else(|| "–".to_owned());
                told.title = words::word("title", case.title.as_str(), self.names.language);
                told.place = self.place(&case.place, &row.recorded_at)?;
            }
        } else if let Some(decision) = self.names.reader.decision(DecisionId(row.about))? {
            if self.sees(&decision.place) {
                let about = About { kind: AboutKind::Decision, id: row.about };
                told.link = Some(format!("/audit/decisions/{}", decision.id));
                told.about = self.about(&about, None)?;
                told.place = self.place(&decision.place, &row.recorded_at)?;
            }
        } else {
            told.about =
                self.names.t("tài khoản hoặc cuộc họp", "an account or a meeting").to_owned();
        }
        told.recorded_at = row.recorded_at;
        Ok(told)
    }

    fn sees(&self, place: &[String]) -> bool {
        place.iter().any(|unit| self.territory.iter().any(|own| own.as_str() == unit))
    }

    fn about(&mut self, about: &About, subject: Option<String>) -> Result<String, ReadError> {
        Ok(match about.kind {
            AboutKind::Case | AboutKind::Subject => subject.unwrap_or_else(|| "–".to_owned()),
            AboutKind::Decision => {
                let found = self.names.reader.decision(DecisionId(about.id))?;
                let number = found.and_then(|decision| decision.number);
                number.unwrap_or_else(|| {
                    self.names.t("Dự thảo quyết định", "Draft decision").to_owned()
                })
            }
            AboutKind::Meeting => self.names.t("Cuộc họp", "Meeting").to_owned(),
            AboutKind::Officer => self.names.officer(procedure::OfficerId(about.id))?,
        })
    }

    /// The last unit, as it was called then.
    fn place(&mut self, place: &[String], recorded_at: &str) -> Result<String, ReadError> {
        match (place.last(), format::day_of(recorded_at)) {
            (Some(unit), Some(on)) => self.names.unit_text(unit, on),
            (unit, _) => Ok(unit.cloned().unwrap_or_default()),
        }
    }
}

fn link(about: &About, position: &str) -> Option<String> {
    match about.kind {
        AboutKind::Case => Some(format!("/audit/cases/{}?position={position}", about.id)),
        AboutKind::Decision => Some(format!("/audit/decisions/{}#p{position}", about.id)),
        AboutKind::Subject => Some(format!("/subjects/{}", about.id)),
        AboutKind::Meeting | AboutKind::Officer => None,
    }
}
