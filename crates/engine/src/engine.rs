//! The engine: a store, a clock, randomness, keys, and the states at hand.

use std::num::NonZeroUsize;
use std::sync::Arc;

use codec::stream::StreamId;
use codec::{EvidenceStore, Key, Keyring};
use event_store::{EventStore, StreamName};
use jiff::Timestamp;
use procedure::{
    Aggregate, Date, calendar, case, decision, draft, edition, meeting, officer, refused_act,
    subject, territory,
};
use uuid::Uuid;

use crate::clock::{Clock, Monotonic, civil_date};
use crate::entropy::Entropy;
use crate::error::EngineError;
use crate::meter::Meter;
use crate::password::Workshop;
use crate::personal::{Sealer, key_of};
use crate::repository::Repository;

/// How many states of each kind are kept at hand; a case takes some kilobytes.
const CASES: usize = 20_000;
const SUBJECTS: usize = 10_000;
const OFFICERS: usize = 5_000;
const EDITIONS: usize = 500;
const TERRITORIES: usize = 4_000;
const MEETINGS: usize = 1_000;
const DECISIONS: usize = 500;
const REFUSALS: usize = 1_000;
/// A draft takes up to a hundred kilobytes.
const DRAFTS: usize = 200;
/// How many commands of the program are in flight at a time: what waits together is committed together,
/// and a commit costs a flush of the disk.
const AT_ONCE: usize = 256;

/// The one way in which anything is written.
pub struct Engine {
    pub(crate) store: Arc<dyn EventStore>,
    pub(crate) keyring: Arc<dyn Keyring>,
    /// Evidence files; none are taken in without.
    pub(crate) evidence: Option<Arc<dyn EvidenceStore>>,
    clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    monotonic: Monotonic,
    /// Commands of the program in flight; the store commits them together.
    pub(crate) at_once: usize,
    pub(crate) meter: Meter,
    /// Where passwords are worked on.
    pub(crate) workshop: Workshop,
    pub(crate) cases: Repository<case::State>,
    pub(crate) subjects: Repository<subject::State>,
    pub(crate) officers: Repository<officer::State>,
    pub(crate) editions: Repository<edition::State>,
    pub(crate) territories: Repository<territory::State>,
    pub(crate) calendars: Repository<calendar::State>,
    pub(crate) meetings: Repository<meeting::State>,
    pub(crate) decisions: Repository<decision::State>,
    pub(crate) refusals: Repository<refused_act::State>,
    pub(crate) drafts: Repository<draft::State>,
}

impl Engine {
    /// An engine on a store.
    #[must_use]
    pub fn new(
        store: Arc<dyn EventStore>,
        keyring: Arc<dyn Keyring>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Self {
        Self {
            cases: repository(&store, CASES),
            subjects: repository(&store, SUBJECTS),
            officers: repository(&store, OFFICERS),
            editions: repository(&store, EDITIONS),
            territories: repository(&store, TERRITORIES),
            calendars: repository(&store, 1),
            meetings: repository(&store, MEETINGS),
            decisions: repository(&store, DECISIONS),
            refusals: repository(&store, REFUSALS),
            drafts: repository(&store, DRAFTS),
            store,
            keyring,
            evidence: None,
            clock,
            entropy,
            monotonic: Monotonic::default(),
            at_once: AT_ONCE,
            meter: Meter::default(),
            workshop: Workshop::default(),
        }
    }

    /// Carries out the program's commands one after the other, so that the same commands give the
    /// same log, byte for byte; for playing a year in seconds.
    #[must_use]
    pub fn one_at_a_time(mut self) -> Self {
        self.at_once = 1;
        self
    }

    /// Takes in evidence files and keeps them there.
    #[must_use]
    pub fn with_evidence(mut self, store: Arc<dyn EvidenceStore>) -> Self {
        self.evidence = Some(store);
        self
    }

    /// Today in Viet Nam.
    #[must_use]
    pub fn today(&self) -> Date {
        civil_date(self.clock.now())
    }

    /// What it counts about itself.
    #[must_use]
    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    /// The time that the next decision bears.
    pub(crate) fn recorded_at(&self) -> Timestamp {
        self.monotonic.next(self.clock.now())
    }

    /// The randomness.
    pub(crate) fn entropy(&self) -> &dyn Entropy {
        &*self.entropy
    }

    /// Seals texts about an owner: a subject, or an officer. Makes him a key if he has none,
    /// which waits for the disk; see [`Self::make_keys`] for many at once.
    ///
    /// # Errors
    /// [`EngineError::Unavailable`] if the keys cannot be reached.
    pub fn sealer(&self, owner: Uuid) -> Result<Sealer<'_>, EngineError> {
        let key = key_of(&*self.keyring, &*self.entropy, owner)?;
        Ok(Sealer::new(owner, key, &*self.entropy))
    }

    /// Makes keys for all owners that have none, in one go.
    ///
    /// # Errors
    /// [`EngineError::Unavailable`] if the keys cannot be kept; then none is.
    pub fn make_keys(&self, owners: &[Uuid]) -> Result<(), EngineError> {
        let fresh: Vec<_> =
            owners.iter().map(|owner| (*owner, Key::new(self.entropy.bytes()))).collect();
        self.keyring.keep(&fresh)?;
        Ok(())
    }

    /// A fresh secret of 256 random bits.
    #[must_use]
    pub fn secret(&self) -> [u8; 32] {
        self.entropy.bytes()
    }
}

fn repository<A: Aggregate>(store: &Arc<dyn EventStore>, capacity: usize) -> Repository<A> {
    Repository::new(store.clone(), NonZeroUsize::new(capacity).unwrap_or(NonZeroUsize::MIN))
}

/// The stream of an aggregate.
pub(crate) fn stream<A: Aggregate>(id: &impl StreamId<A>) -> Result<StreamName, EngineError> {
    StreamName::new(id.stream()).map_err(EngineError::from)
}
