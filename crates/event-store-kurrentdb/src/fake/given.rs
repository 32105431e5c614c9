//! The real thing, where somebody has one: tests of whatever stands on a cluster run on it as well.

use uuid::Uuid;

/// Says where a real cluster is.
const REAL: &str = "HIEUHOC_TEST_KURRENTDB";

/// The connection string of the real cluster that the environment names, and in it a log that nobody has
/// used. Where there is none, that is said on standard output.
#[must_use]
pub fn real_cluster() -> Option<String> {
    let Ok(url) = std::env::var(REAL) else {
        println!("{REAL} is not set: KurrentDB is covered by a fake of it alone");
        return None;
    };
    let mark = if url.contains('?') { '&' } else { '?' };
    Some(format!("{url}{mark}log=test_{}", Uuid::new_v4().simple()))
}
