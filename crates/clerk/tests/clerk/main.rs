//! The clerk on a real engine with read models that follow.

mod clock;
mod decision;
mod desk;
mod engines;
mod law;
mod lease;
mod servers;
mod year;
