//! The adapter through the real client, against nodes that speak the protocol and fail by script; and
//! against a real cluster, where one is given.

mod append;
mod chaos;
mod contract;
mod failover;
mod fake;
mod follow;
mod hurry;
mod patient;
mod read;
mod rig;
mod secure;
