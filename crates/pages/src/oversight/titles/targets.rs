//! The targets of Decision 387/QĐ-TTg (chỉ tiêu), as data with a source for each number.
//! Deliberately absent: whether a target is met; the decision counts other things than this register.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use procedure::definition::{Source, Status};
use procedure::text::Bilingual;
use procedure::{Date, Language, SourceId, Title};
use serde::Deserialize;

const FILE: &str = include_str!("../../../../../schemas/targets/qd387-2022.toml");

/// All targets of an instrument.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Targets {
    /// The instrument.
    pub(super) instrument: String,
    /// The day that it bears.
    pub(super) issued: Date,
    pub(super) targets: Vec<Target>,
    pub(super) sources: BTreeMap<SourceId, Source>,
}

/// A share that is to have a title by a year.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Target {
    pub(super) title: Title,
    pub(super) year: i16,
    pub(super) percent: u8,
    /// Of what it is a share.
    of: Bilingual,
    status: Status,
    source: SourceId,
}

impl Target {
    /// Of what it is a share.
    pub(super) fn of(&self, language: &Language) -> &str {
        self.of.get(*language)
    }

    /// Whether the number was not read in its source.
    pub(super) fn is_provisional(&self) -> bool {
        self.status == Status::Provisional
    }
}

impl Targets {
    /// Those for a title, the earliest first.
    pub(super) fn of(&self, title: &Title) -> impl Iterator<Item = &Target> {
        self.targets.iter().filter(move |target| target.title == *title)
    }

    /// Where a number comes from.
    pub(super) fn source(&self, target: &Target) -> Option<&Source> {
        self.sources.get(&target.source)
    }
}

/// The targets; none if the file of the program were broken.
pub(super) fn targets() -> Option<&'static Targets> {
    static READ: OnceLock<Option<Targets>> = OnceLock::new();
    let read = || {
        toml::from_str(FILE)
            .inspect_err(|error| tracing::error!(%error, "the targets cannot be read"))
            .ok()
    };
    READ.get_or_init(read).as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_has_a_source_and_only_what_was_read_is_verified() {
        let targets = targets().unwrap();
        assert_eq!(targets.targets.len(), 12);
        for target in &targets.targets {
            let source = targets.source(target).unwrap();
            assert_eq!(source.seen, target.status == Status::Verified, "{target:?}");
            assert!((1..=100).contains(&target.percent));
        }
        let family: Vec<_> =
            targets.of(&Title::Family).map(|target| (target.year, target.percent)).collect();
        assert_eq!(family, [(2025, 70), (2030, 80)]);
    }
}
