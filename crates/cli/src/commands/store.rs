//! `store check`: the contract of event stores, on a store that a user names.

use anyhow::Result;
use event_store::contract;

use crate::args::Store;
use crate::failure::CliError;
use crate::home::StoreUrl;
use crate::output::print;

pub(crate) async fn run(command: Store) -> Result<()> {
    let Store::Check { url, json } = command;
    let named = StoreUrl::parse(&url)?;
    // A slip of the pen must not make a new store that then passes.
    if let StoreUrl::Sqlite(path) = &named
        && !path.exists()
    {
        let detail = format!("there is no event store at {}", path.display());
        return Err(CliError::StoreNotOpened { detail }.into());
    }
    let store = named.open()?;
    let mut outcomes = Vec::new();
    let report = contract::run(store, &mut |outcome| {
        if json.json {
            outcomes.push(serde_json::json!({
                "check": outcome.name,
                "passed": outcome.failure.is_none(),
                "failure": outcome.failure,
            }));
        } else {
            println!("{outcome}");
        }
    })
    .await;
    if json.json {
        let (passed, failed) = (report.passed(), report.failed());
        let answer = serde_json::json!({
            "store": url, "passed": passed, "failed": failed, "checks": outcomes,
        });
        print(&serde_json::to_string_pretty(&answer)?)?;
    } else {
        print(&report.to_string())?;
    }
    match report.failed() {
        0 => Ok(()),
        failed => Err(CliError::StoreFailed { failed }.into()),
    }
}
