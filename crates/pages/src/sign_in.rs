//! `/sign-in`: an account and its password, or one of the personas of a demonstration.
//!
//! A form that was sent without a session is not lost: its fields travel through this page, and are sent
//! again by who wrote them, with a look at what they are.
//! Deliberately absent: how passwords are kept (the engine), and new accounts (the administrator).

use std::sync::Arc;

use askama::Template;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use procedure::{OfficerId, officer};
use serde::{Deserialize, Serialize};
use web::App;
use web::problem::Problem;

use crate::act::{Act, refused};
use crate::cookies::Cookie;
use crate::csrf;
use crate::desk::Desk;
use crate::failure::Told;
use crate::fields::Fields;
use crate::home::local;
use crate::look::{Look, now};
use crate::page::{Page, show, show_as};
use crate::refusal::PageRefusal;
use crate::session::{IDLE, Session};
use crate::site::{Persona, Site};

#[derive(Template)]
#[template(path = "sign-in.html")]
struct SignIn {
    page: Page,
    personas: Vec<Persona>,
    to: String,
    kept: String,
    account: String,
    told: Option<Told>,
}

#[derive(Template)]
#[template(path = "resume.html")]
struct Resume {
    page: Page,
    path: String,
    token: String,
    fields: Vec<(String, String)>,
}

/// A form that waits for its writer to sign in again.
#[derive(Serialize, Deserialize)]
struct Kept {
    path: String,
    fields: Fields,
}

#[derive(Deserialize)]
pub(crate) struct To {
    to: Option<String>,
}

impl SignIn {
    fn new(look: &Look) -> Self {
        let page = Page::new(look, look.t("Đăng nhập", "Sign in"));
        let personas = look.site.settings.personas.clone();
        let (to, kept, account) = ("/".to_owned(), String::new(), String::new());
        Self { page, personas, to, kept, account, told: None }
    }
}

/// `GET /sign-in`.
pub(crate) async fn form(look: Look, Query(to): Query<To>) -> Response {
    show(&SignIn { to: local(to.to.as_deref()), ..SignIn::new(&look) })
}

/// The page to sign in, with the form in it that was sent without a session.
pub(crate) fn keep(look: &Look, path: &str, fields: Fields) -> Response {
    let kept =
        Kept { path: path.to_owned(), fields: fields.without(&["csrf"]).without_passwords() };
    let kept = URL_SAFE_NO_PAD.encode(serde_json::to_vec(&kept).unwrap_or_default());
    show_as(StatusCode::UNAUTHORIZED, &SignIn { kept, ..SignIn::new(look) })
}

/// The page to send a form again that was made in another session.
pub(crate) async fn confirm(look: &Look, path: &str, fields: Fields) -> Response {
    let desk = match Desk::of(look.clone()).await {
        Ok(Some(desk)) => desk,
        Ok(None) => return refused(PageRefusal::ForeignForm),
        Err(problem) => return problem.into_response(),
    };
    let title = ("Gửi lại biểu mẫu", "Send the form again");
    let mut page = desk.page(crate::page::Area::Home, title.0, title.1);
    page.area = None;
    let fields = fields.without(&["csrf"]).without_passwords().0;
    let token = look.token();
    show_as(StatusCode::CONFLICT, &Resume { page, path: path.to_owned(), token, fields })
}

/// `POST /sign-in`.
pub(crate) async fn password(
    State(site): State<Arc<Site>>,
    look: Look,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !csrf::is_from_here(&headers) {
        return refused(PageRefusal::CrossSite);
    }
    let fields = Fields::parse(&body);
    let account = fields.get("account").unwrap_or_default().to_owned();
    match checked(&site, &account, fields.raw("password")).await {
        Ok(officer) => signed_in(look, officer, &fields).await,
        Err(problem) => {
            let told = Some(Told::of(&problem, &look));
            let to = local(fields.get("to"));
            let kept = fields.get("kept").unwrap_or_default().to_owned();
            let page = SignIn { to, kept, account, told, ..SignIn::new(&look) };
            show_as(problem.status(), &page)
        }
    }
}

/// Whose account it is, if the password fits and it does not have to wait.
async fn checked(site: &Site, account: &str, password: &str) -> Result<OfficerId, Problem> {
    let counted = account.to_lowercase();
    site.attempts.try_now(&counted, now()).map_err(|seconds| PageRefusal::Locked { seconds })?;
    let officer = by_password(&site.app, account, password).await?;
    let officer = officer.ok_or(PageRefusal::WrongPassword)?;
    site.attempts.succeeded(&counted);
    Ok(officer)
}

/// Whose account it is, if the password fits.
async fn by_password(
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

/// `POST /sign-in/persona`: only where there are personas.
pub(crate) async fn persona(
    State(site): State<Arc<Site>>,
    look: Look,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if !csrf::is_from_here(&headers) {
        return refused(PageRefusal::CrossSite);
    }
    let fields = Fields::parse(&body);
    let wanted = fields.get("persona").unwrap_or_default();
    let found = site.settings.personas.iter().find(|persona| persona.key == wanted);
    match found {
        Some(persona) => signed_in(look, persona.officer, &fields).await,
        None => refused(PageRefusal::WrongPassword),
    }
}

/// Begins a session, and goes on to where its officer wanted to be.
async fn signed_in(mut look: Look, officer: OfficerId, fields: &Fields) -> Response {
    let cookie = match begin(&mut look, officer).await {
        Ok(cookie) => cookie,
        Err(problem) => return problem.into_response(),
    };
    let kept = fields.get("kept").and_then(|kept| URL_SAFE_NO_PAD.decode(kept).ok());
    let kept = kept.and_then(|kept| serde_json::from_slice::<Kept>(&kept).ok());
    let mut response = match kept {
        Some(kept) => confirm(&look, &local(Some(&kept.path)), kept.fields).await,
        None => Redirect::to(&local(fields.get("to"))).into_response(),
    };
    Cookie::Session.set(&mut response, look.secure(), &cookie, Some(IDLE));
    response
}

/// Begins a session of this browser; what its cookie must be.
pub(crate) async fn begin(look: &mut Look, officer: OfficerId) -> Result<String, Problem> {
    let access = look.site.app.engine.access(officer).await?;
    let access = access.ok_or(PageRefusal::WrongPassword)?;
    let session = Session::begin(officer, access.epoch, now());
    let cookie = session.sign(&access.session_key);
    look.signed_in = Some((session, access.session_key));
    Ok(cookie)
}

/// `POST /sign-out`: ends this session, on every server.
pub(crate) async fn out(act: Act) -> Response {
    let session = act.desk.session.id;
    end(&act, officer::Command::EndSession { session }).await
}

/// `POST /sign-out/everywhere`: ends every session of this officer.
pub(crate) async fn out_everywhere(act: Act) -> Response {
    end(&act, officer::Command::EndSessions).await
}

/// Ends sessions on the officer's own stream, and goes back to where one signs in.
async fn end(act: &Act, command: officer::Command) -> Response {
    let command = act.command(command);
    let done = command.engine().officer(&command.request, command.officer, command.input.clone());
    if let Err(error) = done.await {
        return Problem::from(error).into_response();
    }
    let mut response = Redirect::to("/sign-in").into_response();
    Cookie::Session.remove(&mut response, act.desk.look.secure());
    response
}
