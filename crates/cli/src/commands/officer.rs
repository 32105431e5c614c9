//! `officer token`: a secret that speaks for an officer, shown once.

use anyhow::Result;
use engine::{Principal, Request};
use procedure::{OfficerId, officer};
use uuid::Uuid;

use crate::args::{Officer, Place};
use crate::failure::CliError;
use crate::home::Home;
use crate::output::answer;

pub(crate) async fn run(place: &Place, command: Officer) -> Result<()> {
    let Officer::Token { officer, label, days, json } = command;
    let home = Home::take(place)?;
    let engine = home.engine();
    let id = officer.parse().unwrap_or_else(|_| OfficerId::of_code(&officer));
    let secret = web::secret_text(engine.secret());
    let digest = web::token_digest(&secret)?;
    let until = engine.today().plus_days(i32::from(days)).unwrap_or_else(|| engine.today());
    let command = officer::Command::IssueToken { digest, label, until };
    let request = Request::new(operator(), Uuid::now_v7());
    engine.officer(&request, id, command).await.map_err(|error| unknown(error, &officer))?;
    let value = serde_json::json!({ "officer": id, "token": secret, "until": until });
    answer(json.json, &value, |_| {
        format!("{secret}\n\nOfficer {id}, until {until}. The token is not shown again.")
    })
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
