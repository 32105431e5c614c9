//! `clerk`: does once what the day asks for, on a folder that no server has.

use std::sync::Arc;

use anyhow::Result;
use clerk::Clerk;
use projections::Runner;
use serde_json::json;

use crate::args::Place;
use crate::home::Home;
use crate::output::answer;

pub(crate) async fn run(place: &Place, as_json: bool) -> Result<()> {
    let home = Home::take(place).await?;
    let (store, keyring) = (home.store.clone(), home.keyring.clone());
    let runner = Runner::start(&home.read_models(), store.clone(), keyring).await?;
    runner.reach(store.head().await?, |_| {}).await?;
    let swept = Clerk::new(Arc::new(home.engine()), Arc::new(runner)).sweep().await?;
    let value = json!({ "changed": swept.changed, "failed": swept.failed });
    answer(as_json, &value, |_| match (swept.changed, swept.failed) {
        (0, 0) => "nothing to do".to_owned(),
        (changed, 0) => format!("{changed} cases changed"),
        (changed, failed) => format!("{changed} cases changed, {failed} could not be"),
    })
}
