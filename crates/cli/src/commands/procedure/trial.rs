//! `procedure try`: a definition on the cases of a year. Beside a running server it reads the same
//! log; it needs no read models. Deliberately absent: the judging, which is `projections`'.

use anyhow::Result;
use projections::trial::{
    Basis, Change, Changed, Counts, Difference, End, Scope, Trial, Unit, trial,
};
use serde_json::Value;

use super::{checked, load};
use crate::args::{Place, Try};
use crate::home::Reading;
use crate::output::{answer, progress, table};

const HEADER: [&str; 11] = [
    "unit\nđơn vị",
    "cases\nhồ sơ",
    "recognised\nđã công nhận",
    "judged\nchấm lại",
    "on claims\ntheo tự chấm",
    "reach, old\nđạt, cũ",
    "reach, new\nđạt, mới",
    "gain\nthêm",
    "lose\nmất",
    "unknown\nchưa rõ",
    "cut\nbị giảm",
];

pub(super) async fn run(place: &Place, arguments: Try) -> Result<()> {
    let Try { file, year, unit, cases, limit, json } = arguments;
    let draft = match load(&file)? {
        Ok(draft) => draft,
        Err(findings) => return checked(1, &findings, json.json),
    };
    let reading = Reading::open(place).await?;
    let (store, _) = reading.sources();
    let head = store.head().await?;
    let bar = progress(head.map_or(0, |head| head.major()), "events");
    let scope = Scope { year, unit, listed: if cases { limit as usize } else { 0 } };
    let mut found = trial(&*store, draft, scope, |events| bar.set_position(events)).await?;
    bar.finish_and_clear();
    found.unit = shown(found.unit);
    answer(json.json, &found, |found| told(found, cases))
}

/// The first unit whose cases do not all lie in one unit below, with the units one level below it.
fn shown(mut unit: Unit) -> Unit {
    // The last level is shown as it is: a unit of it has no table of its own.
    while let [only] = &mut unit.below[..]
        && only.counts.cases == unit.counts.cases
        && !only.below.is_empty()
    {
        unit = unit.below.remove(0);
    }
    for below in &mut unit.below {
        below.below.clear();
    }
    unit
}

fn told(found: &Trial, listed: bool) -> String {
    let Trial { procedure, title, year, unit, .. } = found;
    let place = &unit.unit;
    if unit.counts.is_empty() {
        return format!(
            "{place} has no case of {title} {year}: there is nothing to try {procedure} on\n\
             {place} không có hồ sơ {title} nào năm {year}, nên chưa thử được"
        );
    }
    let mut parts = vec![format!("{procedure} on the cases of {title} {year} in {place}")];
    parts.extend(found.differences.iter().map(difference));
    parts.push(units(unit));
    parts.extend(notes(&unit.counts));
    if listed {
        parts.push(cases(found));
    }
    parts.join("\n")
}

/// What is different from a definition that cases are under, a line each.
fn difference(found: &Difference) -> String {
    let mut lines = vec![format!("\nnew against {}, {} cases:", found.procedure, found.cases)];
    if found.is_empty() {
        lines.push("  the same indicators and thresholds (không đổi)".to_owned());
    }
    lines.extend(found.added.iter().map(|added| {
        format!("  + indicator {} up to {} points (thêm chỉ tiêu)", added.indicator, added.maximum)
    }));
    lines.extend(found.removed.iter().map(|gone| {
        format!("  - indicator {} up to {} points (bỏ chỉ tiêu)", gone.indicator, gone.maximum)
    }));
    lines.extend(found.maxima.iter().map(|changed| {
        let (before, after) = (changed.before, changed.after);
        format!("  maximum of {}: {before} → {after} (điểm tối đa)", changed.indicator)
    }));
    lines.extend(found.thresholds.iter().map(|changed| {
        let (before, after) = (value(&changed.before), value(&changed.after));
        format!("  {}: {before} → {after} (ngưỡng)", changed.what)
    }));
    lines.join("\n")
}

