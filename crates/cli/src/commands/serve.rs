//! `serve`: pages and API on the data folder, with the clerk beside them; or, with `--follow`, pages
//! and API that only read, beside the server that has it.

use std::net::SocketAddr;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use async_trait::async_trait;
use clerk::{Clerk, Lease};
use codec::Keyring;
use engine::{Engine, SystemClock};
use event_store::EventStore;
use procedure::{CaseId, DecisionId};
use projections::timeline::{DecisionEntry, Entry, decision_timeline, timeline};
use projections::{Position, ReadError, Runner, lines};
use tokio::net::TcpListener;
use tokio::sync::watch;
use web::Writer;

use crate::args::{Place, Serve};
use crate::home::Home;
use crate::output::print;

pub(crate) async fn run(place: &Place, arguments: &Serve) -> Result<()> {
    let home = match (arguments.follow, &arguments.read) {
        (true, Some(read)) => Home::follow(place, read)?,
        (_, read) => Home::take_with(place, read.as_deref()).await?,
    };
    let engine = Arc::new(home.engine());
    let settings = pages::Settings { secure: arguments.https, ..pages::Settings::default() };
    let how = How {
        metrics: arguments.metrics,
        writer: arguments.follow.then(|| Writer::at(arguments.writer.clone())),
        name: arguments.name.clone(),
        ..How::at(arguments.listen, settings)
    };
    let served = Served::start(&home, engine, how).await?;
    let only = if arguments.follow { ", to read only," } else { "" };
    print(&format!("hieuhoc serves {}{only} at {}", home.folder.display(), served.base()))?;
    if let Some(address) = served.metrics_at() {
        print(&format!("metrics at http://{address}/metrics"))?;
    }
    served.until_told_to_stop().await
}

/// Where and how it is served.
pub(crate) struct How {
    listen: SocketAddr,
    settings: pages::Settings,
    /// Address of the metrics.
    metrics: Option<SocketAddr>,
    /// Where changes go, on a server that only reads.
    writer: Option<Writer>,
    /// What the server is called.
    name: Option<String>,
}

impl How {
    /// Everything, at an address.
    pub(crate) fn at(listen: SocketAddr, settings: pages::Settings) -> Self {
        Self { listen, settings, metrics: None, writer: None, name: None }
    }
}

/// Pages and API, ready to be served, and the clerk beside them.
pub(crate) struct Served {
    listener: TcpListener,
    address: SocketAddr,
    router: web::Router,
    site: Arc<pages::Site>,
    runner: Arc<Runner>,
    /// Absent on a server that only reads.
    clerk: Option<Arc<Clerk>>,
    metrics: Option<(TcpListener, SocketAddr, web::Router)>,
}

impl Served {
    /// Brings the read models up to date and takes the addresses.
    pub(crate) async fn start(home: &Home, engine: Arc<Engine>, how: How) -> Result<Self> {
        let (listener, address) = bind(how.listen).await?;
        let metrics = match how.metrics {
            Some(address) => Some(bind(address).await?),
            None => None,
        };
        let (store, keyring) = (home.store.clone(), home.keyring.clone());
        let runner = Runner::start(&home.read_models(), store.clone(), keyring.clone()).await?;
        runner.reach(store.head().await?, |_| {}).await?;
        let runner = Arc::new(runner);
        let clerk = match &how.writer {
            Some(_) => None,
            None => {
                let lease = lease(home, how.name.as_deref(), address)?;
                let clerk = Clerk::new(engine.clone(), runner.clone()).with_lease(lease);
                Some(Arc::new(clerk))
            }
        };
        let history = Arc::new(StoredHistory { store, keyring });
        let told = Arc::new(Told(clerk.clone()));
        let app = Arc::new(web::App { engine, runner: runner.clone(), history, clerk: told });
        let metrics =
            metrics.map(|(listener, address)| (listener, address, web::metrics(app.clone())));
        let site = pages::Site::new(app.clone(), how.settings);
        let (site, api) = match how.writer {
            None => (site, web::router(app)),
            Some(writer) => {
                let api = web::read_only_router(app, &writer);
                (site.read_only(writer), api)
            }
        };
        let site = Arc::new(site);
        let router = pages::router(site.clone(), api);
        Ok(Self { listener, address, router, site, runner, clerk, metrics })
    }

    /// Where it is.
    pub(crate) fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where the metrics are.
    pub(crate) fn metrics_at(&self) -> Option<SocketAddr> {
        self.metrics.as_ref().map(|(_, address, _)| *address)
    }

    /// The read models, to read.
    pub(crate) fn runner(&self) -> &Runner {
        &self.runner
    }

    /// Serves until Ctrl-C or a request to terminate.
    pub(crate) async fn until_told_to_stop(self) -> Result<()> {
        let working =
            self.clerk.clone().map(|clerk| tokio::spawn(async move { clerk.run().await }));
        let (ended, end) = watch::channel(false);
        if let Some((listener, _, router)) = self.metrics {
            let mut end = end.clone();
            let told = async move { drop(end.wait_for(|ended| *ended).await) };
            tokio::spawn(web::serve(listener, router, told));
        }
        let site = self.site;
        let stop = async move {
            told_to_stop().await;
            site.close();
        };
        let served = web::serve(self.listener, self.router, stop).await;
        ended.send_replace(true);
        if let (Some(clerk), Some(working)) = (self.clerk, working) {
            // Whatever he is about, he or another one goes on with it.
            working.abort();
            let _ = working.await;
            clerk.retire().await;
        }
        Ok(served?)
    }
}

async fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(address).await;
    let listener = listener.with_context(|| format!("the address {address} cannot be used"))?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// The lease of the clerk. Where this process alone may write, whoever had it before has ended.
fn lease(home: &Home, name: Option<&str>, address: SocketAddr) -> Result<Lease> {
    let name = name.map_or_else(|| format!("{} {address}", machine()), ToOwned::to_owned);
    let lease = Lease::of_clerk(home.store.clone(), Arc::new(SystemClock), &name)?;
    Ok(if home.alone { lease.alone() } else { lease })
}

/// The name of this machine, for people.
fn machine() -> String {
    let file = || std::fs::read_to_string("/etc/hostname").ok();
    let name = std::env::var("HOSTNAME").ok().or_else(file).unwrap_or_default();
    let name = name.trim();
    if name.is_empty() { "hieuhoc".to_owned() } else { name.to_owned() }
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

/// The clerk, as the API knows him; nobody on a server that only reads.
struct Told(Option<Arc<Clerk>>);

impl web::Clerk for Told {
    fn wake(&self, position: Option<Position>) {
        if let Some(clerk) = &self.0 {
            clerk.wake(position);
        }
    }

    fn holds_lease(&self) -> Option<bool> {
        Some(self.0.as_ref()?.lease()?.is_held())
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

    async fn decision(&self, id: DecisionId) -> Result<Vec<DecisionEntry>, ReadError> {
        decision_timeline(&*self.store, &*self.keyring, id).await
    }

    async fn case_lines(&self, case: CaseId) -> Result<Vec<u8>, ReadError> {
        lines::of_case(&*self.store, case).await
    }

    async fn decision_lines(&self, id: DecisionId) -> Result<Vec<u8>, ReadError> {
        lines::of_decision(&*self.store, id).await
    }

    async fn head(&self) -> Result<Option<String>, ReadError> {
        Ok(self.store.head().await?.map(|position| position.to_string()))
    }
}
