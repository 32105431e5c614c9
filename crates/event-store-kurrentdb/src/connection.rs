//! The client, made anew where it is of no use any more, and calls that wait for a cluster to have a
//! leader.
//!
//! The client of version 1.2.0 keeps to the node that it found first, also when that node is dead
//! (`grpc.rs`: a channel asked for without a known leader is the old one), and is deaf for ever once
//! it has found no node. So a client that failed is dropped, and the next call makes another, which
//! asks all hosts of the connection string again. Between two clients lies a pause that grows, so that
//! a cluster that is down is not stormed when it comes back.
//!
//! Deliberately absent: what is asked; and deadlines of the protocol, which only the server would
//! keep.

use std::future::Future;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use kurrentdb::{Client, ClientSettings};
use tokio::runtime::Handle;
use tokio::sync::Mutex as AsyncMutex;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep_until, timeout, timeout_at};

use crate::address::Address;
use crate::failure::Fault;
use crate::hurry::Hurry;

/// Pauses between two clients, or between two tries with one.
const PAUSE_MIN: Duration = Duration::from_millis(20);
const PAUSE_MAX: Duration = Duration::from_secs(2);
/// How many times the deadline of one try others are begun: an election takes seconds.
const PATIENCE: u32 = 2;

/// What may be done with a call that failed and may have been carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repeat {
    /// It changes nothing: it is made again.
    Harmless,
    /// It is left to whoever asked.
    Never,
}

/// The way to a cluster, shared by everything that uses it.
pub(crate) struct Connection {
    settings: ClientSettings,
    deadline: Duration,
    current: Mutex<Current>,
    /// Held by whoever makes a client, so that one is made at a time.
    making: AsyncMutex<()>,
    hurry: Hurry,
}

struct Current {
    client: Option<Client>,
    /// Counts clients, so that one that failed many calls at once is dropped once.
    number: u64,
    /// Clients that failed since a call succeeded.
    failures: u32,
    /// Before that, no other is made.
    not_before: Instant,
}

impl Connection {
    /// Nothing is asked of the network yet.
    pub(crate) fn new(address: &Address) -> Self {
        let current = Current { client: None, number: 0, failures: 0, not_before: Instant::now() };
        Self {
            settings: address.settings.clone(),
            deadline: address.deadline,
            current: Mutex::new(current),
            making: AsyncMutex::default(),
            hurry: Hurry::default(),
        }
    }

    /// Makes a call, and makes it again while it was surely without effect, or is `Harmless`.
    pub(crate) async fn call<T, F>(
        &self,
        repeat: Repeat,
        mut ask: impl FnMut(Client) -> F,
    ) -> Result<T, Fault>
    where
        F: Future<Output = Result<T, Fault>>,
    {
        let give_up = Instant::now() + self.deadline * PATIENCE;
        let mut pause = PAUSE_MIN;
        loop {
            let fault = match self.attempt(give_up, &mut ask).await {
                Ok(answer) => return Ok(answer),
                Err(fault) => fault,
            };
            let next = Instant::now() + pause;
            if !fault.passes(repeat == Repeat::Harmless) || next >= give_up {
                return Err(fault);
            }
            tracing::debug!(?fault, "a call to KurrentDB failed; making it again");
            sleep_until(next).await;
            pause = (pause * 2).min(PAUSE_MAX);
        }
    }

    async fn attempt<T, F>(
        &self,
        give_up: Instant,
        ask: &mut impl FnMut(Client) -> F,
    ) -> Result<T, Fault>
    where
        F: Future<Output = Result<T, Fault>>,
    {
        let (number, client) = self.client(give_up).await?;
        // However long it took to make the client: a try without time would only lose it again.
        let result = match timeout(self.deadline, ask(client)).await {
            Ok(result) => result,
            Err(_) => Err(Fault::Doubtful("KurrentDB did not answer in time".to_owned())),
        };
        match &result {
            Err(fault) if fault.is_of_connection() => self.drop_client(number),
            Err(Fault::Elsewhere) => {}
            _ => {
                self.current().failures = 0;
                self.hurry.tick();
            }
        }
        result
    }

    /// The client at hand, or another as soon as one may be made.
    async fn client(&self, give_up: Instant) -> Result<(u64, Client), Fault> {
        if let Some(found) = self.at_hand() {
            return Ok(found);
        }
        let late = || Fault::Unsent("KurrentDB has not been reached for a while".to_owned());
        let _making = timeout_at(give_up, self.making.lock()).await.map_err(|_| late())?;
        // Whoever waited finds what another has made.
        if let Some(found) = self.at_hand() {
            return Ok(found);
        }
        let not_before = self.current().not_before;
        if not_before >= give_up {
            return Err(late());
        }
        sleep_until(not_before).await;
        let client = self.make().await?;
        let mut current = self.current();
        current.number += 1;
        current.client = Some(client.clone());
        Ok((current.number, client))
    }

    fn at_hand(&self) -> Option<(u64, Client)> {
        let current = self.current();
        current.client.clone().map(|client| (current.number, client))
    }

    /// Reads the certificates of the machine, which takes a while.
    async fn make(&self) -> Result<Client, Fault> {
        let (runtime, settings) = (Handle::current(), self.settings.clone());
        let making = spawn_blocking(move || Client::with_runtime_handle(runtime, settings));
        let made = making.await.map_err(|error| Fault::Unsent(error.to_string()))?;
        made.map_err(|error| Fault::Unsent(error.to_string()))
    }

    fn drop_client(&self, number: u64) {
        let mut current = self.current();
        if current.number == number && current.client.take().is_some() {
            let pause = PAUSE_MIN * 2_u32.saturating_pow(current.failures.min(10));
            // Shorter than the patience of a call, which would otherwise give up without a try.
            current.not_before = Instant::now() + pause.min(PAUSE_MAX).min(self.deadline);
            current.failures = current.failures.saturating_add(1);
        }
    }

    fn current(&self) -> MutexGuard<'_, Current> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
