//! `POST /officers/{id}/delegations/end`: he acts in another's place no more.

use axum::response::Response;
use procedure::{Date, OfficerId, Role, UnitCode, officer};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// An early end of a delegation (chấm dứt ủy quyền).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DelegationEnd {
    /// The officer who passed his power on.
    #[schema(value_type = Uuid)]
    pub delegator: OfficerId,
    /// The role, as the procedures' steps name it.
    #[schema(value_type = String, example = "commune-chair")]
    pub role: Role,
    /// Code of the administrative unit that it is over.
    #[schema(value_type = String, example = "05158")]
    pub unit: UnitCode,
    /// First day without it.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
}

/// Ends a delegation before its last day.
///
/// For the officer whose power it is, and for administrators over the territory.
#[utoipa::path(
    post, path = "/officers/{id}/delegations/end", tag = "officers", request_body = DelegationEnd,
    params(("id" = Uuid, Path, description = "The officer who acts in the other's place")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn end_delegation(
    Segment(id): Segment<OfficerId>,
    command: Command<DelegationEnd>,
) -> Result<Response, Problem> {
    let DelegationEnd { delegator, role, unit, from } = &command.input;
    let (role, unit) = (role.clone(), unit.clone());
    let act = officer::Command::EndDelegation { delegator: *delegator, role, unit, from: *from };
    let done = command.engine().officer(&command.request, id, act).await?;
    command.done(id, done).await
}
