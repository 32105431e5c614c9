//! What decisions need to know from other streams: the acting officer, the path of a unit, the
//! definition of a procedure.

use std::sync::Arc;

use codec::ActorRecord;
use codec::digest::digest_text;
use procedure::actor::{Delegator, Power};
use procedure::{
    Actor, Calendar, CalendarId, Date, Definition, OfficerId, ProcedureId, Role, SubjectId,
    UnitCode,
};
use procedure::{calendar, edition, officer, territory};
use uuid::Uuid;

use crate::engine::{Engine, stream};
use crate::error::EngineError;
use crate::request::{Principal, Request};

/// The national list of units.
const NATION: &str = "VN";

/// Who asks, with his history.
pub(super) enum Acting {
    Operator(String),
    Program,
    Officer {
        id: OfficerId,
        state: Arc<officer::State>,
        /// Those who have passed a power on to him.
        delegators: Vec<Delegator>,
    },
}

impl Acting {
    pub(super) fn actor(&self) -> Actor<'_> {
        match self {
            Self::Operator(_) => Actor::Operator,
            Self::Program => Actor::Program,
            Self::Officer { id, state, delegators } => {
                Actor::Officer { id: *id, state, delegators }
            }
        }
    }

    /// The same, able to act by one right alone.
    pub(super) fn limited_to(self, power: Power) -> Self {
        match self {
            Self::Officer { id, state, mut delegators } => {
                delegators.retain(|delegator| Some(delegator.id) == power.in_place_of);
                Self::Officer { id, state, delegators }
            }
            other => other,
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
            Self::Program => ActorRecord { program: true, ..ActorRecord::default() },
            Self::Officer { id, state, .. } => {
                let record = ActorRecord { officer: Some(*id), on_behalf_of, ..<_>::default() };
                let own = rights.iter().find_map(|(role, path)| {
                    state.appointments_over(path, today).find(|held| held.role.as_str() == *role)
                });
                if let Some(held) = own {
                    let (role, unit) = (Some(held.role.clone()), Some(held.unit.clone()));
                    return ActorRecord { role, unit, ..record };
                }
                let passed = rights.iter().find_map(|(role, path)| {
                    state.delegations_over(path, today).find(|passed| passed.role.as_str() == *role)
                });
                ActorRecord {
                    role: passed.map(|passed| passed.role.clone()),
                    unit: passed.map(|passed| passed.unit.clone()),
                    in_place_of: passed.map(|passed| passed.delegator),
                    ..record
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
            Principal::Program => Ok(Acting::Program),
            Principal::Officer(id) => self.officer_acting(*id).await,
        }
    }

    /// An officer with those who have passed a power on to him.
    pub(super) async fn officer_acting(&self, id: OfficerId) -> Result<Acting, EngineError> {
        let state = self.officers.state(&stream::<officer::State>(&id)?).await?;
        let mut delegators: Vec<Delegator> = Vec::new();
        for delegation in &state.delegations {
            let id = delegation.delegator;
            if delegators.iter().all(|known| known.id != id) {
                let state = self.officers.state(&stream::<officer::State>(&id)?).await?;
                delegators.push(Delegator { id, state });
            }
        }
        Ok(Acting::Officer { id, state, delegators })
    }

    /// The working days, as last published.
    pub(super) async fn calendar(&self) -> Result<Arc<Calendar>, EngineError> {
        let state = self.calendars.state(&stream::<calendar::State>(&CalendarId)?).await?;
        Ok(state.published.clone().unwrap_or_default())
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
