//! The lists of `data/units`, read into instruments. Deliberately absent: repairs; the lists were
//! corrected once, by hand, and `data/README.md` says where.

use anyhow::{Context as _, bail};
use procedure::Date;
use procedure::territory::{Change, Instrument, UnitKind, UnitLevel};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::{FOUNDING, NATION, Reorganisation};

const PROVINCES: &str = include_str!("../../data/units/provinces_2025-07-01.csv");
const COMMUNES: &str = include_str!("../../data/units/communes_2025-07-01.csv");
const RETYPED: &str = include_str!("../../data/units/retyped.csv");

#[derive(Deserialize)]
struct Province {
    province_code: String,
    province: String,
    r#type: String,
}

#[derive(Deserialize)]
struct Commune {
    province_code: String,
    ward_code: String,
    ward: String,
    r#type: String,
}

#[derive(Deserialize)]
struct Retyped {
    effective: String,
    instruments: String,
    level: UnitLevel,
    code: String,
    name: String,
    r#type: String,
}

/// The nation, its provinces and its communes on 1 July 2025.
pub(super) fn founding() -> anyhow::Result<Reorganisation> {
    let nation = Change::Founded {
        code: NATION.parse()?,
        name: "Việt Nam".to_owned(),
        kind: UnitKind::Nation,
        parent: None,
    };
    let mut changes = vec![nation];
    for row in rows::<Province>(PROVINCES)? {
        let kind = kind(UnitLevel::Province, &row.r#type)?;
        changes.push(founded(&row.province_code, row.province, kind, NATION)?);
    }
    for row in rows::<Commune>(COMMUNES)? {
        let kind = kind(UnitLevel::Commune, &row.r#type)?;
        changes.push(founded(&row.ward_code, row.ward, kind, &row.province_code)?);
    }
    let effective = Date::new(2025, 7, 1).context("1 July 2025")?;
    Ok(Reorganisation { instrument: instrument(FOUNDING), effective, changes })
}

/// The later changes under unchanged codes, one entry per day and instruments.
pub(super) fn retypings() -> anyhow::Result<Vec<Reorganisation>> {
    let mut all: Vec<Reorganisation> = Vec::new();
    for row in rows::<Retyped>(RETYPED)? {
        let (instrument, effective) = (instrument(&row.instruments), row.effective.parse()?);
        let kind = kind(row.level, &row.r#type)?;
        let change = Change::Retyped { code: row.code.parse()?, name: row.name, kind };
        match all.last_mut() {
            Some(last) if last.instrument == instrument && last.effective == effective => {
                last.changes.push(change);
            }
            _ => all.push(Reorganisation { instrument, effective, changes: vec![change] }),
        }
    }
    Ok(all)
}

fn rows<T: DeserializeOwned>(text: &str) -> anyhow::Result<Vec<T>> {
    let rows = csv::Reader::from_reader(text.as_bytes()).into_deserialize();
    rows.collect::<Result<_, _>>().context("a row does not have the columns of its list")
}

fn founded(code: &str, name: String, kind: UnitKind, parent: &str) -> anyhow::Result<Change> {
    Ok(Change::Founded { code: code.parse()?, name, kind, parent: Some(parent.parse()?) })
}

fn instrument(number: &str) -> Instrument {
    Instrument { number: number.to_owned(), issued: None }
}

fn kind(level: UnitLevel, name: &str) -> anyhow::Result<UnitKind> {
    Ok(match (level, name) {
        (UnitLevel::Province, "Tỉnh") => UnitKind::Province,
        (UnitLevel::Province, "Thành phố") => UnitKind::City,
        (UnitLevel::Commune, "Xã") => UnitKind::Commune,
        (UnitLevel::Commune, "Phường") => UnitKind::Ward,
        (UnitLevel::Commune, "Đặc khu") => UnitKind::SpecialZone,
        _ => bail!("{name:?} is no kind of unit at the level {level}"),
    })
}
