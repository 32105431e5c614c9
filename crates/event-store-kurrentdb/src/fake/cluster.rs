//! The cluster as a test holds it.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tonic::metadata::MetadataMap;

use super::accept;
use super::call::{Call, Method, header};
use super::fault::Fault;
use super::log::{Proposal, Stored};
use super::node::{Node, Setup};
use super::shared::Shared;
use super::tls;

/// A user and the password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    /// The user.
    pub user: String,
    /// The password.
    pub password: String,
}

impl Credentials {
    /// What a call says in its basic authorization.
    pub(super) fn of(headers: &MetadataMap) -> Option<Self> {
        let encoded = header(headers, "authorization")?.strip_prefix("Basic ")?;
        let text = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
        let (user, password) = text.split_once(':')?;
        Some(Self { user: user.to_owned(), password: password.to_owned() })
    }
}

/// The identity that nodes show to clients, in PEM.
#[derive(Clone, Debug)]
pub struct Tls {
    /// The certificate and what it is signed with.
    pub certificate: String,
    /// Its private key.
    pub key: String,
}

/// How a cluster is made.
#[derive(Clone, Debug)]
pub struct Options {
    /// How many nodes.
    pub nodes: usize,
    /// Without it, nodes speak plain HTTP/2.
    pub tls: Option<Tls>,
    /// The user that the service `Streams` asks for, if any.
    pub credentials: Option<Credentials>,
    /// How many bytes one append may have.
    pub max_append: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { nodes: 1, tls: None, credentials: None, max_append: 1024 * 1024 }
    }
}

/// Ways in which a server may differ; all off at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Switch {
    /// Reads of a stream come without positions, as before version 22.6.
    OldServer,
    /// A position inside of a record is an error, not the record behind it.
    StrictPositions,
    /// The answer to a repeated append has no position.
    RepeatsWithoutPosition,
}

/// A cluster. Clones are handles to the same; with the last one it ends.
#[derive(Clone, Debug)]
pub struct Cluster {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    shared: Arc<Shared>,
    nodes: Vec<Node>,
    tls: bool,
}

impl Cluster {
    /// Starts so many nodes on free ports of 127.0.0.1; the first one leads.
    ///
    /// # Errors
    ///
    /// If no port can be had.
    pub async fn start(nodes: usize) -> io::Result<Self> {
        Self::start_with(Options { nodes, ..Options::default() }).await
    }

    /// Starts a cluster made in another way.
    ///
    /// # Errors
    ///
    /// If no port can be had, or the identity is none.
    pub async fn start_with(options: Options) -> io::Result<Self> {
        let tls = options.tls.as_ref().map(tls::acceptor).transpose()?;
        let any_port = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        let mut sockets = Vec::with_capacity(options.nodes);
        let mut addresses = Vec::with_capacity(options.nodes);
        for _ in 0..options.nodes {
            let socket = accept::reserve(any_port)?;
            addresses.push(socket.local_addr()?);
            sockets.push(socket);
        }
        let shared = Arc::new(Shared::new(options.credentials, options.max_append, &addresses));
        let mut nodes = Vec::with_capacity(options.nodes);
        for (index, (address, socket)) in addresses.into_iter().zip(sockets).enumerate() {
            let setup = Setup { index, shared: Arc::clone(&shared), tls: tls.clone() };
            let node = Node::new(address, socket, setup);
            node.start()?;
            nodes.push(node);
        }
        Ok(Self { inner: Arc::new(Inner { shared, nodes, tls: tls.is_some() }) })
    }

    /// The connection string: all nodes, without credentials; more parameters can be added with
    /// `&`.
    #[must_use]
    pub fn url(&self) -> String {
        let addresses = self.inner.nodes.iter().map(|node| node.address().to_string());
        let hosts = addresses.collect::<Vec<_>>().join(",");
        format!("kurrentdb://{hosts}?tls={}", self.inner.tls)
    }

    /// Where a node listens, or did.
    ///
    /// # Panics
    ///
    /// If there is no such node; so do the other methods that take one.
    #[must_use]
    pub fn address(&self, node: usize) -> SocketAddr {
        self.inner.nodes[node].address()
    }

    /// Makes a node say that it listens at `address`: that of a proxy before it.
    pub fn advertise(&self, node: usize, address: SocketAddr) {
        self.inner.shared.state().members[node].advertised = address;
    }

    /// Changes the leader. No connection is cut, and clients learn it when they ask or are refused.
    pub fn elect(&self, node: Option<usize>) {
        self.inner.shared.state().leader = node;
    }

    /// Closes the node's listener and cuts all its connections. No election happens.
    pub async fn stop(&self, node: usize) {
        self.inner.shared.state().members[node].alive = false;
        self.inner.nodes[node].stop().await;
    }

    /// Starts a stopped node again, on its port.
    ///
    /// # Errors
    ///
    /// If the port cannot be listened on.
    pub fn start_again(&self, node: usize) -> io::Result<()> {
        self.inner.nodes[node].start()?;
        self.inner.shared.state().members[node].alive = true;
        Ok(())
    }

    /// Cuts all connections of a node, which goes on listening.
    pub fn cut(&self, node: usize) {
        self.inner.nodes[node].cut();
    }

    /// Adds to the script of a method: one entry for each call, at whichever node it arrives.
    pub fn script(&self, method: Method, faults: impl IntoIterator<Item = Fault>) {
        self.inner.shared.state().scripts.entry(method).or_default().extend(faults);
    }

    /// How many entries of a script no call has met yet.
    #[must_use]
    pub fn scripted(&self, method: Method) -> usize {
        self.inner.shared.state().scripts.get(&method).map_or(0, |script| script.len())
    }

    /// All calls that arrived so far.
    #[must_use]
    pub fn calls(&self) -> Vec<Call> {
        self.inner.shared.state().calls.clone()
    }

    /// The whole log.
    #[must_use]
    pub fn stored(&self) -> Vec<Stored> {
        self.inner.shared.state().log.records().to_vec()
    }

    /// Turns a switch on or off.
    pub fn switch(&self, switch: Switch, on: bool) {
        let switches = &mut self.inner.shared.state().switches;
        if on {
            switches.insert(switch);
        } else {
            switches.remove(&switch);
        }
    }

    /// Writes a record of somebody else, and returns its position.
    pub fn foreign(&self, stream: &str, event_type: &str) -> u64 {
        let event = Proposal::json(event_type, "{}");
        self.inner.shared.change(|state| state.log.push(stream, event))
    }

    /// Removes the events of tombstoned, deleted and truncated streams; a tombstone itself stays,
    /// and so do the positions of the others.
    pub fn scavenge(&self) {
        self.inner.shared.change(|state| state.log.scavenge());
    }

    /// Puts another event, with another id, in the place of the last record: what a client finds
    /// that saw a history which the cluster did not keep.
    pub fn rewrite_last(&self) {
        self.inner.shared.change(|state| state.log.rewrite_last());
    }

    /// Lets reads of `stream` begin at revision `before`, as `$tb` in its metadata does.
    pub fn truncate(&self, stream: &str, before: u64) {
        self.inner.shared.change(|state| state.log.truncate(stream, before));
    }
}
