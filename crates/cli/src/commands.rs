//! The commands, one module each. Deliberately absent: what two of them would share; that stands
//! one level up.

use anyhow::Result;
use clap::CommandFactory as _;

use crate::args::{Arguments, Command};

mod calendar;
mod call;
mod case;
mod clerk;
mod decision;
mod demo;
mod explain;
mod export;
mod history;
mod import;
mod officer;
mod procedure;
mod public;
mod queue;
mod read;
mod rebuild;
mod refused;
mod serve;
mod signs;
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
        Command::Call(call) => call::run(&call),
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
        Command::History { subject, json } => history::run(place, &subject, json.json).await,
        Command::Decision(decision) => decision::run(place, decision).await,
        Command::Objections(concerning) => public::objections(place, concerning).await,
        Command::Reminders(concerning) => public::reminders(place, concerning).await,
        Command::RefusedActs(acts) => refused::run(place, acts).await,
        Command::Signs(signs) => signs::run(place, signs).await,
        Command::Totals(totals) => totals::run(place, totals).await,
        Command::Calendar(calendar) => calendar::run(place, calendar).await,
        Command::Clerk(json) => clerk::run(place, json.json).await,
        Command::Procedure(procedure) => procedure::run(place, procedure).await,
        Command::Store(store) => store::run(store).await,
        Command::Rebuild(rebuild) => rebuild::run(place, &rebuild).await,
        Command::Export { output } => export::run(place, &output).await,
        Command::Call(_) | Command::Explain { .. } | Command::Completions { .. } => Ok(()),
    }
}
