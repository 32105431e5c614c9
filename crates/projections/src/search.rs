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

/// The pattern that finds a text anywhere in a column, by `LIKE … ESCAPE '\'`.
pub(crate) fn pattern(text: &str) -> String {
    let mut pattern = String::from("%");
    for letter in text.chars() {
        if matches!(letter, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(letter);
    }
    pattern + "%"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_case_and_the_bar_of_d_fall_away() {
        assert_eq!(key("Nguyễn  Thị Hồng ĐẬU"), "nguyen thi hong dau");
        assert_eq!(key("Đặng Phước Ưu"), "dang phuoc uu");
        assert_eq!(key("Hoà"), key("Hòa"));
    }

    #[test]
    fn wildcards_are_only_letters() {
        assert_eq!(pattern("100%_\\"), "%100\\%\\_\\\\%");
    }
}
