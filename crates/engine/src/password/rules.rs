//! What a new password must be: long, and not the first thing that comes to mind.
//!
//! Length is what counts; a list of the commonest and of what is written without thinking does the
//! rest. Deliberately absent: rules that ask for a digit or a sign, and passwords that run out;
//! both lead to `Matkhau@2026`.

use procedure::refusals;

/// A password has at least so many characters.
pub const CHARACTERS_MIN: usize = 10;
/// A password has at most so many bytes.
pub const BYTES_MAX: usize = 200;
/// A code that is shorter than this stands in many words by chance.
const CODE_MIN: usize = 3;

/// The commonest that are long enough, in lower case.
const COMMON: &[&str] = &[
    "0123456789a",
    "0987654321a",
    "1111111111a",
    "1122334455",
    "1212121212",
    "123123123123",
    "123123123a",
    "1234512345",
    "123456123456",
    "1234567890a",
    "1234567890abc",
    "12345678910",
    "123456789123",
    "123456789@",
    "123456789a",
    "123456789abc",
    "1234abcd1234",
    "147258369a",
    "1q2w3e4r5t",
    "1q2w3e4r5t6y",
    "1qaz2wsx3edc",
    "a123456789",
    "aa123456789",
    "abc123456789",
    "abcd123456",
    "abcdef123456",
    "abcdefghij",
    "admin12345",
    "admin123456",
    "admin@12345",
    "administrator",
    "anhyeuem123",
    "anhyeuem1234",
    "anhyeuemnhieu",
    "asdfghjkl123",
    "asdfghjkl;",
    "conyeubame",
    "congdonghoctap",
    "donghohoctap",
    "emyeuanh123",
    "giadinhhoctap",
    "giadinhvanhoa",
    "hieuhoc123",
    "hieuhoc2026",
    "hochochoc123",
    "hoctapsuotdoi",
    "iloveyou123",
    "khuyenhoc123",
    "khuyenhoc2026",
    "matkhau123",
    "matkhau1234",
    "matkhau12345",
    "matkhau123456",
    "matkhau@123",
    "password12",
    "password123",
    "password1234",
    "password@123",
    "q1w2e3r4t5",
    "qwerty12345",
    "qwerty123456",
    "qwertyuiop",
    "qwertyuiop123",
    "tamquaviet",
    "thaydoimatkhau",
    "tienganh123",
    "tinhyeu123",
    "ubndxa12345",
    "uybannhandan",
    "vietnam123",
    "vietnam1945",
    "vietnam2026",
    "vietnamvodich",
    "zaq12wsxcde3",
    "zxcvbnm123",
];

refusals! {
    /// Why a password is not taken.
    PasswordError {
        /// Fewer than [`CHARACTERS_MIN`].
        TooShort { minimum: usize } = "password.too_short", Input;
        /// More than [`BYTES_MAX`].
        TooLong { maximum: usize } = "password.too_long", Input;
        /// Among the first that anybody tries.
        TooCommon = "password.too_common", Input;
        /// It has the officer's code in it, which everybody knows.
        ContainsCode = "password.contains_code", Input;
    }
}

impl std::fmt::Display for PasswordError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use procedure::Refusal;
        write!(f, "{}: {}", self.code(), self.message(procedure::Language::English))
    }
}

impl std::error::Error for PasswordError {}

/// Checks a new password of the officer whom the local list calls `code`.
///
/// # Errors
/// [`PasswordError`].
pub fn check(password: &str, code: &str) -> Result<(), PasswordError> {
    if password.len() > BYTES_MAX {
        return Err(PasswordError::TooLong { maximum: BYTES_MAX });
    }
    if password.chars().count() < CHARACTERS_MIN {
        return Err(PasswordError::TooShort { minimum: CHARACTERS_MIN });
    }
    let (password, code) = (password.to_lowercase(), code.to_lowercase());
    if COMMON.contains(&password.as_str()) || is_one_character(&password) || is_run(&password) {
        return Err(PasswordError::TooCommon);
    }
    if code.len() >= CODE_MIN && password.contains(&code) {
        return Err(PasswordError::ContainsCode);
    }
    Ok(())
}

fn is_one_character(password: &str) -> bool {
    let mut characters = password.chars();
    let first = characters.next();
    characters.all(|other| Some(other) == first)
}

/// Digits of which each is the one after that before it, or each the one before it.
fn is_run(password: &str) -> bool {
    let digits = password.as_bytes();
    let steps = |by: u8| {
        let mut pairs = digits.iter().zip(digits.iter().skip(1));
        pairs.all(|(one, next)| (one - b'0' + by) % 10 == next - b'0')
    };
    digits.iter().all(u8::is_ascii_digit) && (steps(1) || steps(9))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_long_and_not_common_is_taken() {
        for password in ["khoai lang nướng", "abcdefghik", "1234567892", "7h2m-kq9x-wd4e-ap3t"] {
            assert_eq!(check(password, "cb-07"), Ok(()), "{password}");
        }
    }

    #[test]
    fn length_is_counted_in_characters_and_has_an_end_in_bytes() {
        let short = Err(PasswordError::TooShort { minimum: 10 });
        assert_eq!(check("", "cb-07"), short);
        assert_eq!(check("ngắnquánè", "cb-07"), short);
        assert_eq!(check("ngắnquánhỉ", "cb-07"), Ok(()));
        assert_eq!(check(&"ab".repeat(100), "cb-07"), Ok(()));
        let long = Err(PasswordError::TooLong { maximum: 200 });
        assert_eq!(check(&format!("{}c", "ab".repeat(100)), "cb-07"), long);
    }

    #[test]
    fn the_first_that_anybody_tries_are_not() {
        let list = ["matkhau123", "MatKhau123", "123456789A", "PASSWORD123"];
        let plain = ["aaaaaaaaaa", "AAAAAaaaaa", "ễễễễễễễễễễ", "0000000000"];
        let runs = ["1234567890", "0123456789", "9876543210", "3456789012345", "0987654321"];
        for password in list.iter().chain(&plain).chain(&runs) {
            assert_eq!(check(password, "cb-07"), Err(PasswordError::TooCommon), "{password}");
        }
    }

    #[test]
    fn each_of_the_list_is_one_that_the_other_rules_let_through() {
        for password in COMMON {
            let lower = password.to_lowercase();
            assert_eq!(**password, lower);
            assert!(password.chars().count() >= CHARACTERS_MIN, "{password} is too short anyway");
            assert!(!is_one_character(password) && !is_run(password), "{password}");
        }
        assert!(COMMON.iter().zip(&COMMON[1..]).all(|(one, next)| one != next));
    }

    #[test]
    fn his_code_is_not_in_it() {
        for password in ["cb-07 khoai lang", "khoaiCB-07lang"] {
            assert_eq!(check(password, "Cb-07"), Err(PasswordError::ContainsCode), "{password}");
        }
        assert_eq!(check("khoai lang cb 07", "cb-07"), Ok(()));
        // Of one or two characters it says nothing.
        assert_eq!(check("khoai lang nướng", "la"), Ok(()));
    }

    #[test]
    fn every_code_has_a_page_in_both_languages() {
        for source in PasswordError::PAGES {
            let page = procedure::refusal::Page::parse(source);
            assert!(page.is_complete(), "{}", page.code);
        }
    }
}
