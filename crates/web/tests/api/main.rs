//! The API from outside, in one process: a router on a store in memory, real read models in a
//! temporary file, and a clock that stands still.

mod access;
mod commands;
mod decisions;
mod evidence;
mod failures;
mod hands;
mod hostile;
mod input;
mod lists;
mod openapi;
mod outside;
mod passwords;
mod public;
mod servers;
mod time;
mod walk;
mod world;
