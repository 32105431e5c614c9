//! The engine on real stores: idempotence, stale callers, races, faults.

mod faults;
mod idempotence;
mod life;
mod office;
mod races;
