//! `POST /account/delegations`: somebody who will be away says who stands in for him, and takes it back.
//! Deliberately absent: acting in another's place; the rules look for it wherever something is done.

use axum::response::Response;
use procedure::{OfficerId, Role, UnitCode};
use web::api::officers::delegations::end::{DelegationEnd, end_delegation};
use web::api::officers::delegations::{Delegation, delegate as pass_on};
use web::params::Segment;
use web::problem::Problem;

use super::page;
use crate::act::Act;
use crate::fields::{Fields, bad};
use crate::typed::Typed;

/// `POST /account/delegations`.
pub(super) async fn delegate(act: Act) -> Result<Response, Problem> {
    let done = match read(&act) {
        Ok((to, input)) => pass_on(Segment(to), act.command(input)).await,
        Err(problem) => Err(problem),
    };
    match done {
        Ok(answer) => {
            let notice = act.desk.t("Đã ủy quyền.", "The power is passed on.");
            Ok(act.done(&answer, "/account", notice))
        }
        Err(problem) => {
            let typed = Typed::refused("delegation", &act, &problem);
            page(&act.desk, typed, problem.status()).await
        }
    }
}

fn read(act: &Act) -> Result<(OfficerId, Delegation), Problem> {
    let fields = &act.fields;
    let (role, unit) = office(fields)?;
    let to = OfficerId::of_code(&fields.text("code")?);
    let (from, until) = (fields.need_day("from")?, fields.need_day("until")?);
    Ok((to, Delegation { delegator: act.desk.session.officer, role, unit, from, until }))
}

/// The office that was chosen, written `role/unit`.
fn office(fields: &Fields) -> Result<(Role, UnitCode), Problem> {
    let text = fields.text("office")?;
    let (role, unit) = text.split_once('/').unwrap_or_default();
    match (role.parse(), unit.parse()) {
        (Ok(role), Ok(unit)) => Ok((role, unit)),
        _ => Err(bad("office", &text)),
    }
}

/// `POST /account/delegations/end`.
pub(super) async fn end(act: Act) -> Result<Response, Problem> {
    let (to, input) = ended(&act.fields, act.desk.session.officer)?;
    let answer = end_delegation(Segment(to), act.command(input)).await?;
    Ok(act.done(
        &answer,
        "/account",
        act.desk.t("Đã chấm dứt ủy quyền.", "The delegation is ended."),
    ))
}

/// The delegation that a form ends, of a power of `delegator`.
pub(crate) fn ended(
    fields: &Fields,
    delegator: OfficerId,
) -> Result<(OfficerId, DelegationEnd), Problem> {
    let (role, unit) = (fields.need("role")?, fields.need("unit")?);
    let input = DelegationEnd { delegator, role, unit, from: fields.need_day("from")? };
    Ok((fields.need("to")?, input))
}
