//! `GET /metrics`: what a server counts about itself, in the text format of Prometheus. It is served
//! at an address of its own, which is nobody's business but the operator's.
//!
//! Written by hand: the format is lines of text, and a table of names with a function each
//! ([`METRICS`]) is shorter than a library and keeps names, help and values in one place.
//! Deliberately absent: anything about people or cases, and keeping time series; Prometheus does.

use std::fmt::Write as _;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use engine::meter::{OUTCOMES, STEPS};
use projections::{Position, Progress, Status};

use crate::app::App;

/// What a metric is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number that only rises while the server runs.
    Counter,
    /// A number that goes up and down.
    Gauge,
    /// How many took how long.
    Histogram,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
}

/// A metric: its name, and where its values come from.
pub struct Metric {
    /// Its name; those of a histogram have `_bucket`, `_sum` and `_count` appended.
    pub name: &'static str,
    /// What it is.
    pub kind: Kind,
    /// What it counts, one line.
    pub help: &'static str,
    values: fn(&Snapshot<'_>) -> Vec<Sample>,
}

/// One line: what is appended to the name, a label, and the value.
struct Sample {
    suffix: &'static str,
    label: Option<(&'static str, String)>,
    value: f64,
}

/// What is told of one moment.
struct Snapshot<'a> {
    app: &'a App,
    progress: Progress,
    /// The head of the log; `None` if the store did not answer.
    head: Option<Option<Position>>,
}

/// Every metric there is.
pub const METRICS: &[Metric] = &[
    Metric {
        name: "hieuhoc_build_info",
        kind: Kind::Gauge,
        help: "Always 1; the label is the version of the program.",
        values: |_| labelled([("version", env!("CARGO_PKG_VERSION").to_owned(), 1.0)]),
    },
    Metric {
        name: "hieuhoc_store_up",
        kind: Kind::Gauge,
        help: "Whether the event store answered when it was asked for the head of the log.",
        values: |snapshot| one(flag(snapshot.head.is_some())),
    },
    Metric {
        name: "hieuhoc_store_head_position",
        kind: Kind::Gauge,
        help: "Position of the last event in the log: a number of events in SQLite, of bytes in KurrentDB.",
        values: |snapshot| snapshot.head.map(major).into_iter().flat_map(one).collect(),
    },
    Metric {
        name: "hieuhoc_read_position",
        kind: Kind::Gauge,
        help: "Position of the last event that the read models of this server have counted.",
        values: |snapshot| one(major(snapshot.progress.position)),
    },
    Metric {
        name: "hieuhoc_read_lag",
        kind: Kind::Gauge,
        help: "How far the read models of this server are behind the log, in positions.",
        values: |snapshot| {
            let behind = |head| (major(head) - major(snapshot.progress.position)).max(0.0);
            snapshot.head.map(behind).into_iter().flat_map(one).collect()
        },
    },
    Metric {
        name: "hieuhoc_read_entries",
        kind: Kind::Gauge,
        help: "How many events the read models of this server have counted, since the log began.",
        values: |snapshot| one(snapshot.progress.entries as f64),
    },
    Metric {
        name: "hieuhoc_read_stopped",
        kind: Kind::Gauge,
        help: "Whether the read models have stopped at an event that they cannot handle.",
        values: |snapshot| one(flag(matches!(snapshot.progress.status, Status::Stopped { .. }))),
    },
    Metric {
        name: "hieuhoc_commands_total",
        kind: Kind::Counter,
        help: "Commands by how they ended.",
        values: |snapshot| {
            let counts = OUTCOMES.iter().zip(snapshot.app.engine.meter().commands());
            labelled(counts.map(|(name, count)| ("outcome", (*name).to_owned(), count as f64)))
        },
    },
    Metric {
        name: "hieuhoc_append_seconds",
        kind: Kind::Histogram,
        help: "How long it took until an append was acknowledged, repetitions included.",
        values: appends,
    },
    Metric {
        name: "hieuhoc_append_conflicts_total",
        kind: Kind::Counter,
        help: "How often a command was decided anew because its stream had moved on.",
        values: |snapshot| one(snapshot.app.engine.meter().conflicts() as f64),
    },
    Metric {
        name: "hieuhoc_append_repeats_total",
        kind: Kind::Counter,
        help: "How often an append was repeated because the store did not acknowledge it.",
        values: |snapshot| one(snapshot.app.engine.meter().repeats() as f64),
    },
    Metric {
        name: "hieuhoc_events_total",
        kind: Kind::Counter,
        help: "Events that this server has written.",
        values: |snapshot| one(snapshot.app.engine.meter().events() as f64),
    },
    Metric {
        name: "hieuhoc_lease_held",
        kind: Kind::Gauge,
        help: "Whether this server holds the lease; the servers of a store together have one.",
        values: |snapshot| {
            let held = snapshot.app.clerk.holds_lease();
            labelled(held.map(|held| ("lease", "clerk".to_owned(), flag(held))))
        },
    },
    Metric {
        name: "hieuhoc_resident_bytes",
        kind: Kind::Gauge,
        help: "Memory of the process, where the system tells it.",
        values: |_| resident().into_iter().flat_map(one).collect(),
    },
];

/// Serves `GET /metrics`, and nothing else.
pub fn metrics(app: Arc<App>) -> Router {
    Router::new().route("/metrics", get(show)).with_state(app)
}

async fn show(State(app): State<Arc<App>>) -> Response {
    let head = app.history.head().await.ok();
    let parsed = |head: Option<String>| head.and_then(|position| position.parse().ok());
    let snapshot = Snapshot { app: &app, progress: app.runner.progress(), head: head.map(parsed) };
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text(&snapshot)).into_response()
}

fn text(snapshot: &Snapshot<'_>) -> String {
    let mut text = String::new();
    for Metric { name, kind, help, values } in METRICS {
        // Writing to a text cannot fail.
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {}", kind.name());
        for Sample { suffix, label, value } in values(snapshot) {
            let label = label.map(|(key, value)| format!("{{{key}=\"{value}\"}}"));
            let _ = writeln!(text, "{name}{suffix}{} {value}", label.unwrap_or_default());
        }
    }
    text
}

fn one(value: f64) -> Vec<Sample> {
    vec![Sample { suffix: "", label: None, value }]
}

fn labelled(values: impl IntoIterator<Item = (&'static str, String, f64)>) -> Vec<Sample> {
    let sample = |(key, label, value)| Sample { suffix: "", label: Some((key, label)), value };
    values.into_iter().map(sample).collect()
}

fn appends(snapshot: &Snapshot<'_>) -> Vec<Sample> {
    let meter = snapshot.app.engine.meter();
    let counts = meter.appends();
    let ends = STEPS.iter().map(|micros| (*micros as f64 / 1e6).to_string());
    let buckets = ends.chain(["+Inf".to_owned()]).zip(counts).map(|(end, count)| Sample {
        suffix: "_bucket",
        label: Some(("le", end)),
        value: count as f64,
    });
    let all = counts.last().copied().unwrap_or_default();
    let sum = ("_sum", meter.append_time().as_secs_f64());
    let ends =
        [sum, ("_count", all as f64)].map(|(suffix, value)| Sample { suffix, label: None, value });
    buckets.chain(ends).collect()
}

fn flag(value: bool) -> f64 {
    f64::from(u8::from(value))
}

/// The position before the first event is 0.
fn major(position: Option<Position>) -> f64 {
    position.map_or(0, Position::major) as f64
}

/// From the system's own account of this process; Linux has one.
fn resident() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: f64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1024.0)
}
