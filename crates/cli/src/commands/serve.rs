//! `serve`: the API on the data folder, with the clerk beside it.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use async_trait::async_trait;
use clerk::Clerk;
use codec::Keyring;
use engine::Engine;
use event_store::EventStore;
use procedure::CaseId;
use projections::timeline::{Entry, timeline};
use projections::{Position, ReadError, Runner};
use tokio::net::TcpListener;

use crate::args::{Place, Serve};
use crate::home::Home;
use crate::output::print;

pub(crate) async fn run(place: &Place, arguments: &Serve) -> Result<()> {
    let home = Home::take(place)?;
    let engine = Arc::new(home.engine());
    let served = Served::start(&home, engine, arguments.listen).await?;
    print(&format!("hieuhoc serves {} at {}", home.folder.display(), served.base()))?;
    served.until_told_to_stop().await
}

/// An API that is ready to be served, and the clerk beside it.
pub(crate) struct Served {
    listener: TcpListener,
    address: SocketAddr,
    router: web::Router,
    runner: Arc<Runner>,
    clerk: Arc<Clerk>,
}

impl Served {
    /// Brings the read models up to date and takes the address.
    pub(crate) async fn start(
        home: &Home,
        engine: Arc<Engine>,
        listen: SocketAddr,
    ) -> Result<Self> {
        let listener = TcpListener::bind(listen).await;
        let listener = listener.with_context(|| format!("the address {listen} cannot be used"))?;
        let address = listener.local_addr()?;
        let (store, keyring) = (home.store.clone(), home.keyring.clone());
        let runner = Runner::start(&home.read_models(), store.clone(), keyring.clone()).await?;
        runner.reach(store.head().await?, |_| {}).await?;
        let runner = Arc::new(runner);
        let history = Arc::new(StoredHistory { store, keyring });
        let clerk = Arc::new(Clerk::new(engine.clone(), runner.clone()));
        let told = Arc::new(Told(clerk.clone()));
        let app = web::App { engine, runner: runner.clone(), history, clerk: told };
        Ok(Self { listener, address, router: web::router(app), runner, clerk })
    }

    /// Where it is.
    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The read models, to read.
    pub(crate) fn runner(&self) -> &Runner {
        &self.runner
    }

    /// Serves until Ctrl-C or a request to terminate.
    pub(crate) async fn until_told_to_stop(self) -> Result<()> {
        let clerk = self.clerk;
        let working = tokio::spawn(async move { clerk.run().await });
        let served = web::serve(self.listener, self.router, told_to_stop()).await;
        // Whatever he is about, he or another one goes on with it.
        working.abort();
        Ok(served?)
    }
}

async fn told_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = tokio::signal::ctrl_c() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}

/// The clerk, as the API knows him.
struct Told(Arc<Clerk>);

impl web::Clerk for Told {
    fn wake(&self, position: Option<Position>) {
        self.0.wake(position);
    }
}

/// Case histories, straight from the event store.
struct StoredHistory {
    store: Arc<dyn EventStore>,
    keyring: Arc<dyn Keyring>,
}

#[async_trait]
impl web::History for StoredHistory {
    async fn timeline(&self, case: CaseId) -> Result<Vec<Entry>, ReadError> {
        timeline(&*self.store, &*self.keyring, case).await
    }

    async fn head(&self) -> Result<Option<String>, ReadError> {
        Ok(self.store.head().await?.map(|position| position.to_string()))
    }
}
