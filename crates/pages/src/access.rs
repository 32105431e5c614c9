//! What a session rests on: the officer's own stream and key, asked of the engine.
//! Deliberately absent: cookies, and how passwords are kept.

use engine::{Access, Engine, EngineError};
use procedure::OfficerId;
use web::App;
use web::problem::Problem;

use crate::session::Session;

/// What a session of the officer is signed with, and the epoch that it belongs to.
pub(crate) async fn of(engine: &Engine, officer: OfficerId) -> Result<Option<Access>, EngineError> {
    engine.access(officer).await
}

/// Whether a session has not been ended.
pub(crate) async fn counts(engine: &Engine, session: &Session) -> Result<bool, EngineError> {
    engine.session_counts(session.officer, session.epoch, session.id).await
}

/// Whose account it is, if the password fits.
pub(crate) async fn by_password(
    app: &App,
    account: &str,
    password: &str,
) -> Result<Option<OfficerId>, Problem> {
    let code = account.to_owned();
    let read = app.runner.models().read(move |reader| {
        // Telephones begin a word with a capital; codes may have some of their own.
        match reader.officer_by_code(&code)? {
            None => reader.officer_by_code(&code.to_lowercase()),
            found => Ok(found),
        }
    });
    let officer = read.await.map_err(web::read::failed)?;
    let fits = app.engine.password_fits(officer, password).await?;
    Ok(officer.filter(|_| fits))
}
