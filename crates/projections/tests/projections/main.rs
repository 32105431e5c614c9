//! The read models on a log that the engine wrote.

mod following;
mod kit;
mod poison;
mod questions;
mod signs;
mod slices;
mod timelines;
mod trial;
