//! Tests of a procedure's rules as data (tình huống): who does what on which day and what has to
//! come of it, in Vietnamese sentences of a TOML file, by somebody who writes no Rust.
//!
//! [`parse()`] reads a file with every finding at its line; [`Suite::run`] plays each scenario on the
//! rules of `procedure` alone. The sentences are explained in `schemas/procedures/README.md`.
//! Deliberately absent: files, the store and keys. Names and reasons of a scenario are made up, so
//! they stay unsealed, and nothing of a scenario is kept.

use std::collections::BTreeMap;

use procedure::case::OtherTitle;
use procedure::{
    Calendar, Date, Definition, Digest, OfficerId, ProcedureId, SubjectId, UnitCode, officer,
};

use crate::definition::Located;

mod expect;
mod lines;
mod parse;
mod place;
mod run;
mod sentence;
#[cfg(test)]
mod spec;
mod words;

use expect::Expected;
use place::Spot;
use sentence::Act;

pub use parse::parse;

/// The value of `lich` that asks for the calendar of working days; without it, Saturdays and
/// Sundays alone are days off.
pub const CALENDAR: &str = "vn";

/// What a test file may speak of without saying it.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The definitions, of which a file names one by its id.
    pub definitions: &'a [Definition],
    /// The calendar of working days, where there is one.
    pub calendar: Option<&'a Calendar>,
}

/// A test file: scenarios of one procedure, with the people who act in them.
#[derive(Debug)]
pub struct Suite<'a> {
    file: String,
    definition: &'a Definition,
    calendar: Calendar,
    year: i16,
    /// The units of the subject, from the nation down.
    path: Vec<UnitCode>,
    /// The last of them.
    home: UnitCode,
    people: People,
    /// Stands for the annex of a decision over many cases, which a scenario does not have.
    annex: Digest,
    /// With what every scenario begins.
    given: Vec<Sentence>,
    scenarios: Vec<Scenario>,
}

/// How a scenario went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What the file calls it.
    pub name: String,
    /// The line of its name.
    pub line: usize,
    /// What was not as it should be, at its sentence; empty if all was.
    pub differences: Vec<Located>,
}

impl Report {
    /// Whether all was as it should be (đạt).
    #[must_use]
    pub fn passed(&self) -> bool {
        self.differences.is_empty()
    }
}

impl Suite<'_> {
    /// The procedure whose rules are tested.
    #[must_use]
    pub fn procedure(&self) -> &ProcedureId {
        &self.definition.id
    }

    /// Plays every scenario, in the order of the file.
    #[must_use]
    pub fn run(&self) -> Vec<Report> {
        self.scenarios.iter().map(|scenario| run::play(self, scenario)).collect()
    }
}

/// Those who act, by their names in the file.
#[derive(Debug, Default)]
struct People(BTreeMap<String, officer::State>);

impl People {
    fn state(&self, id: OfficerId) -> Option<&officer::State> {
        self.0.iter().find(|(name, _)| officer_id(name) == id).map(|(_, state)| state)
    }

    /// The longest of the names that a text begins with, and what comes after it.
    fn at_start<'a>(&self, text: &'a str) -> Option<(OfficerId, &'a str)> {
        let fits = self.0.keys().filter_map(|name| Some((name, place::after(text, name)?)));
        let longest = fits.max_by_key(|(name, _)| name.len());
        longest.map(|(name, rest)| (officer_id(name), rest))
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

/// A person is an officer whose code is his name.
fn officer_id(name: &str) -> OfficerId {
    OfficerId::of_code(name)
}

/// The one subject of every scenario.
fn subject() -> SubjectId {
    SubjectId::of_code("tinh-huong")
}

/// Given, when, then (cho, khi, thì).
#[derive(Debug)]
struct Scenario {
    name: String,
    spot: Spot,
    given: Vec<Sentence>,
    when: Sentence,
    then: Vec<Expectation>,
    /// A title of the subject from another year.
    held: Option<OtherTitle>,
}

/// Somebody does something on a day.
#[derive(Debug)]
struct Sentence {
    spot: Spot,
    text: String,
    day: Date,
    by: By,
    act: Act,
}

/// Who acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// The program (hệ thống).
    Program,
    /// One of the people.
    Officer(OfficerId),
}

/// What has to come of it.
#[derive(Debug)]
struct Expectation {
    spot: Spot,
    text: String,
    expected: Expected,
}
