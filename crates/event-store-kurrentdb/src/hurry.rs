//! Calls that are not held back by the system for 40 ms.
//!
//! The client 1.2.0 leaves Nagle's algorithm on (`grpc.rs`: `HttpConnector::new`) and sends the head and
//! the body of a call one after the other: the body then waits until the other side has acknowledged the
//! head, which Linux delays by 40 ms. It has no setting for that and hands out no socket. So the sockets
//! of this process are looked up among its open files and told not to wait. That is best effort: where
//! the system does not allow it, calls are slow and right. To be deleted when the client does it by
//! itself.
//!
//! All TCP connections of the process are told so; none of them wants small segments held back.
//! Deliberately absent: anything else that can be done to a socket.

use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How often new connections are looked for, while calls are made.
const EVERY: Duration = Duration::from_millis(250);

/// Remembers when connections were looked for.
#[derive(Default)]
pub(crate) struct Hurry(Mutex<Option<Instant>>);

impl Hurry {
    /// Looks for connections, beside whoever calls, if that is due.
    pub(crate) fn tick(&self) {
        let Ok(mut last) = self.0.try_lock() else { return };
        if last.is_none_or(|last| last.elapsed() >= EVERY) {
            *last = Some(Instant::now());
            tokio::task::spawn_blocking(hurry);
        }
    }
}

#[cfg(target_os = "linux")]
fn hurry() {
    if let Err(error) = linux::hurry() {
        tracing::debug!(%error, "calls to KurrentDB may take 40 ms longer");
    }
}

#[cfg(not(target_os = "linux"))]
fn hurry() {}

#[cfg(target_os = "linux")]
mod linux {
    use std::io;
    use std::path::Path;

    use rustix::net::sockopt::{set_tcp_nodelay, tcp_nodelay};
    use rustix::process::{PidfdFlags, PidfdGetfdFlags, getpid, pidfd_getfd, pidfd_open};

    const FILES: &str = "/proc/self/fd";

    pub(super) fn hurry() -> io::Result<()> {
        let me = pidfd_open(getpid(), PidfdFlags::empty())?;
        for entry in std::fs::read_dir(FILES)? {
            let entry = entry?;
            let Some(number) = entry.file_name().to_str().and_then(|name| name.parse().ok()) else {
                continue;
            };
            if !is_socket(&entry.path()) {
                continue;
            }
            // A second handle to the same socket. It may be closed by now, or be another one: what is
            // done to it does no harm to any.
            let Ok(socket) = pidfd_getfd(&me, number, PidfdGetfdFlags::empty()) else { continue };
            if matches!(tcp_nodelay(&socket), Ok(false)) {
                set_tcp_nodelay(&socket, true)?;
            }
        }
        Ok(())
    }

    fn is_socket(file: &Path) -> bool {
        std::fs::read_link(file).is_ok_and(|target| target.to_string_lossy().starts_with("socket:"))
    }
}
