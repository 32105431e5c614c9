//! What was called: the record that tests look at afterwards.

use tonic::metadata::MetadataMap;

use super::cluster::Credentials;

/// A method, as scripts and records of calls tell them apart; `Streams.Read` is three of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// `Streams.Append`.
    Append,
    /// `Streams.Read` of one stream.
    ReadStream,
    /// `Streams.Read` of `$all`.
    ReadAll,
    /// `Streams.Read` as a subscription to `$all`.
    Subscribe,
    /// `Streams.Delete`.
    Delete,
    /// `Streams.Tombstone`.
    Tombstone,
    /// `Gossip.Read`.
    Gossip,
    /// `ServerFeatures.GetSupportedMethods`.
    Features,
}

impl Method {
    /// Whether it belongs to the service that asks who calls and who leads.
    pub(super) const fn of_streams(self) -> bool {
        !matches!(self, Self::Gossip | Self::Features)
    }

    /// Whether only a leader can do it.
    pub(super) const fn writes(self) -> bool {
        matches!(self, Self::Append | Self::Delete | Self::Tombstone)
    }
}

/// Where a read begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// At the first event.
    First,
    /// At this revision of a stream, or this commit position of `$all`.
    At(u64),
    /// At the end.
    End,
}

/// One call, as it arrived whole at a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The method.
    pub method: Method,
    /// The node, counted from 0.
    pub node: usize,
    /// Whether the call came with `requires-leader: true`.
    pub requires_leader: bool,
    /// The user of its basic authorization.
    pub user: Option<String>,
    /// The stream, unless it is `$all`.
    pub stream: Option<String>,
    /// How many events were proposed, or asked for; none for a subscription.
    pub count: Option<u64>,
    /// The prefixes of its filter.
    pub prefixes: Vec<String>,
    /// Where the read begins.
    pub from: Option<Start>,
    /// Whether the read goes backwards.
    pub backwards: bool,
}

impl Call {
    /// A call of `method` at `node`, with the headers it came with.
    pub(super) fn new(method: Method, node: usize, headers: &MetadataMap) -> Self {
        Self {
            method,
            node,
            requires_leader: header(headers, "requires-leader") == Some("true"),
            user: Credentials::of(headers).map(|credentials| credentials.user),
            stream: None,
            count: None,
            prefixes: Vec::new(),
            from: None,
            backwards: false,
        }
    }
}

/// The value of a header, if it is text.
pub(super) fn header<'a>(headers: &'a MetadataMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
