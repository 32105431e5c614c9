//! Does what nobody has to ask for: lets cases follow a signed decision, says when time runs out,
//! opens a case for the holder of a title that ends, ends titles that nobody renewed (văn thư).
//!
//! The clerk asks the read models what a day may ask of the program, and gives each of it to the
//! engine as a command whose id follows from what it is about. So a clerk that is killed at any
//! moment begins again where it was, two clerks on two servers do everything once, and one that
//! looks at old read models asks for what is done already and changes nothing.
//!
//! Deliberately absent: any rule, which is the core's; any position or file of its own; and HTTP.
//!
//! Reading order: [`sweep`], then [`agenda`] and [`pool`].

mod agenda;
mod pool;
pub mod sweep;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use engine::Engine;
use projections::{Position, Runner};
use tokio::sync::Notify;

pub use sweep::Swept;

/// How often the clerk looks without being told: a day may have begun, or another server may have
/// written.
const LOOK: Duration = Duration::from_secs(15);

/// The clerk of one server.
pub struct Clerk {
    engine: Arc<Engine>,
    runner: Arc<Runner>,
    told: Notify,
    /// What the read models have to have counted before he looks.
    after: Mutex<Option<Position>>,
}

impl Clerk {
    /// A clerk who acts with an engine on what its read models say.
    #[must_use]
    pub fn new(engine: Arc<Engine>, runner: Arc<Runner>) -> Self {
        Self { engine, runner, told: Notify::new(), after: Mutex::default() }
    }

    /// Tells him that there is work, written at a position; he need not be told.
    pub fn wake(&self, position: Option<Position>) {
        let mut after = self.after.lock().unwrap_or_else(PoisonError::into_inner);
        *after = (*after).max(position);
        drop(after);
        self.told.notify_one();
    }

    /// Works until it is dropped.
    pub async fn run(&self) {
        let mut day = None;
        loop {
            let today = self.engine.today();
            let new_day = day != Some(today);
            let swept = if new_day { self.sweep().await } else { self.glance().await };
            match swept {
                Ok(swept) => {
                    day = Some(today);
                    if swept != Swept::default() {
                        tracing::info!(changed = swept.changed, failed = swept.failed, "clerk");
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, "the clerk could not look at what is to be done")
                }
            }
            let _ = tokio::time::timeout(LOOK, self.told.notified()).await;
            let after = self.after.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(position) = after
                && let Err(error) = self.runner.wait_for(position, LOOK).await
            {
                tracing::warn!(%error, "the clerk looks at read models that are behind");
            }
        }
    }
}
