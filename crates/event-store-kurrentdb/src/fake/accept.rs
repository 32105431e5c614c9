//! A listener whose connections can all be cut at once, and which can be stopped and started again
//! on its port. Nodes and the proxy stand on it.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::mpsc;
use tokio::task::{JoinHandle, JoinSet};

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 1024;

/// How long to wait when no connection can be accepted.
const RETRY: Duration = Duration::from_millis(10);

#[derive(Clone, Copy, Debug)]
enum Order {
    Cut,
    Stop,
}

/// Cuts all connections of one listener; a handle to give away.
#[derive(Clone, Debug)]
pub(super) struct Cutter(mpsc::UnboundedSender<Order>);

impl Cutter {
    /// Cuts what is connected now. Nothing happens if the listener is stopped already.
    pub(super) fn cut(&self) {
        let _stopped = self.0.send(Order::Cut);
    }
}

/// A listener at work. Dropped, it is closed and all its connections are cut.
#[derive(Debug)]
pub(super) struct Acceptor {
    cutter: Cutter,
    task: JoinHandle<()>,
}

impl Acceptor {
    /// Accepts from `listener`; `serve` is given the handle to cut, and makes of each connection a
    /// task that lives until it ends or is cut.
    pub(super) fn start<S, F>(listener: TcpListener, serve: impl FnOnce(Cutter) -> S) -> Self
    where
        S: Fn(TcpStream) -> F + Send + 'static,
        F: Future<Output = ()> + Send + 'static,
    {
        let (sender, orders) = mpsc::unbounded_channel();
        let cutter = Cutter(sender);
        let serve = serve(cutter.clone());
        Self { cutter, task: tokio::spawn(run(listener, orders, serve)) }
    }

    /// The handle to cut.
    pub(super) const fn cutter(&self) -> &Cutter {
        &self.cutter
    }

    /// Closes the listener and cuts all connections; returns when that is done.
    pub(super) async fn stop(mut self) {
        let _ended = self.cutter.0.send(Order::Stop);
        let _ended = (&mut self.task).await;
    }
}

impl Drop for Acceptor {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn run<S, F>(listener: TcpListener, mut orders: mpsc::UnboundedReceiver<Order>, serve: S)
where
    S: Fn(TcpStream) -> F,
    F: Future<Output = ()> + Send + 'static,
{
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            // An order comes before the connections that arrived after it.
            biased;
            order = orders.recv() => match order {
                Some(Order::Cut) => connections.shutdown().await,
                Some(Order::Stop) | None => break,
            },
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    // Small messages both ways: waiting to fill packets would only slow tests.
                    let _best_effort = stream.set_nodelay(true);
                    connections.spawn(serve(stream));
                }
                // Too many open files, say: the next try would fail at once, and the next.
                Err(_) => tokio::time::sleep(RETRY).await,
            },
        }
    }
    drop(listener);
    connections.shutdown().await;
}

/// A bound port that refuses connections: kept while a listener is stopped, lest somebody else
/// takes the port.
pub(super) fn reserve(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}

/// Listens on a bound port.
pub(super) fn listen(socket: TcpSocket) -> io::Result<TcpListener> {
    socket.listen(BACKLOG)
}
