//! A TCP proxy that forwards, cuts, holds and delays bytes, whatever they mean.
//!
//! Deliberately absent: reordering and corruption, which TCP and TLS keep from a client.

mod pump;

use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::sync::watch;

use super::accept::{self, Acceptor};

/// What happens to one connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is forwarded both ways.
    Forward,
    /// It is cut when so many bytes of the client have gone through.
    CutAfterClientBytes(u64),
    /// It is cut when so many bytes of the server have gone through.
    CutAfterServerBytes(u64),
    /// It is forwarded, each piece this much later.
    Delay(Duration),
    /// It is accepted, and nothing is forwarded.
    Hold,
    /// It is closed at once.
    Refuse,
}

/// What went through a proxy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Connections accepted so far.
    pub connections: u64,
    /// Connections that are open now.
    pub open: u64,
    /// Bytes forwarded from clients.
    pub client_bytes: u64,
    /// Bytes forwarded from servers.
    pub server_bytes: u64,
}

/// A proxy. Clones are handles to the same; with the last one it ends.
#[derive(Clone, Debug)]
pub struct Proxy {
    address: SocketAddr,
    shared: Arc<Shared>,
    acceptor: Arc<Acceptor>,
}

#[derive(Debug)]
struct Shared {
    upstream: Mutex<SocketAddr>,
    script: Mutex<VecDeque<Step>>,
    held: watch::Sender<bool>,
    connections: AtomicU64,
    open: AtomicU64,
    client_bytes: AtomicU64,
    server_bytes: AtomicU64,
}

impl Proxy {
    /// Listens on a free port of 127.0.0.1, before `upstream`.
    ///
    /// # Errors
    ///
    /// If no port can be had.
    pub fn start(upstream: SocketAddr) -> io::Result<Self> {
        let socket = accept::reserve((Ipv4Addr::LOCALHOST, 0).into())?;
        let listener = accept::listen(socket)?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared::new(upstream));
        let acceptor = Acceptor::start(listener, |_| {
            let shared = Arc::clone(&shared);
            move |client| connection(client, Arc::clone(&shared))
        });
        Ok(Self { address, shared, acceptor: Arc::new(acceptor) })
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Forwards to another address from the next connection on.
    pub fn set_upstream(&self, upstream: SocketAddr) {
        *locked(&self.shared.upstream) = upstream;
    }

    /// Adds to the script: one step for each connection; without any (more) all are forwarded.
    pub fn script(&self, steps: impl IntoIterator<Item = Step>) {
        locked(&self.shared.script).extend(steps);
    }

    /// Cuts all connections.
    pub fn cut(&self) {
        self.acceptor.cutter().cut();
    }

    /// Forwards nothing from now on; connections stay, and new ones are accepted.
    pub fn hold(&self) {
        self.shared.held.send_replace(true);
    }

    /// Forwards again, what was held first.
    pub fn resume(&self) {
        self.shared.held.send_replace(false);
    }

    /// What went through so far.
    #[must_use]
    pub fn traffic(&self) -> Traffic {
        let count = |counter: &AtomicU64| counter.load(Ordering::Relaxed);
        Traffic {
            connections: count(&self.shared.connections),
            open: count(&self.shared.open),
            client_bytes: count(&self.shared.client_bytes),
            server_bytes: count(&self.shared.server_bytes),
        }
    }
}

impl Shared {
    fn new(upstream: SocketAddr) -> Self {
        Self {
            upstream: Mutex::new(upstream),
            script: Mutex::default(),
            held: watch::Sender::new(false),
            connections: AtomicU64::new(0),
            open: AtomicU64::new(0),
            client_bytes: AtomicU64::new(0),
            server_bytes: AtomicU64::new(0),
        }
    }
}

/// One connection in the count of open ones, for as long as it lives.
struct Open(Arc<Shared>);

impl Open {
    fn new(shared: Arc<Shared>) -> Self {
        shared.connections.fetch_add(1, Ordering::Relaxed);
        shared.open.fetch_add(1, Ordering::Relaxed);
        Self(shared)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.open.fetch_sub(1, Ordering::Relaxed);
    }
}

async fn connection(client: TcpStream, shared: Arc<Shared>) {
    let open = Open::new(shared);
    let shared = &open.0;
    let step = locked(&shared.script).pop_front().unwrap_or(Step::Forward);
    match step {
        Step::Refuse => return,
        Step::Hold => std::future::pending().await,
        _ => {}
    }
    let upstream = *locked(&shared.upstream);
    if let Ok(server) = TcpStream::connect(upstream).await {
        let _best_effort = server.set_nodelay(true);
        pump::both(client, server, step, shared).await;
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
