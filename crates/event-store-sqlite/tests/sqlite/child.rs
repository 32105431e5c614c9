//! A process that appends until it is told to stop or dies. It is this test program itself, run
//! again with one ignored test and an environment that says what to do.
//!
//! It writes a history, one line per step and one system call per line, into a file: `open`,
//! `try STREAM EXPECTED ID,ID…`, `ack POSITION ID,ID…`, `no TEXT` (refused), `done`. The fault shim
//! adds `fault`.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::Arc;

use event_store::{Appended, EventStore as _, Expected, StoreError};
use event_store_sqlite::SqliteStore;
use uuid::Uuid;

use crate::rig;

/// What a child does.
pub(crate) struct Work<'a> {
    pub(crate) store: &'a Path,
    pub(crate) history: &'a Path,
    pub(crate) tasks: usize,
    /// Appends of each task.
    pub(crate) appends: usize,
    /// Fill of each event, in bytes.
    pub(crate) bytes: usize,
}

impl Work<'_> {
    /// The command that does this work.
    pub(crate) fn command(&self) -> Command {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command
            .args(["child::run_as_child", "--exact", "--ignored", "--nocapture"])
            .env("STORE_CHILD_FILE", self.store)
            .env("STORE_CHILD_HISTORY", self.history)
            .env("STORE_CHILD_TASKS", self.tasks.to_string())
            .env("STORE_CHILD_APPENDS", self.appends.to_string())
            .env("STORE_CHILD_BYTES", self.bytes.to_string())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::piped());
        command
    }

    pub(crate) fn spawn(&self) -> Child {
        self.command().spawn().unwrap()
    }
}

/// One append that a child tried.
#[derive(Clone, Debug)]
pub(crate) struct Attempt {
    pub(crate) stream: String,
    pub(crate) expected: Expected,
    pub(crate) ids: Vec<Uuid>,
    pub(crate) acknowledged: Option<u64>,
}

/// Reads a history: the steps, and what was tried.
pub(crate) fn history(path: &Path) -> (Vec<String>, Vec<Attempt>) {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let mut attempts: Vec<Attempt> = Vec::new();
    let ids = |text: &str| text.split(',').map(|id| id.parse().unwrap()).collect::<Vec<Uuid>>();
    for line in text.lines() {
        match line.split(' ').collect::<Vec<_>>()[..] {
            ["try", stream, expected, list] => attempts.push(Attempt {
                stream: stream.to_owned(),
                expected: expected.parse().ok().into(),
                ids: ids(list),
                acknowledged: None,
            }),
            ["ack", position, list] => {
                let ids = ids(list);
                let attempt = attempts.iter_mut().find(|attempt| attempt.ids == ids).unwrap();
                attempt.acknowledged = Some(position.parse().unwrap());
            }
            _ => {}
        }
    }
    (text.lines().map(str::to_owned).collect(), attempts)
}

struct History(File);

impl History {
    fn line(&self, line: &str) {
        (&self.0).write_all(format!("{line}\n").as_bytes()).unwrap();
    }
}

fn setting<T: std::str::FromStr>(name: &str) -> T {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap()
}

#[test]
#[ignore = "run by other tests, in a process of its own"]
fn run_as_child() {
    let Ok(file) = std::env::var("STORE_CHILD_FILE") else { return };
    let path: PathBuf = setting("STORE_CHILD_HISTORY");
    let log = History(OpenOptions::new().create(true).append(true).open(path).unwrap());
    let log = Arc::new(log);
    let store = match SqliteStore::open(file, event_store_sqlite::Options::default()) {
        Ok(store) => store,
        Err(error) => return log.line(&format!("no {error}")),
    };
    log.line("open");
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    runtime.block_on(async {
        let mut tasks = tokio::task::JoinSet::new();
        for task in 0..setting("STORE_CHILD_TASKS") {
            let (store, log) = (store.clone(), Arc::clone(&log));
            tasks.spawn(async move { one_task(&store, &log, task).await });
        }
        tasks.join_all().await;
    });
    drop(store);
    log.line("done");
}

/// A task has two streams of its own: one all the time, one new for each append.
async fn one_task(store: &SqliteStore, log: &History, task: usize) {
    let (appends, bytes): (usize, usize) =
        (setting("STORE_CHILD_APPENDS"), setting("STORE_CHILD_BYTES"));
    let mine = format!("task-{task}-{}", Uuid::new_v4().simple());
    let mut last = None;
    for number in 0..appends {
        let count = 1 + number % 3;
        if number % 2 == 0 {
            last = Some(append(store, log, &mine, last, count, bytes).await.revision);
        } else {
            append(store, log, &format!("{mine}-{number}"), None, count, bytes).await;
        }
    }
}

/// Appends, and repeats as long as the store refuses.
async fn append(
    store: &SqliteStore,
    log: &History,
    stream: &str,
    last: Option<u64>,
    count: usize,
    bytes: usize,
) -> Appended {
    let ids: Vec<Uuid> = (0..count).map(|_| Uuid::new_v4()).collect();
    let list = ids.iter().map(Uuid::to_string).collect::<Vec<_>>().join(",");
    let expected = last.map_or_else(|| "-".to_owned(), |revision| revision.to_string());
    log.line(&format!("try {stream} {expected} {list}"));
    loop {
        let events = ids.iter().map(|id| rig::event_with(*id, bytes)).collect();
        match store.append(&rig::stream(stream), last.into(), events).await {
            Ok(appended) => {
                log.line(&format!("ack {} {list}", appended.position));
                return appended;
            }
            Err(StoreError::Unavailable { maybe_written: false, detail }) => {
                log.line(&format!("no {detail}"));
                // Whatever refuses appends, reads go on.
                store.read_all(None, 10).await.unwrap();
                store.read(&rig::stream(stream), 0, 10).await.unwrap();
            }
            Err(other) => panic!("{other}"),
        }
    }
}
