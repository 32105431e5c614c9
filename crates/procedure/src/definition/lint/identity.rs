//! Ids, legal basis and time in force. Deliberately absent: the spelling of ids, which their
//! types hold.

use alloc::format;
use alloc::string::ToString;

use super::{Findings, Rule};
use crate::definition::Definition;

pub(super) fn check(definition: &Definition, findings: &mut Findings) {
    id(definition, findings);
    legal_basis(definition, findings);
    in_force(definition, findings);
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
    let bands = definition.outcome.bands.iter().enumerate();
    findings.unique(bands.map(|(b, band)| (format!("outcome.bands[{b}].id"), &band.id)));
    let steps = definition.steps.iter().enumerate();
    findings.unique(steps.map(|(s, step)| (format!("steps[{s}].id"), &step.id)));
}
