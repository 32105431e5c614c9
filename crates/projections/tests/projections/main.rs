//! The read models on a log that the engine wrote.

mod deeds;
mod following;
mod kit;
mod oversight;
mod play;
mod poison;
mod questions;
mod signs;
mod slices;
mod timelines;
mod trial;
