//! The finished program, driven from outside: command line, HTTP, signals.

mod basics;
mod browser;
mod cluster;
mod decision_kill;
mod demo;
mod first_title;
mod import;
mod kill;
mod lock;
mod season;
mod servers;
mod sign_in;
