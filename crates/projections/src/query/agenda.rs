//! What a day asks of the program: which cases to look at, and which titles end. Whether anything is
//! to be done about them the rules decide; a case too many here does no harm.

use procedure::definition::{Definition, StepKind};
use procedure::{CaseId, Date, ProcedureId};
use rusqlite::{ToSql, params};

use crate::apply::dossier::uuid;
use crate::error::ReadError;
use crate::models::Reader;

/// What ends a title or begins its renewal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Renewable {
    /// The case of the title that ends.
    pub previous: CaseId,
    /// The definition to renew it under.
    pub procedure: ProcedureId,
    /// The calendar year to renew it for.
    pub year: i16,
}

impl Reader<'_> {
    /// Open cases whose time is to be warned of or is over, or whose posting is over.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn cases_to_watch(&self, today: Date, limit: usize) -> Result<Vec<CaseId>, ReadError> {
        let sql = "
            SELECT id FROM dossier WHERE warn_on <= ?1 AND decision IS NULL
            UNION SELECT id FROM dossier
              WHERE lane IS NOT NULL AND breached = 0 AND due < ?1 AND decision IS NULL
            UNION SELECT id FROM dossier WHERE posted_until < ?1 AND objections = 0
            LIMIT ?2";
        self.ids(sql, params![today.to_string(), limit as i64])
    }

    /// Open cases of a definition that wait for a role which is no longer competent.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn cases_to_hand_over(
        &self,
        definition: &Definition,
        today: Date,
        limit: usize,
    ) -> Result<Vec<CaseId>, ReadError> {
        let mut cases = Vec::new();
        for step in &definition.steps {
            let Some(performer) = step.performer(today) else { continue };
            let sql = "
                SELECT d.id FROM lane AS l JOIN dossier AS d ON d.lane = l.id
                WHERE l.title = ?1 AND l.step = ?2 AND l.role <> ?3 AND d.procedure = ?4
                  AND d.decision IS NULL LIMIT ?5";
            let (title, step) = (definition.title.as_str(), step.id.as_str());
            let (role, procedure) = (performer.role.as_str(), definition.id.as_str());
            let values = params![title, step, role, procedure, limit as i64];
            cases.extend(self.ids(sql, values)?);
        }
        Ok(cases)
    }

    /// Cases to remind: those not self-assessed near the end of registration, and titles near their
    /// end. `days` is the longest time before that a definition reminds.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn cases_to_remind(
        &self,
        definition: &Definition,
        today: Date,
        limit: usize,
    ) -> Result<Vec<CaseId>, ReadError> {
        let Some(renewal) = &definition.renewal else { return Ok(Vec::new()) };
        let mut cases = Vec::new();
        for days in &renewal.remind_days_before {
            let Some(near) = today.plus_days(i32::from(*days)) else { continue };
            cases.extend(self.assessments_to_remind(definition, (today, near, *days), limit)?);
            let sql = "
                SELECT r.dossier AS id FROM register AS r JOIN dossier AS d ON d.id = r.dossier
                WHERE r.title = ?1 AND r.valid_until BETWEEN ?2 AND ?3 AND d.procedure = ?4
                  AND d.title_entry = r.entry
                  AND NOT EXISTS (SELECT 1 FROM title_end AS e WHERE e.title_entry = r.entry)
                  AND NOT EXISTS (SELECT 1 FROM reminder AS m WHERE m.dossier = r.dossier
                    AND m.about = 'renewal' AND m.days_before <= ?5)
                LIMIT ?6";
            let (title, procedure) = (definition.title.as_str(), definition.id.as_str());
            let (from, near) = (today.to_string(), near.to_string());
            let values = params![title, from, near, procedure, days, limit as i64];
            cases.extend(self.ids(sql, values)?);
        }
        Ok(cases)
    }

    fn assessments_to_remind(
        &self,
        definition: &Definition,
        (today, near, days): (Date, Date, u16),
        limit: usize,
    ) -> Result<Vec<CaseId>, ReadError> {
        let Some(until) = &definition.season.registration_until else { return Ok(Vec::new()) };
        let years = (today.year() - 2..=today.year())
            .filter(|year| until.of(*year).is_some_and(|until| today <= until && until <= near));
        let first = definition.steps.iter().find(|step| step.kind == StepKind::SelfAssessment);
        let mut cases = Vec::new();
        for (year, step) in years.zip(std::iter::repeat(first)) {
            let Some(step) = step else { continue };
            let sql = "
                SELECT d.id FROM lane AS l JOIN dossier AS d ON d.lane = l.id
                WHERE l.title = ?1 AND l.step = ?2 AND l.state = 'registered' AND d.procedure = ?3
                  AND d.year = ?4
                  AND NOT EXISTS (SELECT 1 FROM reminder AS m WHERE m.dossier = d.id
                    AND m.about = 'self_assessment' AND m.days_before <= ?5)
                LIMIT ?6";
            let (title, step) = (definition.title.as_str(), step.id.as_str());
            let procedure = definition.id.as_str();
            cases.extend(self.ids(sql, params![title, step, procedure, year, days, limit as i64])?);
        }
        Ok(cases)
    }

    /// Titles whose last day is over, that have no recorded end, and that no later title of the
    /// subject has taken the place of.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn titles_to_lapse(&self, today: Date, limit: usize) -> Result<Vec<CaseId>, ReadError> {
        let sql = "
            SELECT r.dossier AS id FROM register AS r
            WHERE r.title = ?1 AND r.valid_until < ?2
              AND NOT EXISTS (SELECT 1 FROM title_end AS e WHERE e.title_entry = r.entry)
              AND NOT EXISTS (SELECT 1 FROM register AS n WHERE n.subject = r.subject
                AND n.title = r.title AND (n.valid_until IS NULL OR n.valid_until > r.valid_until)
                AND NOT EXISTS (SELECT 1 FROM title_end AS x WHERE x.title_entry = n.entry))
            LIMIT ?3";
        let mut cases = Vec::new();
        for title in procedure::Title::ALL {
            let values = params![title.as_str(), today.to_string(), limit as i64];
            cases.extend(self.ids(sql, values)?);
        }
        Ok(cases)
    }

    /// Titles in force that end with a year for which registration under a definition is open, and
    /// whose subject has no case for it.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn titles_to_renew(
        &self,
        definition: &Definition,
        today: Date,
        limit: usize,
    ) -> Result<Vec<Renewable>, ReadError> {
        let year = today.year();
        let day = |day: &Option<procedure::definition::SeasonDay>| {
            day.as_ref().and_then(|day| day.of(year))
        };
        let season = &definition.season;
        let closed = day(&season.registration_from).is_some_and(|from| today < from)
            || day(&season.registration_until).is_some_and(|until| until < today);
        if definition.renewal.is_none() || closed || !definition.covers(year) {
            return Ok(Vec::new());
        }
        let sql = "
            SELECT r.dossier AS id FROM register AS r
            WHERE r.title = ?1 AND r.valid_until BETWEEN ?2 AND ?3 AND r.valid_from <= ?2
              AND r.year < ?4
              AND NOT EXISTS (SELECT 1 FROM title_end AS e WHERE e.title_entry = r.entry)
              AND NOT EXISTS (SELECT 1 FROM dossier AS d WHERE d.subject = r.subject
                AND d.title = r.title AND d.year = ?4)
            LIMIT ?5";
        let end = Date::new(year, 12, 31).unwrap_or(today);
        let title = definition.title.as_str();
        let values = params![title, today.to_string(), end.to_string(), year, limit as i64];
        let procedure = &definition.id;
        let renewable = |previous| Renewable { previous, procedure: procedure.clone(), year };
        Ok(self.ids(sql, values)?.into_iter().map(renewable).collect())
    }

    fn ids(&self, sql: &str, values: &[&dyn ToSql]) -> Result<Vec<CaseId>, ReadError> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(values, |row| uuid(row, "id"))?;
        Ok(rows.map(|row| row.map(CaseId)).collect::<Result<_, _>>()?)
    }
}
