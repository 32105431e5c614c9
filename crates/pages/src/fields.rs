//! The fields of a form, in the order in which they were sent.
//! Deliberately absent: what they mean.

use std::str::FromStr;

use procedure::Date;
use serde::{Deserialize, Serialize};
use web::problem::Problem;

use crate::refusal::PageRefusal;

/// Fields by name; a name may come several times.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Fields(pub(crate) Vec<(String, String)>);

impl Fields {
    /// Those of a body or a query.
    pub(crate) fn parse(bytes: &[u8]) -> Self {
        Self(form_urlencoded::parse(bytes).into_owned().collect())
    }

    /// The first value under a name, trimmed; nothing if it is empty.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// The first value under a name as it was sent: a password or a file is not trimmed.
    pub(crate) fn raw(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(field, _)| field == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// Every value under a name.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.trim())
    }

    /// A value that must be there, as text.
    pub(crate) fn text(&self, name: &str) -> Result<String, Problem> {
        let missing = || PageRefusal::MissingField { field: name.to_owned() };
        Ok(self.get(name).ok_or_else(missing)?.to_owned())
    }

    /// A value that must be there, read.
    pub(crate) fn need<T: FromStr>(&self, name: &str) -> Result<T, Problem> {
        let text = self.text(name)?;
        self.parsed(name, &text)
    }

    /// A value, read if it is there.
    pub(crate) fn some<T: FromStr>(&self, name: &str) -> Result<Option<T>, Problem> {
        self.get(name).map(|text| self.parsed(name, text)).transpose()
    }

    /// A day: as browsers send it (2026-11-24), or as people write it (24/11/2026).
    pub(crate) fn day(&self, name: &str) -> Result<Option<Date>, Problem> {
        let Some(text) = self.get(name) else { return Ok(None) };
        crate::format::read_day(text).map(Some).ok_or_else(|| bad(name, text))
    }

    /// A day that must be there.
    pub(crate) fn need_day(&self, name: &str) -> Result<Date, Problem> {
        let missing = || PageRefusal::MissingField { field: name.to_owned() }.into();
        self.day(name)?.ok_or_else(missing)
    }

    /// Takes every value under some names away.
    pub(crate) fn without(mut self, names: &[&str]) -> Self {
        self.0.retain(|(name, _)| !names.contains(&name.as_str()));
        self
    }

    /// Takes passwords away: they are shown to nobody, nor kept for later.
    pub(crate) fn without_passwords(mut self) -> Self {
        self.0.retain(|(name, _)| !name.starts_with("password"));
        self
    }

    /// As the query of an address.
    pub(crate) fn query(&self) -> String {
        form_urlencoded::Serializer::new(String::new()).extend_pairs(&self.0).finish()
    }

    fn parsed<T: FromStr>(&self, name: &str, text: &str) -> Result<T, Problem> {
        text.parse().map_err(|_| bad(name, text))
    }
}

/// What is said of a value that cannot be read.
pub(crate) fn bad(name: &str, text: &str) -> Problem {
    let value = text.chars().take(80).collect();
    PageRefusal::BadField { field: name.to_owned(), value }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_as_browsers_and_people_write_them() {
        let fields = Fields::parse("a=+x+&b=&day=24%2F11%2F2026&n=7&n=8&%C4%91=%C4%90".as_bytes());
        assert_eq!(
            (fields.get("a"), fields.get("b"), fields.get("đ")),
            (Some("x"), None, Some("Đ"))
        );
        assert_eq!(fields.need::<u8>("n").unwrap(), 7);
        assert_eq!(fields.all("n").collect::<Vec<_>>(), ["7", "8"]);
        assert_eq!(fields.day("day").unwrap(), "2026-11-24".parse().ok());
        assert_eq!(fields.need::<u8>("a").unwrap_err().code(), "form.bad_field");
        assert_eq!(fields.text("b").unwrap_err().code(), "form.missing_field");
    }
}
