//! Texts in both languages, and the name and notice of a sample. Deliberately absent: grammar.

use alloc::format;
use alloc::string::{String, ToString};

use super::{Findings, Rule};
use crate::definition::{Definition, SourcedText};
use crate::text::Bilingual;

pub(super) fn check(definition: &Definition, findings: &mut Findings) {
    findings.bilingual("name", &definition.name);
    findings.bilingual_if_any("notice", definition.notice.as_ref());
    let transition = definition.transition.as_ref();
    findings.bilingual_if_any("transition.about", transition.map(|transition| &transition.about));
    for (l, basis) in definition.legal_basis.iter().enumerate() {
        findings.text(format!("legal_basis[{l}].instrument"), &basis.instrument);
        findings.bilingual(&format!("legal_basis[{l}].about"), &basis.about);
    }
    for (id, source) in &definition.sources {
        findings.text(format!("sources.{id}.title"), &source.title);
    }
    criteria(definition, findings);
    for (b, band) in definition.outcome.bands.iter().enumerate() {
        findings.bilingual(&format!("outcome.bands[{b}].name"), &band.name);
    }
    for (l, level) in definition.outcome.levels.iter().enumerate() {
        findings.bilingual(&format!("outcome.levels[{l}].name"), &level.name);
    }
    for (s, step) in definition.steps.iter().enumerate() {
        findings.bilingual(&format!("steps[{s}].name"), &step.name);
    }
    if definition.sample {
        sample(definition, findings);
    }
}

fn criteria(definition: &Definition, findings: &mut Findings) {
    for (c, criterion) in definition.criteria.iter().enumerate() {
        findings.sourced(&format!("criteria[{c}].text"), &criterion.text);
        for (i, indicator) in criterion.indicators.iter().enumerate() {
            let path = format!("criteria[{c}].indicators[{i}]");
            findings.sourced(&format!("{path}.text"), &indicator.text);
            findings.bilingual_if_any(&format!("{path}.help"), indicator.help.as_ref());
        }
    }
}

fn sample(definition: &Definition, findings: &mut Findings) {
    if !definition.name.vi.to_lowercase().contains("mẫu") {
        findings.add(
            Rule::SampleName,
            "name.vi",
            "đây là bộ mẫu (sample = true) nên tên phải có chữ “mẫu”".to_string(),
            "this is a sample (sample = true), so the Vietnamese name has to contain “mẫu”"
                .to_string(),
        );
    }
    if !definition.name.en.to_lowercase().contains("sample") {
        findings.add(
            Rule::SampleName,
            "name.en",
            "đây là bộ mẫu (sample = true) nên tên tiếng Anh phải có chữ “sample”".to_string(),
            "this is a sample (sample = true), so the English name has to contain “sample”"
                .to_string(),
        );
    }
    if definition.notice.is_none() {
        findings.add(
            Rule::SampleNotice,
            "notice",
            "bộ mẫu phải có mục [notice] nói rõ phần nào chưa được xác minh".to_string(),
            "a sample has to have a [notice] that says what in it is not verified".to_string(),
        );
    }
}

impl Findings {
    fn text(&mut self, path: impl Into<String>, text: &str) {
        if text.trim().is_empty() {
            self.add(
                Rule::EmptyText,
                path,
                "nội dung còn để trống".to_string(),
                "the text is empty".to_string(),
            );
        }
    }

    fn bilingual(&mut self, path: &str, text: &Bilingual) {
        self.text(format!("{path}.vi"), &text.vi);
        self.text(format!("{path}.en"), &text.en);
    }

    fn bilingual_if_any(&mut self, path: &str, text: Option<&Bilingual>) {
        if let Some(text) = text {
            self.bilingual(path, text);
        }
    }

    fn sourced(&mut self, path: &str, text: &SourcedText) {
        self.text(format!("{path}.vi"), &text.vi);
        self.text(format!("{path}.en"), &text.en);
    }
}
