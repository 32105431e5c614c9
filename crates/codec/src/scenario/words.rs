//! What the events of a case are called in scenarios, and what happened in words.
//! Deliberately absent: forms of names that a page would show; those are the web's.

use procedure::aggregate::EventSet as _;
use procedure::case::{Assignment, Event, TitleRecognised};
use procedure::{Language, Refused, StepId};

/// What an event is called.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Happening {
    /// Its stored name.
    pub(super) name: &'static str,
    /// The words for it.
    pub(super) words: &'static str,
}

const fn called(name: &'static str, words: &'static str) -> Happening {
    Happening { name, words }
}

/// Every event, in the order of a life.
pub(super) const HAPPENINGS: &[Happening] = &[
    called("CaseRegistered", "được đăng ký"),
    called("Prefilled", "được điền sẵn từ năm trước"),
    called("SelfAssessed", "đã tự chấm"),
    called("Claimed", "được nhận xử lý"),
    called("Released", "được trả lại hàng chờ"),
    called("Assigned", "được giao xử lý"),
    called("TakenOver", "được tiếp nhận thay"),
    called("Reviewed", "đã thẩm định"),
    called("ReturnedForSupplement", "trả lại để bổ sung"),
    called("Supplemented", "đã bổ sung"),
    called("MinutesRecorded", "có biên bản họp"),
    called("PostedPublicly", "được niêm yết"),
    called("ObjectionFiled", "có ý kiến"),
    called("ObjectionResolved", "ý kiến được trả lời"),
    called("SentBackForReview", "phải thẩm định lại"),
    called("StepCompleted", "xong bước"),
    called("HandedOver", "chuyển thẩm quyền"),
    called("DeadlineWarned", "sắp đến hạn"),
    called("DeadlineBreached", "quá hạn"),
    called("Escalated", "báo cáo lên cấp trên"),
    called("Reminded", "được nhắc việc"),
    called("PlacedOnDecision", "vào dự thảo quyết định"),
    called("RemovedFromDecision", "ra khỏi dự thảo quyết định"),
    called("TitleRecognised", "được công nhận"),
    called("RecognitionAnnulled", "bị hủy công nhận"),
    called("RecognitionRefused", "không được công nhận"),
    called("CaseWithdrawn", "đã rút hồ sơ"),
    called("TitleRevoked", "bị thu hồi"),
    called("TitleLapsed", "hết hiệu lực"),
];

/// What came of a sentence, in Vietnamese and English.
pub(super) fn what_happened(answer: &Result<Vec<Event>, Refused>) -> (String, String) {
    match answer {
        Err(refused) => refusal(refused),
        Ok(events) if events.is_empty() => {
            ("không thay đổi gì".to_owned(), "nothing changed".to_owned())
        }
        Ok(events) => {
            let told = events.iter().map(told).collect::<Vec<_>>();
            let vi = told.iter().map(|(vi, _)| vi.as_str()).collect::<Vec<_>>().join("; ");
            let en = told.iter().map(|(_, en)| en.as_str()).collect::<Vec<_>>().join("; ");
            (vi, en)
        }
    }
}

/// Code and message.
pub(super) fn refusal(refused: &Refused) -> (String, String) {
    let (code, said) = (refused.get().code(), refused.get());
    let (vi, en) = (said.message(Language::Vietnamese), said.message(Language::English));
    (format!("bị từ chối: {code} ({vi})"), format!("refused: {code} ({en})"))
}

fn told(event: &Event) -> (String, String) {
    let name = event.name();
    let words = HAPPENINGS.iter().find(|happening| happening.name == name);
    let words = words.map_or(name, |happening| happening.words);
    let (vi, en) = particulars(event);
    (format!("{words}{vi}"), format!("{name}{en}"))
}

/// What matters most of an event.
fn particulars(event: &Event) -> (String, String) {
    match event {
        Event::SelfAssessed(event) => total(event.total),
        Event::Reviewed(event) => total(event.total),
        Event::Supplemented(event) => both(total(event.total), next(&event.next)),
        Event::RecognitionRefused(event) => total(event.total),
        Event::TitleRecognised(event) => title(event),
        Event::DeadlineWarned(event) => due(&event.due),
        Event::DeadlineBreached(event) => due(&event.due),
        Event::StepCompleted(event) => step(&event.step, &event.next),
        Event::CaseRegistered(event) => next(&event.next),
        Event::HandedOver(event) => next(&event.next),
        Event::SentBackForReview(event) => next(&event.next),
        Event::ReturnedForSupplement(event) => next(&event.next),
        Event::RecognitionAnnulled(event) => next(&event.next),
        _ => (String::new(), String::new()),
    }
}

fn total(total: u32) -> (String, String) {
    (format!(" (tổng điểm {total})"), format!(" (total {total})"))
}

fn both(one: (String, String), other: (String, String)) -> (String, String) {
    (one.0 + &other.0, one.1 + &other.1)
}

fn due(due: &procedure::Date) -> (String, String) {
    (format!(" (hạn cuối {due})"), format!(" (due {due})"))
}

fn step(done: &StepId, to: &Assignment) -> (String, String) {
    let (vi, en) = next(to);
    (format!(" {done}{vi}"), format!(" {done}{en}"))
}

fn next(to: &Assignment) -> (String, String) {
    let Assignment { step, role, .. } = to;
    (format!(", đến bước {step} của {role}"), format!(", on to step {step} of {role}"))
}

fn title(event: &TitleRecognised) -> (String, String) {
    let TitleRecognised { total, band, in_force, .. } = event;
    let (vi, en) = match band {
        Some(band) => (format!(", xếp loại {band}"), format!(", band {band}")),
        None => (String::new(), String::new()),
    };
    let from = in_force.from;
    let until = in_force.until.map_or_else(|| "–".to_owned(), |until| until.to_string());
    (
        format!(" (tổng điểm {total}{vi}, có hiệu lực từ {from} đến {until})"),
        format!(" (total {total}{en}, in force from {from} to {until})"),
    )
}
