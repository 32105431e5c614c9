//! Officers, their appointments and delegations, and whom a token speaks for.

use procedure::officer::Relation;
use procedure::{Date, Digest, OfficerId, Role, SubjectId, UnitCode};
use rusqlite::{OptionalExtension as _, Row, params};
use serde::Serialize;

use crate::apply::dossier::{text, text_some, uuid};
use crate::error::ReadError;
use crate::models::Reader;

/// An officer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OfficerRow {
    /// The officer.
    pub id: OfficerId,
    /// What the local list calls him.
    pub code: String,
    /// His name; absent where its key has been destroyed.
    pub name: Option<String>,
    /// The unit that keeps his record.
    pub unit: UnitCode,
    /// Made up for demonstration.
    pub sample: bool,
    /// All appointments, past and present.
    pub appointments: Vec<AppointmentRow>,
    /// Powers that others have passed on to him, past and present.
    pub delegations: Vec<DelegationRow>,
    /// The subjects that are his own.
    pub interests: Vec<InterestRow>,
}

/// Another officer's power, for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DelegationRow {
    /// Whose.
    pub delegator: OfficerId,
    /// The role.
    pub role: Role,
    /// The territory.
    pub unit: UnitCode,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Option<Date>,
}

/// A role over a territory for a term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AppointmentRow {
    /// The role.
    pub role: Role,
    /// The territory.
    pub unit: UnitCode,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Option<Date>,
}

/// A subject of an officer's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InterestRow {
    /// The subject.
    pub subject: SubjectId,
    /// How it is his own.
    pub relation: Relation,
}

impl AppointmentRow {
    /// Whether it is in force on a day.
    #[must_use]
    pub fn on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

impl DelegationRow {
    /// Whether it is in force on a day.
    #[must_use]
    pub fn on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

impl Reader<'_> {
    /// The officer, if there is one.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn officer(&self, id: OfficerId) -> Result<Option<OfficerRow>, ReadError> {
        let mut statement =
            self.connection.prepare_cached("SELECT * FROM officer WHERE id = ?1")?;
        let found = statement.query_row([id.0.as_bytes()], |row| Ok(of_row(row)));
        match found.optional()?.transpose()? {
            Some(officer) => self.complete(officer).map(Some),
            None => Ok(None),
        }
    }

    /// The officers whose record is kept in one of the units or below, by code.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn officers(&self, territory: &[UnitCode], on: Date) -> Result<Vec<OfficerRow>, ReadError> {
        let mut statement =
            self.connection.prepare_cached("SELECT * FROM officer ORDER BY code")?;
        let rows = statement.query_map((), |row| Ok(of_row(row)))?;
        let mut officers = Vec::new();
        for officer in rows {
            let officer = officer??;
            let path = self.path(&officer.unit, on)?;
            if path.iter().any(|unit| territory.contains(&unit.code)) {
                officers.push(self.complete(officer)?);
            }
        }
        Ok(officers)
    }

    /// Whom the secret with this digest speaks for on a day.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn officer_by_token(
        &self,
        digest: &Digest,
        on: Date,
    ) -> Result<Option<OfficerId>, ReadError> {
        let sql = "SELECT officer FROM token
                   WHERE digest = ?1 AND until >= ?2 AND revoked_on IS NULL";
        let mut statement = self.connection.prepare_cached(sql)?;
        let values = params![digest.as_str(), on.to_string()];
        let found = statement.query_row(values, |row| uuid(row, "officer"));
        Ok(found.optional()?.map(OfficerId))
    }

    fn complete(&self, mut officer: OfficerRow) -> Result<OfficerRow, ReadError> {
        let id = officer.id.0.as_bytes();
        let sql = "SELECT * FROM appointment WHERE officer = ?1 ORDER BY valid_from, role, unit";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([id], |row| Ok(appointment(row)))?;
        officer.appointments = rows.map(|row| row?).collect::<Result<_, _>>()?;
        let sql = "SELECT * FROM delegation WHERE officer = ?1
                   ORDER BY valid_from, delegator, role, unit";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([id], |row| Ok(delegation(row)))?;
        officer.delegations = rows.map(|row| row?).collect::<Result<_, _>>()?;
        let sql = "SELECT * FROM interest WHERE officer = ?1 ORDER BY subject, relation";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([id], |row| Ok(interest(row)))?;
        officer.interests = rows.map(|row| row?).collect::<Result<_, _>>()?;
        Ok(officer)
    }
}

fn of_row(row: &Row<'_>) -> Result<OfficerRow, ReadError> {
    Ok(OfficerRow {
        id: OfficerId(uuid(row, "id")?),
        code: row.get("code")?,
        name: row.get("name")?,
        unit: text(row, "unit")?,
        sample: row.get("sample")?,
        appointments: Vec::new(),
        delegations: Vec::new(),
        interests: Vec::new(),
    })
}

fn appointment(row: &Row<'_>) -> Result<AppointmentRow, ReadError> {
    Ok(AppointmentRow {
        role: text(row, "role")?,
        unit: text(row, "unit")?,
        from: text(row, "valid_from")?,
        until: text_some(row, "valid_until")?,
    })
}

fn delegation(row: &Row<'_>) -> Result<DelegationRow, ReadError> {
    Ok(DelegationRow {
        delegator: OfficerId(uuid(row, "delegator")?),
        role: text(row, "role")?,
        unit: text(row, "unit")?,
        from: text(row, "valid_from")?,
        until: text_some(row, "valid_until")?,
    })
}

fn interest(row: &Row<'_>) -> Result<InterestRow, ReadError> {
    Ok(InterestRow { subject: SubjectId(uuid(row, "subject")?), relation: text(row, "relation")? })
}
