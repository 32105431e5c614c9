//! When a title is reached: by points (a total, a minimum per indicator, bands), or by levels whose
//! targets are met or not (mức 1, mức 2; Thông tư 24 and 25/2023). A target is an indicator of one
//! point. Deliberately absent: any number of its own.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::date::Date;
use crate::definition::criteria::{Sourced, Status};
use crate::name::{BandId, IndicatorId, SourceId};
use crate::text::Bilingual;

/// The rule that makes a result of points: `minimum_total`, or `levels`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// The fewest points in all that reach the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_total: Option<Sourced<u16>>,
    /// The fewest points for each single indicator.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minimum_each: Option<Sourced<u16>>,
    /// Names of results, from the highest down.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<Band>,
    /// Levels, from the lowest up; each includes the targets of those below.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<Level>,
}

/// A level of a title (mức độ), reached when its targets and those of all levels below are met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Level {
    /// Identity; stands where a band would.
    pub id: BandId,
    /// What it is called.
    pub name: Bilingual,
    /// The targets that it adds to the levels below (chỉ tiêu).
    pub targets: Vec<IndicatorId>,
    /// How many months a holder of the level below waits, from the day of its decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub months_after_below: Option<u16>,
    /// Whether this was seen.
    pub status: Status,
    /// Where.
    pub source: SourceId,
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
    /// A target of the lowest level is not met.
    Target {
        /// Which.
        indicator: IndicatorId,
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
        if !self.levels.is_empty() {
            return self.judge_by_levels(total, points);
        }
        let band = self.bands.iter().find(|band| total >= u32::from(band.from));
        let mut shortfalls = Vec::new();
        if let Some(minimum) = self.minimum_total.as_ref().map(|minimum| minimum.value)
            && total < u32::from(minimum)
        {
            shortfalls.push(Shortfall::Total { total, minimum });
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

    fn judge_by_levels(&self, total: u32, points: &BTreeMap<IndicatorId, u16>) -> Judgement {
        let unmet = |target: &&IndicatorId| points.get(*target).is_none_or(|points| *points == 0);
        let met = |level: &&Level| level.targets.iter().all(|target| !unmet(&target));
        let reached = self.levels.iter().take_while(met).last();
        let missing = match reached {
            Some(_) => None,
            None => self.levels.first(),
        };
        let targets = missing.into_iter().flat_map(|level| &level.targets).filter(unmet);
        let shortfalls = targets.map(|id| Shortfall::Target { indicator: id.clone() }).collect();
        Judgement { total, band: reached.map(|level| level.id.clone()), shortfalls }
    }

    /// The first day on which a holder of a title of level `held`, decided on `decided`, can be
    /// recognised at level `next`; `None` where the rule sets none.
    #[must_use]
    pub fn upgrade_from(&self, held: &BandId, decided: Date, next: &BandId) -> Option<Date> {
        let place = |id: &BandId| self.levels.iter().position(|level| level.id == *id);
        let (below, above) = (place(held)?, place(next)?);
        let wait = self.levels.get(above)?.months_after_below?;
        if below < above { decided.plus_months(wait) } else { None }
    }

    /// Whether any of its numbers was not seen.
    #[must_use]
    pub fn is_provisional(&self) -> bool {
        let unseen = |status: Status| status == Status::Provisional;
        self.minimum_total.as_ref().is_some_and(|total| unseen(total.status))
            || self.minimum_each.as_ref().is_some_and(|each| unseen(each.status))
            || self.bands.iter().any(|band| unseen(band.status))
            || self.levels.iter().any(|level| unseen(level.status))
    }
}

impl Judgement {
    /// Whether the title is reached.
    #[must_use]
    pub fn reached(&self) -> bool {
        self.shortfalls.is_empty()
    }
}
