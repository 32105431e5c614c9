//! Nobody judges his own work. Deliberately absent: kinship and other interests, which are known
//! only when a case is there; and who may write a meeting's minutes or hang out a list: neither
//! judges, so only whoever decides keeps apart from them.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::ToString;

use super::{Findings, Rule};
use crate::definition::{Definition, Step, StepKind};

pub(super) fn check(definition: &Definition, findings: &mut Findings) {
    sets(definition, findings);
    for (s, later) in definition.steps.iter().enumerate() {
        for earlier in definition.steps.iter().take(s) {
            pair(definition, earlier, later, findings);
        }
    }
}

fn sets(definition: &Definition, findings: &mut Findings) {
    for (g, set) in definition.separation.iter().enumerate() {
        for (i, id) in set.iter().enumerate() {
            if definition.step(id).is_none() {
                findings.add(
                    Rule::SeparationUnknown,
                    format!("separation[{g}][{i}]"),
                    format!("không có bước nào tên là {id}"),
                    format!("there is no step {id}"),
                );
            }
        }
        let distinct: BTreeSet<_> = set.iter().collect();
        if distinct.len() < 2 || distinct.len() < set.len() {
            findings.add(
                Rule::SeparationSet,
                format!("separation[{g}]"),
                "mỗi nhóm tách biệt cần ít nhất hai bước, không bước nào lặp lại".to_string(),
                "a set of separated steps needs two steps or more, and none twice".to_string(),
            );
        }
    }
}

fn pair(definition: &Definition, earlier: &Step, later: &Step, findings: &mut Findings) {
    if earlier.id == later.id || definition.separates(&earlier.id, &later.id) {
        return;
    }
    let (one, two) = (&earlier.id, &later.id);
    match later.kind {
        StepKind::Decision => findings.add(
            Rule::SeparationDecision,
            "separation",
            format!("người quyết định ({two}) có thể cũng là người làm bước {one}; hãy tách ra"),
            format!("whoever decides ({two}) could have taken {one} himself; separate the two"),
        ),
        StepKind::Review if judges(earlier.kind) => findings.add(
            Rule::SeparationReview,
            "separation",
            format!("người thẩm định ({two}) có thể cũng là người làm bước {one}; hãy tách ra"),
            format!("whoever reviews ({two}) could have taken {one} himself; separate the two"),
        ),
        StepKind::SelfAssessment | StepKind::Review | StepKind::Meeting | StepKind::Posting => {}
    }
}

/// Whether one person alone gives points in such a step or settles something by them.
const fn judges(kind: StepKind) -> bool {
    match kind {
        StepKind::SelfAssessment | StepKind::Review | StepKind::Decision => true,
        StepKind::Meeting | StepKind::Posting => false,
    }
}
