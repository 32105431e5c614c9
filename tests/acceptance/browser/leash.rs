//! What tests start ends with them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::Command;
use std::time::{Duration, Instant};

use acceptance::{Api, Demo, Leash};

/// Whether a process runs; one that waits to be buried does not.
fn runs(pid: &str) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit(") ").next().is_some_and(|rest| !rest.is_empty() && !rest.starts_with('Z'))
}

/// A program that started another one, and the other's number.
fn family() -> (Leash, String) {
    let mut command = Command::new("sh");
    command.args(["-c", "echo hello; sleep 600 & echo child $!; wait"]);
    let mut leash = Leash::start(&command);
    let line = leash.line_with("child ").unwrap();
    (leash, line.trim().trim_start_matches("child ").to_owned())
}

#[test]
#[cfg(target_os = "linux")]
fn a_panic_leaves_no_process_behind() {
    let mut child = String::new();
    let panic = catch_unwind(AssertUnwindSafe(|| {
        let (_leash, pid) = family();
        assert!(runs(&pid), "{pid} does not run");
        child = pid;
        panic!("as a test that fails");
    }));
    assert!(panic.is_err());
    let end = Instant::now() + Duration::from_secs(10);
    while runs(&child) {
        assert!(Instant::now() < end, "{child} still runs");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_program_that_ends_early_is_not_waited_for() {
    let mut leash = Leash::start(Command::new("sh").args(["-c", "echo one; echo two"]));
    assert_eq!(leash.line_with("two").as_deref(), Some("two\n"));
    assert_eq!(leash.line_with("three"), None);
}

#[test]
fn a_demonstration_ends_with_who_looks_at_it() {
    let demo = Demo::start(100);
    let anybody = Api::new(&demo.base, "");
    assert_eq!(anybody.get("/healthz").unwrap().status, 200);
    drop(demo);
    assert!(anybody.get("/healthz").is_err());
}
