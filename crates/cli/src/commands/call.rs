//! `call`: the API of a running server, as an officer. Deliberately absent: any knowledge of the
//! API; what it takes and gives stands in its OpenAPI document.

use std::io::Read as _;

use anyhow::Result;

use crate::args::Call;
use crate::failure::CliError;
use crate::output::print;

const TOKEN: &str = "HIEUHOC_TOKEN";

pub(crate) fn run(call: &Call) -> Result<()> {
    let token = std::env::var(TOKEN).map_err(|_| CliError::NoToken)?;
    let address = format!("{}/api/v1/{}", call.server, call.path.trim_start_matches('/'));
    let agent: ureq::Agent =
        ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut request = ureq::http::Request::builder()
        .method(call.method.as_str())
        .uri(&address)
        .header("authorization", format!("Bearer {token}"))
        .header("accept-language", "vi");
    if let Some(key) = &call.key {
        request = request.header("idempotency-key", key);
    }
    if let Some(revision) = call.revision {
        request = request.header("if-match", format!("\"{revision}\""));
    }
    let body = body(call)?;
    if call.method == "POST" {
        request = request.header("content-type", "application/json");
    }
    let answer = agent.run(request.body(body)?).map_err(|error| CliError::NotReached {
        server: call.server.clone(),
        detail: error.to_string(),
    })?;
    let status = answer.status().as_u16();
    let text = answer.into_body().read_to_string()?;
    print(text.trim_end())?;
    if (200..300).contains(&status) { Ok(()) } else { Err(CliError::Answered { status }.into()) }
}

fn body(call: &Call) -> Result<String> {
    let file = |name: &str, error: std::io::Error| CliError::File {
        file: name.to_owned(),
        detail: error.to_string(),
    };
    Ok(match call.body.as_deref() {
        None => String::new(),
        Some("-") => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map_err(|error| file("-", error))?;
            text
        }
        Some(text) => match text.strip_prefix('@') {
            Some(name) => std::fs::read_to_string(name).map_err(|error| file(name, error))?,
            None => text.to_owned(),
        },
    })
}
