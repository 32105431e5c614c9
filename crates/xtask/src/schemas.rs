//! Generated files under `schemas/`: written on demand, committed, and compared in every test run, so
//! that a changed format shows in the diff of the change that makes it.
//!
//! The generators lie behind the feature `generators`, because they link the crates they describe.
//! Called without it, the command calls itself with it.

#[cfg(feature = "generators")]
mod generators;
#[cfg(any(feature = "generators", test))]
mod output;

use anyhow::Result;

/// What to do with what the generators give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Bring the files up to date.
    Write,
    /// Change nothing, and name the files that are not up to date.
    Check,
}

/// Runs all generators; false where a check finds differences.
///
/// # Errors
/// A generator's crate does not compile, or a file cannot be read or written.
#[cfg(not(feature = "generators"))]
pub(crate) fn run(mode: Mode) -> Result<bool> {
    use anyhow::Context as _;

    let mut command = std::process::Command::new(crate::tree::cargo());
    command.args(["run", "--quiet", "--package", "xtask", "--features", "generators", "--"]);
    command.arg("schemas").current_dir(crate::tree::root()?);
    if mode == Mode::Check {
        command.arg("--check");
    }
    Ok(command.status().context("cargo cannot be started")?.success())
}

/// Runs all generators; false where a check finds differences.
///
/// # Errors
/// A file cannot be read or written, or two generators claim one path.
#[cfg(feature = "generators")]
pub(crate) fn run(mode: Mode) -> Result<bool> {
    let folder = crate::tree::root()?.join("schemas");
    let output = output::Output::collect(generators::ALL)?;
    match mode {
        Mode::Write => {
            for change in output.write(&folder)? {
                let done =
                    if matches!(change, output::Change::Extra(_)) { "removed" } else { "wrote" };
                println!("{done} schemas/{}", change.path());
            }
            println!("schemas: {} files up to date", output.len());
            Ok(true)
        }
        Mode::Check => {
            let changes = output.compare(&folder)?;
            for change in &changes {
                println!("schemas/{change}");
            }
            match changes.len() {
                0 => println!("schemas: {} files up to date", output.len()),
                count => println!(
                    "schemas: {count} not up to date; run `cargo xtask schemas`, read the diff, and \
                     commit it if the change of format is meant"
                ),
            }
            Ok(changes.is_empty())
        }
    }
}
