//! Search keys: a text without accents, case and the bar of đ, so that `duc` finds `Đức`.
//! Deliberately absent: collation.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The search key of a text.
#[must_use]
pub fn key(text: &str) -> String {
    text.nfd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .map(|letter| if letter == 'đ' { 'd' } else { letter })
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// A text in one form of its accents and in lower case, for who means the accents that he types.
#[must_use]
pub fn spelled(text: &str) -> String {
    let lower = text.chars().flat_map(char::to_lowercase).nfc().collect::<String>();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_the_bar_of_d_fall_away() {
        assert_eq!(key("Nguyễn  Thị Hồng ĐẬU"), "nguyen thi hong dau");
        assert_eq!(key("Đặng Phước Ưu"), "dang phuoc uu");
        assert_eq!(key("Hoà"), key("Hòa"));
        assert_eq!(spelled("ĐU\u{31b}\u{301}C  An"), "đức an");
    }
}
