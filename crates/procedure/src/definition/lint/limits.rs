//! Limits of which the last day can be worked out, and who is told of a breach. Deliberately
//! absent: counting the days ([`clock`](crate::clock)).

use alloc::format;
use alloc::string::ToString;

use super::season::{self, RECOGNITION_FROM, REGISTRATION_FROM};
use super::steps::height;
use super::{Findings, PERCENT, Rule};
use crate::definition::{Definition, Limit, Season, Step, StepKind};

/// A step that may take longer than this is a slip of the pen.
const DAYS_MAX: u16 = 1000;

pub(super) fn check(definition: &Definition, findings: &mut Findings) {
    for (s, step) in definition.steps.iter().enumerate() {
        if let Some(limit) = &step.limit {
            let path = format!("steps[{s}].limit");
            measure(&path, limit, findings);
            range(&path, limit, findings);
            last_day(&path, limit, step.kind, &definition.season, findings);
            escalation(&path, limit, step, findings);
        }
    }
}

fn measure(path: &str, limit: &Limit, findings: &mut Findings) {
    let measures = [limit.working_days.is_some(), limit.days.is_some(), limit.by.is_some()];
    if measures.into_iter().filter(|set| *set).count() != 1 {
        findings.add(
            Rule::LimitMeasure,
            path,
            "không tính được ngày hết hạn; chọn đúng một trong `working_days`, `days`, `by`"
                .to_string(),
            "a deadline that cannot be computed; give one of `working_days`, `days` and `by`"
                .to_string(),
        );
    }
}

fn range(path: &str, limit: &Limit, findings: &mut Findings) {
    for (name, count) in [("working_days", limit.working_days), ("days", limit.days)] {
        if let Some(days) = count.filter(|days| !(1..=DAYS_MAX).contains(days)) {
            findings.add(
                Rule::LimitRange,
                format!("{path}.{name}"),
                format!("thời hạn phải từ 1 đến {DAYS_MAX} ngày, đang là {days}"),
                format!("a limit has to be 1 to {DAYS_MAX} days, and is {days}"),
            );
        }
    }
    if let Some(percent) = limit.warn_percent.filter(|percent| !PERCENT.contains(percent)) {
        findings.add(
            Rule::LimitRange,
            format!("{path}.warn_percent"),
            format!("mốc cảnh báo phải từ 1 đến 100 phần trăm thời hạn, đang là {percent}"),
            format!("the warning has to come after 1 to 100 percent, and comes after {percent}"),
        );
    }
}

fn last_day(path: &str, limit: &Limit, kind: StepKind, season: &Season, findings: &mut Findings) {
    let Some(day) = &limit.by else { return };
    let path = format!("{path}.by");
    season::calendar(&path, day, findings);
    let opens = match kind {
        StepKind::Decision => (RECOGNITION_FROM, season.recognition_from.as_ref()),
        _ => (REGISTRATION_FROM, season.registration_from.as_ref()),
    };
    season::not_before(opens, &path, day, findings);
}

/// Whoever stands lower than the step has no say in how fast it is taken.
fn escalation(path: &str, limit: &Limit, step: &Step, findings: &mut Findings) {
    let Some(told) = &limit.escalate_to else { return };
    let above = |level| height(level) > height(told.level);
    if step.performers.iter().any(|performer| above(performer.level)) {
        findings.add(
            Rule::EscalationLevel,
            format!("{path}.escalate_to.level"),
            format!("nơi được báo khi quá hạn ở cấp thấp hơn nơi thực hiện bước {}", step.id),
            format!("whoever is told of a breach stands at a lower level than step {}", step.id),
        );
    }
}
