//! `cargo xtask`: what a contributor and the build machine run, as one program, so that there is one
//! way to run it. Needs Rust, git, a C compiler and, for tests of the pages, a browser; nothing else.
//!
//! Absent on purpose: anything that the finished program does. No crate may import this one.

mod browser;
mod gate;
mod schemas;
mod screenshots;
mod tidy;
mod tree;

use std::process::ExitCode;

use anyhow::Result;

const HELP: &str = "\
Usage: cargo xtask <COMMAND>

Commands:
  test               Everything that a change must pass, in order; stops at the first failure
  tidy               House rules: dependency arrows, crate map, module headers, file sizes, links
  schemas            Write the generated files under schemas/
  schemas --check    Compare them with the committed ones and name those that differ
  screenshots [--out DIR]
                     Write a picture of every page, on a laptop and on a phone, to target/screenshots
  help               Print this text

`cargo xtask test` is what runs on every submission. Where a tool is missing it says which, and how
to get it; it installs nothing but, as root on Debian, Chromium with ChromeDriver. Elsewhere set
HIEUHOC_CHROMIUM and HIEUHOC_CHROMEDRIVER to their paths if they are not on PATH. Set
HIEUHOC_TEST_KURRENTDB to a connection string, and a real cluster is tested as well.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[&str]) -> Result<ExitCode> {
    let ok = match arguments {
        [] | ["help" | "-h" | "--help", ..] | [_, "-h" | "--help"] => {
            print!("{HELP}");
            true
        }
        ["test"] => gate::run()?,
        ["tidy"] => tidy::run()?,
        ["schemas"] => schemas::run(schemas::Mode::Write)?,
        ["schemas", "--check"] => schemas::run(schemas::Mode::Check)?,
        ["screenshots"] => screenshots::run(None)?,
        ["screenshots", "--out", folder] => screenshots::run(Some(folder))?,
        other => {
            eprint!("error: no such command: {}\n\n{HELP}", other.join(" "));
            return Ok(ExitCode::from(2));
        }
    };
    Ok(if ok { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
