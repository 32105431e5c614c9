//! How an officer gets in: a password or a token that an administrator makes for him. Either is shown on
//! one page, once, and kept nowhere.
//! Deliberately absent: sending it to him; the administrator hands it over himself.

use askama::Template;
use axum::body::to_bytes;
use axum::extract::Path;
use axum::response::Response;
use procedure::OfficerId;
use serde::Deserialize;
use web::HttpRefusal;
use web::api::officers::password::{PasswordInput, set_password as set};
use web::api::officers::tokens::revocation::{Revocation, revoke_token as revoke};
use web::api::officers::tokens::{TokenInput, issue_token as issue};
use web::params::Segment;
use web::problem::Problem;

use super::{kept, read, unknown};
use crate::act::Act;
use crate::desk::Desk;
use crate::fields::bad;
use crate::page::{Area, Page, show};
use crate::typed::Typed;

/// The longest answer to the issue of a token.
const ANSWER_MAX: usize = 10_000;

#[derive(Template)]
#[template(path = "officers/secret.html")]
struct SecretPage {
    page: Page,
    secret: Secret,
}

/// What is shown once.
pub(super) struct Secret {
    officer: OfficerId,
    code: String,
    name: String,
    /// Nothing, where the form was sent before and it was shown then.
    text: Option<String>,
    /// The label of a token; nothing for a password.
    label: Option<String>,
}

impl Secret {
    /// The page; the browser keeps it no longer than it is open.
    pub(super) fn page(self, desk: &Desk) -> Response {
        let (vi, en) = match self.label {
            Some(_) => ("Mã truy cập mới", "New token"),
            None => ("Mật khẩu mới", "New password"),
        };
        show(&SecretPage { page: desk.page(Area::Administration, vi, en), secret: self })
    }
}

/// Makes a password for an officer.
pub(super) async fn give_password(
    act: &Act,
    id: OfficerId,
    (code, name): (String, String),
) -> Result<Secret, Problem> {
    let password = act.desk.look.site.app.engine.new_password();
    let mut command = act.part("password", PasswordInput { password: password.clone() });
    command.request.body.clear();
    let text = match set(Segment(id), command).await {
        Ok(_) => Some(password),
        // The form was sent twice: its first password counts, and was shown in the first answer.
        Err(problem) if problem.code() == "http.key_reused" => None,
        Err(problem) => return Err(problem),
    };
    Ok(Secret { officer: id, code, name, text, label: None })
}

/// Code and name of an officer of the territory.
async fn named(desk: &Desk, id: OfficerId) -> Result<(String, String), Problem> {
    let (territory, today) = (desk.must_administer()?, desk.reading.today);
    let row = desk.read(move |reader| kept(reader, id, (&territory, today))).await?;
    let row = row.ok_or_else(unknown)?;
    let name = row.name.unwrap_or_else(|| row.code.clone());
    Ok((row.code, name))
}

/// `POST /officers/{id}/password`.
pub(super) async fn set_password(Path(id): Path<OfficerId>, act: Act) -> Result<Response, Problem> {
    let named = named(&act.desk, id).await?;
    Ok(give_password(&act, id, named).await?.page(&act.desk))
}

/// What is read of the answer to the issue of a token.
#[derive(Deserialize)]
struct Issued {
    token: Option<String>,
}

/// `POST /officers/{id}/tokens`.
pub(super) async fn issue_token(Path(id): Path<OfficerId>, act: Act) -> Result<Response, Problem> {
    let (code, name) = named(&act.desk, id).await?;
    match issued(&act, id).await {
        Ok((label, token)) => {
            let secret = Secret { officer: id, code, name, text: token, label: Some(label) };
            Ok(secret.page(&act.desk))
        }
        Err(problem) => {
            let typed = Typed::refused("token", &act, &problem);
            read::page(&act.desk, id, String::new(), typed, problem.status()).await
        }
    }
}

async fn issued(act: &Act, id: OfficerId) -> Result<(String, Option<String>), Problem> {
    let (label, until) = (act.fields.text("label")?, act.fields.need_day("until")?);
    let answer =
        issue(Segment(id), act.command(TokenInput { label: label.clone(), until })).await?;
    let bytes = to_bytes(answer.into_body(), ANSWER_MAX).await;
    let bytes = bytes.map_err(|_| HttpRefusal::Internal)?;
    let issued: Issued = serde_json::from_slice(&bytes).map_err(|_| HttpRefusal::Internal)?;
    Ok((label, issued.token))
}

/// `POST /officers/{id}/tokens/revocation`.
pub(super) async fn revoke_token(Path(id): Path<OfficerId>, act: Act) -> Result<Response, Problem> {
    let text = act.fields.text("digest")?;
    let digest = text.parse().map_err(|_| bad("digest", &text))?;
    let answer = revoke(Segment(id), act.command(Revocation { digest })).await?;
    let notice = act.desk.t("Đã thu hồi mã truy cập.", "The token is revoked.");
    Ok(act.done(&answer, &format!("/officers/{id}#access"), notice))
}
