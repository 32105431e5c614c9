//! The way from the first step to the last, and that somebody can take each step on each day.
//! Deliberately absent: whether anybody is appointed; that is known only when a case is there; and
//! what a kind of step needs ([`kinds`](super::kinds)).

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Findings, Rule};
use crate::date::Date;
use crate::definition::{Definition, InForce, Performer, Step, StepKind};
use crate::territory::UnitLevel;

pub(super) fn check(definition: &Definition, findings: &mut Findings) {
    first_and_last(&definition.steps, findings);
    for (s, step) in definition.steps.iter().enumerate() {
        performers(s, step, &definition.in_force, findings);
    }
    let pairs = definition.steps.iter().zip(definition.steps.iter().skip(1));
    for (s, (lower, upper)) in pairs.enumerate() {
        levels(s + 1, lower, upper, findings);
    }
}

/// Everything before a self-assessment and after a decision could never be reached, and a
/// procedure without them has no beginning or no end.
fn first_and_last(steps: &[Step], findings: &mut Findings) {
    let first = Place { kind: StepKind::SelfAssessment, at: 0, rule: Rule::SelfAssessmentFirst };
    first.check(
        steps,
        "bước tự đánh giá phải có đúng một, và là bước đầu tiên",
        "there has to be exactly one self-assessment, as the first step",
        findings,
    );
    let end = steps.len().saturating_sub(1);
    let last = Place { kind: StepKind::Decision, at: end, rule: Rule::DecisionLast };
    last.check(
        steps,
        "bước quyết định phải có đúng một, và là bước cuối cùng",
        "there has to be exactly one decision, as the last step",
        findings,
    );
    if !steps.iter().any(|step| step.kind == StepKind::Review) {
        findings.add(
            Rule::NoReview,
            "steps",
            "phải có ít nhất một bước thẩm định, vì quyết định dựa trên điểm thẩm định".to_string(),
            "there has to be a review, because the decision rests on its points".to_string(),
        );
    }
}

/// A kind of step that stands once, in one place.
struct Place {
    kind: StepKind,
    at: usize,
    rule: Rule,
}

impl Place {
    fn check(&self, steps: &[Step], vi: &str, en: &str, findings: &mut Findings) {
        let places = || steps.iter().enumerate().filter(|(_, step)| step.kind == self.kind);
        if places().next().is_none() {
            findings.add(self.rule, "steps", vi.to_string(), en.to_string());
        }
        for (s, _) in places().filter(|(s, _)| *s != self.at) {
            findings.add(self.rule, format!("steps[{s}].kind"), vi.to_string(), en.to_string());
        }
    }
}

fn performers(s: usize, step: &Step, in_force: &InForce, findings: &mut Findings) {
    let path = format!("steps[{s}].performers");
    if step.performers.is_empty() {
        findings.add(
            Rule::NoPerformer,
            path,
            format!("bước {} chưa có ai thực hiện", step.id),
            format!("nobody takes the step {}", step.id),
        );
        return;
    }
    let mut in_time: Vec<(usize, &Performer)> = step.performers.iter().enumerate().collect();
    in_time.sort_by_key(|(_, performer)| performer.from);
    for (p, performer) in &in_time {
        if let (Some(from), Some(until)) = (performer.from, performer.until)
            && until < from
        {
            findings.add(
                Rule::PerformerOrder,
                format!("{path}[{p}].until"),
                format!("ngày cuối {until} trước ngày đầu {from}"),
                format!("the last day {until} lies before the first day {from}"),
            );
            return;
        }
    }
    seams(&path, &in_time, findings);
    ends(&path, &in_time, in_force, findings);
}

/// Where one performer ends and the next begins.
fn seams(path: &str, in_time: &[(usize, &Performer)], findings: &mut Findings) {
    for ((_, before), (p, after)) in in_time.iter().zip(in_time.iter().skip(1)) {
        let overlap = match (before.until, after.from) {
            (Some(until), Some(from)) => from <= until,
            (None, _) | (_, None) => true,
        };
        if overlap {
            findings.add(
                Rule::PerformerOverlap,
                format!("{path}[{p}]"),
                "cùng một ngày có hai nơi cùng thực hiện bước này; hãy sửa from/until".to_string(),
                "on some day two performers have this step; correct from/until".to_string(),
            );
        } else if after.from.and_then(Date::day_before) != before.until {
            gap(format!("{path}[{p}].from"), findings);
        }
    }
}

/// The first day on which the definition is in force; and no last one, because a case that was
/// registered on the definition's last day still goes through its steps.
fn ends(path: &str, in_time: &[(usize, &Performer)], in_force: &InForce, findings: &mut Findings) {
    if let Some((p, first)) = in_time.first()
        && first.from.is_some_and(|from| from > in_force.from)
    {
        gap(format!("{path}[{p}].from"), findings);
    }
    if let Some((p, last)) = in_time.last()
        && last.until.is_some()
    {
        gap(format!("{path}[{p}].until"), findings);
    }
}

fn gap(path: String, findings: &mut Findings) {
    findings.add(
        Rule::PerformerGap,
        path,
        "có ngày không ai thực hiện bước này; nơi thực hiện cuối cùng không có ngày cuối"
            .to_string(),
        "on some day nobody takes this step; the last performer has no last day".to_string(),
    );
}

fn levels(s: usize, lower: &Step, upper: &Step, findings: &mut Findings) {
    for (p, performer) in upper.performers.iter().enumerate() {
        let together = lower.performers.iter().filter(|before| overlap(before, performer));
        if together.clone().any(|before| height(performer.level) < height(before.level)) {
            findings.add(
                Rule::LevelOrder,
                format!("steps[{s}].performers[{p}].level"),
                format!("bước {} lùi xuống cấp thấp hơn bước {} trước nó", upper.id, lower.id),
                format!("step {} goes down to a lower level than {} before it", upper.id, lower.id),
            );
        }
    }
}

/// How high up a level is.
pub(super) const fn height(level: UnitLevel) -> u8 {
    match level {
        UnitLevel::Hamlet => 0,
        UnitLevel::Commune => 1,
        UnitLevel::Province => 2,
        UnitLevel::Nation => 3,
    }
}

fn overlap(one: &Performer, other: &Performer) -> bool {
    let before_end = |from: Option<Date>, until: Option<Date>| match (from, until) {
        (Some(from), Some(until)) => from <= until,
        _ => true,
    };
    before_end(one.from, other.until) && before_end(other.from, one.until)
}
