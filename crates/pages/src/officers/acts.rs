//! What an administrator does about an officer by one form each: offices, delegations, subjects of his own,
//! sessions. Deliberately absent: what lets him in ([`super::access`]).

use axum::extract::Path;
use axum::response::Response;
use procedure::{OfficerId, Refused, subject};
use web::api::officers::appointments::{Appointment, appoint as api_appoint};
use web::api::officers::delegations::end::end_delegation as api_end_delegation;
use web::api::officers::interests::{Interest, declare_interest as api_declare};
use web::api::officers::relief::{Relief, relieve as api_relieve};
use web::api::officers::sessions::end_sessions as api_end_sessions;
use web::command::Nothing;
use web::params::Segment;
use web::problem::Problem;

use super::enrol::{relation, subject_by_code};
use super::read;
use crate::account;
use crate::act::Act;
use crate::typed::Typed;

/// `POST /officers/{id}/appointments`.
pub(super) async fn appoint(Path(id): Path<OfficerId>, act: Act) -> Result<Response, Problem> {
    let done = match appointment(&act) {
        Ok(input) => api_appoint(Segment(id), act.command(input)).await,
        Err(problem) => Err(problem),
    };
    after(id, &act, "appointment", done, ("Đã giao nhiệm vụ.", "Appointed.")).await
}

fn appointment(act: &Act) -> Result<Appointment, Problem> {
    let fields = &act.fields;
    let (role, unit) = (fields.need("role")?, fields.need("unit")?);
    Ok(Appointment { role, unit, from: fields.need_day("from")?, until: fields.day("until")? })
}

/// `POST /officers/{id}/relief`.
pub(super) async fn relieve(Path(id): Path<OfficerId>, act: Act) -> Result<Response, Problem> {
    let fields = &act.fields;
    let (role, unit) = (fields.need("role")?, fields.need("unit")?);
    let input = Relief { role, unit, from: fields.need_day("from")? };
    let done = api_relieve(Segment(id), act.command(input)).await;
    after(id, &act, "relief", done, ("Đã cho thôi nhiệm vụ.", "Relieved of the office.")).await
}

/// `POST /officers/{id}/delegations/end`: of a power that he has, or has passed on.
pub(super) async fn end_delegation(
    Path(id): Path<OfficerId>,
    act: Act,
) -> Result<Response, Problem> {
    let delegator = act.fields.need("delegator")?;
    let (to, input) = account::ended(&act.fields, delegator)?;
    let done = api_end_delegation(Segment(to), act.command(input)).await;
    let said = ("Đã chấm dứt ủy quyền.", "The delegation is ended.");
    after(id, &act, "delegation", done, said).await
}

/// `POST /officers/{id}/interests`.
pub(super) async fn declare_interest(
    Path(id): Path<OfficerId>,
    act: Act,
) -> Result<Response, Problem> {
    let done = match interest(&act).await {
        Ok(input) => api_declare(Segment(id), act.command(input)).await,
        Err(problem) => Err(problem),
    };
    let said = ("Đã ghi đối tượng là của mình.", "The subject is noted as his own.");
    after(id, &act, "interest", done, said).await
}

async fn interest(act: &Act) -> Result<Interest, Problem> {
    let (code, territory) = (act.fields.text("subject")?, act.desk.must_administer()?);
    let read = act.desk.read(move |reader| subject_by_code(reader, &territory, &code));
    let unknown = || Refused::from(subject::Refusal::Unknown);
    let row = read.await?.ok_or_else(unknown)?;
    let relation = act.fields.some("relation")?.unwrap_or_else(|| relation(row.kind));
    Ok(Interest { subject: row.id, relation })
}

/// `POST /officers/{id}/sessions/end`.
pub(super) async fn end_sessions(Path(id): Path<OfficerId>, act: Act) -> Result<Response, Problem> {
    let done = api_end_sessions(Segment(id), act.command(Nothing {})).await;
    let said = ("Đã kết thúc mọi phiên đăng nhập.", "All his sessions are over.");
    after(id, &act, "sessions", done, said).await
}

/// Back to the officer, with a sentence or with what is wrong.
pub(super) async fn after(
    id: OfficerId,
    act: &Act,
    form: &'static str,
    done: Result<Response, Problem>,
    (vi, en): (&str, &str),
) -> Result<Response, Problem> {
    match done {
        Ok(answer) => Ok(act.done(&answer, &format!("/officers/{id}"), act.desk.t(vi, en))),
        Err(problem) => {
            let typed = Typed::refused(form, act, &problem);
            read::page(&act.desk, id, String::new(), typed, problem.status()).await
        }
    }
}
