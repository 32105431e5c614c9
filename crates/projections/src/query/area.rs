//! Which part of the country, of titles and of years a supervisor asks about.

use procedure::{Title, UnitCode};
use rusqlite::types::Value;

use crate::error::ReadError;
use crate::models::Reader;
use crate::query::{Filter, Territory};

/// A part of all cases.
#[derive(Clone, Debug, Default)]
pub struct AreaFilter {
    /// What the asker may see.
    pub territory: Territory,
    /// Only in these units; empty for no further limit.
    pub units: Territory,
    /// Only for this title.
    pub title: Option<Title>,
    /// Only cases of this year.
    pub year: Option<i16>,
}

impl AreaFilter {
    /// Title and year alone.
    pub(crate) fn sql(&self, prefix: &str) -> Filter {
        let mut filter = Filter::default();
        filter.add_some(&format!("{prefix}title = ?"), self.title);
        if let Some(year) = self.year {
            filter.add(&format!("{prefix}year = ?"), [Value::Integer(year.into())]);
        }
        filter
    }
}

impl Reader<'_> {
    /// The units of an area, none of them within another.
    pub(crate) fn area(&self, filter: &AreaFilter) -> Result<Vec<UnitCode>, ReadError> {
        self.scope(&filter.territory, &filter.units)
    }
}
