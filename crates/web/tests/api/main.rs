//! The API from outside, in one process: a router on a store in memory, real read models in a
//! temporary file, and a clock that stands still.

mod access;
mod commands;
mod failures;
mod input;
mod lists;
mod openapi;
mod walk;
mod world;
