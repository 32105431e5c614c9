//! A year in one commune: Xã Mường Bi (05158, Phú Thọ) from January to 8 December 2026, nine
//! o'clock, played through the engine as officers would have done it.
//!
//! The commune, its province and the definitions are the real ones; hamlets, people, clans and
//! organisations are made up and marked as sample data in every event about them. First the whole
//! year is written down (`script`), then it is carried out (`stage`), one command after the other,
//! with a clock and a chance that follow from the seed: the same seed gives the same log, byte for
//! byte. Deliberately absent: serving what comes out, and files.
//!
//! Reading order: `dice`, `calendar`, `names`, `words`, `world`, `fate`, `book`, `points`, `act`,
//! `desks`, `script`, `stage`, `summary`.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Context as _;
use codec::Keyring;
use engine::{Engine, ManualClock, Principal, SeededEntropy};
use event_store::EventStore;
use jiff::Timestamp;
use procedure::Calendar;

mod act;
mod book;
mod calendar;
mod desks;
mod dice;
mod fate;
mod names;
mod points;
mod script;
#[cfg(test)]
mod spec;
mod stage;
mod summary;
mod words;
mod world;

pub(crate) use summary::{Applicant, Draft, Persona, Summary};

use self::book::Books;
use self::stage::Stage;
use self::summary::Count;
use self::world::World;
use crate::official;

/// The year that is played.
pub(crate) const YEAR: i16 = 2026;
/// Households of a commune of average size: 8,100, three hundred in each hamlet.
pub(crate) const HOUSEHOLDS: usize = 8_100;
/// Progress is told after so many acts.
const TELL_EVERY: usize = 256;

/// What is to be played.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// Everything that is left to chance follows from it.
    pub(crate) seed: u64,
    /// How many households there are: 100 to 200,000.
    pub(crate) households: usize,
}

impl Default for Plan {
    fn default() -> Self {
        Self { seed: 2026, households: HOUSEHOLDS }
    }
}

/// The moment at which the play stops: 8 December 2026, nine o'clock in Viet Nam.
#[must_use]
pub(crate) fn now() -> Timestamp {
    let (day, hour) = calendar::NOW;
    Timestamp::from_millisecond(calendar::moment(day, hour, 0)).unwrap_or_default()
}

/// Plays the year into an empty store. `progress` hears now and then how many acts of how many
/// are done.
///
/// # Errors
/// The store holds something already, cannot be reached, or an act was refused, which is a
/// mistake in the play.
pub(crate) async fn play(
    plan: &Plan,
    store: Arc<dyn EventStore>,
    keyring: Arc<dyn Keyring>,
    progress: &(dyn Fn(usize, usize) + Send + Sync),
) -> anyhow::Result<Summary> {
    anyhow::ensure!(store.head().await?.is_none(), "the demonstration needs an empty store");
    let world = World::make(plan.seed, plan.households)?;
    let (official, definitions) = (official::instruments()?, official::definitions()?);
    let books = Books::of(&definitions);
    let calendar = official::calendar()?;
    let known = (&world, &Calendar::new(&calendar));
    let script = script::write(plan.seed, known, &books, &official, definitions.len())?;
    let acts = &script.acts;
    let clock = Arc::new(ManualClock::new(now()));
    let entropy = Arc::new(SeededEntropy::new(plan.seed));
    let engine = Engine::new(store.clone(), keyring, clock.clone(), entropy).one_at_a_time();
    let mut stage = Stage {
        engine: &engine,
        clock: &clock,
        seed: plan.seed,
        world: &world,
        books: &books,
        official: &official,
        definitions: &definitions,
        calendar: &calendar,
        meetings: &script.meetings,
        decisions: &script.decisions,
        operator: Principal::Operator("hieuhoc demo".to_owned()),
        numbers: BTreeMap::new(),
    };
    stage.make_keys()?;
    for (number, act) in acts.iter().enumerate() {
        if number % TELL_EVERY == 0 {
            progress(number, acts.len());
        }
        stage.perform(number, act).await?;
    }
    progress(acts.len(), acts.len());
    let count = Count::of(&*store).await.context("the log cannot be read back")?;
    Ok(count.summary(plan.seed, &world))
}
