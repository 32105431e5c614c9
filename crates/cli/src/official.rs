//! What the program brings along: Viet Nam's administrative units by their official codes, the
//! procedure definitions of `schemas/procedures`, and the calendar of `schemas/calendars`.
//!
//! Units come in as the instruments that made them: the founding state of 1 July 2025, then each
//! later change under an unchanged code. Deliberately absent: hamlets, which have no national
//! code, and what came after the lists (`data/README.md` says how far they reach).

use anyhow::{Context as _, anyhow};
use codec::definition;
use engine::{Done, Engine, Principal, Request};
use procedure::calendar::CalendarDays;
use procedure::name::NAMESPACE;
use procedure::territory::{Change, Command, Instrument};
use procedure::{Date, Definition, UnitCode, calendar, edition};
use uuid::Uuid;

mod lists;
#[cfg(test)]
mod spec;

/// The root of the national list.
pub(crate) const NATION: &str = "VN";
/// The instrument that lists the codes of all provinces and communes.
pub(crate) const FOUNDING: &str = "Quyết định 19/2025/QĐ-TTg";

/// What one instrument does to the units of the national list, from a day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reorganisation {
    /// By what right. The day of issue is absent: it was not seen.
    pub(crate) instrument: Instrument,
    /// First day on which it holds.
    pub(crate) effective: Date,
    /// What changes, in order.
    pub(crate) changes: Vec<Change>,
}

/// All instruments in their order: the founding, then the changes until 20 September 2026.
///
/// # Errors
/// If the lists in the program are damaged; the tests exclude it.
pub(crate) fn instruments() -> anyhow::Result<Vec<Reorganisation>> {
    let mut all = vec![lists::founding().context("the official lists of July 2025")?];
    all.extend(lists::retypings().context("the list of later changes")?);
    Ok(all)
}

/// Carries out one instrument. Again, it changes nothing.
///
/// # Errors
/// [`engine::EngineError`].
pub(crate) async fn carry_out(
    engine: &Engine,
    principal: &Principal,
    reorganisation: Reorganisation,
) -> anyhow::Result<Done> {
    let Reorganisation { instrument, effective, changes } = reorganisation;
    let what = format!("{} ({effective})", instrument.number);
    let request = request(principal, &format!("official/units/{}/{effective}", instrument.number));
    let root: UnitCode = NATION.parse()?;
    let command = Command::Reorganise { instrument, effective, sample: false, changes };
    engine.reorganise(&request, &root, command).await.with_context(|| what)
}

macro_rules! shipped {
    ($($path:literal),* $(,)?) => {
        /// The shipped files by their paths under `schemas/procedures`, by title.
        pub(crate) const PROCEDURES: &[(&str, &str)] = &[$((
            $path,
            include_str!(concat!("../../../schemas/procedures/", $path)),
        )),*];
    };
}

shipped![
    "family/sample-2026.toml",
    "clan/sample-2026.toml",
    "community/sample-2026.toml",
    "organisation/tt22-2020.toml",
    "organisation/tt24-2023-province.toml",
    "citizen/tayninh-pilot.toml",
];

/// The shipped procedure definitions, read and checked.
///
/// # Errors
/// If one does not pass; `codec`'s tests exclude it.
pub(crate) fn definitions() -> anyhow::Result<Vec<Definition>> {
    let read = |(path, text): &(&str, &str)| {
        definition::parse(path, text.as_bytes()).map_err(|findings| {
            let lines: Vec<_> = findings.iter().map(ToString::to_string).collect();
            anyhow!("{}", lines.join("\n"))
        })
    };
    PROCEDURES.iter().map(read).collect()
}

/// Publishes a definition, shipped or not. Again, it changes nothing.
///
/// # Errors
/// [`engine::EngineError`].
pub(crate) async fn publish(
    engine: &Engine,
    principal: &Principal,
    definition: Definition,
) -> anyhow::Result<Done> {
    let (id, digest) = (definition.id.clone(), definition::digest(&definition)?);
    let request = request(principal, &format!("publish/{id}/{digest}"));
    let command = edition::Command::Publish { definition: Box::new(definition), digest };
    let published = engine.procedure(&request, &id, command).await;
    published.with_context(|| id.to_string())
}

/// The shipped calendar by its path under `schemas/calendars`.
const CALENDAR: (&str, &[u8]) = ("vn.toml", include_bytes!("../../../schemas/calendars/vn.toml"));

/// The shipped calendar of working days, read and checked.
///
/// # Errors
/// If it does not pass; `codec`'s tests exclude it.
pub(crate) fn calendar() -> anyhow::Result<CalendarDays> {
    let (path, bytes) = CALENDAR;
    codec::calendar::parse(path, bytes).map_err(|findings| {
        let lines: Vec<_> = findings.iter().map(ToString::to_string).collect();
        anyhow!("{}", lines.join("\n"))
    })
}

/// Publishes a calendar, shipped or not. Again, it changes nothing.
///
/// # Errors
/// [`engine::EngineError`].
pub(crate) async fn publish_calendar(
    engine: &Engine,
    principal: &Principal,
    days: CalendarDays,
) -> anyhow::Result<Done> {
    let digest = codec::calendar::digest(&days)?;
    let request = request(principal, &format!("publish/calendar/{digest}"));
    let command = calendar::Command::Publish { days: Box::new(days), digest };
    engine.set_calendar(&request, command).await.context("the calendar")
}

/// A request whose command id follows from what it asks for.
fn request(principal: &Principal, what: &str) -> Request {
    Request::new(principal.clone(), Uuid::new_v5(&NAMESPACE, what.as_bytes()))
}
