//! A disk that fails: after a flush that failed, the process ends, acknowledges nothing more, and
//! the next one finds everything that was acknowledged. A disk that is full is no such failure.
//!
//! The failures are made by a small C library that is preloaded into a child process.

use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::child::{Work, history};
use crate::rig;

const EIO: i32 = 5;
const ENOSPC: i32 = 28;
const SIGABRT: i32 = 6;

struct Fault<'a> {
    call: &'a str,
    suffix: &'a str,
    first: usize,
    count: usize,
    errno: i32,
}

/// A folder with an empty store and the shim.
struct Bench {
    dir: tempfile::TempDir,
    shim: PathBuf,
}

impl Bench {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let shim = dir.path().join("shim.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sqlite/shim.c");
        let cc = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
        let mut compiler = Command::new(cc);
        compiler.args(["-shared", "-fPIC", "-O1", "-o"]).arg(&shim).arg(source);
        assert!(compiler.status().unwrap().success(), "the C compiler that built SQLite failed");
        Self { dir, shim }
    }

    fn fresh(&self, name: &str) -> PathBuf {
        let dir = self.dir.path().join(name);
        std::fs::create_dir(&dir).unwrap();
        dir.join("events.db")
    }

    fn run(&self, work: &Work<'_>, fault: &Fault<'_>) -> Output {
        work.command()
            .env("LD_PRELOAD", &self.shim)
            .env("STORE_FAULT_CALL", fault.call)
            .env("STORE_FAULT_SUFFIX", fault.suffix)
            .env("STORE_FAULT_FIRST", fault.first.to_string())
            .env("STORE_FAULT_COUNT", fault.count.to_string())
            .env("STORE_FAULT_ERRNO", fault.errno.to_string())
            .env("STORE_FAULT_LOG", work.history)
            .output()
            .unwrap()
    }
}

/// Everything acknowledged is in the store, nothing is there twice. Returns the number.
async fn recovered(store: &Path, history_path: &Path) -> usize {
    let (_, attempts) = history(history_path);
    let store = rig::open(store);
    let log = rig::sound_log(&store).await;
    let mut found = 0;
    for attempt in attempts {
        let there = log.iter().filter(|event| attempt.ids.contains(&event.id)).count();
        assert!(there == 0 || there == attempt.ids.len(), "half of {attempt:?}");
        if attempt.acknowledged.is_some() {
            assert_eq!(there, attempt.ids.len(), "{attempt:?} was acknowledged and is lost");
            found += 1;
        }
    }
    found
}

/// The one line that the operator sees, and nothing acknowledged after the fault.
fn died_of_the_fault(output: &Output, steps: &[String], during: &str) {
    assert_eq!(output.status.signal(), Some(SIGABRT), "{:?} {steps:?}", output.status);
    let stderr = String::from_utf8_lossy(&output.stderr);
    let line = format!("hieuhoc: the disk failed during {during} ");
    assert!(stderr.contains(&line), "{stderr}");
    let fault = steps.iter().position(|step| step == "fault").unwrap();
    let after = &steps[fault + 1..];
    assert!(after.is_empty(), "one task, so nothing can follow the fault, but: {after:?}");
}

#[tokio::test]
async fn a_failed_flush_of_a_commit_ends_the_process() {
    let bench = Bench::new();
    for first in [1, 2, 3, 7, 20] {
        let store = bench.fresh(&format!("commit-{first}"));
        let history_path = store.with_file_name("history");
        drop(rig::open(&store));
        let work =
            Work { store: &store, history: &history_path, tasks: 1, appends: 50, bytes: 100 };
        let fault = Fault { call: "sync", suffix: "events.db-wal", first, count: 1, errno: EIO };
        let output = bench.run(&work, &fault);
        let (steps, _) = history(&history_path);
        died_of_the_fault(&output, &steps, "a commit");
        let acknowledged = steps.iter().filter(|step| step.starts_with("ack")).count();
        // The very first flush is that of the log's header.
        assert!(acknowledged + 2 >= first && acknowledged < first, "{acknowledged} at {first}");
        assert_eq!(recovered(&store, &history_path).await, acknowledged);
    }
}

