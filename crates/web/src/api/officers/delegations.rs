//! `POST /officers/{id}/delegations`: he acts for a time in another officer's place.

use axum::response::Response;
use procedure::date::Period;
use procedure::{Date, OfficerId, Role, UnitCode, officer};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

pub mod end;

/// A delegation (ủy quyền).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Delegation {
    /// The officer who passes his power on.
    #[schema(value_type = Uuid)]
    pub delegator: OfficerId,
    /// The role, as the procedures' steps name it.
    #[schema(value_type = String, example = "commune-chair")]
    pub role: Role,
    /// Code of the administrative unit that it is over.
    #[schema(value_type = String, example = "05158")]
    pub unit: UnitCode,
    /// First day.
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    /// Last day; a delegation always has one.
    #[schema(value_type = String, format = Date)]
    pub until: Date,
}

/// Lets the officer act in another's place.
///
/// For the officer whose power it is, and for administrators over the territory. Whoever acts in
/// another's place answers for both: conflicts of interest and earlier steps of either count.
#[utoipa::path(
    post, path = "/officers/{id}/delegations", tag = "officers", request_body = Delegation,
    params(("id" = Uuid, Path, description = "The officer who is to act")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn delegate(
    Segment(id): Segment<OfficerId>,
    command: Command<Delegation>,
) -> Result<Response, Problem> {
    let Delegation { delegator, role, unit, from, until } = &command.input;
    let term = Period { from: *from, until: Some(*until) };
    let (role, unit) = (role.clone(), unit.clone());
    let act = officer::Command::Delegate { delegator: *delegator, role, unit, term };
    let done = command.engine().officer(&command.request, id, act).await?;
    command.done(id, done).await
}
