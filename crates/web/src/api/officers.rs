//! `/officers`: who may act, by which appointments, their tokens and passwords.
//! Deliberately absent: a list of tokens, whose labels are in the log; and signing in with a
//! password, which is for people at a screen.

use std::sync::Arc;

use procedure::{Date, OfficerId, officer};
use projections::query::officers::OfficerRow;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::api::names;
use crate::app::App;
use crate::problem::Problem;
use crate::read::Reading;

pub mod appointments;
pub mod delegations;
pub mod enrol;
pub mod handover;
pub mod interests;
pub mod list;
pub mod password;
pub mod read;
pub mod relief;
pub mod sessions;
pub mod tokens;

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_officers, enrol::enrol_officer))
        .routes(routes!(read::read_officer))
        .routes(routes!(appointments::appoint))
        .routes(routes!(relief::relieve))
        .routes(routes!(interests::declare_interest))
        .routes(routes!(delegations::delegate))
        .routes(routes!(delegations::end::end_delegation))
        .routes(routes!(handover::hand_over))
        .routes(routes!(tokens::issue_token))
        .routes(routes!(tokens::revocation::revoke_token))
        .routes(routes!(password::set_password))
        .routes(routes!(sessions::end_sessions))
}

fn unknown() -> Problem {
    procedure::Refused::from(officer::Refusal::Unknown).into()
}

/// The officer, if his record is kept in the asker's territory or he is the asker himself.
async fn must_be_visible(reading: &Reading, id: OfficerId) -> Result<OfficerRow, Problem> {
    let row = reading.read(move |reader| reader.officer(id)).await?.ok_or_else(unknown)?;
    if row.id == reading.officer.id || reading.sees_unit(&row.unit).await? {
        return Ok(row);
    }
    Err(unknown())
}

/// An officer (cán bộ).
#[derive(Debug, Serialize, ToSchema)]
pub struct Officer {
    /// The officer.
    id: Uuid,
    /// What the local list calls him.
    code: String,
    /// His name; null where it was erased.
    name: Option<String>,
    /// Code of the administrative unit that keeps his record.
    unit: String,
    /// Made up for demonstration.
    sample: bool,
    /// All appointments, past and present.
    appointments: Vec<OfficerAppointment>,
    /// Powers that others have passed on to him, past and present.
    delegations: Vec<OfficerDelegation>,
    /// The subjects that are his own.
    interests: Vec<OfficerInterest>,
}

/// A role over a territory for a term (bổ nhiệm).
#[derive(Debug, Serialize, ToSchema)]
pub struct OfficerAppointment {
    /// The role.
    role: String,
    /// Code of the administrative unit that it is over.
    unit: String,
    /// First day of the term.
    #[schema(format = Date)]
    from: String,
    /// Last day of the term; null for a term without end.
    #[schema(format = Date)]
    until: Option<String>,
    /// Whether it is in force today.
    in_force: bool,
}

/// Another officer's power, passed on for a time (ủy quyền).
#[derive(Debug, Serialize, ToSchema)]
pub struct OfficerDelegation {
    /// The officer whose power it is.
    delegator: Uuid,
    /// The role.
    role: String,
    /// Code of the administrative unit that it is over.
    unit: String,
    /// First day.
    #[schema(format = Date)]
    from: String,
    /// Last day.
    #[schema(format = Date)]
    until: Option<String>,
    /// Whether today is one of its days; it counts only while the delegator has the role himself.
    in_force: bool,
}

/// A subject of an officer's own (xung đột lợi ích).
#[derive(Debug, Serialize, ToSchema)]
pub struct OfficerInterest {
    /// The subject.
    subject: Uuid,
    /// How it is his own.
    #[schema(value_type = names::Relation)]
    relation: String,
}

impl Officer {
    /// The officer as he is on `today`.
    pub fn of(row: OfficerRow, today: Date) -> Self {
        let appointments = row.appointments.into_iter().map(|held| OfficerAppointment {
            in_force: held.on(today),
            role: held.role.to_string(),
            unit: held.unit.to_string(),
            from: held.from.to_string(),
            until: held.until.map(|day| day.to_string()),
        });
        let delegations = row.delegations.into_iter().map(|passed| OfficerDelegation {
            in_force: passed.on(today),
            delegator: passed.delegator.0,
            role: passed.role.to_string(),
            unit: passed.unit.to_string(),
            from: passed.from.to_string(),
            until: passed.until.map(|day| day.to_string()),
        });
        let interests = row.interests.into_iter().map(|own| OfficerInterest {
            subject: own.subject.0,
            relation: own.relation.to_string(),
        });
        Self {
            id: row.id.0,
            code: row.code,
            name: row.name,
            unit: row.unit.to_string(),
            sample: row.sample,
            appointments: appointments.collect(),
            delegations: delegations.collect(),
            interests: interests.collect(),
        }
    }
}