fn value(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The units one level below, what lies in none of them, and all.
fn units(unit: &Unit) -> String {
    let mut rows: Vec<_> =
        unit.below.iter().map(|unit| line(unit.unit.to_string(), &unit.counts)).collect();
    if !unit.below.is_empty() && !unit.here.is_empty() {
        rows.push(line(format!("{}, itself", unit.unit), &unit.here));
    }
    rows.push(line(format!("{}, all", unit.unit), &unit.counts));
    table(&HEADER, rows)
}

fn line(name: String, counts: &Counts) -> Vec<String> {
    let numbers = [
        counts.cases,
        counts.recognised,
        counts.judged,
        counts.on_claims,
        counts.reached_old,
        counts.reached_new,
        counts.gain,
        counts.lose,
        counts.unknown,
        counts.cut,
    ];
    let numbers = numbers.iter().map(ToString::to_string);
    std::iter::once(name).chain(numbers).collect()
}

/// What the table leaves open, where there is any.
fn notes(counts: &Counts) -> Vec<String> {
    let all = [
        (counts.withdrawn, "withdrawn and not judged (đã rút)"),
        (counts.unjudged, "without points yet and not judged (chưa có điểm)"),
        (counts.on_claims, "not reviewed yet: judged on their own points (chưa thẩm định)"),
        (counts.unknown, "unknown: the points of new indicators would decide (chưa rõ)"),
        (counts.cut, "with points above a new maximum, cut to it (bị giảm)"),
    ];
    let told = all.into_iter().filter(|(number, _)| *number > 0);
    told.map(|(number, what)| format!("{number} {what}")).collect()
}

fn cases(found: &Trial) -> String {
    let counts = &found.unit.counts;
    let all = (counts.gain + counts.lose + counts.unknown) as usize;
    if all == 0 {
        return "no case changes (không hồ sơ nào thay đổi)".to_owned();
    }
    let header = ["case", "unit", "change", "in fact", "points of", "old", "new"];
    let more = match all - found.cases.len() {
        0 => String::new(),
        more => format!("\n… {more} more: --limit"),
    };
    table(&header, found.cases.iter().map(case)) + &more
}

fn case(changed: &Changed) -> [String; 7] {
    let change = match changed.change {
        Change::Gain => "gain",
        Change::Lose => "lose",
        Change::Unknown => "unknown",
    };
    let end = match changed.end {
        End::Open => "open",
        End::Recognised => "recognised",
        End::Refused => "refused",
        End::Withdrawn => "withdrawn",
    };
    let basis = match changed.basis {
        Basis::Review => "review",
        Basis::Claims => "claims",
    };
    let band = |band: &Option<procedure::BandId>| {
        band.as_ref().map(|band| format!(" ({band})")).unwrap_or_default()
    };
    let new = match (changed.total_new, changed.total_new_most) {
        (least, most) if least == most => least.to_string(),
        (least, most) => format!("{least} to {most}"),
    };
    [
        changed.case.to_string(),
        changed.place.last().map(ToString::to_string).unwrap_or_default(),
        change.to_owned(),
        end.to_owned(),
        basis.to_owned(),
        format!("{}{}", changed.total_old, band(&changed.band_old)),
        format!("{new}{}", band(&changed.band_new)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(code: &str, here: u32, below: Vec<Unit>) -> Unit {
        let cases = here + below.iter().map(|unit| unit.counts.cases).sum::<u32>();
        let counts = |cases| Counts { cases, ..Counts::default() };
        Unit { unit: code.parse().unwrap(), counts: counts(cases), here: counts(here), below }
    }

    fn codes(unit: &Unit) -> Vec<&str> {
        unit.below.iter().map(|unit| unit.unit.as_str()).collect()
    }

    #[test]
    fn the_first_level_with_more_than_one_unit_is_shown() {
        let hamlets = || vec![unit("05158-01", 1, vec![]), unit("05158-02", 2, vec![])];
        let nation =
            |here, hamlets| unit("VN", here, vec![unit("25", 0, vec![unit("05158", 0, hamlets)])]);
        let commune = shown(nation(0, hamlets()));
        assert_eq!(
            (commune.unit.as_str(), codes(&commune)),
            ("05158", vec!["05158-01", "05158-02"])
        );
        // One hamlet alone is a line of its commune.
        let commune = shown(nation(0, vec![unit("05158-01", 1, vec![])]));
        assert_eq!((commune.unit.as_str(), codes(&commune)), ("05158", vec!["05158-01"]));
        // A case of the nation itself would be lost further down.
        let top = shown(nation(1, hamlets()));
        assert_eq!((top.unit.as_str(), codes(&top)), ("VN", vec!["25"]));
        assert!(top.below[0].below.is_empty());
        assert!(units(&top).contains("VN, itself"));
    }
}
