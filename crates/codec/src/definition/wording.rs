//! What the parser says, as a rule and a text in both languages.
//! Deliberately absent: the texts of the linter, which `procedure` has.

use core::fmt::Display;

/// Rule, Vietnamese text, English text.
pub(super) type Wording = (&'static str, String, String);

/// Messages quote what stands in the file, which may be long.
const QUOTE_MAX: usize = 300;

/// A text that can be printed on one line of a terminal, whatever was in the file.
pub(super) fn clean(text: &str) -> String {
    let shown = text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c });
    let mut shown: String = shown.take(QUOTE_MAX + 1).collect();
    if shown.chars().count() > QUOTE_MAX {
        shown.pop();
        shown.push('…');
    }
    shown
}

pub(super) fn too_large(size: impl Display, most: impl Display) -> Wording {
    (
        "too-large",
        format!("tệp có {size} byte; bộ thủ tục không được quá {most} byte"),
        format!("the file has {size} bytes; a definition has at most {most}"),
    )
}

pub(super) fn not_utf8() -> Wording {
    (
        "not-utf8",
        "tệp không phải UTF-8; hãy lưu lại tệp với bảng mã UTF-8".to_owned(),
        "the file is not UTF-8; save it as UTF-8".to_owned(),
    )
}

pub(super) fn syntax(error: &toml::de::Error) -> Wording {
    let said = clean(error.message());
    let advice = "kiểm tra dấu ngoặc, dấu nháy và dấu bằng";
    (
        "syntax",
        format!("không đúng cú pháp TOML ({said}); hãy {advice}"),
        format!("this is not TOML: {said}"),
    )
}

pub(super) fn unquoted_date() -> Wording {
    (
        "unquoted-date",
        "ngày phải đặt trong dấu nháy, ví dụ \"2026-01-01\"".to_owned(),
        "write dates in quotes, such as \"2026-01-01\"".to_owned(),
    )
}

/// A field that is missing, unknown, or has a value that does not fit.
pub(super) fn shape(error: &toml::de::Error) -> Wording {
    let en = clean(error.message());
    let (rule, vi) = if let Some(field) = en.strip_prefix("missing field ") {
        ("missing-field", format!("thiếu mục {field}"))
    } else if let Some(rest) = en.strip_prefix("unknown field ") {
        ("unknown-field", format!("không có mục {}", expected(rest)))
    } else if let Some(rest) = en.strip_prefix("unknown variant ") {
        ("unknown-value", format!("không có giá trị {}", expected(rest)))
    } else if let Some(rest) = en.strip_prefix("invalid type: ") {
        ("wrong-type", format!("sai kiểu: {}", expected(rest)))
    } else {
        ("invalid-value", format!("giá trị không dùng được: {en}"))
    };
    (rule, vi, en)
}

fn expected(rest: &str) -> String {
    rest.replace(", expected one of ", "; chọn một trong: ").replace(", expected ", "; cần: ")
}
