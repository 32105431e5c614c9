//! One node: a port that is listened on or reserved, and HTTP/2 on its connections.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpSocket, TcpStream};
use tokio_rustls::TlsAcceptor;

use super::accept::{self, Acceptor, Cutter};
use super::service::Service;
use super::shared::Shared;

/// A node, running or not.
#[derive(Debug)]
pub(super) struct Node {
    address: SocketAddr,
    setup: Setup,
    port: Mutex<Port>,
}

#[derive(Debug)]
enum Port {
    /// Bound, and refusing connections; without a socket, not even bound.
    Reserved(Option<TcpSocket>),
    /// Listened on.
    Open(Acceptor),
}

/// What every connection of a node needs.
#[derive(Clone)]
pub(super) struct Setup {
    pub(super) index: usize,
    pub(super) shared: Arc<Shared>,
    pub(super) tls: Option<TlsAcceptor>,
}

impl std::fmt::Debug for Setup {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Setup").field("index", &self.index).finish_non_exhaustive()
    }
}

impl Node {
    /// A node that has a port and does not listen yet.
    pub(super) fn new(address: SocketAddr, socket: TcpSocket, setup: Setup) -> Self {
        Self { address, setup, port: Mutex::new(Port::Reserved(Some(socket))) }
    }

    /// Where it listens, or would.
    pub(super) const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Listens, unless it does already.
    pub(super) fn start(&self) -> io::Result<()> {
        let mut port = self.port();
        if let Port::Reserved(socket) = &mut *port {
            let socket = socket.take().map_or_else(|| accept::reserve(self.address), Ok)?;
            let listener = accept::listen(socket)?;
            let setup = self.setup.clone();
            *port = Port::Open(Acceptor::start(listener, |cutter| {
                move |stream| connection(stream, setup.clone(), cutter.clone())
            }));
        }
        Ok(())
    }

    /// Stops listening and cuts all connections; returns when that is done.
    pub(super) async fn stop(&self) {
        let port = std::mem::replace(&mut *self.port(), Port::Reserved(None));
        let socket = match port {
            Port::Reserved(socket) => socket,
            Port::Open(acceptor) => {
                acceptor.stop().await;
                accept::reserve(self.address).ok()
            }
        };
        *self.port() = Port::Reserved(socket);
    }

    /// Cuts all connections, and goes on listening.
    pub(super) fn cut(&self) {
        if let Port::Open(acceptor) = &*self.port() {
            acceptor.cutter().cut();
        }
    }

    fn port(&self) -> MutexGuard<'_, Port> {
        self.port.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn connection(stream: TcpStream, setup: Setup, cutter: Cutter) {
    let service = Service { shared: setup.shared, node: setup.index, cutter };
    match setup.tls {
        None => serve(stream, service).await,
        Some(tls) => {
            // A client that does not like the certificate is told by TLS itself.
            if let Ok(stream) = tls.accept(stream).await {
                serve(stream, service).await;
            }
        }
    }
}

async fn serve(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, service: Service) {
    let answer = service_fn(move |request| {
        let service = service.clone();
        async move { Ok::<_, Infallible>(service.serve(request).await) }
    });
    let served = http2::Builder::new(TokioExecutor::new())
        .serve_connection(TokioIo::new(stream), answer)
        .await;
    if let Err(error) = served {
        tracing::debug!(%error, "a connection of a fake node broke");
    }
}
