//! `POST /cases`: a subject strives for a title in a year.

use axum::response::Response;
use procedure::{ProcedureId, SubjectId, Title, case};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::names;
use crate::command::{Accepted, Command};
use crate::problem::Problem;
use crate::read::failed;
use crate::refusal::HttpRefusal;

/// A registration (đăng ký).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Registration {
    /// The subject.
    #[schema(value_type = uuid::Uuid)]
    pub subject: SubjectId,
    /// The calendar year, not one that has not begun.
    #[schema(example = 2026)]
    pub year: i16,
    /// The definition to register under; by default the one in force today for `title` that covers
    /// the year, a sample only where there is nothing else.
    #[schema(value_type = Option<String>, example = "family.sample-2026")]
    pub procedure: Option<ProcedureId>,
    /// The title, where no `procedure` is named; by default the one for the subject's kind.
    #[schema(value_type = Option<names::Title>)]
    pub title: Option<Title>,
}

/// Registers a subject for a title and year.
///
/// The case stays under its definition for life. Its id follows from title, subject and year:
/// registering twice is refused as `case.already_registered`.
#[utoipa::path(
    post, path = "/cases", tag = "cases", request_body = Registration,
    responses((status = 201, description = "Registered", body = Accepted))
)]
pub async fn register_case(command: Command<Registration>) -> Result<Response, Problem> {
    let input = &command.input;
    let procedure = match &input.procedure {
        Some(procedure) => procedure.clone(),
        None => in_force(&command).await?,
    };
    let engine = command.engine();
    let registered =
        engine.register_case(&command.request, &procedure, input.subject, input.year).await;
    let (id, done) = registered?;
    command.created(id, "cases", done).await
}

/// The definition in force today for the title: the one named, or that of the subject's kind.
async fn in_force(command: &Command<Registration>) -> Result<ProcedureId, Problem> {
    let (asked, subject) = (command.input.title, command.input.subject);
    let (date, year) = (command.engine().today(), command.input.year);
    let read = command.app.runner.models().read(move |reader| {
        let title = match asked {
            Some(title) => Some(title),
            None => reader.subject(subject)?.and_then(|subject| {
                Title::ALL.iter().copied().find(|title| title.subject_kind() == subject.kind)
            }),
        };
        let Some(title) = title else { return Ok(None) };
        Ok(Some((title, reader.procedure_in_force(title, (date, year))?)))
    });
    match read.await.map_err(failed)? {
        Some((_, Some(procedure))) => Ok(procedure),
        Some((title, None)) => Err(HttpRefusal::NoProcedure { title, date }.into()),
        None => Err(procedure::Refused::from(case::Refusal::UnknownSubject { subject }).into()),
    }
}
