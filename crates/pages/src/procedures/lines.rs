//! A definition as named lines, so that two editions can be laid side by side.
//! Deliberately absent: sources; where a text was seen is no part of what it says.

use procedure::Definition;

use super::view::View;
use crate::page::Page;

/// One line: what it is about, under a key that both editions have, and what it says.
pub(super) struct Line {
    pub(super) key: String,
    pub(super) label: String,
    pub(super) text: String,
}

/// All lines in their order.
pub(super) fn lines(definition: &Definition, page: &Page) -> Vec<Line> {
    let view = View::of(definition, page.language);
    let mut lines = Vec::new();
    let mut add = |key: String, label: String, text: String| lines.push(Line { key, label, text });
    let name = page.t("Tên", "Name").to_owned();
    add("name".to_owned(), name, view.name.clone());
    let (criterion, indicator) = (page.t("Tiêu chí", "Criterion"), page.t("Chỉ tiêu", "Indicator"));
    let most = page.t("điểm tối đa", "most points");
    for one in &view.criteria {
        add(format!("c/{}", one.id), format!("{criterion} {}", one.id), one.text.text.clone());
        let label = format!("{criterion} {}, {most}", one.id);
        add(format!("cm/{}", one.id), label, one.maximum.text.clone());
        for one in &one.indicators {
            add(format!("i/{}", one.id), format!("{indicator} {}", one.id), one.text.text.clone());
            let label = format!("{indicator} {}, {most}", one.id);
            add(format!("im/{}", one.id), label, one.maximum.text.clone());
            if one.evidence_required {
                let label = format!("{indicator} {}, {}", one.id, page.t("minh chứng", "evidence"));
                let text = page.t("Phải có minh chứng.", "Evidence is required.").to_owned();
                add(format!("ie/{}", one.id), label, text);
            }
        }
    }
    let groups = [
        ("f", page.t("Áp dụng", "In force"), &view.in_force),
        ("o", page.t("Kết quả", "Result"), &view.outcome),
        ("s", page.t("Thời gian, giá trị", "Days and validity"), &view.season),
    ];
    for (kind, label, sentences) in groups {
        for (place, said) in sentences.iter().enumerate() {
            add(format!("{kind}/{place}"), label.to_owned(), said.text.clone());
        }
    }
    let step = page.t("Bước", "Step");
    for one in &view.steps {
        add(
            format!("t/{}", one.id),
            format!("{step}: {}", one.name),
            format!("{} ({})", one.name, one.kind),
        );
        let label = format!("{step}: {}, {}", one.name, page.t("người làm", "who takes it"));
        add(format!("tp/{}", one.id), label, one.performers.join("; "));
        for (place, rule) in one.rules.iter().enumerate() {
            add(
                format!("tr/{}/{place}", one.id),
                format!("{step}: {}", one.name),
                rule.text.clone(),
            );
        }
    }
    for (place, text) in view.separation.iter().enumerate() {
        let label = page.t("Tách biệt nhiệm vụ", "Separation of duties").to_owned();
        add(format!("d/{place}"), label, text.clone());
    }
    lines
}
