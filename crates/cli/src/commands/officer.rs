//! `officer`: how an officer signs in. A token or a password is shown once.

use std::io::Read as _;

use anyhow::Result;
use engine::{Engine, Principal, Request};
use procedure::{Date, OfficerId, officer};
use uuid::Uuid;

use crate::args::{Officer, Place};
use crate::failure::CliError;
use crate::home::Home;
use crate::output::answer;

/// No more is read of standard input; a password is much shorter.
const INPUT_MAX: u64 = 4096;

pub(crate) async fn run(place: &Place, command: Officer) -> Result<()> {
    match command {
        Officer::Token { officer, label, days, json } => {
            let home = Home::take(place).await?;
            let engine = home.engine();
            let last = engine.today().plus_days(i32::from(days));
            let until = last.unwrap_or_else(|| engine.today());
            token(&engine, &officer, label, until, json.json).await
        }
        Officer::Password { officer, stdin, json } => {
            let read = if stdin { Some(first_line()?) } else { None };
            let home = Home::take(place).await?;
            password(&home.engine(), &officer, read, json.json).await
        }
        Officer::SignOut { officer, json } => {
            let home = Home::take(place).await?;
            sign_out(&home.engine(), &officer, json.json).await
        }
    }
}

async fn token(
    engine: &Engine,
    officer: &str,
    label: String,
    until: Date,
    json: bool,
) -> Result<()> {
    let id = id_of(officer);
    let secret = web::secret_text(engine.secret());
    let digest = web::token_digest(&secret)?;
    let command = officer::Command::IssueToken { digest, label, until };
    engine.officer(&request(), id, command).await.map_err(|error| unknown(error, officer))?;
    let value = serde_json::json!({ "officer": id, "token": secret, "until": until });
    answer(json, &value, |_| {
        format!("{secret}\n\nOfficer {id}, until {until}. The token is not shown again.")
    })
}

/// Sets the password that was read, or else one that is made here; only that is shown.
async fn password(engine: &Engine, officer: &str, read: Option<String>, json: bool) -> Result<()> {
    let id = id_of(officer);
    let made = if read.is_none() { Some(engine.new_password()) } else { None };
    let password = read.as_deref().or(made.as_deref()).unwrap_or_default();
    let set = engine.set_password(&request(), id, password).await;
    set.map_err(|error| unknown(error, officer))?;
    let value = serde_json::json!({ "officer": id, "password": made });
    answer(json, &value, |_| match &made {
        Some(made) => format!("{made}\n\nOfficer {id}. The password is not shown again."),
        None => format!("Officer {id}: the password is set."),
    })
}

async fn sign_out(engine: &Engine, officer: &str, json: bool) -> Result<()> {
    let id = id_of(officer);
    let command = officer::Command::EndSessions;
    engine.officer(&request(), id, command).await.map_err(|error| unknown(error, officer))?;
    let value = serde_json::json!({ "officer": id });
    answer(json, &value, |_| format!("Officer {id} is signed in nowhere any more."))
}

/// The first line of standard input, without its end.
fn first_line() -> Result<String> {
    let mut text = String::new();
    let read = std::io::stdin().take(INPUT_MAX).read_to_string(&mut text);
    read.map_err(|error| CliError::File { file: "stdin".to_owned(), detail: error.to_string() })?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

fn id_of(officer: &str) -> OfficerId {
    officer.parse().unwrap_or_else(|_| OfficerId::of_code(officer))
}

fn request() -> Request {
    Request::new(operator(), Uuid::now_v7())
}

fn unknown(error: engine::EngineError, officer: &str) -> anyhow::Error {
    match &error {
        engine::EngineError::Refused(procedure::Refused::Officer(officer::Refusal::Unknown)) => {
            CliError::UnknownOfficer { officer: officer.chars().take(80).collect() }.into()
        }
        _ => error.into(),
    }
}

/// Whoever holds the machine, by the name of his account.
pub(crate) fn operator() -> Principal {
    let name = std::env::var("USER").or_else(|_| std::env::var("LOGNAME"));
    Principal::Operator(name.unwrap_or_else(|_| "operator".to_owned()))
}
