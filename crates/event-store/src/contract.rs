//! The one suite of checks that every engine must pass, from tests and as `hieuhoc store check`
//! on a store that already holds data.
//!
//! A check works only in streams named `contract-<uuid of the run>-…`, ignores all other events in
//! the log, and lets other writers work meanwhile. It never panics: what is wrong becomes a text
//! in its [`CheckOutcome`].
//!
//! What a run leaves behind: an event store only ever grows, so some 500 events of a few bytes and
//! one of almost a megabyte stay, in streams of that name, with the event type `contract-checked`. No
//! projection of hieuhoc reads streams of the category `contract`. The [`Report`] names them all, for
//! whoever can delete them.
//!
//! Deliberately absent: anything that needs the engine to stop, crash or lose its disk. Those are
//! tests of each engine.

mod append;
mod fault;
mod follow;
mod race;
mod read;
mod repeat;
mod trial;

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use uuid::Uuid;

use crate::event::StreamName;
use crate::store::EventStore;
use trial::{Trial, Used, Verdict};

/// The type of every event that a check writes.
pub const EVENT_TYPE: &str = "contract-checked";

/// The category of every stream that a check writes to.
pub use crate::event::CHECKS as CATEGORY;

/// A check that takes longer than this has failed. Generous: a server may be far away.
const TIME_LIMIT: Duration = Duration::from_secs(120);

type Running = Pin<Box<dyn Future<Output = Verdict> + Send>>;

/// One promise of the port and how to see whether it is kept.
pub struct Check {
    /// Stable name, in kebab case.
    pub name: &'static str,
    /// The promise, one line of English.
    pub english: &'static str,
    /// The promise, one line of Vietnamese.
    pub vietnamese: &'static str,
    run: fn(Trial) -> Running,
}

/// Joins a name, the promise in two languages and the function that checks it.
macro_rules! check {
    ($name:literal, $english:literal, $vietnamese:literal, $function:path) => {
        $crate::contract::Check {
            name: $name,
            english: $english,
            vietnamese: $vietnamese,
            run: |trial| Box::pin($function(trial)),
        }
    };
}
use check;

/// How one check ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckOutcome {
    /// Name of the check.
    pub name: &'static str,
    /// The promise, in English.
    pub english: &'static str,
    /// The promise, in Vietnamese.
    pub vietnamese: &'static str,
    /// What was wrong; `None` if the promise was kept.
    pub failure: Option<String>,
    /// How long the check took.
    pub took: Duration,
}

impl CheckOutcome {
    /// Whether the promise was kept.
    #[must_use]
    pub const fn passed(&self) -> bool {
        self.failure.is_none()
    }
}

impl fmt::Display for CheckOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.failure {
            None => write!(f, "ok    {}: {}", self.name, self.english),
            Some(failure) => write!(f, "FAIL  {}: {}: {failure}", self.name, self.english),
        }
    }
}

/// How a run ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The prefix of all streams that the run wrote to.
    pub prefix: String,
    /// All streams that it may have written to.
    pub streams: Vec<StreamName>,
    /// Every check, in the order in which it ran.
    pub outcomes: Vec<CheckOutcome>,
}

impl Report {
    /// Number of checks that passed.
    #[must_use]
    pub fn passed(&self) -> usize {
        self.outcomes.iter().filter(|outcome| outcome.passed()).count()
    }

    /// Number of checks that failed.
    #[must_use]
    pub fn failed(&self) -> usize {
        self.outcomes.len() - self.passed()
    }

    /// Whether every check passed.
    #[must_use]
    pub fn is_ok(&self) -> bool {
        self.failed() == 0
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {} checks passed", self.passed(), self.outcomes.len())?;
        self.outcomes
            .iter()
            .filter(|outcome| !outcome.passed())
            .try_for_each(|outcome| write!(f, "\n{outcome}"))
    }
}

/// Every check, in the order in which they run.
#[must_use]
pub fn catalogue() -> Vec<Check> {
    [append::checks(), repeat::checks(), read::checks(), follow::checks(), race::checks()]
        .into_iter()
        .chain([fault::checks()])
        .flatten()
        .collect()
}

/// Runs every check against `store` and tells `report` about each as it ends. Needs a Tokio
/// runtime with time enabled.
pub async fn run(
    store: Arc<dyn EventStore>,
    report: &mut (dyn FnMut(&CheckOutcome) + Send),
) -> Report {
    let prefix = format!("{CATEGORY}-{}", Uuid::new_v4().simple());
    let (mut outcomes, used) = (Vec::new(), Used::default());
    for check in catalogue() {
        let prefix = format!("{prefix}-{}", check.name);
        let trial = Trial::new(Arc::clone(&store), prefix, used.clone());
        let outcome = conduct(&check, trial).await;
        report(&outcome);
        outcomes.push(outcome);
    }
    Report { prefix, streams: used.all(), outcomes }
}

async fn conduct(check: &Check, trial: Trial) -> CheckOutcome {
    let start = std::time::Instant::now();
    // A task of its own: an engine that panics fails the check and not the program.
    let mut task = tokio::spawn((check.run)(trial));
    let failure = match tokio::time::timeout(TIME_LIMIT, &mut task).await {
        Ok(Ok(verdict)) => verdict.err().map(|failure| failure.to_string()),
        Ok(Err(panic)) => Some(format!("the engine panicked: {panic}")),
        Err(_) => {
            task.abort();
            Some(format!("not finished after {} seconds", TIME_LIMIT.as_secs()))
        }
    };
    CheckOutcome {
        name: check.name,
        english: check.english,
        vietnamese: check.vietnamese,
        failure,
        took: start.elapsed(),
    }
}
