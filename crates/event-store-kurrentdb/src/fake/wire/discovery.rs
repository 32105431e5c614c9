//! Messages by which a client finds its node.

use prost::Message;

use super::WireUuid;

/// The answer of gossip.
#[derive(Clone, PartialEq, Message)]
pub(in crate::fake) struct ClusterInfo {
    #[prost(message, repeated, tag = "1")]
    pub(in crate::fake) members: Vec<MemberInfo>,
}

/// A node as the others see it.
#[derive(Clone, PartialEq, Message)]
pub(in crate::fake) struct MemberInfo {
    #[prost(message, optional, tag = "1")]
    pub(in crate::fake) instance_id: Option<WireUuid>,
    #[prost(int64, tag = "2")]
    pub(in crate::fake) time_stamp: i64,
    #[prost(int32, tag = "3")]
    pub(in crate::fake) state: i32,
    #[prost(bool, tag = "4")]
    pub(in crate::fake) is_alive: bool,
    #[prost(message, optional, tag = "5")]
    pub(in crate::fake) http_end_point: Option<EndPoint>,
}

/// Where a node listens.
#[derive(Clone, PartialEq, Message)]
pub(in crate::fake) struct EndPoint {
    #[prost(string, tag = "1")]
    pub(in crate::fake) address: String,
    #[prost(uint32, tag = "2")]
    pub(in crate::fake) port: u32,
}

/// The server's version; the list of its methods stays empty.
#[derive(Clone, PartialEq, Message)]
pub(in crate::fake) struct SupportedMethods {
    #[prost(string, tag = "2")]
    pub(in crate::fake) event_store_server_version: String,
}
