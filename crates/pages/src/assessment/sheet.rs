//! The form as it is shown: every indicator of the stamped definition with what is filled in, and what
//! the points come to. Deliberately absent: saving and sending.

use std::collections::BTreeMap;

use procedure::definition::{Criterion, Indicator, Shortfall, Status};
use procedure::{Definition, IndicatorId, Language};

use super::check::Fault;
use super::lines::{self, Line, Shown};
use crate::fields::Fields;

/// A criterion with its indicators.
pub(super) struct Group {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) provisional: bool,
    pub(super) maximum: u16,
    pub(super) rows: Vec<Row>,
}

/// An indicator.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) help: Option<String>,
    pub(super) provisional: bool,
    pub(super) maximum: u16,
    pub(super) needs_evidence: bool,
    pub(super) points: String,
    pub(super) note: String,
    pub(super) evidence: Vec<Shown>,
    /// The points that stood there before: last year's, or those that were handed in.
    pub(super) before: Option<u16>,
    pub(super) fault: Option<String>,
}

impl Row {
    /// Whether the choice of a target that is met or not stands so.
    pub(super) fn is_met(&self, met: bool) -> bool {
        match self.points.as_str() {
            "" => false,
            "0" => !met,
            _ => met,
        }
    }
}

/// What the points come to.
pub(super) struct Sum {
    pub(super) total: u32,
    pub(super) whole: u32,
    pub(super) minimum: Option<u16>,
    pub(super) minimum_each: Option<u16>,
    pub(super) reached: bool,
    /// In words.
    pub(super) verdict: String,
    /// Bands or levels, for the script: `[["name", from], …]` or `[["name", ["1a", …]], …]`.
    pub(super) bands: String,
    pub(super) levels: String,
}

/// The groups of a form.
pub(super) fn groups(
    definition: &Definition,
    fields: &Fields,
    before: &[Line],
    faults: &[Fault],
    language: Language,
) -> Vec<Group> {
    let row = |indicator: &Indicator| row(indicator, fields, (before, faults), language);
    let group = |criterion: &Criterion| Group {
        id: criterion.id.to_string(),
        text: criterion.text.get(language).to_owned(),
        provisional: criterion.text.status == Status::Provisional
            || criterion.maximum.status == Status::Provisional,
        maximum: criterion.maximum.value,
        rows: criterion.indicators.iter().map(row).collect(),
    };
    definition.criteria.iter().map(group).collect()
}

fn row(
    indicator: &Indicator,
    fields: &Fields,
    (before, faults): (&[Line], &[Fault]),
    language: Language,
) -> Row {
    let id = indicator.id.to_string();
    let text = |name: &str| fields.get(&format!("{name}.{id}")).unwrap_or_default().to_owned();
    let mut evidence = lines::evidence(fields, &id);
    // A row to write in: where there is none yet, and where one more was asked for.
    if evidence.is_empty() || fields.get(&format!("blank.{id}")).is_some() {
        evidence.push(Shown::default());
    }
    let fault = faults.iter().find(|fault| fault.indicator.as_ref() == Some(&id));
    Row {
        text: indicator.text.get(language).to_owned(),
        help: indicator.help.as_ref().map(|help| help.get(language).to_owned()),
        provisional: indicator.is_provisional(),
        maximum: indicator.maximum.value,
        needs_evidence: indicator.evidence_required,
        points: text("points"),
        note: text("note"),
        evidence,
        before: before.iter().find(|line| line.indicator == id).map(|line| line.points),
        fault: fault.map(|fault| fault.text.clone()),
        id,
    }
}

