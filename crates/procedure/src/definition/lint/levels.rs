//! Levels that can be told apart and reached, and no second rule beside them. Deliberately absent:
//! what a target asks for.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};

use super::{Findings, Rule};
use crate::definition::Definition;
use crate::name::IndicatorId;

/// No title lasts for longer than this.
const MONTHS_MAX: u16 = 120;

pub(super) fn check(definition: &Definition, findings: &mut Findings) {
    kind(definition, findings);
    if !definition.outcome.levels.is_empty() {
        targets(definition, findings);
        months(definition, findings);
    }
}

fn kind(definition: &Definition, findings: &mut Findings) {
    let outcome = &definition.outcome;
    if outcome.levels.is_empty() {
        if outcome.minimum_total.is_none() {
            findings.add(
                Rule::OutcomeKind,
                "outcome",
                "chưa rõ khi nào đạt danh hiệu; hãy thêm `minimum_total` hoặc `levels`".to_string(),
                "it does not say when the title is reached; add `minimum_total` or `levels`"
                    .to_string(),
            );
        }
        return;
    }
    let of_points = [
        ("minimum_total", outcome.minimum_total.is_some()),
        ("minimum_each", outcome.minimum_each.is_some()),
        ("bands", !outcome.bands.is_empty()),
    ];
    for (name, _) in of_points.into_iter().filter(|(_, set)| *set) {
        findings.add(
            Rule::OutcomeKind,
            format!("outcome.{name}"),
            format!("đánh giá theo mức độ (`levels`) thì không có `{name}`; hãy bỏ một trong hai"),
            format!("a result by `levels` has no `{name}`; remove one of the two"),
        );
    }
}

fn targets(definition: &Definition, findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    for (l, level) in definition.outcome.levels.iter().enumerate() {
        let path = format!("outcome.levels[{l}].targets");
        if level.targets.is_empty() {
            findings.add(
                Rule::LevelTargets,
                path.clone(),
                format!("mức {} không thêm chỉ tiêu nào, nên không khác mức dưới nó", level.id),
                format!("level {} adds no target, so nothing sets it apart", level.id),
            );
        }
        for (t, id) in level.targets.iter().enumerate() {
            let again = !seen.insert(id);
            target(format!("{path}[{t}]"), id, again, definition, findings);
        }
    }
    left_over(definition, &seen, findings);
}

fn target(
    path: String,
    id: &IndicatorId,
    again: bool,
    definition: &Definition,
    findings: &mut Findings,
) {
    let maximum = definition.indicator(id).map(|indicator| indicator.maximum.value);
    let (vi, en) = match maximum {
        None => (format!("không có chỉ tiêu nào mã {id}"), format!("there is no indicator {id}")),
        Some(_) if again => (
            format!("chỉ tiêu {id} đã có ở trên; mức trên đã gồm chỉ tiêu của mức dưới"),
            format!("{id} is a target above; a level includes those of the levels below"),
        ),
        Some(1) => return,
        Some(maximum) => (
            format!(
                "chỉ tiêu {id} của một mức chỉ có đạt hoặc không: điểm tối đa 1, không {maximum}"
            ),
            format!("target {id} is met or not: its maximum has to be 1, and is {maximum}"),
        ),
    };
    findings.add(Rule::LevelTargets, path, vi, en);
}

/// An indicator of no level would be filled in for nothing.
fn left_over(definition: &Definition, seen: &BTreeSet<&IndicatorId>, findings: &mut Findings) {
    for (c, criterion) in definition.criteria.iter().enumerate() {
        for (i, indicator) in criterion.indicators.iter().enumerate() {
            let id = &indicator.id;
            if !seen.contains(id) {
                findings.add(
                    Rule::LevelTargets,
                    format!("criteria[{c}].indicators[{i}].id"),
                    format!(
                        "chỉ tiêu {id} không thuộc mức nào; hãy thêm vào `targets` của một mức"
                    ),
                    format!("{id} is a target of no level; add it to the `targets` of one"),
                );
            }
        }
    }
}

fn months(definition: &Definition, findings: &mut Findings) {
    for (l, level) in definition.outcome.levels.iter().enumerate() {
        let Some(months) = level.months_after_below else { continue };
        let (vi, en) = if l == 0 {
            (
                "mức đầu tiên không có mức nào dưới nó; hãy bỏ `months_after_below`".to_string(),
                "there is no level below the first; remove `months_after_below`".to_string(),
            )
        } else if (1..=MONTHS_MAX).contains(&months) {
            continue;
        } else {
            (
                format!("thời gian chờ phải từ 1 đến {MONTHS_MAX} tháng, đang là {months}"),
                format!("the wait has to be 1 to {MONTHS_MAX} months, and is {months}"),
            )
        };
        let path = format!("outcome.levels[{l}].months_after_below");
        findings.add(Rule::LevelMonths, path, vi, en);
    }
}
