//! What the engine counts about itself, for whoever watches the server: commands by how they ended,
//! appends by how long they took. Deliberately absent: names of metrics and their text form, which
//! are HTTP's; anything about people or cases.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use crate::error::EngineError;
use crate::request::Done;

/// Upper ends of the steps in which appends are counted, in microseconds.
pub const STEPS: [u64; 12] = [
    1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000,
    5_000_000,
];

/// How a command can end, in the order of [`Meter::commands`].
pub const OUTCOMES: [&str; 9] = [
    "done",
    "nothing",
    "repeated",
    "refused",
    "stale",
    "reused",
    "contended",
    "unavailable",
    "corrupt",
];

/// Counters since the engine was made.
#[derive(Debug, Default)]
pub struct Meter {
    commands: [AtomicU64; OUTCOMES.len()],
    conflicts: AtomicU64,
    repeats: AtomicU64,
    events: AtomicU64,
    /// Appends by step; the last are those above all steps.
    appends: [AtomicU64; STEPS.len() + 1],
    append_micros: AtomicU64,
}

impl Meter {
    /// How many commands ended in each way, in the order of [`OUTCOMES`].
    #[must_use]
    pub fn commands(&self) -> [u64; OUTCOMES.len()] {
        self.commands.each_ref().map(get)
    }

    /// How often a command was decided anew because its stream moved on.
    #[must_use]
    pub fn conflicts(&self) -> u64 {
        get(&self.conflicts)
    }

    /// How often an append was repeated because the store did not answer.
    #[must_use]
    pub fn repeats(&self) -> u64 {
        get(&self.repeats)
    }

    /// How many events were written.
    #[must_use]
    pub fn events(&self) -> u64 {
        get(&self.events)
    }

    /// How many appends took no longer than each of [`STEPS`], and how many there were.
    #[must_use]
    pub fn appends(&self) -> [u64; STEPS.len() + 1] {
        let mut sum = 0;
        self.appends.each_ref().map(|step| {
            sum += get(step);
            sum
        })
    }

    /// How long all appends took together.
    #[must_use]
    pub fn append_time(&self) -> Duration {
        Duration::from_micros(get(&self.append_micros))
    }

    pub(crate) fn command(&self, result: &Result<Done, EngineError>) {
        let outcome = match result {
            Ok(done) if done.repeated => "repeated",
            Ok(done) if done.events == 0 => "nothing",
            Ok(_) => "done",
            Err(EngineError::Stale { .. }) => "stale",
            Err(EngineError::CommandIdReused) => "reused",
            Err(EngineError::Contended { .. }) => "contended",
            Err(EngineError::Unavailable { .. }) => "unavailable",
            Err(EngineError::Corrupt(_)) => "corrupt",
            Err(
                EngineError::Refused(_)
                | EngineError::Text(_)
                | EngineError::Password(_)
                | EngineError::Evidence(_),
            ) => "refused",
        };
        let counters = OUTCOMES.iter().zip(&self.commands);
        counters.filter(|(name, _)| **name == outcome).for_each(|(_, counter)| add(counter, 1));
    }

    pub(crate) fn conflict(&self) {
        add(&self.conflicts, 1);
    }

    pub(crate) fn repeat(&self) {
        add(&self.repeats, 1);
    }

    pub(crate) fn appended(&self, events: usize, took: Duration) {
        let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        let step = STEPS.partition_point(|end| *end < micros);
        self.appends.get(step).into_iter().for_each(|counter| add(counter, 1));
        add(&self.append_micros, micros);
        add(&self.events, events as u64);
    }
}

fn get(counter: &AtomicU64) -> u64 {
    counter.load(Ordering::Relaxed)
}

fn add(counter: &AtomicU64, more: u64) {
    counter.fetch_add(more, Ordering::Relaxed);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_append_counts_in_its_step_and_in_all_above() {
        let meter = Meter::default();
        for micros in [1_000, 1_001, 9_000_000] {
            meter.appended(2, Duration::from_micros(micros));
        }
        let appends = meter.appends();
        assert_eq!((appends[0], appends[1], appends[11], appends[12]), (1, 2, 2, 3));
        assert_eq!((meter.events(), meter.append_time().as_micros()), (6, 9_002_001));
    }

    #[test]
    fn a_command_counts_once_by_how_it_ended() {
        let meter = Meter::default();
        let done = Done { revision: None, position: None, events: 1, repeated: false };
        meter.command(&Ok(done));
        meter.command(&Ok(Done { repeated: true, ..done }));
        meter.command(&Ok(Done { events: 0, ..done }));
        meter.command(&Err(EngineError::CommandIdReused));
        assert_eq!(meter.commands(), [1, 1, 1, 0, 0, 1, 0, 0, 0]);
    }
}
