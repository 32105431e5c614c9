//! `/meetings`: the minutes of meetings; how a meeting voted on a case stands on the case.
//! Deliberately absent: reading them; who was there stays sealed in the log.

use axum::response::Response;
use procedure::{Date, Digest, MeetingId, ProcedureId, StepId, UnitCode, meeting};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::command::{Accepted, Command};
use crate::problem::Problem;

/// The minutes of a meeting (biên bản họp bình xét).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MeetingInput {
    /// The definition whose cases it voted on.
    #[schema(value_type = String, example = "family.sample-2026")]
    pub procedure: ProcedureId,
    /// The step that it belongs to.
    #[schema(value_type = String, example = "hamlet_meeting")]
    pub step: StepId,
    /// Code of the administrative unit that met.
    #[schema(value_type = String, example = "05158-01")]
    pub unit: UnitCode,
    /// The day of the meeting, not after today.
    #[schema(value_type = String, format = Date)]
    pub held_on: Date,
    /// How many people were called.
    #[schema(example = 60)]
    pub convened: u32,
    /// Who came, each with name and capacity, at most 2000; kept sealed.
    #[schema(example = json!(["Bùi Văn Mẫu, trưởng xóm"]))]
    pub present: Vec<String>,
    /// What was said, at most 4000 characters; kept sealed.
    pub minutes: String,
    /// SHA-256 of the scanned minutes in lower-case hexadecimal digits, where there are any.
    #[schema(value_type = Option<String>)]
    pub paper: Option<Digest>,
}

/// Enters the minutes of a meeting.
///
/// For whoever takes the step there. The votes follow case by case, by `/minutes`.
#[utoipa::path(
    post, path = "/meetings", tag = "meetings", request_body = MeetingInput,
    responses((status = 201, description = "Entered", body = Accepted))
)]
pub async fn record_meeting(command: Command<MeetingInput>) -> Result<Response, Problem> {
    let input = &command.input;
    must_be_fit(input)?;
    let id = MeetingId(command.new_id("meeting"));
    command.make_key(id.0).await?;
    let engine = command.engine();
    let sealer = engine.sealer(id.0)?;
    let present = input.present.iter().enumerate();
    let present = present.map(|(index, name)| sealer.seal(&format!("present[{index}]"), name));
    let act = meeting::Command::Record {
        step: input.step.clone(),
        unit: input.unit.clone(),
        held_on: input.held_on,
        convened: input.convened,
        present: present.collect::<Result<_, _>>()?,
        minutes: sealer.seal("minutes", &input.minutes)?,
        paper: input.paper.clone(),
    };
    let done = engine.meeting(&command.request, id, &input.procedure, act).await?;
    // Nothing can be read there, so no address is given.
    let body = crate::command::accepted(id, done);
    Ok(command.answer(axum::http::StatusCode::CREATED, done, body).await)
}

/// Refuses texts that cannot be taken in before a key is made for them.
fn must_be_fit(input: &MeetingInput) -> Result<(), Problem> {
    let check = |field: &str, text: &str| -> Result<(), Problem> {
        engine::personal::check(field, text)
            .map_err(|error| engine::EngineError::from(error).into())
    };
    for (index, name) in input.present.iter().enumerate() {
        check(&format!("present[{index}]"), name)?;
    }
    check("minutes", &input.minutes)
}
