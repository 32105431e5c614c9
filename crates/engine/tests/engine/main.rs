//! The engine on real stores: idempotence, stale callers, races, faults.

mod faults;
mod idempotence;
mod kit;
mod life;
mod races;
