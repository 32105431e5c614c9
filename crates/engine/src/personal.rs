//! Takes in personal text: checks it, then seals it with the key of whom it is about.
//! Deliberately absent: opening; readers open what they may show.

use codec::{Key, Keyring};
use procedure::Sealed;
use procedure::refusals;
use procedure::text::unprintable;
use uuid::Uuid;

use crate::entropy::Entropy;
use crate::error::EngineError;

/// A text is not longer than this, in characters.
pub const TEXT_MAX: usize = 4000;

refusals! {
    /// Why a text is not taken in.
    TextError {
        /// Nothing but white space.
        Empty { field: String } = "text.empty", Input;
        /// Longer than [`TEXT_MAX`].
        TooLong { field: String, characters: usize, maximum: usize } = "text.too_long", Input;
        /// A character that cannot be printed.
        BadCharacter { field: String, place: usize, character: String }
            = "text.bad_character", Input;
    }
}

impl std::fmt::Display for TextError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use procedure::Refusal;
        write!(f, "{}: {}", self.code(), self.message(procedure::Language::English))
    }
}

impl std::error::Error for TextError {}

/// Seals texts about one owner.
pub struct Sealer<'a> {
    owner: Uuid,
    key: Key,
    entropy: &'a dyn Entropy,
}

impl<'a> Sealer<'a> {
    pub(crate) fn new(owner: Uuid, key: Key, entropy: &'a dyn Entropy) -> Self {
        Self { owner, key, entropy }
    }

    /// Checks and seals a text; `field` names it in the error.
    ///
    /// # Errors
    /// [`TextError`].
    pub fn seal(&self, field: &str, text: &str) -> Result<Sealed, EngineError> {
        check(field, text)?;
        let nonce = self.entropy.bytes();
        let sealed = self.key.seal(self.owner, text, nonce);
        sealed.map_err(|error| EngineError::Corrupt(error.to_string()))
    }

    /// The same for a text that may be absent; white space alone counts as absent.
    ///
    /// # Errors
    /// [`TextError`].
    pub fn seal_some(
        &self,
        field: &str,
        text: Option<&str>,
    ) -> Result<Option<Sealed>, EngineError> {
        match text {
            Some(text) if !text.trim().is_empty() => self.seal(field, text).map(Some),
            _ => Ok(None),
        }
    }
}

/// Checks a text without sealing it.
///
/// # Errors
/// [`TextError`].
pub fn check(field: &str, text: &str) -> Result<(), TextError> {
    let field = || field.to_owned();
    if text.trim().is_empty() {
        return Err(TextError::Empty { field: field() });
    }
    let characters = text.chars().count();
    if characters > TEXT_MAX {
        return Err(TextError::TooLong { field: field(), characters, maximum: TEXT_MAX });
    }
    match text.chars().enumerate().find(|(_, character)| out_of_place(*character)) {
        Some((place, character)) => {
            let character = format!("U+{:04X}", u32::from(character));
            Err(TextError::BadCharacter { field: field(), place: place + 1, character })
        }
        None => Ok(()),
    }
}

/// Unprintable characters other than line ends and tabs.
fn out_of_place(character: char) -> bool {
    unprintable(character) && !matches!(character, '\n' | '\r' | '\t')
}

/// The key of an owner; made and kept first if there is none.
pub(crate) fn key_of(
    keyring: &dyn Keyring,
    entropy: &dyn Entropy,
    owner: Uuid,
) -> Result<Key, EngineError> {
    if let Some(key) = keyring.get(owner)? {
        return Ok(key);
    }
    let kept = keyring.keep(&[(owner, Key::new(entropy.bytes()))])?;
    let missing = || EngineError::Corrupt("the key store kept no key".to_owned());
    kept.first().copied().ok_or_else(missing)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_of_viet_nam_is_taken_and_what_cannot_be_printed_is_not() {
        for name in ["Nguyễn Thị Hồng Đậu", "Y Khương Niê", "K'Brẫu", "<b>Đỗ</b>", "Lò Văn\tÓm"]
        {
            assert_eq!(check("name", name), Ok(()));
        }
        let bad = |text: &str| check("name", text).unwrap_err();
        assert_eq!(bad(" \n"), TextError::Empty { field: "name".into() });
        assert!(matches!(bad("A\u{0}"), TextError::BadCharacter { place: 2, .. }));
        assert!(matches!(bad("A\u{202E}B"), TextError::BadCharacter { place: 2, .. }));
        assert!(matches!(bad(&"ễ".repeat(4001)), TextError::TooLong { characters: 4001, .. }));
    }

    #[test]
    fn every_code_has_a_page_in_both_languages() {
        for source in TextError::PAGES {
            let page = procedure::refusal::Page::parse(source);
            assert!(page.is_complete(), "{}", page.code);
        }
    }
}
