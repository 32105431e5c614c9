//! `/account`: who is signed in, his offices, who stands in for him, his password and his sessions.
//! Deliberately absent: giving himself an office or a subject; whoever administers his unit does that.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::http::StatusCode;
use axum::response::{Redirect, Response};
use axum::routing::{get, post};
use engine::password::rules::{BYTES_MAX, CHARACTERS_MIN};
use procedure::Role;
use web::HttpRefusal;
use web::problem::Problem;

use crate::desk::Desk;
use crate::officers::record::{Looker, Record, When};
use crate::page::{Area, Page, show_as};
use crate::site::Site;
use crate::typed::Typed;

mod delegations;
mod password;

pub(crate) use delegations::ended;

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/account", get(read))
        .route("/account/password", get(back).post(password::change))
        .route("/account/delegations", get(back).post(delegations::delegate))
        .route("/account/delegations/end", post(delegations::end))
}

#[derive(Template)]
#[template(path = "account/read.html")]
struct Account {
    page: Page,
    record: Record,
    /// Whether he can sign in by himself.
    has_password: bool,
    /// Whether he keeps his own record.
    keeps_own: bool,
    typed: Typed,
    least: usize,
    most: usize,
    today: String,
}

impl Account {
    /// The offices that he can pass on for a time.
    fn delegable(&self) -> Vec<(String, String, String)> {
        let set_up = |role: &Role| [Role::ADMINISTRATOR, Role::REGISTRAR].contains(&role.as_str());
        let held = self.record.offices.iter().filter(|office| office.when != When::Past);
        let held = held.filter(|office| !set_up(&office.role));
        let choice = |office: &crate::officers::record::Office| {
            let value = format!("{}/{}", office.role, office.unit);
            (value, office.role.to_string(), office.place.clone())
        };
        held.map(choice).collect()
    }
}

/// `GET /account`.
async fn read(desk: Desk) -> Result<Response, Problem> {
    page(&desk, Typed::default(), StatusCode::OK).await
}

/// `GET` of an address that a form was sent to, as from the switch of the language.
async fn back() -> Redirect {
    Redirect::to("/account")
}

/// The page, with what was typed into one of its forms.
async fn page(desk: &Desk, typed: Typed, status: StatusCode) -> Result<Response, Problem> {
    let (id, today) = (desk.session.officer, desk.reading.today);
    let looker = Looker { today, territory: desk.administered(), himself: true };
    let (record, above) = desk
        .read(move |reader| {
            let Some(row) = reader.officer(id)? else { return Ok(None) };
            let above = reader.path(&row.unit, today)?;
            Ok(Some((Record::of(reader, row, &looker)?, above)))
        })
        .await?
        .ok_or(HttpRefusal::BadToken)?;
    let administered = desk.administered();
    let keeps_own = above.iter().any(|unit| administered.contains(&unit.code));
    let access = desk.look.site.app.engine.access(id).await?;
    let mut page = desk.page(Area::Home, "Tài khoản", "Account");
    page.area = None;
    let template = Account {
        page,
        record,
        has_password: access.is_some_and(|access| access.has_password),
        keeps_own,
        typed,
        least: CHARACTERS_MIN,
        most: BYTES_MAX,
        today: today.to_string(),
    };
    Ok(show_as(status, &template))
}
