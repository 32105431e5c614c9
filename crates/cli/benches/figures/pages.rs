//! Every kind of page with many open cases: time on the server, from the request to the last byte, and
//! how much travels, compressed as browsers get it.

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, ensure};
use async_trait::async_trait;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use codec::Keyring;
use engine::kit::{Commune, officer};
use event_store::EventStore;
use procedure::{CaseId, DecisionId};
use projections::timeline::{DecisionEntry, Entry, decision_timeline, timeline};
use projections::{Position, ReadError, Runner, lines};
use tower::ServiceExt as _;

use crate::queries::percentiles;

const SAMPLES: usize = 200;

/// Who looks at what; `{case}` is one of the open cases.
const PAGES: &[(&str, &str)] = &[
    ("hamlet", "/queue"),
    ("hamlet", "/queue?unit=05158-07"),
    ("hamlet", "/cases/{case}"),
    ("recorder", "/subjects"),
    ("chair", "/decisions"),
    ("commune", "/oversight"),
    ("commune", "/oversight/cases"),
    ("commune", "/oversight/titles"),
    ("nation", "/queue"),
    ("nation", "/oversight"),
    ("nation", "/oversight/titles"),
    ("commune", "/audit/cases/{case}"),
    ("commune", "/audit/acts"),
    ("nation", "/audit/acts"),
    ("admin", "/officers"),
    ("", "/register"),
    ("", "/postings"),
    ("", "/procedures"),
    ("", "/procedures/{procedure}"),
];

/// Measures them on read models that have caught up.
pub(crate) async fn measure(
    commune: &Arc<Commune>,
    store: &Arc<dyn EventStore>,
    runner: Arc<Runner>,
    case: CaseId,
) -> anyhow::Result<()> {
    commune.appoint("nation", "supervisor", "VN").await;
    commune.appoint("admin", "administrator", "05158").await;
    runner.reach(store.head().await?, |_| {}).await?;
    let router = router(commune, store, runner);
    println!("\n| who | page | p50 ms | p99 ms | kB compressed |");
    println!("|---|---|---|---|---|");
    for (who, page) in PAGES {
        let cookie = match *who {
            "" => String::new(),
            who => sign_in(&router, who).await?,
        };
        let address = page.replace("{case}", &case.to_string());
        let address = address.replace("{procedure}", &commune.procedure().to_string());
        let (mut times, mut bytes) = (Vec::with_capacity(SAMPLES), 0);
        for _ in 0..SAMPLES {
            let (time, size) = get(&router, &address, &cookie).await?;
            times.push(time);
            bytes = size;
        }
        let (half, most) = percentiles(times);
        let kilobytes = bytes as f64 / 1000.0;
        println!("| {who} | {page} | {half:.1} | {most:.1} | {kilobytes:.1} |");
    }
    Ok(())
}

fn router(commune: &Commune, store: &Arc<dyn EventStore>, runner: Arc<Runner>) -> axum::Router {
    let persona = |code: &&str| pages::Persona {
        key: (*code).to_owned(),
        vi: String::new(),
        en: String::new(),
        officer: officer(code),
        name: String::new(),
    };
    let codes = ["recorder", "hamlet", "commune", "chair", "nation", "admin"];
    let settings = pages::Settings { secure: false, personas: codes.iter().map(persona).collect() };
    let history = Arc::new(Stored { store: store.clone(), keyring: commune.keyring.clone() });
    let app = web::App { engine: commune.engine.clone(), runner, history, clerk: Arc::new(Deaf) };
    let app = Arc::new(app);
    pages::router(Arc::new(pages::Site::new(app.clone(), settings)), web::router(app))
}

async fn sign_in(router: &axum::Router, who: &str) -> anyhow::Result<String> {
    let request = Request::post("/sign-in/persona")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(format!("persona={who}")))?;
    let response = router.clone().oneshot(request).await?;
    let cookie = response.headers().get(header::SET_COOKIE).context("nobody is signed in")?;
    Ok(cookie.to_str()?.split(';').next().unwrap_or_default().to_owned())
}

async fn get(
    router: &axum::Router,
    address: &str,
    cookie: &str,
) -> anyhow::Result<(Duration, usize)> {
    let request = Request::get(address)
        .header(header::COOKIE, cookie)
        .header(header::ACCEPT_ENCODING, "gzip")
        .body(Body::empty())?;
    let begin = Instant::now();
    let response = router.clone().oneshot(request).await?;
    let status = response.status();
    let size = to_bytes(response.into_body(), usize::MAX).await?.len();
    ensure!(status.is_success(), "{address}: {status}");
    Ok((begin.elapsed(), size))
}

/// The history of cases, straight from the store.
struct Stored {
    store: Arc<dyn EventStore>,
    keyring: Arc<dyn Keyring>,
}

#[async_trait]
impl web::History for Stored {
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

/// Nothing is written while pages are measured.
struct Deaf;

impl web::Clerk for Deaf {
    fn wake(&self, _: Option<Position>) {}
}