#[tokio::test]
async fn a_failed_flush_of_a_checkpoint_ends_the_process() {
    let bench = Bench::new();
    let store = bench.fresh("checkpoint");
    let history_path = store.with_file_name("history");
    drop(rig::open(&store));
    // 64 kB an event: the log is moved into the file after some 130 appends.
    let work =
        Work { store: &store, history: &history_path, tasks: 1, appends: 400, bytes: 65_536 };
    let fault = Fault { call: "sync", suffix: "events.db", first: 1, count: 1, errno: EIO };
    let output = bench.run(&work, &fault);
    let (steps, _) = history(&history_path);
    assert_eq!(output.status.signal(), Some(SIGABRT), "{:?}", output.status);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(stderr.contains("during a checkpoint"), "{stderr}");
    let fault = steps.iter().position(|step| step == "fault").unwrap();
    // The append that made the log long was on disk before, and may be told late; no other can.
    let late = steps[fault..].iter().filter(|step| step.starts_with("ack")).count();
    assert!(late <= 1, "{:?}", &steps[fault..]);
    assert!(recovered(&store, &history_path).await > 50);
}

#[tokio::test]
async fn a_failed_flush_of_the_folder_prevents_opening() {
    let bench = Bench::new();
    for exists in [false, true] {
        let store = bench.fresh(&format!("folder-{exists}"));
        let history_path = store.with_file_name("history");
        if exists {
            drop(rig::open(&store));
        }
        let work = Work { store: &store, history: &history_path, tasks: 1, appends: 5, bytes: 1 };
        let suffix = format!("/folder-{exists}");
        let fault = Fault { call: "sync", suffix: &suffix, first: 1, count: 99, errno: EIO };
        let output = bench.run(&work, &fault);
        assert!(output.status.success(), "{:?}", output.status);
        let (steps, _) = history(&history_path);
        let refusal = steps.last().unwrap();
        assert!(refusal.starts_with("no ") && refusal.contains("cannot be opened"), "{steps:?}");
        assert!(!steps.iter().any(|step| step == "open"), "{steps:?}");
        assert_eq!(recovered(&store, &history_path).await, 0);
    }
}

#[tokio::test]
async fn a_failed_write_of_the_log_ends_the_process() {
    let bench = Bench::new();
    let store = bench.fresh("write");
    let history_path = store.with_file_name("history");
    drop(rig::open(&store));
    let work = Work { store: &store, history: &history_path, tasks: 1, appends: 50, bytes: 100 };
    let fault = Fault { call: "write", suffix: "events.db-wal", first: 40, count: 1, errno: EIO };
    let output = bench.run(&work, &fault);
    let (steps, _) = history(&history_path);
    died_of_the_fault(&output, &steps, "a commit");
    assert!(recovered(&store, &history_path).await > 0);
}

#[tokio::test]
async fn a_full_disk_refuses_appends_for_a_while_and_loses_nothing() {
    let bench = Bench::new();
    // Wherever in a transaction the disk gets full, in its log or when the log is moved.
    let cases = [
        ("events.db-wal", 1, 100),
        ("events.db-wal", 2, 100),
        ("events.db-wal", 3, 100),
        ("events.db-wal", 30, 100),
        ("events.db-wal", 31, 100),
        ("events.db-wal", 32, 100),
        ("events.db", 1, 65_536),
        ("events.db", 50, 65_536),
    ];
    for (number, (suffix, first, bytes)) in cases.into_iter().enumerate() {
        let store = bench.fresh(&format!("full-{number}"));
        let history_path = store.with_file_name("history");
        drop(rig::open(&store));
        let appends = if suffix == "events.db" { 250 } else { 50 };
        let work = Work { store: &store, history: &history_path, tasks: 1, appends, bytes };
        let fault = Fault { call: "write", suffix, first, count: 5, errno: ENOSPC };
        let output = bench.run(&work, &fault);
        let (steps, attempts) = history(&history_path);
        assert!(output.status.success(), "{:?} {steps:?}", output.status);
        assert!(steps.iter().any(|step| step == "fault"), "case {number} met no fault");
        let refused = steps.iter().filter(|step| step.starts_with("no ")).count();
        let expected = if suffix == "events.db" { 0..=0 } else { 1..=5 };
        assert!(expected.contains(&refused), "case {number}: {refused} refused");
        assert_eq!(attempts.len(), appends);
        assert_eq!(recovered(&store, &history_path).await, appends);
    }
}
