//! Does what nobody has to ask for: lets cases follow a signed decision, says when time runs out,
//! opens a case for the holder of a title that ends, ends titles that nobody renewed (văn thư).
//!
//! The clerk asks the read models what a day may ask of the program, and gives each of it to the
//! engine as a command whose id follows from what it is about. So a clerk that is killed at any
//! moment begins again where it was, two clerks on two servers do everything once, and one that
//! looks at old read models asks for what is done already and changes nothing. That one clerk at a
//! time works all the same is a matter of load, and settled by a lease in the store ([`lease`]).
//!
//! Deliberately absent: any rule, which is the core's; any position or file of its own; and HTTP.
//!
//! Reading order: [`sweep`], then [`agenda`] and [`pool`]; beside them [`lease`].

mod agenda;
pub mod lease;
mod pool;
pub mod sweep;

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use engine::Engine;
use projections::{Position, Runner};
use tokio::sync::Notify;

pub use lease::{Lease, Stopwatch, Terms};
pub use sweep::Swept;

/// How often the clerk looks without being told: a day may have begun, or another server may have
/// written.
const LOOK: Duration = Duration::from_secs(15);

/// The clerk of one server.
pub struct Clerk {
    engine: Arc<Engine>,
    runner: Arc<Runner>,
    lease: Option<Lease>,
    told: Notify,
    /// What the read models have to have counted before he looks.
    after: Mutex<Option<Position>>,
}

impl Clerk {
    /// A clerk who acts with an engine on what its read models say, whoever else does.
    #[must_use]
    pub fn new(engine: Arc<Engine>, runner: Arc<Runner>) -> Self {
        Self { engine, runner, lease: None, told: Notify::new(), after: Mutex::default() }
    }

    /// Works only while this server holds the lease.
    #[must_use]
    pub fn with_lease(mut self, lease: Lease) -> Self {
        self.lease = Some(lease);
        self
    }

    /// The lease he works under, if he does.
    #[must_use]
    pub fn lease(&self) -> Option<&Lease> {
        self.lease.as_ref()
    }

    /// Whether it is for him to work, this moment.
    #[must_use]
    pub fn may_act(&self) -> bool {
        self.lease.as_ref().is_none_or(Lease::is_held)
    }

    /// Tells him that there is work, written at a position; he need not be told. Where it is not for
    /// him, he sees to it that somebody does it.
    pub fn wake(&self, position: Option<Position>) {
        let mut after = self.after.lock().unwrap_or_else(PoisonError::into_inner);
        *after = (*after).max(position);
        drop(after);
        if let Some(lease) = &self.lease {
            lease.urge();
        }
        self.told.notify_one();
    }

    /// Works until it is dropped. To end well, [`Self::retire`] afterwards.
    pub async fn run(&self) {
        match &self.lease {
            None => self.work().await,
            Some(lease) => {
                tokio::select! {
                    () = self.keep(lease) => {}
                    () = self.work() => {}
                }
            }
        }
    }

    /// Gives back the lease, so that another server's clerk goes on at once.
    pub async fn retire(&self) {
        if let Some(lease) = &self.lease
            && let Err(error) = lease.release().await
        {
            tracing::warn!(%error, "the lease could not be given back; others will ask for it");
        }
    }

    /// Looks after the lease.
    async fn keep(&self, lease: &Lease) {
        let mut held = false;
        loop {
            if let Err(error) = lease.tend().await {
                tracing::warn!(%error, "the lease of the clerk could not be looked at");
            }
            if held != lease.is_held() {
                held = !held;
                tracing::info!(held, "the lease of the clerk");
                self.told.notify_one();
            }
            let _ = tokio::time::timeout(lease.terms().every(), lease.urging.notified()).await;
        }
    }

    async fn work(&self) {
        let mut day = None;
        loop {
            let today = self.engine.today();
            let new_day = day != Some(today);
            let mine = self.may_act();
            let swept = if new_day { self.sweep().await } else { self.glance().await };
            match swept {
                Ok(swept) => {
                    // Who has just been given the work looks at everything.
                    day = (mine && self.may_act()).then_some(today);
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
