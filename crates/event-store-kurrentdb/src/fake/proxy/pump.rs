//! The two directions of one connection.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::watch;

use super::{Shared, Step};

/// How many bytes are forwarded as one piece at most.
const PIECE: usize = 16 * 1024;

/// Forwards both ways until both sides have ended, or one is cut.
pub(super) async fn both(client: TcpStream, server: TcpStream, step: Step, shared: &Shared) {
    let (from_client, to_client) = client.into_split();
    let (from_server, to_server) = server.into_split();
    let delay = match step {
        Step::Delay(delay) => delay,
        _ => Duration::ZERO,
    };
    let limit = |cut: Option<u64>| cut.unwrap_or(u64::MAX);
    let held = || shared.held.subscribe();
    let upwards = Pump {
        left: limit(if let Step::CutAfterClientBytes(n) = step { Some(n) } else { None }),
        delay,
        held: held(),
        counter: &shared.client_bytes,
    };
    let downwards = Pump {
        left: limit(if let Step::CutAfterServerBytes(n) = step { Some(n) } else { None }),
        delay,
        held: held(),
        counter: &shared.server_bytes,
    };
    // The first error drops both directions, and so closes both sockets.
    let _cut = tokio::try_join!(
        upwards.run(from_client, to_server),
        downwards.run(from_server, to_client)
    );
}

struct Pump<'a> {
    /// How many bytes may still go through before the cut.
    left: u64,
    delay: Duration,
    held: watch::Receiver<bool>,
    counter: &'a AtomicU64,
}

impl Pump<'_> {
    async fn run(mut self, mut from: OwnedReadHalf, mut to: OwnedWriteHalf) -> io::Result<()> {
        let mut piece = vec![0; PIECE];
        loop {
            if self.left == 0 {
                return Err(io::ErrorKind::ConnectionAborted.into());
            }
            let most = usize::try_from(self.left).unwrap_or(PIECE).min(PIECE);
            let read = from.read(&mut piece[..most]).await?;
            if !self.delay.is_zero() {
                tokio::time::sleep(self.delay).await;
            }
            // The sender lives as long as the proxy; without it there is nobody to resume.
            let _closed = self.held.wait_for(|held| !held).await.map(drop);
            if read == 0 {
                return to.shutdown().await;
            }
            to.write_all(&piece[..read]).await?;
            self.left -= read as u64;
            self.counter.fetch_add(read as u64, Ordering::Relaxed);
        }
    }
}
