//! Which part of the country, of titles and of years a page is about, out of its address; and the
//! addresses of other parts. Deliberately absent: what is shown of it.

use procedure::{Title, UnitCode};
use projections::query::AreaFilter;
use projections::query::units::UnitRow;
use web::problem::Problem;

use crate::desk::Desk;
use crate::fields::Fields;

/// How many years back can be chosen.
const YEARS: i16 = 6;

/// A part of all cases (phạm vi theo dõi).
pub(super) struct Area {
    pub(super) asked: Fields,
    pub(super) filter: AreaFilter,
    /// The unit, if it is one; else it is several, those of the reader's offices.
    pub(super) unit: Option<UnitRow>,
    /// The units above it that the reader sees as well, from the top.
    pub(super) above: Vec<UnitRow>,
    /// The units that it is made of.
    pub(super) below: Vec<UnitRow>,
    /// Years to choose from.
    pub(super) years: Vec<i16>,
}

impl Area {
    /// The part that an address asks for; without a unit, all that its reader sees.
    pub(super) async fn of(desk: &Desk, query: Option<&str>) -> Result<Self, Problem> {
        Self::asked(desk, Fields::parse(query.unwrap_or_default().as_bytes())).await
    }

    /// The same of fields that were read already.
    pub(super) async fn asked(desk: &Desk, asked: Fields) -> Result<Self, Problem> {
        let (territory, today) = (desk.reading.territory.clone(), desk.reading.today);
        let code: Option<UnitCode> = asked.some("unit")?;
        let wanted = match (&code, territory.as_slice()) {
            (None, [only]) => Some(only.clone()),
            _ => code.clone(),
        };
        let (wanted_too, own) = (wanted.clone(), territory.clone());
        let read = desk.read(move |reader| {
            let Some(unit) = wanted_too else {
                let units = own.iter().map(|unit| reader.unit(unit, today));
                let units: Vec<_> = units.collect::<Result<_, _>>()?;
                return Ok((Vec::new(), units.into_iter().flatten().collect()));
            };
            Ok((reader.path(&unit, today)?, reader.children(&unit, today)?))
        });
        let (mut above, below): (Vec<UnitRow>, Vec<UnitRow>) = read.await?;
        let first = above.iter().position(|unit| territory.contains(&unit.code));
        if let (Some(code), None) = (code, first) {
            return Err(web::api::units::unknown(code, today));
        }
        above.drain(..first.unwrap_or(0));
        let filter = AreaFilter {
            territory,
            units: wanted.into_iter().collect(),
            title: asked.some("title")?,
            year: asked.some("year")?,
        };
        let years = (0..YEARS).map(|back| today.year() - back).collect();
        Ok(Self { asked, filter, unit: above.pop(), above, below, years })
    }

    /// Whether a file is asked for, and which.
    pub(super) fn csv(&self) -> Option<&str> {
        self.asked.all("csv").next()
    }

    /// Its name.
    pub(super) fn name(&self) -> String {
        match &self.unit {
            Some(unit) => unit.name.clone(),
            None => self.below.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>().join(", "),
        }
    }

    /// Whether it is about a title.
    pub(super) fn has_title(&self, title: &Title) -> bool {
        self.filter.title == Some(*title)
    }

    /// Whether it is about a year.
    pub(super) fn has_year(&self, year: &i16) -> bool {
        self.filter.year == Some(*year)
    }

    /// Another page about the same part.
    pub(super) fn to(&self, path: &str) -> String {
        self.address(path, &["unit", "title", "year"], &[])
    }

    /// Another page about the same part, with something more.
    pub(super) fn to_with(&self, path: &str, name: &str, value: impl ToString) -> String {
        self.address(path, &["unit", "title", "year"], &[(name, value.to_string())])
    }

    /// This page about another unit.
    pub(super) fn at(&self, path: &str, unit: &UnitCode) -> String {
        self.here(path, "unit", unit)
    }

    /// This page with one thing changed, from its beginning.
    pub(super) fn here(&self, path: &str, name: &str, value: impl ToString) -> String {
        let names: Vec<&str> = self.asked.0.iter().map(|(name, _)| name.as_str()).collect();
        self.address(path, &names, &[(name, value.to_string())])
    }

    /// One of its tables as a file.
    pub(super) fn file(&self, path: &str, name: &str) -> String {
        self.here(path, "csv", name)
    }

    fn address(&self, path: &str, kept: &[&str], changed: &[(&str, String)]) -> String {
        let stays = |name: &str| {
            kept.contains(&name)
                && !["after", "csv"].contains(&name)
                && !changed.iter().any(|(other, _)| *other == name)
        };
        let old = self.asked.0.iter().filter(|(name, value)| stays(name) && !value.is_empty());
        let old = old.map(|(name, value)| (name.as_str(), value.as_str()));
        let new = changed.iter().map(|(name, value)| (*name, value.as_str()));
        let query =
            form_urlencoded::Serializer::new(String::new()).extend_pairs(old.chain(new)).finish();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
    }
}
