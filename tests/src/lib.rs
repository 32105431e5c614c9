//! How the acceptance tests get at the finished program: they build it, run it, and speak to it by
//! its command line and HTTP, as anybody would. Deliberately absent: any crate of ours.

pub mod api;
pub mod program;

pub use api::Api;
pub use program::{Answer, Folder, Server};
