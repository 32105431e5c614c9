//! When a title is reached: by total, by a minimum per indicator, in bands.
//! Deliberately absent: levels without points (Thông tư 24 and 25/2023); their texts were not
//! seen whole.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::definition::criteria::{Sourced, Status};
use crate::name::{BandId, IndicatorId, SourceId};
use crate::text::Bilingual;

/// The rule that makes a result of points.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// The fewest points in all that reach the title.
    pub minimum_total: Sourced<u16>,
    /// The fewest points for each single indicator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_each: Option<Sourced<u16>>,
    /// Names of results, from the highest down.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<Band>,
}

/// A named result from a number of points up (xếp loại).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// Identity.
    pub id: BandId,
    /// What it is called.
    pub name: Bilingual,
    /// The fewest points of the band.
    pub from: u16,
    /// Whether the numbers were seen.
    pub status: Status,
    /// Where.
    pub source: SourceId,
}

/// What a set of points comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Sum of all points.
    pub total: u32,
    /// The band that the total falls in.
    pub band: Option<BandId>,
    /// What is missing for the title; empty if it is reached.
    pub shortfalls: Vec<Shortfall>,
}

/// One thing that is missing for the title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shortfall {
    /// The total is too low.
    Total {
        /// Points in all.
        total: u32,
        /// Points needed.
        minimum: u16,
    },
    /// One indicator is too low.
    Indicator {
        /// Which.
        indicator: IndicatorId,
        /// Its points.
        points: u16,
        /// Points needed.
        minimum: u16,
    },
}

impl Outcome {
    /// Judges a set of points.
    #[must_use]
    pub fn judge(&self, points: &BTreeMap<IndicatorId, u16>) -> Judgement {
        let total = points.values().map(|points| u32::from(*points)).sum();
        let band = self.bands.iter().find(|band| total >= u32::from(band.from));
        let mut shortfalls = Vec::new();
        if total < u32::from(self.minimum_total.value) {
            shortfalls.push(Shortfall::Total { total, minimum: self.minimum_total.value });
        }
        if let Some(minimum) = self.minimum_each.as_ref().map(|minimum| minimum.value) {
            let low = points.iter().filter(|(_, points)| **points < minimum);
            shortfalls.extend(low.map(|(indicator, points)| Shortfall::Indicator {
                indicator: indicator.clone(),
                points: *points,
                minimum,
            }));
        }
        Judgement { total, band: band.map(|band| band.id.clone()), shortfalls }
    }

    /// Whether any of its numbers was not seen.
    #[must_use]
    pub fn is_provisional(&self) -> bool {
        self.minimum_total.status == Status::Provisional
            || self.minimum_each.as_ref().is_some_and(|each| each.status == Status::Provisional)
            || self.bands.iter().any(|band| band.status == Status::Provisional)
    }
}

impl Judgement {
    /// Whether the title is reached.
    #[must_use]
    pub fn reached(&self) -> bool {
        self.shortfalls.is_empty()
    }
}
