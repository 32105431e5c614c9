//! The commands, one module each. Deliberately absent: what two of them would share; that stands
//! one level up.

use anyhow::Result;
use clap::CommandFactory as _;

use crate::args::{Arguments, Command};

mod case;
mod demo;
mod explain;
mod export;
mod import;
mod officer;
mod procedure;
mod queue;
mod read;
mod rebuild;
mod serve;
mod store;
mod titles;
mod totals;

/// Runs a command to its end.
pub(crate) fn run(arguments: Arguments) -> Result<()> {
    let Arguments { place, command } = arguments;
    match command {
        Command::Completions { shell } => {
            let mut out = std::io::stdout();
            clap_complete::generate(shell, &mut Arguments::command(), "hieuhoc", &mut out);
            Ok(())
        }
        Command::Explain { code } => explain::run(code.as_deref()),
        other => {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
            runtime.block_on(run_async(&place, other))
        }
    }
}

async fn run_async(place: &crate::args::Place, command: Command) -> Result<()> {
    match command {
        Command::Demo(demo) => demo::run(place, &demo).await,
        Command::Serve(serve) => serve::run(place, &serve).await,
        Command::Import(import) => import::run(place, import).await,
        Command::Officer(officer) => officer::run(place, officer).await,
        Command::Case(case) => case::run(place, case).await,
        Command::Queue(queue) => queue::run(place, queue).await,
        Command::Titles(titles) => titles::run(place, titles).await,
        Command::Totals(totals) => totals::run(place, totals).await,
        Command::Procedure(procedure) => procedure::run(place, procedure).await,
        Command::Store(store) => store::run(store).await,
        Command::Rebuild(rebuild) => rebuild::run(place, &rebuild).await,
        Command::Export { output } => export::run(place, &output).await,
        Command::Explain { .. } | Command::Completions { .. } => Ok(()),
    }
}
