//! The lease (quyền chạy nền): which of several servers on one store does the clerk's work.
//!
//! It is a stream in the store, `lease-clerk`, and every event in it is appended at the expected
//! revision, so the store decides who wins. Each event says all there is to know ([`record`]), so
//! that only the last one counts and nobody reads the rest.
//!
//! **A holder writes nothing while nobody asks.** A renewal every few seconds would be millions of
//! events a year. Instead, whoever would take over asks first (`LeaseRequested`), and waits as
//! long as the lease says, by his own monotonic clock from the moment he saw the question. A holder
//! looks at the stream at every third of that time and answers (`LeaseRenewed`). One answer does
//! for all who wait. An answered question is not asked again for [`Terms::quiet`], or for the
//! length of a lease where there is work at hand ([`Lease::urge`]). So a server alone writes two
//! events, when it begins and when it ends; any number of servers write two every ten minutes.
//!
//! **Why two do not hold it at once.** A holder counts on his right for two thirds of the lease
//! from the beginning of his last look at the stream. A question that he did not see then was
//! asked later, and gives him the whole length from there. No two machines' clocks are compared.
//! What is left is a machine that stands still with its monotonic clock, as when it is suspended:
//! it may act for up to twenty seconds more before it looks and stops. That does no harm, because
//! each of the clerk's commands changes nothing when it is repeated.
//!
//! Deliberately absent: elections, heartbeats, and any use of the wall clock but to date events.

pub(crate) mod record;
mod seen;

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use engine::Clock;
use event_store::{EventStore, Expected, StoreError, StreamName};
use tokio::sync::{Mutex as AsyncMutex, Notify};
use uuid::Uuid;

use record::{Act, Note};
use seen::{Seen, Step};

/// How long a question waits for an answer before the lease is taken.
const LENGTH: Duration = Duration::from_secs(30);
/// How long an answered question is not asked again.
const QUIET: Duration = Duration::from_secs(600);
/// How often a look is begun anew because somebody else wrote meanwhile.
const ATTEMPTS: u32 = 5;

/// Time by one machine's own monotonic clock, from whenever it was started; it means nothing to
/// another machine.
pub trait Stopwatch: Send + Sync {
    /// What it shows.
    fn shows(&self) -> Duration;
}

impl Stopwatch for Instant {
    fn shows(&self) -> Duration {
        self.elapsed()
    }
}

/// How long things last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// How long a question waits for an answer before the lease is taken; whole seconds.
    pub length: Duration,
    /// How long an answered question is not asked again.
    pub quiet: Duration,
}

impl Default for Terms {
    fn default() -> Self {
        Self { length: LENGTH, quiet: QUIET }
    }
}

impl Terms {
    /// How often the stream is looked at, by whoever holds the lease and by whoever waits for it.
    #[must_use]
    pub fn every(&self) -> Duration {
        self.length / 3
    }
}

/// One server's part in a lease.
pub struct Lease {
    store: Arc<dyn EventStore>,
    stream: StreamName,
    /// Dates the events, for people.
    clock: Arc<dyn Clock>,
    watch: Arc<dyn Stopwatch>,
    terms: Terms,
    /// This run of this server.
    me: Uuid,
    name: String,
    /// Whether nobody else can be there: whoever is on record is dead.
    alone: bool,
    seen: AsyncMutex<Seen>,
    /// Until when it is held, in microseconds of the stopwatch; 0: not at all.
    until: AtomicU64,
    urged: AtomicBool,
    pub(crate) urging: Notify,
    /// Who holds it, as far as was seen.
    holder: Mutex<Option<String>>,
}

impl Lease {
    /// The lease of the clerk, for a server with a name that tells people which it is.
    ///
    /// # Errors
    /// Never in practice: the name of the stream is a good one.
    pub fn of_clerk(
        store: Arc<dyn EventStore>,
        clock: Arc<dyn Clock>,
        name: &str,
    ) -> Result<Self, StoreError> {
        let stream = StreamName::new(format!("{}-clerk", event_store::event::LEASES))?;
        Ok(Self {
            store,
            stream,
            clock,
            watch: Arc::new(Instant::now()),
            terms: Terms::default(),
            me: Uuid::now_v7(),
            name: name.to_owned(),
            alone: false,
            seen: AsyncMutex::default(),
            until: AtomicU64::new(0),
            urged: AtomicBool::new(false),
            urging: Notify::new(),
            holder: Mutex::default(),
        })
    }

