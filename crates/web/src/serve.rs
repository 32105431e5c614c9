//! Serves the router on a socket until told to stop. Deliberately absent: TLS; a proxy has it.

use std::future::Future;

use axum::Router;
use tokio::net::TcpListener;

/// Serves until `shutdown` is done, then ends after the requests at hand.
///
/// # Errors
/// Those of the socket.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    axum::serve(listener, router).with_graceful_shutdown(shutdown).await
}
