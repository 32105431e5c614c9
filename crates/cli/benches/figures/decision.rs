//! One decision over many cases: put on a draft, signed, and recognised one by one until the register
//! shows the last title; beside the same events written by bare `rusqlite`.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use clerk::Clerk;
use engine::kit::{by, household, id, unit};
use event_store::EventStore;
use event_store_sqlite::{Options, SqliteStore};
use procedure::DecisionId;
use projections::query::titles::TitlesFilter;
use projections::{Position, Runner};

use crate::commands::{commune, in_flight, raw};

const PATIENCE: Duration = Duration::from_secs(600);

pub(crate) async fn measure(folder: &Path, cases: usize) -> anyhow::Result<()> {
    println!("\n# One decision over {cases} cases");
    let store = SqliteStore::open(folder.join("decision.db"), Options::default())?;
    let commune = Arc::new(commune(Arc::new(store.clone())).await);
    in_flight(cases, {
        let commune = commune.clone();
        move |number| {
            let commune = commune.clone();
            async move {
                commune.enter(number).await;
                let case = commune.assess(household(number)).await;
                commune.review_twice(case).await;
            }
        }
    })
    .await?;
    let shared: Arc<dyn EventStore> = Arc::new(store.clone());
    let read = folder.join("decision-read.db");
    let runner = Arc::new(Runner::start(&read, shared, commune.keyring.clone()).await?);
    runner.reach(store.head().await?, |_| {}).await?;
    let clerk = Clerk::new(commune.engine.clone(), runner.clone());
    let engine = &commune.engine;
    let (decision, today) = (DecisionId(id("decision")), engine.today());
    let (procedure, at) = (commune.procedure(), (unit("05158"), today.year()));
    let head = store.head().await?;
    let before = store.statistics();

    let begin = Instant::now();
    engine.draft_decision(&by("commune", "draft"), decision, &procedure, at).await?;
    let units = vec![unit("05158")];
    let year = today.year();
    let ready =
        move |reader: &projections::Reader<'_>| reader.ready_cases(&procedure, year, &units);
    let ready = runner.models().read(ready).await?;
    let listed = engine.list_on_decision(&by("commune", "list"), decision, &ready).await?;
    let placing = begin.elapsed().as_secs_f64();
    anyhow::ensure!(listed.placed == cases && listed.left_out.is_empty());

    let begin = Instant::now();
    engine.sign_decision(&by("chair", "sign"), decision, "1/QĐ-UBND", today).await?;
    let signing = begin.elapsed().as_secs_f64();

    let begin = Instant::now();
    wait(&runner, store.head().await?).await?;
    clerk.sweep().await?;
    wait(&runner, store.head().await?).await?;
    let following = begin.elapsed().as_secs_f64();
    let filter = TitlesFilter { territory: vec![unit("VN")], on: Some(today), ..<_>::default() };
    let titles = runner.models().read(move |reader| {
        let (mut count, mut after) = (0, None::<String>);
        loop {
            let page = reader.titles(&filter, after.as_deref(), 200)?;
            count += page.items.len();
            after = page.next;
            if after.is_none() {
                return Ok(count);
            }
        }
    });
    anyhow::ensure!(titles.await? == cases, "a title is missing in the register");

    let after = store.statistics();
    let (events, commits) = (after.events - before.events, after.commits - before.commits);
    let group = (events as f64 / commits as f64).round() as usize;
    let seconds = placing + signing + following;
    let ours = events as f64 / seconds;
    let raw = raw(folder, &store, head, group).await?;
    println!("| part | seconds |");
    println!("|---|---|");
    println!("| placing all on the draft | {placing:.2} |");
    println!("| signing, with a look at every case | {signing:.2} |");
    println!("| until the last title is in the register | {following:.2} |");
    println!("| together | {seconds:.2} |");
    println!(
        "{events} events, {group} a commit; {ours:.0} events/s, raw {raw:.0}, ratio {:.2}",
        ours / raw
    );
    Ok(())
}

async fn wait(runner: &Runner, head: Option<Position>) -> anyhow::Result<()> {
    match head {
        Some(head) => Ok(runner.wait_for(head, PATIENCE).await?),
        None => Ok(()),
    }
}