/// What the points that are filled in come to by now.
pub(super) fn sum(definition: &Definition, fields: &Fields, language: Language) -> Sum {
    let mut points: BTreeMap<IndicatorId, u16> = BTreeMap::new();
    for indicator in definition.indicators() {
        let given = lines::points(fields, indicator.id.as_str());
        let given = given.and_then(|given| u16::try_from(given).ok());
        points.insert(indicator.id.clone(), given.unwrap_or(0).min(indicator.maximum.value));
    }
    let outcome = &definition.outcome;
    let judged = outcome.judge(&points);
    let names = outcome.bands.iter().map(|band| (&band.id, &band.name));
    let mut names = names.chain(outcome.levels.iter().map(|level| (&level.id, &level.name)));
    let name = judged.band.as_ref().and_then(|id| names.find(|(known, _)| *known == id));
    let bands = outcome.bands.iter().map(|band| (band.name.get(language), band.from));
    let levels = outcome.levels.iter().map(|level| (level.name.get(language), &level.targets));
    let json = |value: Result<String, serde_json::Error>| value.unwrap_or_default();
    Sum {
        total: judged.total,
        whole: definition.indicators().map(|indicator| u32::from(indicator.maximum.value)).sum(),
        minimum: outcome.minimum_total.as_ref().map(|minimum| minimum.value),
        minimum_each: outcome.minimum_each.as_ref().map(|minimum| minimum.value),
        reached: judged.reached(),
        verdict: verdict(&judged.shortfalls, name.map(|(_, name)| name.get(language)), language),
        bands: json(serde_json::to_string(&bands.collect::<Vec<_>>())),
        levels: json(serde_json::to_string(&levels.collect::<Vec<_>>())),
    }
}

fn verdict(shortfalls: &[Shortfall], name: Option<&str>, language: Language) -> String {
    let english = language == Language::English;
    let text = match shortfalls.first() {
        None if english => "Reaches the title".to_owned(),
        None => "Đủ điều kiện theo điểm tự chấm".to_owned(),
        Some(Shortfall::Total { total, minimum }) => {
            let missing = u32::from(*minimum).saturating_sub(*total);
            if english {
                format!("{missing} points short")
            } else {
                format!("Còn thiếu {missing} điểm")
            }
        }
        Some(_) => {
            let count = shortfalls.len();
            if english {
                format!("{count} indicators short")
            } else {
                format!("Còn {count} chỉ tiêu chưa đạt")
            }
        }
    };
    name.map_or_else(|| text.clone(), |name| format!("{text} · {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn definition(source: &str) -> Definition {
        codec::definition::parse("test.toml", source.as_bytes()).unwrap()
    }

    fn filled(definition: &Definition, points: impl Fn(&Indicator) -> u16) -> Fields {
        let field = |one: &Indicator| (format!("points.{}", one.id), points(one).to_string());
        Fields(definition.indicators().map(field).collect())
    }

    #[test]
    fn the_sum_says_what_the_rules_say() {
        let family = include_str!("../../../../schemas/procedures/family/sample-2026.toml");
        let family = definition(family);
        let sum = |points: u16| sum(&family, &filled(&family, |_| points), Language::Vietnamese);
        let (low, high) = (sum(7), sum(8));
        assert_eq!((low.total, low.reached, low.verdict.as_str()), (70, false, "Còn thiếu 5 điểm"));
        assert_eq!((high.total, high.whole, high.reached), (80, 100, true));
    }

    #[test]
    fn targets_are_met_or_not_and_make_a_level() {
        let body =
            include_str!("../../../../schemas/procedures/organisation/tt24-2023-province.toml");
        let body = definition(body);
        let first: Vec<_> = body.outcome.levels[0].targets.clone();
        let sum = |fields: &Fields| sum(&body, fields, Language::English);
        let none = sum(&filled(&body, |_| 0));
        assert_eq!(none.verdict, format!("{} indicators short", first.len()));
        let lowest =
            filled(&body, |one| if first.contains(&one.id) { one.maximum.value } else { 0 });
        let reached = sum(&lowest);
        let name = body.outcome.levels[0].name.en.clone();
        assert_eq!(
            (reached.reached, reached.verdict),
            (true, format!("Reaches the title · {name}"))
        );
        let groups = groups(&body, &lowest, &[], &[], Language::English);
        let met = |row: &Row| (row.is_met(true), row.is_met(false));
        let rows = groups.iter().flat_map(|group| &group.rows);
        for row in rows {
            let is = first.iter().any(|id| id.as_str() == row.id);
            assert_eq!(met(row), (is, !is), "{}", row.id);
        }
    }
}
