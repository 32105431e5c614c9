//! What can be said of a form before it is sent: everything that is missing at once, each by its place.
//! Deliberately absent: anything that the rules would not refuse as well, but for the name of who spoke.

use procedure::definition::Indicator;
use procedure::{Definition, Language};

use super::lines;
use crate::fields::Fields;

/// Something that is missing or wrong.
pub(super) struct Fault {
    /// The place on the page.
    pub(super) anchor: String,
    /// The indicator, where it is about one.
    pub(super) indicator: Option<String>,
    pub(super) text: String,
}

/// Everything that stands in the way of sending.
pub(super) fn faults(
    fields: &Fields,
    definition: &Definition,
    needs_declarant: bool,
    language: Language,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    for indicator in definition.indicators() {
        let name = indicator.id.as_str();
        if let Some((vi, en)) = fault(fields, indicator) {
            let text = if language == Language::English { en } else { vi };
            let (anchor, text) = (format!("i-{name}"), format!("{name}: {text}"));
            faults.push(Fault { anchor, indicator: Some(name.to_owned()), text });
        }
    }
    if needs_declarant && fields.get("declarant").is_none() {
        let text = match language {
            Language::Vietnamese => "Ghi họ tên người khai: ai đã nói thay cho đối tượng.",
            Language::English => "Give the name of who spoke for the subject.",
        };
        let anchor = "declarant".to_owned();
        faults.push(Fault { anchor, indicator: None, text: text.to_owned() });
    }
    faults
}

/// What is wrong with one indicator, in both languages.
fn fault(fields: &Fields, indicator: &Indicator) -> Option<(String, String)> {
    let (name, maximum) = (indicator.id.as_str(), indicator.maximum.value);
    let told = |vi: &str, en: &str| Some((vi.to_owned(), en.to_owned()));
    if fields.get(&format!("points.{name}")).is_none() {
        return told("chưa chấm điểm.", "no points yet.");
    }
    let Some(points) = lines::points(fields, name) else {
        return told("điểm phải là số nguyên.", "points are whole numbers.");
    };
    if !(0..=i64::from(maximum)).contains(&points) {
        let vi = format!("điểm từ 0 đến {maximum}.");
        return Some((vi, format!("points are from 0 to {maximum}.")));
    }
    if indicator.evidence_required && points > 0 && lines::evidence(fields, name).is_empty() {
        return told("có điểm thì phải có minh chứng.", "points need evidence here.");
    }
    if fields.get(&format!("file.{name}")).is_some() {
        return told(
            "tệp đã chọn chưa được tải lên. Chọn lại tệp rồi bấm “Tải tệp lên”, hoặc gửi không kèm tệp.",
            "the file that you chose was not uploaded. Choose it again and press “Upload”, or send without it.",
        );
    }
    None
}
