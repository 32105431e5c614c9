//! What the points come to: sums beside the threshold and the bands, or how many targets of each level
//! are met. Judged by the definition itself.
//! Deliberately absent: the script that keeps it up to date while somebody types.

use std::collections::BTreeMap;

use procedure::definition::{Judgement, Level, Shortfall, Status};
use procedure::{IndicatorId, Language};

use crate::cases::criteria::Group;
use crate::cases::file::File;

/// What the points come to.
pub(super) struct Sum {
    pub(super) maximum: u32,
    pub(super) claimed: Option<u32>,
    pub(super) last: Option<u32>,
    /// The points that are judged: typed, or of the last review, or the subject's own.
    pub(super) own: u32,
    pub(super) minimum: Option<u16>,
    /// The fewest points of each indicator.
    pub(super) each: Option<u16>,
    pub(super) provisional: bool,
    pub(super) bands: Vec<Band>,
    pub(super) levels: Vec<Targets>,
    pub(super) reached: bool,
    /// The band or level that it comes to.
    pub(super) band: Option<String>,
    /// What is missing, in words.
    pub(super) missing: Vec<String>,
}

/// A band.
pub(super) struct Band {
    pub(super) name: String,
    pub(super) from: u16,
}

/// A level with its targets.
pub(super) struct Targets {
    pub(super) name: String,
    pub(super) met: usize,
    /// The ids, with blanks between them.
    pub(super) ids: String,
    pub(super) all: usize,
}

impl Sum {
    /// What the groups come to.
    pub(super) fn of(file: &File, groups: &[Group]) -> Self {
        let (definition, language) = (&file.definition, file.known.language);
        let points = judged(groups);
        let judgement = definition.outcome.judge(&points);
        let outcome = &definition.outcome;
        let lines = || groups.iter().flat_map(|group| &group.lines);
        let total = |points: fn(&super::criteria::Line) -> Option<u16>| {
            let found: Vec<_> = lines().filter_map(points).map(u32::from).collect();
            (!found.is_empty()).then(|| found.iter().sum())
        };
        let unseen = |status| status == Status::Provisional;
        let band = |band: &procedure::definition::Band| Band {
            name: band.name.get(language).to_owned(),
            from: band.from,
        };
        Self {
            maximum: lines().map(|line| u32::from(line.maximum)).sum(),
            claimed: total(|line| line.claimed),
            last: total(|line| line.last),
            own: judgement.total,
            minimum: outcome.minimum_total.as_ref().map(|minimum| minimum.value),
            each: outcome.minimum_each.as_ref().map(|minimum| minimum.value),
            provisional: outcome.minimum_total.as_ref().is_some_and(|total| unseen(total.status))
                || outcome.is_provisional(),
            bands: outcome.bands.iter().map(band).collect(),
            levels: outcome.levels.iter().map(|level| targets(level, &points, language)).collect(),
            reached: judgement.reached(),
            band: name(file, &judgement),
            missing: judgement.shortfalls.iter().map(|one| missing(one, language)).collect(),
        }
    }
}

/// The points that count by now: what is typed, else what the last review gave, else the claims.
fn judged(groups: &[Group]) -> BTreeMap<IndicatorId, u16> {
    let lines = groups.iter().flat_map(|group| &group.lines);
    let counted = lines.filter_map(|line| {
        let points = match (&line.own, line.given.last().and_then(Option::as_ref)) {
            (Some(own), _) => own.points.trim().parse().unwrap_or(0).min(line.maximum),
            (None, Some(given)) => given.points,
            (None, None) => line.claimed.unwrap_or(0),
        };
        Some((line.id.parse().ok()?, points))
    });
    counted.collect()
}

fn name(file: &File, judgement: &Judgement) -> Option<String> {
    let (id, outcome) = (judgement.band.as_ref()?, &file.definition.outcome);
    let bands = outcome.bands.iter().map(|band| (&band.id, &band.name));
    let levels = outcome.levels.iter().map(|level| (&level.id, &level.name));
    let found = bands.chain(levels).find(|(known, _)| *known == id);
    found.map(|(_, name)| name.get(file.known.language).to_owned())
}

fn targets(level: &Level, points: &BTreeMap<IndicatorId, u16>, language: Language) -> Targets {
    let met = |id: &&IndicatorId| points.get(*id).is_some_and(|points| *points > 0);
    let ids: Vec<_> = level.targets.iter().map(IndicatorId::as_str).collect();
    Targets {
        name: level.name.get(language).to_owned(),
        met: level.targets.iter().filter(met).count(),
        all: ids.len(),
        ids: ids.join(" "),
    }
}

fn missing(shortfall: &Shortfall, language: Language) -> String {
    let vi = language == Language::Vietnamese;
    match shortfall {
        Shortfall::Total { total, minimum } => {
            let short = u32::from(*minimum).saturating_sub(*total);
            if vi { format!("thiếu {short} điểm") } else { format!("{short} points short") }
        }
        Shortfall::Target { indicator } => {
            if vi {
                format!("chưa đạt {indicator}")
            } else {
                format!("{indicator} not met")
            }
        }
        Shortfall::Indicator { indicator, points, minimum } => {
            if vi {
                format!("{indicator}: {points} điểm, tối thiểu {minimum}")
            } else {
                format!("{indicator}: {points} points, at least {minimum}")
            }
        }
    }
}