    /// For an engine that lets one process alone write: whoever is on record has ended, and nobody
    /// is asked.
    #[must_use]
    pub fn alone(mut self) -> Self {
        self.alone = true;
        self
    }

    /// Other times and another stopwatch, for tests.
    #[must_use]
    pub fn timed(mut self, terms: Terms, watch: Arc<dyn Stopwatch>) -> Self {
        (self.terms, self.watch) = (terms, watch);
        self
    }

    /// How long things last.
    #[must_use]
    pub fn terms(&self) -> Terms {
        self.terms
    }

    /// Whether this server holds it, this moment, without asking anybody.
    #[must_use]
    pub fn is_held(&self) -> bool {
        micros(self.watch.shows()) < self.until.load(Ordering::SeqCst)
    }

    /// The name of the server that held it when it was last looked at.
    #[must_use]
    pub fn holder(&self) -> Option<String> {
        self.holder.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Says that there is work: a holder who has not been heard of for the length of a lease is
    /// asked at once.
    pub fn urge(&self) {
        if !self.is_held() {
            self.urged.store(true, Ordering::SeqCst);
            self.urging.notify_one();
        }
    }

    /// Looks at the stream and does what is due: takes the lease, answers a question, asks one, or
    /// nothing. To be called at every [`Terms::every`].
    ///
    /// # Errors
    /// [`StoreError`]; the lease is then held no longer than before.
    pub async fn tend(&self) -> Result<bool, StoreError> {
        let mut seen = self.seen.lock().await;
        for _ in 0..ATTEMPTS {
            let before = self.watch.shows();
            seen.look(&*self.store, &self.stream, &*self.watch).await?;
            let step = seen.step(self.me, self.alone, self.patience(), self.watch.shows());
            let Some(step) = step else {
                self.settle(&seen, before);
                return Ok(self.is_held());
            };
            let before = self.watch.shows();
            match self.write(&mut seen, step).await {
                Ok(()) => {
                    self.settle(&seen, before);
                    return Ok(self.is_held());
                }
                Err(StoreError::Conflict { .. }) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(self.is_held())
    }

    /// Gives it back, so that another server need not wait.
    ///
    /// # Errors
    /// [`StoreError`]; then others find out by asking.
    pub async fn release(&self) -> Result<(), StoreError> {
        self.until.store(0, Ordering::SeqCst);
        let mut seen = self.seen.lock().await;
        if seen.holds(self.me) {
            self.write(&mut seen, Step::GiveBack).await?;
        }
        Ok(())
    }

    fn patience(&self) -> Duration {
        let urged = self.urged.load(Ordering::SeqCst);
        if urged { self.terms.length.min(self.terms.quiet) } else { self.terms.quiet }
    }

    async fn write(&self, seen: &mut Seen, step: Step) -> Result<(), StoreError> {
        let (act, note) = self.note(seen, step);
        let event = record::event(act, &note, self.clock.now())?;
        self.store.append(&self.stream, Expected::from(seen.revision()), vec![event]).await?;
        seen.take(act, note, self.watch.shows());
        if act == Act::Requested {
            self.urged.store(false, Ordering::SeqCst);
        }
        Ok(())
    }

    /// Every note says the whole state of the lease.
    fn note(&self, seen: &Seen, step: Step) -> (Act, Note) {
        let last = seen.last();
        let term = last.map_or(0, |note| note.term);
        let seconds = u32::try_from(self.terms.length.as_secs()).unwrap_or(u32::MAX);
        let mine =
            |term| Note { holder: self.me, name: self.name.clone(), term, seconds, asked_by: None };
        match step {
            Step::Take => (Act::Taken, mine(term.saturating_add(1))),
            Step::Answer => (Act::Renewed, mine(term)),
            Step::GiveBack => (Act::Released, mine(term)),
            Step::Ask => {
                let of_holder = last.cloned().unwrap_or_else(|| mine(term));
                (Act::Requested, Note { asked_by: Some(self.name.clone()), ..of_holder })
            }
        }
    }

    /// Counts on what was seen, from `before` it was looked at.
    fn settle(&self, seen: &Seen, before: Duration) {
        let until =
            if seen.holds(self.me) { micros(before + self.terms.length * 2 / 3) } else { 0 };
        self.until.store(until, Ordering::SeqCst);
        let holder = seen.holder().map(|note| note.name.clone());
        *self.holder.lock().unwrap_or_else(PoisonError::into_inner) = holder;
    }
}

fn micros(time: Duration) -> u64 {
    u64::try_from(time.as_micros()).unwrap_or(u64::MAX)
}
