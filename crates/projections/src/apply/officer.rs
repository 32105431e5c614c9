//! Officers, their appointments, delegations, interests and tokens.

use procedure::officer::{DelegationEnded, Event, Relieved};
use rusqlite::params;
use uuid::Uuid;

use crate::apply::Applier;
use crate::decode::Opened;
use crate::error::ReadError;

impl Applier {
    pub(super) fn officer(
        &mut self,
        id: Uuid,
        event: &Event,
        opened: &Opened,
    ) -> Result<(), ReadError> {
        let officer = id.as_bytes();
        let connection = self.connection();
        match event {
            Event::OfficerEnrolled(event) => {
                let (name, key) = (&opened.name, &opened.search);
                let sql = "INSERT INTO officer (id, code, name, search, unit, sample)
                           VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
                let unit = event.unit.as_str();
                let values = params![officer, event.code, name, key, unit, event.sample];
                connection.prepare_cached(sql)?.execute(values)?;
            }
            Event::Appointed(event) => {
                let sql = "INSERT OR REPLACE INTO appointment (officer, role, unit, valid_from, valid_until)
                           VALUES (?1, ?2, ?3, ?4, ?5)";
                connection.prepare_cached(sql)?.execute(params![
                    officer,
                    event.role.as_str(),
                    event.unit.as_str(),
                    event.term.from.to_string(),
                    event.term.until.map(|until| until.to_string()),
                ])?;
            }
            Event::Relieved(event) => self.relieved(id, event)?,
            Event::InterestDeclared(event) => {
                let sql = "INSERT OR IGNORE INTO interest (officer, subject, relation)
                           VALUES (?1, ?2, ?3)";
                let values = params![officer, event.subject.0.as_bytes(), event.relation.as_str()];
                connection.prepare_cached(sql)?.execute(values)?;
            }
            Event::Delegated(event) => {
                let sql = "INSERT OR REPLACE INTO delegation (officer, delegator, role, unit,
                             valid_from, valid_until)
                           VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
                connection.prepare_cached(sql)?.execute(params![
                    officer,
                    event.delegator.0.as_bytes(),
                    event.role.as_str(),
                    event.unit.as_str(),
                    event.term.from.to_string(),
                    event.term.until.map(|until| until.to_string()),
                ])?;
            }
            Event::DelegationEnded(event) => self.delegation_ended(id, event)?,
            Event::TokenIssued(event) => {
                let sql = "INSERT OR REPLACE INTO token (digest, officer, label, until)
                           VALUES (?1, ?2, ?3, ?4)";
                let (digest, until) = (event.digest.as_str(), event.until.to_string());
                let values = params![digest, officer, event.label, until];
                connection.prepare_cached(sql)?.execute(values)?;
            }
            Event::TokenRevoked(event) => {
                let sql = "UPDATE token SET revoked_on = ?2 WHERE digest = ?1";
                let values = params![event.digest.as_str(), event.on.to_string()];
                connection.prepare_cached(sql)?.execute(values)?;
            }
            // Signing in asks the officer's own stream, which nothing lags behind.
            Event::PasswordSet(_) | Event::SessionEnded(_) | Event::SessionsEnded(_) => {}
        }
        Ok(())
    }

    fn relieved(&self, id: Uuid, event: &Relieved) -> Result<(), ReadError> {
        let until = event.from.day_before().map(|until| until.to_string());
        let sql = "
            UPDATE appointment SET valid_until = ?4
            WHERE officer = ?1 AND role = ?2 AND unit = ?3 AND valid_from <= ?5
              AND (valid_until IS NULL OR valid_until >= ?5)";
        self.connection().prepare_cached(sql)?.execute(params![
            id.as_bytes(),
            event.role.as_str(),
            event.unit.as_str(),
            until,
            event.from.to_string(),
        ])?;
        Ok(())
    }

    fn delegation_ended(&self, id: Uuid, event: &DelegationEnded) -> Result<(), ReadError> {
        let until = event.from.day_before().map(|until| until.to_string());
        let sql = "
            UPDATE delegation SET valid_until = ?5
            WHERE officer = ?1 AND delegator = ?2 AND role = ?3 AND unit = ?4
              AND (valid_until IS NULL OR valid_until >= ?6)";
        self.connection().prepare_cached(sql)?.execute(params![
            id.as_bytes(),
            event.delegator.0.as_bytes(),
            event.role.as_str(),
            event.unit.as_str(),
            until,
            event.from.to_string(),
        ])?;
        Ok(())
    }
}
