//! What can have happened to the calendar. These names are the storage format.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::aggregate::events;
use crate::date::Date;
use crate::definition::{Source, Status};
use crate::name::SourceId;
use crate::text::{Bilingual, Digest};

events! {
    /// What can have happened to the calendar.
    CalendarPublished,
}

/// Time limits are counted by these days from now on. An earlier calendar counts no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CalendarPublished {
    /// The whole calendar.
    pub days: CalendarDays,
    /// SHA-256 of the calendar's JSON as it stands in this event.
    pub digest: Digest,
    /// The day of publishing.
    pub on: Date,
}

/// The days of some years on which work is done or not, against the rule of Monday to Friday (lịch
/// nghỉ lễ, tết).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CalendarDays {
    /// First year of which all days off are listed.
    pub first_year: i16,
    /// Last year of which all days off are listed.
    pub last_year: i16,
    /// Where the days were seen, by the names used below.
    pub sources: BTreeMap<SourceId, Source>,
    /// The days off.
    pub days_off: Vec<DayOff>,
    /// The days that changed places.
    #[serde(default)]
    pub swaps: Vec<Swap>,
}

/// A day without work (ngày nghỉ lễ, tết). One that falls on a weekend changes nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DayOff {
    /// The day.
    pub date: Date,
    /// What it is.
    pub name: Bilingual,
    /// Whether the day was seen in the source.
    pub status: Status,
    /// Where.
    pub source: SourceId,
}

/// A weekday and a day of a weekend that changed places (hoán đổi ngày làm việc).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Swap {
    /// The weekday that is free.
    pub off: Date,
    /// The Saturday or Sunday on which work is done instead.
    pub worked: Date,
    /// Whether the swap was seen in the source.
    pub status: Status,
    /// Where.
    pub source: SourceId,
}
