//! The steps of a definition in words: who takes each, how long it may take, and what it needs.
//! Deliberately absent: how far a case is.

use procedure::Language;
use procedure::definition::{Definition, Limit, Performer, Step, StepKind};

use super::cite::{Cite, Said, Sources};
use super::outcome::season_day;
use crate::{format, words};

/// A step as it is shown.
pub(crate) struct StepView {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) kind: &'static str,
    pub(crate) cite: Cite,
    /// Who takes it, each with his days.
    pub(crate) performers: Vec<String>,
    /// Limits, shares and days.
    pub(crate) rules: Vec<Said>,
}

/// The steps in their order.
pub(super) fn steps<'a>(definition: &'a Definition, sources: &mut Sources<'a>) -> Vec<StepView> {
    definition.steps.iter().map(|step| view(step, sources)).collect()
}

fn view<'a>(step: &'a Step, sources: &mut Sources<'a>) -> StepView {
    StepView {
        id: step.id.to_string(),
        name: step.name.get(sources.language).to_owned(),
        kind: kind(step.kind, sources),
        cite: sources.cite(step.status, &step.source),
        performers: step.performers.iter().map(|one| performer(one, sources.language)).collect(),
        rules: rules(step, sources),
    }
}

fn kind(kind: StepKind, sources: &Sources<'_>) -> &'static str {
    let (vi, en) = match kind {
        StepKind::SelfAssessment => ("Tự đánh giá", "Self-assessment"),
        StepKind::Review => ("Thẩm định", "Review"),
        StepKind::Meeting => ("Họp bình xét", "Meeting"),
        StepKind::Posting => ("Niêm yết công khai", "Public posting"),
        StepKind::Decision => ("Quyết định", "Decision"),
    };
    if sources.language == Language::English { en } else { vi }
}

/// `Hội Khuyến học xã (cấp: Xã, phường, đặc khu), từ 01/07/2025`.
fn performer(performer: &Performer, language: Language) -> String {
    let mut text = place(performer.role.as_str(), performer.level.as_str(), language);
    let english = language == Language::English;
    if let Some(from) = performer.from.map(format::day) {
        text.push_str(&if english { format!(", from {from}") } else { format!(", từ {from}") });
    }
    if let Some(until) = performer.until.map(format::day) {
        text.push_str(&if english {
            format!(", to {until}")
        } else {
            format!(", đến hết {until}")
        });
    }
    text
}

fn place(role: &str, level: &str, language: Language) -> String {
    let (role, level) = (words::role(role, language), words::word("level", level, language));
    match language {
        Language::Vietnamese => format!("{role} (cấp: {level})"),
        Language::English => format!("{role} (level: {level})"),
    }
}

fn rules<'a>(step: &'a Step, sources: &mut Sources<'a>) -> Vec<Said> {
    let mut rules = Vec::new();
    if let Some(meeting) = &step.meeting {
        let (quorum, majority) = (&meeting.quorum_percent, &meeting.majority_percent);
        let text = match sources.t("vi", "en") {
            "vi" => format!(
                "Cuộc họp hợp lệ khi có mặt từ {} % số người được triệu tập trở lên.",
                quorum.value
            ),
            _ => format!("The meeting counts with {} % of those convened or more.", quorum.value),
        };
        rules.push(sources.said(text, quorum.status, &quorum.source));
        let text = match sources.t("vi", "en") {
            "vi" => {
                format!("Thông qua khi từ {} % số người có mặt trở lên tán thành.", majority.value)
            }
            _ => format!("A case passes with {} % of those present or more.", majority.value),
        };
        rules.push(sources.said(text, majority.status, &majority.source));
    }
    if let Some(posting) = &step.posting {
        let days = posting.days.value;
        let text = match sources.t("vi", "en") {
            "vi" => format!("Niêm yết ít nhất {days} ngày, kể cả ngày đầu và ngày cuối."),
            _ => format!(
                "The list hangs out for {days} days at least, the first and the last included."
            ),
        };
        rules.push(sources.said(text, posting.days.status, &posting.days.source));
    }
    if let Some(limit) = &step.limit {
        let text = time(limit, sources);
        rules.push(sources.said(text, limit.status, &limit.source));
    }
    rules
}

/// A time limit with its reminder and who is told of a breach.
fn time(limit: &Limit, sources: &Sources<'_>) -> String {
    let vietnamese = sources.language == Language::Vietnamese;
    let mut text = match (limit.working_days, limit.days, &limit.by) {
        (Some(days), _, _) if vietnamese => format!("Thời hạn {days} ngày làm việc"),
        (Some(days), _, _) => format!("Limit: {days} working days"),
        (None, Some(days), _) if vietnamese => format!("Thời hạn {days} ngày, kể cả ngày nghỉ"),
        (None, Some(days), _) => format!("Limit: {days} days, weekends and holidays among them"),
        (None, None, Some(day)) if vietnamese => {
            format!("Xong trước hết ngày {}", season_day(day, sources))
        }
        (None, None, Some(day)) => format!("To be done by {}", season_day(day, sources)),
        (None, None, None) => String::new(),
    };
    if let Some(percent) = limit.warn_percent {
        text.push_str(&match vietnamese {
            true => format!("; nhắc khi đã qua {percent} % thời hạn"),
            false => format!("; a reminder comes after {percent} % of it"),
        });
    }
    if let Some(told) = &limit.escalate_to {
        let told = place(told.role.as_str(), told.level.as_str(), sources.language);
        text.push_str(&match vietnamese {
            true => format!("; quá hạn thì báo {told}"),
            false => format!("; a breach is told to {told}"),
        });
    }
    text.push('.');
    text
}

/// Which steps nobody may take together.
pub(super) fn separation(definition: &Definition, language: Language) -> Vec<String> {
    let sets = definition.separation.iter().map(|set| {
        let names = set.iter().map(|id| {
            let step = definition.step(id);
            step.map_or_else(|| id.to_string(), |step| step.name.get(language).to_owned())
        });
        let names = names.collect::<Vec<_>>().join("; ");
        match language {
            Language::Vietnamese => {
                format!("Trên cùng một hồ sơ, không ai làm quá một trong các bước: {names}.")
            }
            Language::English => {
                format!("In one case nobody takes more than one of the steps: {names}.")
            }
        }
    });
    sets.collect()
}
