//! Officers, their appointments and delegations, and whom a token or a code stands for.

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

/// A power that an officer has passed on, with who acts in his place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PassedOnRow {
    /// Who acts.
    pub to: OfficerId,
    /// What he may do, and when.
    pub power: DelegationRow,
}

/// A secret that speaks for an officer, without the secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TokenRow {
    /// SHA-256 of it.
    pub digest: Digest,
    /// What it is for.
    pub label: String,
    /// Last day.
    pub until: Date,
    /// The day of its revocation.
    pub revoked_on: Option<Date>,
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

    /// The officer whom the local list calls `code`. His id follows from it, so there is one at
    /// most; were there several, nobody would know which of them is meant.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn officer_by_code(&self, code: &str) -> Result<Option<OfficerId>, ReadError> {
        let sql = "SELECT id FROM officer WHERE code = ?1 LIMIT 2";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([code])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let id = OfficerId(uuid(row, "id")?);
        Ok(rows.next()?.is_none().then_some(id))
    }

    /// The powers that an officer has passed on to others, past and present.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn passed_on(&self, delegator: OfficerId) -> Result<Vec<PassedOnRow>, ReadError> {
        let sql = "SELECT * FROM delegation WHERE delegator = ?1
                   ORDER BY valid_from, officer, role, unit";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([delegator.0.as_bytes()], |row| {
            let to = OfficerId(uuid(row, "officer")?);
            Ok(delegation(row).map(|power| PassedOnRow { to, power }))
        })?;
        rows.map(|row| row?).collect()
    }

    /// The tokens of an officer, the last to end first.
    ///
    /// # Errors
    /// [`ReadError`].
    pub fn tokens(&self, officer: OfficerId) -> Result<Vec<TokenRow>, ReadError> {
        let sql = "SELECT * FROM token WHERE officer = ?1 ORDER BY until DESC, digest";
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map([officer.0.as_bytes()], |row| Ok(token(row)))?;
        rows.map(|row| row?).collect()
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

fn token(row: &Row<'_>) -> Result<TokenRow, ReadError> {
    Ok(TokenRow {
        digest: row.get::<_, String>("digest")?.try_into().map_err(ReadError::corrupt)?,
        label: row.get("label")?,
        until: text(row, "until")?,
        revoked_on: text_some(row, "revoked_on")?,
    })
}

fn interest(row: &Row<'_>) -> Result<InterestRow, ReadError> {
    Ok(InterestRow { subject: SubjectId(uuid(row, "subject")?), relation: text(row, "relation")? })
}
