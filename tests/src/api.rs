//! Speaks to a server as an officer.

use serde_json::Value;

/// An officer at a server.
#[derive(Clone)]
pub struct Api {
    base: String,
    token: String,
    agent: ureq::Agent,
}

/// A response: status and JSON body (null where it has none).
#[derive(Clone, Debug)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The body.
    pub body: Value,
}

impl Api {
    /// An officer with a token.
    #[must_use]
    pub fn new(base: &str, token: &str) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(std::time::Duration::from_secs(30)));
        let agent = config.build().new_agent();
        Self { base: base.to_owned(), token: token.to_owned(), agent }
    }

    /// Reads.
    ///
    /// # Errors
    /// Where the connection fails.
    pub fn get(&self, path: &str) -> Result<Response, ureq::Error> {
        let request = self.agent.get(format!("{}{path}", self.base));
        answer(request.header("Authorization", format!("Bearer {}", self.token)).call()?)
    }

    /// The text at an address that has no JSON; empty where the connection fails.
    #[must_use]
    pub fn text(&self, path: &str) -> String {
        let answer = self.agent.get(format!("{}{path}", self.base)).call();
        answer.and_then(|mut answer| answer.body_mut().read_to_string()).unwrap_or_default()
    }

    /// Sends a command under an idempotency key.
    ///
    /// # Errors
    /// Where the connection fails; then the command may have been carried out.
    pub fn post(&self, path: &str, key: &str, body: &Value) -> Result<Response, ureq::Error> {
        let request = self.agent.post(format!("{}{path}", self.base));
        let request = request
            .header("Authorization", format!("Bearer {}", self.token))
            .header("Idempotency-Key", key);
        answer(request.send_json(body)?)
    }
}

fn answer(mut response: ureq::http::Response<ureq::Body>) -> Result<Response, ureq::Error> {
    let status = response.status().as_u16();
    let text = response.body_mut().read_to_string()?;
    let body = serde_json::from_str(&text).unwrap_or(Value::Null);
    Ok(Response { status, body })
}
