//! The fake cluster, seen through the real client. Where a test pins down what the client does
//! rather than the fake, it says so: the adapter is built around that.

mod append;
mod client;
mod faults;
mod nodes;
mod proxy;
mod read;
mod rig;
mod secure;
mod spin;
mod subscribe;
