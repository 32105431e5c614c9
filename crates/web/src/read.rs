//! A read: who asks, what he may see today, and how fresh the read models must be.
//!
//! `Hieuhoc-Position` (or `?after_position=`) names a position that a command gave back; reads and
//! commands wait until the read models have counted it, so that everybody finds his own writes, whichever
//! server he comes to.
//! Deliberately absent: the questions themselves; they are the endpoints'.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use procedure::{Date, OfficerId, UnitCode};
use projections::query::Territory;
use projections::query::officers::OfficerRow;
use projections::{ReadError, Reader};

use crate::app::App;
use crate::auth::signed_in;
use crate::params::{AFTER_POSITION, query_value};
use crate::problem::Problem;
use crate::refusal::HttpRefusal;

/// Names a position in the log, in requests and in answers.
pub const POSITION: &str = "hieuhoc-position";

/// The longest that a read waits for a position.
const PATIENCE: Duration = Duration::from_secs(2);

/// A signed-in officer's look at the read models.
pub struct Reading {
    /// What is read.
    pub app: Arc<App>,
    /// Who asks, with all his appointments.
    pub officer: OfficerRow,
    /// Today in Viet Nam.
    pub today: Date,
    /// The units of his appointments in force today, and of those in whose place he may act: all
    /// that he may see.
    pub territory: Territory,
}

impl FromRequestParts<Arc<App>> for Reading {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, Problem> {
        let id = signed_in(app, &parts.headers).await?;
        wait_for_position(app, &parts.headers, &parts.uri).await?;
        Self::of(app, id).await
    }
}

/// The units of the appointments in force, and of the powers that were passed on by somebody who
/// still has them.
fn territory(
    reader: &Reader<'_>,
    officer: &OfficerRow,
    today: Date,
) -> Result<Territory, ReadError> {
    let held = officer.appointments.iter().filter(|held| held.on(today));
    let mut territory: Vec<UnitCode> = held.map(|held| held.unit.clone()).collect();
    for passed in officer.delegations.iter().filter(|passed| passed.on(today)) {
        let path = reader.path(&passed.unit, today)?;
        let over = |unit: &UnitCode| path.iter().any(|above| above.code == *unit);
        let delegator = reader.officer(passed.delegator)?;
        let mut backing = delegator.iter().flat_map(|delegator| &delegator.appointments);
        if backing.any(|held| held.on(today) && held.role == passed.role && over(&held.unit)) {
            territory.push(passed.unit.clone());
        }
    }
    territory.sort();
    territory.dedup();
    Ok(territory)
}

/// Waits for the position that a request names, if it names one: what somebody did at another server has
/// to be known here, before he reads or does more.
pub(crate) async fn wait_for_position(
    app: &App,
    headers: &HeaderMap,
    uri: &Uri,
) -> Result<(), Problem> {
    let expected = "a position as an earlier answer gave it, such as 1234";
    let bad = || HttpRefusal::BadHeader { header: "Hieuhoc-Position", expected };
    let header = headers.get(POSITION).map(|value| value.to_str().map_err(|_| bad()));
    let wanted = match (header.transpose()?, query_value(uri, AFTER_POSITION)) {
        (Some(header), _) => header,
        (None, Some(query)) => query,
        (None, None) => return Ok(()),
    };
    let position = wanted.parse().map_err(|_| bad())?;
    app.runner.wait_for(position, PATIENCE).await.map_err(failed)
}

impl Reading {
    /// What an officer who has signed in sees.
    pub async fn of(app: &Arc<App>, id: OfficerId) -> Result<Self, Problem> {
        let today = app.engine.today();
        let read = app.runner.models().read(move |reader| {
            let Some(officer) = reader.officer(id)? else { return Ok(None) };
            let territory = territory(reader, &officer, today)?;
            Ok(Some((officer, territory)))
        });
        let (officer, territory) = read.await.map_err(failed)?.ok_or(HttpRefusal::BadToken)?;
        Ok(Self { app: app.clone(), officer, today, territory })
    }

    /// Asks the read models.
    pub async fn read<T, F>(&self, read: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&Reader<'_>) -> Result<T, ReadError> + Send + 'static,
    {
        self.app.runner.models().read(read).await.map_err(failed)
    }

    /// Whether a place, given by its units from the nation down, lies in the territory.
    pub fn sees<U: AsRef<str>>(&self, place: &[U]) -> bool {
        self.territory.iter().any(|own| place.iter().any(|unit| unit.as_ref() == own.as_str()))
    }

    /// Whether a unit lies in the territory today.
    pub async fn sees_unit(&self, unit: &UnitCode) -> Result<bool, Problem> {
        let (unit, today) = (unit.clone(), self.today);
        let path = self.read(move |reader| reader.path(&unit, today)).await?;
        let path: Vec<_> = path.iter().map(|unit| unit.code.as_str()).collect();
        Ok(self.sees(&path))
    }
}

/// What it means to a caller that the read models could not answer.
pub fn failed(error: ReadError) -> Problem {
    match error {
        ReadError::BadCursor => HttpRefusal::BadCursor,
        ReadError::Lagging(position) => HttpRefusal::ReadBehind { position: position.to_string() },
        ReadError::Stopped { position, .. } => {
            HttpRefusal::ReadBehind { position: position.to_string() }
        }
        ReadError::Corrupt(detail) => {
            tracing::error!(detail, "read models cannot be read");
            HttpRefusal::Corrupt
        }
        other => {
            tracing::error!(error = %other, "read models are not available");
            HttpRefusal::Unavailable
        }
    }
    .into()
}
