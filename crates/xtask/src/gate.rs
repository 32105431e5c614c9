//! `cargo xtask test`: the gate that every change passes, step by step, quick steps first.
//!
//! Each step is a command that can be repeated by hand, printed as its headline. Nothing is retried
//! and nothing is skipped: the build machine and a laptop do the same.

mod tools;

use std::io::IsTerminal as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};

use crate::{browser, tree};

/// Crates that must compile by themselves, without features that other members turn on for them.
const ALONE: &[&str] = &["procedure", "codec", "event-store"];

/// Says where a real KurrentDB is, to the tests of event stores, of the lease and of the program.
const REAL_CLUSTER: &str = "HIEUHOC_TEST_KURRENTDB";

/// One step: a cargo command with what it needs in the environment.
struct Step {
    arguments: Vec<&'static str>,
    environment: &'static [(&'static str, &'static str)],
}

impl Step {
    fn cargo(arguments: &[&'static str]) -> Self {
        Self { arguments: arguments.to_vec(), environment: &[] }
    }

    /// The line to type in order to repeat it.
    fn line(&self) -> String {
        let mut line = String::new();
        for (name, value) in self.environment {
            line.push_str(&format!("{name}=\"{value}\" "));
        }
        line.push_str("cargo ");
        line.push_str(&self.arguments.join(" "));
        line
    }
}

/// All steps in order.
fn steps() -> Vec<Step> {
    let mut steps =
        vec![Step::cargo(&["fmt", "--all", "--check"]), Step::cargo(&["xtask", "tidy"])];
    steps.extend(ALONE.iter().map(|name| Step::cargo(&["check", "--package", name])));
    steps.extend([
        Step::cargo(&[
            "clippy",
            "--workspace",
            "--all-targets",
            "--all-features",
            "--",
            "-D",
            "warnings",
        ]),
        // Tests that drive the finished program find it beside themselves: `cargo test` alone would
        // not build it for them. The same selection as below, so nothing is compiled twice.
        Step::cargo(&["build", "--workspace", "--all-features", "--bins", "--tests"]),
        Step::cargo(&["test", "--workspace", "--all-features"]),
        Step {
            environment: &[("RUSTDOCFLAGS", "-D warnings -A rustdoc::private_intra_doc_links")],
            ..Step::cargo(&[
                "doc",
                "--workspace",
                "--all-features",
                "--no-deps",
                "--document-private-items",
                "--quiet",
            ])
        },
        Step::cargo(&["xtask", "schemas", "--check"]),
    ]);
    steps
}

/// Runs all steps; false where one failed.
///
/// # Errors
/// A step could not be started.
pub(crate) fn run() -> Result<bool> {
    let root = tree::root()?;
    if !tools::present() || !browser::ready()? {
        return Ok(false);
    }
    let mut done: Vec<(String, Duration)> = Vec::new();
    let steps = steps();
    let total = steps.len();
    for (number, step) in steps.into_iter().enumerate() {
        let line = step.line();
        headline(&format!("[{}/{total}] {line}", number + 1));
        let start = Instant::now();
        let ok = execute(&root, &step).with_context(|| format!("cannot start `{line}`"))?;
        done.push((line.clone(), start.elapsed()));
        if !ok {
            print!("{}", summary(&done, Some(&line)));
            return Ok(false);
        }
    }
    print!("{}", summary(&done, None));
    println!("{}", engines(std::env::var_os(REAL_CLUSTER).is_some()));
    Ok(true)
}

/// Which event stores the tests have covered.
fn engines(real: bool) -> String {
    let cluster = if real {
        format!("KurrentDB at {REAL_CLUSTER}, and a fake of it")
    } else {
        format!("a fake of KurrentDB (no real one: {REAL_CLUSTER} is not set)")
    };
    format!(
        "contract of event stores: in memory, SQLite, {cluster}\n\
         lease of the clerk, two servers: the same; with SQLite the second server only reads"
    )
}

fn execute(root: &Path, step: &Step) -> Result<bool> {
    let mut command = cargo(root, &step.arguments);
    Ok(command.envs(step.environment.iter().copied()).status()?.success())
}

/// A cargo command as somebody would type it at the root.
pub(crate) fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(tree::cargo());
    command.args(arguments).current_dir(root);
    // Set for this program by the cargo that started it; build scripts of others watch some of them.
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_")) {
            command.env_remove(name);
        }
    }
    command.env_remove("CARGO_MANIFEST_DIR").env_remove("CARGO_MANIFEST_PATH");
    command
}

/// The closing table: each step with its seconds, and how it ended.
fn summary(done: &[(String, Duration)], failed: Option<&str>) -> String {
    let mut text = String::from("\n");
    let mut whole = Duration::ZERO;
    for (line, duration) in done {
        let mark = if failed == Some(line.as_str()) { "FAILED" } else { "ok" };
        text.push_str(&format!("{:>8.1} s  {mark:<6}  {line}\n", duration.as_secs_f64()));
        whole += *duration;
    }
    let end = match failed {
        Some(line) => format!("stopped; repeat it with: {line}"),
        None => "all steps passed".to_owned(),
    };
    text.push_str(&format!("{:>8.1} s  {end}\n", whole.as_secs_f64()));
    text
}

/// Bold on a terminal, plain in a log.
fn headline(text: &str) {
    let plain = !std::io::stdout().is_terminal()
        || ["CI", "NO_COLOR"].iter().any(|name| std::env::var_os(name).is_some());
    if plain {
        println!("\n==> {text}");
    } else {
        println!("\n\x1b[1m==> {text}\x1b[0m");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_prints_as_the_line_that_repeats_it() {
        let lines: Vec<String> = steps().iter().map(Step::line).collect();
        assert_eq!(lines[0], "cargo fmt --all --check");
        assert!(lines.contains(&"cargo check --package procedure".to_owned()));
        assert!(lines.iter().any(|line| line.starts_with("RUSTDOCFLAGS=\"-D warnings")));
    }

    #[test]
    fn the_summary_names_the_step_that_failed() {
        let done = [
            ("cargo one".to_owned(), Duration::from_millis(1500)),
            ("cargo two".to_owned(), Duration::from_millis(250)),
        ];
        let text = summary(&done, Some("cargo two"));
        assert!(text.contains("     1.5 s  ok      cargo one\n"), "{text}");
        assert!(text.contains("     0.2 s  FAILED  cargo two\n"), "{text}");
        assert!(text.ends_with("     1.8 s  stopped; repeat it with: cargo two\n"), "{text}");
        assert!(summary(&done, None).ends_with("all steps passed\n"));
    }
}
