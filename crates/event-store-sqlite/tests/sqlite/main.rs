//! Tests of the SQLite engine: the contract, the file, group commit, full disks, failing disks and
//! killed processes.

mod child;
mod contract;
mod disk;
mod file;
mod full;
mod group;
mod kill;
mod rig;
