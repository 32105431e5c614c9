//! A command over HTTP: who, under which id, on which revision, with which input; and its answer.
//!
//! The answer waits up to half a second for the read models to have counted what was written, so
//! that a plain client simply sees its own write. Where that takes longer, the command is done all
//! the same, and `Hieuhoc-Position` says what to wait for.
//! Deliberately absent: deciding; the engine and the core do that.

use std::fmt::Display;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::extract::{FromRequest, OriginalUri, Request};
use axum::http::header::{ETAG, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use engine::{Done, Engine, EngineError, Principal};
use procedure::OfficerId;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::app::App;
use crate::auth::signed_in;
use crate::problem::Problem;
use crate::read::{POSITION, Reading, wait_for_position};
use crate::refusal::HttpRefusal;
use crate::{body, etag, idempotency};

/// How long a command's answer waits for the read models.
const PATIENCE: Duration = Duration::from_millis(500);

/// A command of a signed-in officer.
pub struct Command<T> {
    /// What carries it out.
    pub app: Arc<App>,
    /// Who commands.
    pub officer: OfficerId,
    /// Under which id, on which revision.
    pub request: engine::Request,
    /// What is asked.
    pub input: T,
}

/// The input of a command that needs none: no body, or `{}`.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// What a command came to.
#[derive(Debug, Serialize, ToSchema)]
pub struct Accepted {
    /// What it was about.
    pub id: String,
    /// The last revision of it now; also the `ETag`. Null if nothing was there to do.
    pub revision: Option<u64>,
    /// Position in the log to wait for before reading; also `Hieuhoc-Position`. Null if nothing
    /// was written.
    pub position: Option<String>,
    /// How many events follow from the command.
    pub events: usize,
    /// Whether it had been done before under the same `Idempotency-Key`.
    pub repeated: bool,
}

impl<T: DeserializeOwned> FromRequest<Arc<App>> for Command<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Problem> {
        let officer = signed_in(app, request.headers()).await?;
        wait_for_position(app, request.headers(), request.uri()).await?;
        let key = idempotency::key(request.headers())?;
        let expected = etag::expected(request.headers())?;
        let method = request.method().clone();
        let original = request.extensions().get::<OriginalUri>();
        let path = original.map_or_else(|| request.uri().path(), |uri| uri.path()).to_owned();
        let bytes = body::read(request).await?;
        let input = body::parse(&bytes)?;
        let id = idempotency::command_id(key, officer, &method, &path);
        let mut request = engine::Request::new(Principal::Officer(officer), id);
        request.expected = expected;
        request.body = [path.as_bytes(), b"\n", &bytes].concat();
        Ok(Self { app: app.clone(), officer, request, input })
    }
}

impl<T> Command<T> {
    /// The engine.
    pub fn engine(&self) -> &Engine {
        &self.app.engine
    }

    /// The read models as whoever commands sees them.
    pub async fn reading(&self) -> Result<Reading, Problem> {
        Reading::of(&self.app, self.officer).await
    }

    /// An identity for something that the command makes: repeated, it meets the same stream.
    pub fn new_id(&self, kind: &str) -> Uuid {
        Uuid::new_v5(&self.request.command_id, kind.as_bytes())
    }

    /// Refuses `If-Match` where the command is about many things, each with its own revision.
    pub fn must_expect_nothing(&self) -> Result<(), Problem> {
        let expected = "nothing at this address: each case has a revision of its own";
        match self.request.expected {
            None => Ok(()),
            Some(_) => Err(HttpRefusal::BadHeader { header: "If-Match", expected }.into()),
        }
    }

    /// Makes a key for somebody new; waits for the disk on a thread for that.
    pub async fn make_key(&self, owner: Uuid) -> Result<(), Problem> {
        let engine = Arc::clone(&self.app.engine);
        let made = tokio::task::spawn_blocking(move || engine.make_keys(&[owner])).await;
        Ok(made.map_err(|_| HttpRefusal::Internal)??)
    }

    /// The answer to a command on something that was there.
    pub async fn done(&self, id: impl Display, done: Done) -> Result<Response, Problem> {
        Ok(self.answer(StatusCode::OK, done, accepted(id, done)).await)
    }

    /// The answer to a command that made something, at `address`.
    pub async fn created(
        &self,
        id: impl Display,
        address: &str,
        done: Done,
    ) -> Result<Response, Problem> {
        let location = HeaderValue::try_from(format!("/api/v1/{address}/{id}"));
        let mut response = self.answer(StatusCode::CREATED, done, accepted(id, done)).await;
        if let Ok(location) = location {
            response.headers_mut().insert(LOCATION, location);
        }
        Ok(response)
    }

    /// An answer with a body of its own.
    pub async fn answer(&self, status: StatusCode, done: Done, body: impl Serialize) -> Response {
        let mut response = (status, Json(body)).into_response();
        if let Some(revision) = done.revision {
            response.headers_mut().insert(ETAG, etag::tag(revision));
        }
        if let Some(position) = done.position {
            if let Err(error) = self.app.runner.wait_for(position, PATIENCE).await {
                tracing::warn!(%error, "answered before the read models had counted it");
            }
            if let Ok(value) = HeaderValue::try_from(position.to_string()) {
                response.headers_mut().insert(POSITION, value);
            }
        }
        response
    }
}

/// The answer to a command.
pub fn accepted(id: impl Display, done: Done) -> Accepted {
    Accepted {
        id: id.to_string(),
        revision: done.revision,
        position: done.position.map(|position| position.to_string()),
        events: done.events,
        repeated: done.repeated,
    }
}

/// Checks a short text that is stored as it is, such as the label of a token.
pub fn check_label(field: &str, text: &str) -> Result<(), Problem> {
    engine::personal::check(field, text).map_err(|error| EngineError::from(error).into())
}
