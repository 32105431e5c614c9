//! Ids, legal basis, time in force and first year. Deliberately absent: the spelling of ids, which their
//! types hold.

use alloc::format;
use alloc::string::ToString;

use super::{Findings, Rule};
use crate::definition::Definition;

/// A later first year would leave years that no definition covers.
const YEARS_LATER_MAX: i16 = 2;

pub(super) fn check(definition: &Definition, findings: &mut Findings) {
    id(definition, findings);
    legal_basis(definition, findings);
    in_force(definition, findings);
    transition(definition, findings);
    unique_ids(definition, findings);
}

fn id(definition: &Definition, findings: &mut Findings) {
    let title = definition.title.as_str();
    let edition = definition.id.as_str().strip_prefix(title).and_then(|id| id.strip_prefix('.'));
    if edition.is_none_or(str::is_empty) {
        findings.add(
            Rule::IdTitle,
            "id",
            format!("mã phải có dạng `{title}.<phiên bản>`, đang là `{}`", definition.id),
            format!("the id has to be `{title}.<edition>`, and is `{}`", definition.id),
        );
    }
}

fn legal_basis(definition: &Definition, findings: &mut Findings) {
    if definition.legal_basis.is_empty() {
        findings.add(
            Rule::NoLegalBasis,
            "legal_basis",
            "chưa nêu căn cứ pháp lý nào; hãy thêm ít nhất một mục [[legal_basis]]".to_string(),
            "no legal basis is named; add at least one [[legal_basis]]".to_string(),
        );
    }
}

fn in_force(definition: &Definition, findings: &mut Findings) {
    let from = definition.in_force.from;
    if let Some(until) = definition.in_force.until.filter(|until| *until < from) {
        findings.add(
            Rule::InForceOrder,
            "in_force.until",
            format!("ngày hết hiệu lực {until} trước ngày có hiệu lực {from}"),
            format!("the last day {until} lies before the first day {from}"),
        );
    }
}

fn transition(definition: &Definition, findings: &mut Findings) {
    let Some(transition) = &definition.transition else { return };
    let (year, earliest) = (transition.first_year, definition.in_force.from.year());
    let latest = earliest.saturating_add(YEARS_LATER_MAX);
    if !(earliest..=latest).contains(&year) {
        findings.add(
            Rule::TransitionYear,
            "transition.first_year",
            format!("năm áp dụng đầu tiên phải từ {earliest} đến {latest}, đang là {year}"),
            format!("the first year has to be {earliest} to {latest}, and is {year}"),
        );
    }
}

fn unique_ids(definition: &Definition, findings: &mut Findings) {
    let criteria = definition.criteria.iter().enumerate();
    findings.unique(
        criteria.clone().map(|(c, criterion)| (format!("criteria[{c}].id"), &criterion.id)),
    );
    // Points are kept by indicator alone, so an id must not come back under another criterion.
    findings.unique(criteria.flat_map(|(c, criterion)| {
        let indicators = criterion.indicators.iter().enumerate();
        indicators
            .map(move |(i, indicator)| (format!("criteria[{c}].indicators[{i}].id"), &indicator.id))
    }));
    // A level stands where a band would, so the two share their names.
    let bands = definition.outcome.bands.iter().enumerate();
    let bands = bands.map(|(b, band)| (format!("outcome.bands[{b}].id"), &band.id));
    let levels = definition.outcome.levels.iter().enumerate();
    let levels = levels.map(|(l, level)| (format!("outcome.levels[{l}].id"), &level.id));
    findings.unique(bands.chain(levels));
    let steps = definition.steps.iter().enumerate();
    findings.unique(steps.map(|(s, step)| (format!("steps[{s}].id"), &step.id)));
}
