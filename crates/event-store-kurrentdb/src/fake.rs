//! A KurrentDB cluster in this process: nodes that speak the real protocol (gRPC over HTTP/2, with
//! or without TLS) over one log in memory, and fail by script; and a [`proxy`] that cuts, holds and
//! delays bytes. For tests of the adapter and of whatever stands on it, with the real client.
//!
//! The model follows what the server (25.x) does to a client that appends with an expected
//! revision, reads, and follows `$all`; where they differ, the module concerned says so.
//!
//! Deliberately absent: elections that happen by themselves, replicas that lag, persistence,
//! `BatchAppend`, subscriptions to one stream, persistent subscriptions, projections, links, access
//! lists, and speed at scale. Deadlines, too: a call that hangs here hangs although the client asked
//! for an end of it, as with a server that lost its network.

#![expect(clippy::result_large_err, reason = "the status of tonic is what a method returns")]

mod accept;
mod append;
mod call;
mod cluster;
mod delete;
mod fault;
mod given;
mod gossip;
mod log;
mod node;
pub mod proxy;
mod read;
mod service;
mod shared;
mod status;
mod subscribe;
mod tls;
mod wire;

pub use call::{Call, Method, Start};
pub use cluster::{Cluster, Credentials, Options, Switch, Tls};
pub use fault::{Fault, Trouble};
pub use given::real_cluster;
pub use log::Stored;
pub use tonic::Code;
