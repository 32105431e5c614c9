//! `/officers`: who may act, by which appointments, and their tokens.
//! Deliberately absent: a list of tokens; their labels are in the log.

use std::sync::Arc;

use procedure::{Date, officer};
use projections::query::officers::OfficerRow;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use crate::api::names;
use crate::app::App;
use crate::problem::Problem;

pub(crate) mod appointments;
pub(crate) mod enrol;
pub(crate) mod interests;
pub(crate) mod list;
pub(crate) mod read;
pub(crate) mod relief;
pub(crate) mod tokens;

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(list::list_officers, enrol::enrol_officer))
        .routes(routes!(read::read_officer))
        .routes(routes!(appointments::appoint))
        .routes(routes!(relief::relieve))
        .routes(routes!(interests::declare_interest))
        .routes(routes!(tokens::issue_token))
        .routes(routes!(tokens::revocation::revoke_token))
}

fn unknown() -> Problem {
    procedure::Refused::from(officer::Refusal::Unknown).into()
}

/// An officer (cán bộ).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Officer {
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
    /// The subjects that are his own.
    interests: Vec<OfficerInterest>,
}

/// A role over a territory for a term (bổ nhiệm).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfficerAppointment {
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

/// A subject of an officer's own (xung đột lợi ích).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfficerInterest {
    /// The subject.
    subject: Uuid,
    /// How it is his own.
    #[schema(value_type = names::Relation)]
    relation: String,
}

impl Officer {
    /// The officer as he is on `today`.
    pub(crate) fn of(row: OfficerRow, today: Date) -> Self {
        let appointments = row.appointments.into_iter().map(|held| OfficerAppointment {
            in_force: held.on(today),
            role: held.role.to_string(),
            unit: held.unit.to_string(),
            from: held.from.to_string(),
            until: held.until.map(|day| day.to_string()),
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
            interests: interests.collect(),
        }
    }
}
