//! Procedure definitions: from TOML with every finding at its line, and to the one JSON that a
//! digest is taken of.
//!
//! [`parse`] is the only way in: what it lets through is well-formed, complete, of the right types
//! and passes [`procedure::definition::lint`]. Deliberately absent: files (bytes come in as
//! arguments), writing TOML, and JSON Schema ([`schema`](crate::schema)).

use core::fmt;

use procedure::definition::{Definition, lint};
use procedure::text::InvalidDigest;
use procedure::{Digest, Language};
use toml::de::DeTable;

mod place;
#[cfg(test)]
mod shipped;
#[cfg(test)]
mod spec;
mod wording;

use place::Places;

/// The largest definition that is read, in bytes.
pub const SIZE_MAX: usize = 1024 * 1024;
/// A file that is not TOML at all gives at most so many findings.
const SYNTAX_FINDINGS_MAX: usize = 20;

/// One thing that is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// The file's name, as it was handed in.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// The rule, in kebab case: one of [`lint::Rule`], or `too-large`, `not-utf8`, `syntax`,
    /// `unquoted-date`, `missing-field`, `unknown-field`, `wrong-type`, `unknown-value`,
    /// `invalid-value`.
    pub rule: &'static str,
    /// What is wrong and what to do, in Vietnamese.
    pub vi: String,
    /// The same in English.
    pub en: String,
}

impl Located {
    /// The text in a language.
    #[must_use]
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::Vietnamese => &self.vi,
            Language::English => &self.en,
        }
    }

    /// `file:line:column: rule: text`, in a language.
    #[must_use]
    pub fn line_in(&self, language: Language) -> String {
        let Self { file, line, column, rule, .. } = self;
        format!("{file}:{line}:{column}: {rule}: {}", self.text(language))
    }
}

impl fmt::Display for Located {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line_in(Language::English))
    }
}

/// Reads and checks a definition. `file` only names the findings.
///
/// # Errors
/// Everything that is wrong, from the top of the file down. A file that is not well-formed, or in
/// which a field is missing or of the wrong type, is reported for that alone: the rules need a
/// whole definition.
pub fn parse(file: &str, bytes: &[u8]) -> Result<Definition, Vec<Located>> {
    let text = decode(file, bytes)?;
    let places = Places::new(file, text);
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let errors = errors.iter().take(SYNTAX_FINDINGS_MAX);
        return Err(errors.map(|error| places.at_error(wording::syntax(error), error)).collect());
    }
    let dates = place::bare_dates(table.get_ref());
    if !dates.is_empty() {
        let found = dates.into_iter().map(|start| places.at(start, wording::unquoted_date()));
        return Err(found.collect());
    }
    let deserializer = toml::de::Deserializer::from(table.clone());
    let definition: Definition = serde::Deserialize::deserialize(deserializer)
        .map_err(|error| vec![places.at_error(wording::shape(&error), &error)])?;
    let mut findings: Vec<_> = lint::check(&definition)
        .into_iter()
        .map(|finding| {
            let start = place::start_of(table.get_ref(), &finding.path);
            places.at(start, (finding.rule.as_str(), finding.vi, finding.en))
        })
        .collect();
    if findings.is_empty() {
        return Ok(definition);
    }
    findings.sort_by_key(|located| (located.line, located.column));
    Err(findings)
}

/// The text of a file, without the mark that some editors put before it.
fn decode<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, Vec<Located>> {
    if bytes.len() > SIZE_MAX {
        return Err(vec![Places::new(file, "").at(0, wording::too_large(bytes.len(), SIZE_MAX))]);
    }
    match core::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{feff}').unwrap_or(text)),
        Err(error) => {
            let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let before = core::str::from_utf8(before).unwrap_or_default();
            Err(vec![Places::new(file, before).at(before.len(), wording::not_utf8())])
        }
    }
}

/// A definition has no JSON or no digest. Never in practice: every field has a JSON form.
#[derive(Debug, thiserror::Error)]
pub enum EncodeError {
    /// From the serialiser.
    #[error("the definition cannot be written as JSON")]
    Json(#[from] serde_json::Error),
    /// From the digest.
    #[error(transparent)]
    Digest(#[from] InvalidDigest),
}

/// The definition as JSON: fields in the order of the types, no blanks, absent fields left out.
/// The same definition gives the same bytes, on every machine and in every run.
///
/// # Errors
/// [`EncodeError::Json`].
pub fn canonical_json(definition: &Definition) -> Result<Vec<u8>, EncodeError> {
    Ok(serde_json::to_vec(definition)?)
}

/// SHA-256 of [`canonical_json`]: two files that differ only in blanks, comments or order of
/// fields are the same definition.
///
/// # Errors
/// [`EncodeError`].
pub fn digest(definition: &Definition) -> Result<Digest, EncodeError> {
    Ok(crate::digest::digest(&canonical_json(definition)?)?)
}
