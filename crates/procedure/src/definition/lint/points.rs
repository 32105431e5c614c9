//! Sums, ranges and thresholds. Deliberately absent: what the points are for, and levels.

use alloc::format;
use alloc::string::{String, ToString};

use super::{Findings, Rule};
use crate::definition::{Criterion, Definition};

/// The most points that one maximum can be.
const MAXIMUM: u16 = 1000;
/// The most points that a definition can have in all.
const TOTAL: u32 = 10_000;

pub(super) fn check(definition: &Definition, findings: &mut Findings) {
    if definition.criteria.is_empty() {
        no_indicators("criteria".to_string(), findings);
        return;
    }
    for (c, criterion) in definition.criteria.iter().enumerate() {
        self::criterion(c, criterion, findings);
    }
    let total = definition.indicators().map(|indicator| u32::from(indicator.maximum.value)).sum();
    if total > TOTAL {
        findings.add(
            Rule::TotalRange,
            "criteria",
            format!("tổng điểm tối đa là {total}, không được quá {TOTAL}"),
            format!("the maxima come to {total}; at most {TOTAL} are allowed"),
        );
    }
    minimum_total(definition, total, findings);
    minimum_each(definition, findings);
    bands(definition, total, findings);
}

fn criterion(c: usize, criterion: &Criterion, findings: &mut Findings) {
    let path = format!("criteria[{c}].indicators");
    if criterion.indicators.is_empty() {
        no_indicators(path, findings);
        return;
    }
    let mut sum = 0u32;
    for (i, indicator) in criterion.indicators.iter().enumerate() {
        range(format!("{path}[{i}].maximum.value"), indicator.maximum.value, MAXIMUM, findings);
        sum = sum.saturating_add(u32::from(indicator.maximum.value));
    }
    let maximum = criterion.maximum.value;
    range(format!("criteria[{c}].maximum.value"), maximum, MAXIMUM, findings);
    if u32::from(maximum) != sum {
        let id = &criterion.id;
        findings.add(
            Rule::CriterionSum,
            format!("criteria[{c}].maximum.value"),
            format!("tiêu chí {id} ghi {maximum} điểm, nhưng các chỉ tiêu cộng lại được {sum}"),
            format!("criterion {id} says {maximum} points, but its indicators come to {sum}"),
        );
    }
}

fn no_indicators(path: String, findings: &mut Findings) {
    findings.add(
        Rule::NoIndicators,
        path,
        "chưa có gì để chấm điểm; mỗi tiêu chí cần ít nhất một chỉ tiêu".to_string(),
        "there is nothing to give points for; each criterion needs an indicator".to_string(),
    );
}

fn range(path: String, points: u16, most: u16, findings: &mut Findings) {
    if !(1..=most).contains(&points) {
        findings.add(
            Rule::PointsRange,
            path,
            format!("số điểm tối đa phải từ 1 đến {most}, đang là {points}"),
            format!("a maximum has to be 1 to {most} points, and is {points}"),
        );
    }
}

fn minimum_total(definition: &Definition, total: u32, findings: &mut Findings) {
    let Some(minimum) = &definition.outcome.minimum_total else { return };
    let minimum = u32::from(minimum.value);
    if !(1..=total).contains(&minimum) {
        findings.add(
            Rule::MinimumTotal,
            "outcome.minimum_total.value",
            format!("ngưỡng đạt là {minimum}, phải từ 1 đến tổng điểm tối đa {total}"),
            format!("the threshold is {minimum}; it has to be 1 to the sum of maxima, {total}"),
        );
    }
}

fn minimum_each(definition: &Definition, findings: &mut Findings) {
    let Some(each) = &definition.outcome.minimum_each else { return };
    let minimum = each.value;
    let low = definition.indicators().find(|indicator| indicator.maximum.value < minimum);
    if let Some(indicator) = low {
        let (id, maximum) = (&indicator.id, indicator.maximum.value);
        findings.add(
            Rule::MinimumEach,
            "outcome.minimum_each.value",
            format!("mức tối thiểu {minimum} vượt điểm tối đa {maximum} của chỉ tiêu {id}"),
            format!("the minimum {minimum} is above the maximum {maximum} of indicator {id}"),
        );
    } else if minimum == 0 {
        findings.add(
            Rule::MinimumEach,
            "outcome.minimum_each.value",
            "mức tối thiểu 0 không có tác dụng; hãy bỏ minimum_each".to_string(),
            "a minimum of 0 does nothing; remove minimum_each".to_string(),
        );
    }
}

fn bands(definition: &Definition, total: u32, findings: &mut Findings) {
    let mut above = total.saturating_add(1);
    for (b, band) in definition.outcome.bands.iter().enumerate() {
        let from = u32::from(band.from);
        if from >= above {
            let (id, most) = (&band.id, above.saturating_sub(1));
            findings.add(
                Rule::BandOrder,
                format!("outcome.bands[{b}].from"),
                format!(
                    "mức {id} từ {from} điểm; các mức xếp từ cao xuống thấp, đây tối đa {most}"
                ),
                format!("band {id} begins at {from}; bands go down, so here {most} is the most"),
            );
        }
        above = from;
    }
}
