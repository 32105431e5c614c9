//! Administrative units as forms and headings name them. Deliberately absent: who may see what.

use procedure::{Date, UnitCode};
use projections::query::units::UnitRow;
use projections::{ReadError, Reader};

/// The units of a territory and those one level below, each once: what a list can be cut to.
pub(crate) fn choices(
    reader: &Reader<'_>,
    territory: &[UnitCode],
    today: Date,
) -> Result<Vec<UnitRow>, ReadError> {
    let mut units: Vec<UnitRow> = Vec::new();
    for code in territory {
        let mut found: Vec<_> = reader.unit(code, today)?.into_iter().collect();
        found.extend(reader.children(code, today)?);
        found.retain(|unit| !units.iter().any(|known| known.code == unit.code));
        units.extend(found);
    }
    Ok(units)
}

/// The name of a unit on a day; its code where it has none.
pub(crate) fn name(reader: &Reader<'_>, code: &UnitCode, on: Date) -> Result<String, ReadError> {
    Ok(reader.unit(code, on)?.map_or_else(|| code.to_string(), |unit| unit.name))
}

/// `Xóm mẫu 01, Xã Mường Bi` of a place that is given from the nation down.
pub(crate) fn place(reader: &Reader<'_>, place: &[String], on: Date) -> Result<String, ReadError> {
    let mut names = Vec::new();
    for text in place.iter().rev().take(2) {
        names.push(match text.parse::<UnitCode>() {
            Ok(code) => name(reader, &code, on)?,
            Err(_) => text.clone(),
        });
    }
    Ok(names.join(", "))
}
