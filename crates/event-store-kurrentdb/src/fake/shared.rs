//! What all nodes of a cluster share: the log, who leads, the scripts, and the record of calls.

use std::collections::{HashMap, HashSet, VecDeque};
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use tonic::Status;
use tonic::metadata::MetadataMap;

use super::call::{Call, Method};
use super::cluster::{Credentials, Switch};
use super::fault::Fault;
use super::log::Log;
use super::status;

/// The shared part of a cluster.
#[derive(Debug)]
pub(super) struct Shared {
    /// The user that calls of `Streams` must come from, if it must be one.
    pub(super) credentials: Option<Credentials>,
    /// How many bytes one append may have.
    pub(super) max_append: usize,
    state: Mutex<State>,
    /// The end of the log; subscriptions wait for it to change.
    grown: watch::Sender<u64>,
}

/// The part that changes.
#[derive(Debug)]
pub(super) struct State {
    pub(super) log: Log,
    pub(super) leader: Option<usize>,
    pub(super) members: Vec<Member>,
    pub(super) switches: HashSet<Switch>,
    pub(super) scripts: HashMap<Method, VecDeque<Fault>>,
    pub(super) calls: Vec<Call>,
}

/// A node as the others see it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    /// Where it says that it listens.
    pub(super) advertised: SocketAddr,
    pub(super) alive: bool,
}

impl Shared {
    /// The state of a new cluster, led by its first node.
    pub(super) fn new(
        credentials: Option<Credentials>,
        max_append: usize,
        addresses: &[SocketAddr],
    ) -> Self {
        let members = addresses.iter().map(|&advertised| Member { advertised, alive: true });
        let log = Log::default();
        let (grown, _) = watch::channel(log.end());
        let state = State {
            log,
            leader: Some(0),
            members: members.collect(),
            switches: HashSet::new(),
            scripts: HashMap::new(),
            calls: Vec::new(),
        };
        Self { credentials, max_append, state: Mutex::new(state), grown }
    }

    /// The state. A panic elsewhere leaves it whole: no change of it spans a call that may panic.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes the log, and tells the subscriptions.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.state();
        let result = change(&mut state);
        // Told under the lock, so that the end never goes back.
        self.grown.send_replace(state.log.end());
        result
    }

    /// Wakes when the log has grown.
    pub(super) fn watch(&self) -> watch::Receiver<u64> {
        self.grown.subscribe()
    }

    /// Records a call and takes its entry from the script.
    pub(super) fn begin(&self, call: &Call) -> Fault {
        let mut state = self.state();
        state.calls.push(call.clone());
        let script = state.scripts.get_mut(&call.method);
        script.and_then(VecDeque::pop_front).unwrap_or(Fault::Pass)
    }

    /// Whether the node may do it at all.
    pub(super) fn admit(&self, call: &Call, headers: &MetadataMap) -> Result<(), Status> {
        if !call.method.of_streams() {
            return Ok(());
        }
        if self.credentials.is_some() && self.credentials != Credentials::of(headers) {
            return Err(status::unauthenticated());
        }
        let state = self.state();
        if call.requires_leader && state.leader != Some(call.node) {
            let leader = state.leader.and_then(|leader| state.members.get(leader));
            return Err(leader
                .map_or_else(status::no_leader, |leader| status::not_leader(leader.advertised)));
        }
        if call.method.writes() && !state.led() {
            return Err(status::not_ready());
        }
        Ok(())
    }
}

impl State {
    /// Whether there is a leader to forward to.
    fn led(&self) -> bool {
        let leader = self.leader.and_then(|leader| self.members.get(leader));
        leader.is_some_and(|leader| leader.alive)
    }

    /// Whether `switch` is on.
    pub(super) fn is_on(&self, switch: Switch) -> bool {
        self.switches.contains(&switch)
    }
}
