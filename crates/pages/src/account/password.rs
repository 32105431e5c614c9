//! `POST /account/password`: somebody changes his own password, and keeps this browser signed in.
//! Deliberately absent: a forgotten password; whoever administers his unit sets a new one.

use axum::extract::State;
use axum::response::Response;
use std::sync::Arc;
use web::api::officers::password::{PasswordInput, set_password};
use web::params::Segment;
use web::problem::Problem;

use super::page;
use crate::act::Act;
use crate::cookies::Cookie;
use crate::look::now;
use crate::refusal::PageRefusal;
use crate::session::IDLE;
use crate::sign_in;
use crate::site::Site;
use crate::typed::Typed;

/// `POST /account/password`.
pub(super) async fn change(State(site): State<Arc<Site>>, act: Act) -> Result<Response, Problem> {
    match changed(&site, &act).await {
        Ok(answer) => answered(&act, answer).await,
        Err(problem) => {
            let typed = Typed::refused("password", &act, &problem);
            page(&act.desk, typed, problem.status()).await
        }
    }
}

/// Who has walked up to an open browser does not know the old one; he may guess it no faster here than
/// where one signs in.
async fn changed(site: &Site, act: &Act) -> Result<Response, Problem> {
    let (old, new) = (act.fields.raw("password_old"), act.fields.raw("password_new"));
    if new != act.fields.raw("password_again") {
        return Err(PageRefusal::PasswordsDiffer.into());
    }
    let officer = act.desk.session.officer;
    let account = act.desk.reading.officer.code.to_lowercase();
    let locked = |seconds| PageRefusal::Locked { seconds };
    site.attempts.try_now(&account, now()).map_err(locked)?;
    if !site.app.engine.password_fits(Some(officer), old).await? {
        return Err(PageRefusal::WrongOldPassword.into());
    }
    site.attempts.succeeded(&account);
    let mut command = act.command(PasswordInput { password: new.to_owned() });
    // What follows from it is made of the new password's verifier alone.
    command.request.body.clear();
    set_password(Segment(officer), command).await
}

/// Back to the page in a session of the new epoch.
async fn answered(act: &Act, answer: Response) -> Result<Response, Problem> {
    let notice = act.desk.t(
        "Đã đổi mật khẩu. Mọi phiên đăng nhập khác của anh chị đã kết thúc.",
        "The password is changed. All your other sessions are over.",
    );
    let mut response = act.done(&answer, "/account", notice);
    // A body of an answer cannot be kept while something else is waited for.
    drop(answer);
    let mut look = act.desk.look.clone();
    let cookie = sign_in::begin(&mut look, act.desk.session.officer).await?;
    Cookie::Session.set(&mut response, look.secure(), &cookie, Some(IDLE));
    Ok(response)
}
