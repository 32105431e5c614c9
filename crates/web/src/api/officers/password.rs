//! `POST /officers/{id}/password`: what an officer signs in with.
//! Deliberately absent: the old password; whoever shows a token may do all that the officer may.

use axum::response::Response;
use procedure::OfficerId;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// A new password (mật khẩu).
// No `Debug`: it would end up in a log some day.
#[derive(Deserialize, ToSchema)]
#[serde(try_from = "Value")]
pub struct PasswordInput {
    /// The password: at least 10 characters, at most 200 bytes, not easily guessed, without the
    /// officer's code. It is kept nowhere; only what it can be compared with is, sealed.
    #[schema(format = Password, write_only, min_length = 10, max_length = 200)]
    pub password: String,
}

impl TryFrom<Value> for PasswordInput {
    type Error = &'static str;

    /// Says nothing of what was found instead: it may be the password in the wrong place.
    fn try_from(value: Value) -> Result<Self, Self::Error> {
        let Value::Object(mut fields) = value else { return Err("expected an object") };
        let password = fields.remove("password").ok_or("missing field `password`")?;
        let Value::String(password) = password else { return Err("`password` is not a text") };
        match fields.is_empty() {
            true => Ok(Self { password }),
            false => Err("unknown field, expected `password` alone"),
        }
    }
}

/// Sets the password with which an officer signs in.
///
/// It counts when the answer comes, and all sessions of the officer are over. For the officer
/// himself, and for administrators over every territory in which he may act.
#[utoipa::path(
    post, path = "/officers/{id}/password", tag = "officers", request_body = PasswordInput,
    params(("id" = Uuid, Path, description = "The officer")),
    responses((status = 200, description = "Done", body = Accepted))
)]
pub async fn set_password(
    Segment(id): Segment<OfficerId>,
    command: Command<PasswordInput>,
) -> Result<Response, Problem> {
    let set = command.engine().set_password(&command.request, id, &command.input.password);
    let done = set.await?;
    command.done(id, done).await
}
