//! What an administrator chooses from: roles that some procedure has a use for, and units of his territory.
//! Deliberately absent: whether the choice is allowed; the rules say that.

use std::collections::{BTreeSet, VecDeque};

use procedure::territory::UnitLevel;
use procedure::{Date, Role, UnitCode};
use projections::query::units::UnitRow;
use projections::{ReadError, Reader, search};

use crate::units;

/// The roles that the program and its supervision know.
const SET_UP: [&str; 4] = [Role::ADMINISTRATOR, Role::REGISTRAR, "auditor", "supervisor"];
/// The most units that a search goes through, and that it gives.
const VISITED: usize = 5_000;
const FOUND: usize = 60;

/// The roles that published definitions name, in the order of their steps, and those beside them.
pub(super) fn roles(reader: &Reader<'_>) -> Result<Vec<String>, ReadError> {
    let mut roles: Vec<String> = Vec::new();
    for row in reader.procedures()? {
        let Some(definition) = reader.definition(&row.id)? else { continue };
        for step in &definition.steps {
            let told = step.limit.iter().filter_map(|limit| limit.escalate_to.as_ref());
            let told = told.map(|told| &told.role);
            for role in step.performers.iter().map(|performer| &performer.role).chain(told) {
                if !roles.iter().any(|known| known == role.as_str()) {
                    roles.push(role.to_string());
                }
            }
        }
    }
    roles.extend(SET_UP.map(str::to_owned));
    Ok(roles)
}

/// The units of a territory to choose from: those found by name or code, or those near `home`.
pub(super) fn units_for(
    reader: &Reader<'_>,
    territory: &[UnitCode],
    (home, wanted): (Option<&UnitCode>, &str),
    today: Date,
) -> Result<Vec<UnitRow>, ReadError> {
    if !wanted.trim().is_empty() {
        return found(reader, territory, (home, wanted.trim()), today);
    }
    let mut choices = Vec::new();
    if let Some(home) = home {
        let path = reader.path(home, today)?;
        let first = path.iter().position(|unit| territory.contains(&unit.code));
        choices.extend(path.into_iter().skip(first.unwrap_or(usize::MAX)).rev());
        choices.extend(reader.children(home, today)?);
    }
    choices.extend(units::choices(reader, territory, today)?);
    let mut seen = BTreeSet::new();
    choices.retain(|unit| seen.insert(unit.code.clone()));
    Ok(choices)
}

/// By code anywhere in the territory; by name, accents or not, down to the communes, and to the hamlets of
/// a province or commune, or of `home`.
fn found(
    reader: &Reader<'_>,
    territory: &[UnitCode],
    (home, wanted): (Option<&UnitCode>, &str),
    today: Date,
) -> Result<Vec<UnitRow>, ReadError> {
    let mut found = Vec::new();
    if let Ok(code) = wanted.to_uppercase().parse::<UnitCode>() {
        let mut path = reader.path(&code, today)?;
        if path.iter().any(|unit| territory.contains(&unit.code)) {
            found.extend(path.pop());
        }
    }
    let key = search::key(wanted);
    let mut next: VecDeque<UnitRow> = VecDeque::new();
    if let Some(home) = home {
        let path = reader.path(home, today)?;
        if path.iter().any(|unit| territory.contains(&unit.code)) {
            next.extend(reader.children(home, today)?);
        }
    }
    for code in territory {
        next.extend(reader.unit(code, today)?);
    }
    let (mut visited, nation) = (0, next.iter().any(|unit| unit.level == UnitLevel::Nation));
    while let Some(unit) = next.pop_front().filter(|_| visited < VISITED && found.len() < FOUND) {
        visited += 1;
        // The hamlets of all communes of a country are too many to go through.
        if unit.level != UnitLevel::Hamlet && !(nation && unit.level == UnitLevel::Commune) {
            next.extend(reader.children(&unit.code, today)?);
        }
        if search::key(&unit.name).contains(&key)
            && found.iter().all(|known| known.code != unit.code)
        {
            found.push(unit);
        }
    }
    Ok(found)
}
