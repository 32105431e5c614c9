//! The pages from outside, in one process: the API's own world of tests, and a browser without
//! JavaScript that keeps cookies and sends the forms that it finds.

mod access;
mod account;
mod applicant;
mod audit;
mod browser;
mod calendar;
mod cases;
mod decisions;
mod evidence;
mod hamlet;
mod live;
mod officers;
mod oversight;
mod procedures;
mod queue;
mod register;
mod servers;
mod sessions;
mod subjects;
#[path = "../../../web/tests/api/world.rs"]
#[expect(dead_code, reason = "shared with the tests of the API, which need more of it")]
mod world;
