//! How the acceptance tests get at the finished program: they build it, run it, and speak to it by
//! its command line, HTTP and a browser, as anybody would. Deliberately absent: any crate of ours.

pub mod api;
pub mod browser;
pub mod leash;
pub mod program;

pub use api::Api;
pub use browser::{Browser, Viewport};
pub use leash::Leash;
pub use program::{Answer, Demo, Folder, Server};
