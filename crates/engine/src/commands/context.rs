//! What decisions need to know from other streams: the acting officer, the path of a unit, the
//! definition of a procedure.

use std::sync::Arc;

use codec::ActorRecord;
use codec::digest::digest_text;
use procedure::{Actor, Date, OfficerId, Role, UnitCode, edition, officer, territory};
use procedure::{Definition, ProcedureId, SubjectId};
use uuid::Uuid;

use crate::engine::{Engine, stream};
use crate::error::EngineError;
use crate::request::{Principal, Request};

/// The national list of units.
const NATION: &str = "VN";

/// Who asks, with his history.
pub(super) enum Acting {
    Operator(String),
    Officer(OfficerId, Arc<officer::State>),
}

impl Acting {
    pub(super) fn actor(&self) -> Actor<'_> {
        match self {
            Self::Operator(_) => Actor::Operator,
            Self::Officer(id, state) => Actor::Officer { id: *id, state },
        }
    }

    /// Who acted, for the envelope: with the first of `rights` that he has today. A right is a
    /// role with the units, from the nation down, over which it has to hold.
    pub(super) fn record(
        &self,
        rights: &[(&str, &[UnitCode])],
        today: Date,
        on_behalf_of: Option<SubjectId>,
    ) -> ActorRecord {
        match self {
            Self::Operator(name) => {
                ActorRecord { operator: Some(name.clone()), ..ActorRecord::default() }
            }
            Self::Officer(id, state) => {
                let appointment = rights.iter().find_map(|(role, path)| {
                    state.appointments_over(path, today).find(|held| held.role.as_str() == *role)
                });
                ActorRecord {
                    officer: Some(*id),
                    role: appointment.map(|held| held.role.clone()),
                    unit: appointment.map(|held| held.unit.clone()),
                    on_behalf_of,
                    operator: None,
                }
            }
        }
    }
}

/// The rights to set things up in a place.
pub(super) fn setting_up(path: &[UnitCode]) -> [(&str, &[UnitCode]); 2] {
    [(Role::ADMINISTRATOR, path), (Role::REGISTRAR, path)]
}

impl Engine {
    pub(super) async fn acting(&self, request: &Request) -> Result<Acting, EngineError> {
        match &request.principal {
            Principal::Operator(name) => Ok(Acting::Operator(name.clone())),
            Principal::Officer(id) => {
                let state = self.officers.state(&stream::<officer::State>(id)?).await?;
                Ok(Acting::Officer(*id, state))
            }
        }
    }

    /// The units of a list: `VN`, or a commune with its hamlets.
    pub(super) async fn units(
        &self,
        root: &UnitCode,
    ) -> Result<Arc<territory::State>, EngineError> {
        self.territories.state(&stream::<territory::State>(root)?).await
    }

    /// The units from the nation down to `unit` on a day; empty if it does not exist then.
    pub(super) async fn path(
        &self,
        unit: &UnitCode,
        day: Date,
    ) -> Result<Vec<UnitCode>, EngineError> {
        let nation = self.units(&nation()?).await?;
        let Some(commune) = territory::commune_of(unit) else { return Ok(nation.path(unit, day)) };
        let mut path = nation.path(&commune, day);
        let hamlets = self.units(&commune).await?;
        if path.is_empty() || hamlets.unit(unit, day).is_none() {
            return Ok(Vec::new());
        }
        path.push(unit.clone());
        Ok(path)
    }

    /// A published edition with its definition.
    pub(super) async fn edition(
        &self,
        id: &ProcedureId,
    ) -> Result<(Arc<edition::State>, Arc<Definition>), EngineError> {
        let edition = self.editions.state(&stream::<edition::State>(id)?).await?;
        let definition = edition.published.as_ref().map(|(definition, _)| definition.clone());
        let unknown = || EngineError::Refused(edition::Refusal::Unknown.into());
        Ok((edition, definition.ok_or_else(unknown)?))
    }

    /// The keyed digest of what was asked about an owner; unkeyed where nobody is concerned.
    pub(super) fn fingerprint(
        &self,
        owner: Option<Uuid>,
        name: &str,
        request: &Request,
    ) -> Result<String, EngineError> {
        let asked = [name.as_bytes(), b"\n", &request.body].concat();
        let key = match owner {
            Some(owner) => self.keyring.get(owner)?,
            None => None,
        };
        Ok(match key {
            Some(key) => key.fingerprint(&asked),
            None => digest_text(&asked).chars().take(16).collect(),
        })
    }
}

pub(super) fn nation() -> Result<UnitCode, EngineError> {
    NATION.parse().map_err(|error| EngineError::Corrupt(format!("{error}")))
}
