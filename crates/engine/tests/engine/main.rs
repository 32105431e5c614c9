//! The engine on real stores: idempotence, stale callers, races, faults; evidence files and drafts.

mod drafts;
mod evidence;
mod faults;
mod idempotence;
mod life;
mod office;
mod passwords;
mod races;
mod rehearsal;
