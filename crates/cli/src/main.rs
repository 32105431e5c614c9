//! The one program `hieuhoc`: configuration, wiring, commands.
//!
//! Each command of the command line is a module of [`commands`]; what they share is the data
//! folder ([`home`]), reading of tables ([`table`]) and writing of answers ([`output`]).
//! Deliberately absent: rules of procedures, SQL, and HTTP handlers.

mod args;
mod bench;
mod commands;
mod copy;
mod demo;
#[cfg(test)]
mod deployment;
mod failure;
mod home;
mod official;
mod output;
mod store_url;
mod table;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    let arguments = args::Arguments::parse();
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("HIEUHOC_LOG")
                .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn")),
        )
        .with_writer(std::io::stderr)
        .init();
    match commands::run(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failure::report(&error),
    }
}
