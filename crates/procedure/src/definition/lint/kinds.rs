//! What each kind of step needs and the others must not have, and where a meeting and a posting
//! stand. Deliberately absent: self-assessment, review and decision, without which no procedure
//! works ([`steps`](super::steps)).

use alloc::format;
use alloc::string::ToString;

use super::{Findings, PERCENT, Rule};
use crate::definition::{Definition, MeetingRule, Step, StepKind};

/// A list that hangs out for longer than a year is a slip of the pen.
const POSTING_DAYS_MAX: u16 = 365;

pub(super) fn check(definition: &Definition, findings: &mut Findings) {
    order(&definition.steps, findings);
    for (s, step) in definition.steps.iter().enumerate() {
        meeting(s, step, findings);
        posting(s, step, findings);
    }
}

/// A meeting votes on the points of a review, and a list without them shows nothing. Where nobody
/// reviews, that alone is reported.
fn order(steps: &[Step], findings: &mut Findings) {
    let first_review = steps.iter().position(|step| step.kind == StepKind::Review);
    let Some(first_review) = first_review else { return };
    for (s, step) in steps.iter().enumerate().take(first_review) {
        if matches!(step.kind, StepKind::Meeting | StepKind::Posting) {
            let id = &step.id;
            findings.add(
                Rule::StepOrder,
                format!("steps[{s}].kind"),
                format!("bước {id} chưa có điểm thẩm định để xét; hãy đặt sau một bước thẩm định"),
                format!("step {id} comes before any points of a review; put it after a review"),
            );
        }
    }
}

fn meeting(s: usize, step: &Step, findings: &mut Findings) {
    let path = format!("steps[{s}].meeting");
    match (step.kind, &step.meeting) {
        (StepKind::Meeting, Some(rule)) => shares(&path, rule, findings),
        (StepKind::Meeting, None) => findings.add(
            Rule::MeetingRule,
            path,
            format!("bước họp {} phải có `meeting`: tỷ lệ có mặt và tỷ lệ tán thành", step.id),
            format!("the meeting {} needs `meeting`: its quorum and its majority", step.id),
        ),
        (_, Some(_)) => findings.add(
            Rule::MeetingRule,
            path,
            "chỉ bước họp (kind = \"meeting\") mới có `meeting`; hãy bỏ mục này".to_string(),
            "only a step of the kind `meeting` has `meeting`; remove it".to_string(),
        ),
        (_, None) => {}
    }
}

fn shares(path: &str, rule: &MeetingRule, findings: &mut Findings) {
    let shares =
        [("quorum_percent", &rule.quorum_percent), ("majority_percent", &rule.majority_percent)];
    for (name, share) in shares {
        let percent = share.value;
        if !PERCENT.contains(&percent) {
            findings.add(
                Rule::MeetingRule,
                format!("{path}.{name}.value"),
                format!("tỷ lệ phải từ 1 đến 100 phần trăm, đang là {percent}"),
                format!("a share has to be 1 to 100 percent, and is {percent}"),
            );
        }
    }
}

fn posting(s: usize, step: &Step, findings: &mut Findings) {
    let path = format!("steps[{s}].posting");
    match (step.kind, &step.posting) {
        (StepKind::Posting, Some(rule)) => {
            let days = rule.days.value;
            if !(1..=POSTING_DAYS_MAX).contains(&days) {
                findings.add(
                    Rule::PostingRule,
                    format!("{path}.days.value"),
                    format!("số ngày niêm yết phải từ 1 đến {POSTING_DAYS_MAX}, đang là {days}"),
                    format!("a list hangs out for 1 to {POSTING_DAYS_MAX} days, here for {days}"),
                );
            }
        }
        (StepKind::Posting, None) => findings.add(
            Rule::PostingRule,
            path,
            format!("bước niêm yết {} phải có `posting`: số ngày niêm yết", step.id),
            format!("the posting {} needs `posting`: for how many days", step.id),
        ),
        (_, Some(_)) => findings.add(
            Rule::PostingRule,
            path,
            "chỉ bước niêm yết (kind = \"posting\") mới có `posting`; hãy bỏ mục này".to_string(),
            "only a step of the kind `posting` has `posting`; remove it".to_string(),
        ),
        (_, None) => {}
    }
}
