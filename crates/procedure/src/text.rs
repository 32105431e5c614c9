//! Words: in two languages where they are shown, sealed where they are personal.
//! Deliberately absent: keys and ciphers; sealing and opening is `codec`'s.

use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};

/// A language of the screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// Tiếng Việt.
    #[default]
    Vietnamese,
    /// English.
    English,
}

/// One text in Vietnamese and in English.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// The Vietnamese text, which counts in law.
    pub vi: String,
    /// The English text, for readers abroad.
    pub en: String,
}

impl Bilingual {
    /// The text in a language.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Vietnamese => &self.vi,
            Language::English => &self.en,
        }
    }
}

/// Whether a character cannot be printed, or turns the writing direction and so can make a text
/// look like another.
#[must_use]
pub fn unprintable(character: char) -> bool {
    character.is_control() || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a short text of one line can be kept as it is: something to read, at most `max` bytes,
/// nothing unprintable, no blanks around it.
#[must_use]
pub fn is_plain(text: &str, max: usize) -> bool {
    let whole = !text.is_empty() && text.trim() == text && text.len() <= max;
    whole && !text.chars().any(unprintable)
}

/// Number and sign of an authority's act, such as `125/QĐ-UBND`, without blanks around it; `None` if
/// it cannot be one: empty, longer than 100 bytes, or with something unprintable.
#[must_use]
pub(crate) fn number_of_act(text: &str) -> Option<String> {
    let trimmed = text.trim();
    is_plain(trimmed, 100).then(|| trimmed.to_owned())
}

/// Personal data (a name, an address, a free text), encrypted with the key of the person or body
/// it belongs to. Without the key it says nothing; with the key destroyed it says nothing for ever.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Sealed(String);

impl Sealed {
    /// Wraps what `codec` sealed.
    #[must_use]
    pub fn new(sealed: String) -> Self {
        Self(sealed)
    }

    /// The sealed form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Sealed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sealed(…)")
    }
}

/// A SHA-256 digest; in JSON 64 lower-case hexadecimal digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Digest(String);

/// The text is not a SHA-256 digest in hexadecimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a SHA-256 digest is 64 hexadecimal digits in lower case")]
pub struct InvalidDigest;

impl Digest {
    /// The 64 digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Digest {
    type Error = InvalidDigest;

    fn try_from(text: String) -> Result<Self, InvalidDigest> {
        let hexadecimal = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() == 64 && text.bytes().all(hexadecimal) {
            Ok(Self(text))
        } else {
            Err(InvalidDigest)
        }
    }
}

impl FromStr for Digest {
    type Err = InvalidDigest;

    fn from_str(text: &str) -> Result<Self, InvalidDigest> {
        Self::try_from(text.to_owned())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Digest {
    fn schema_name() -> alloc::borrow::Cow<'static, str> {
        "Digest".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "pattern": "^[0-9a-f]{64}$" })
    }
}
