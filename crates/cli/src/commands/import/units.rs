//! `import units`: the official list, or an instrument's own table.

use std::collections::BTreeMap;

use anyhow::Result;
use engine::{Engine, Request};
use procedure::UnitCode;
use procedure::territory::{Change, Command, Instrument, commune_of};
use uuid::Uuid;

use super::{Outcome, line_of};
use crate::args::{ImportUnits, Place};
use crate::commands::officer::operator;
use crate::failure::CliError;
use crate::home::Home;
use crate::output::answer;
use crate::table::{self, Column, Problem, Row};

const COLUMNS: &[Column] = &[
    Column { name: "code", vi: "mã", required: true },
    Column { name: "name", vi: "tên", required: true },
    Column { name: "kind", vi: "loại", required: true },
    Column { name: "parent", vi: "thuộc", required: false },
];

pub(super) async fn run(place: &Place, arguments: ImportUnits) -> Result<()> {
    let home = Home::take(place).await?;
    let engine = home.engine();
    let outcome = match &arguments.file {
        None => official(&engine).await?,
        Some(file) => {
            let table = table::read(file, COLUMNS)?;
            from_table(&engine, &arguments, table).await?
        }
    };
    answer(arguments.json.json, &outcome, |outcome| {
        format!(
            "units founded or changed {}, already there {}",
            outcome.taken, outcome.already_there
        )
    })
}

async fn official(engine: &Engine) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    for instrument in crate::official::instruments()? {
        let changes = instrument.changes.len();
        if crate::official::carry_out(engine, &operator(), instrument).await?.repeated {
            outcome.already_there += changes;
        } else {
            outcome.taken += changes;
        }
    }
    Ok(outcome)
}

async fn from_table(
    engine: &Engine,
    arguments: &ImportUnits,
    table: table::Table,
) -> Result<Outcome> {
    let mut problems = table.problems;
    let mut lists: BTreeMap<UnitCode, Vec<Change>> = BTreeMap::new();
    for row in &table.rows {
        match change(row) {
            Ok((list, change)) => lists.entry(list).or_default().push(change),
            Err(error) => problems.push(Problem { line: row.line, error: error.into() }),
        }
    }
    if !problems.is_empty() {
        let file = arguments.file.as_deref().unwrap_or_else(|| "".as_ref()).display().to_string();
        problems.iter().for_each(|problem| eprintln!("{}", line_of(&file, problem)));
        return Err(CliError::NotTaken { wrong: problems.len(), taken: 0 }.into());
    }
    let mut outcome = Outcome::default();
    for (list, changes) in lists {
        let count = changes.len();
        if reorganise(engine, arguments, &list, changes).await? {
            outcome.taken += count;
        } else {
            outcome.already_there += count;
        }
    }
    Ok(outcome)
}

fn change(row: &Row) -> Result<(UnitCode, Change), CliError> {
    let code: UnitCode = row.parse("code")?;
    let list = match commune_of(&code) {
        Some(commune) => commune,
        None => "VN".parse().map_err(|_| CliError::NoRows)?,
    };
    let name = row.get("name").unwrap_or_default().to_owned();
    let (kind, parent) = (row.parse("kind")?, row.parse_some("parent")?);
    let parent = parent.or_else(|| commune_of(&code));
    Ok((list, Change::Founded { code, name, kind, parent }))
}

/// Carries out the part of the instrument that concerns one list; tells whether it was new.
async fn reorganise(
    engine: &Engine,
    arguments: &ImportUnits,
    list: &UnitCode,
    changes: Vec<Change>,
) -> Result<bool> {
    let number = arguments.instrument.clone().unwrap_or_default();
    let effective = arguments.effective.unwrap_or_else(|| engine.today());
    let name = format!("import/units/{number}/{effective}/{list}/{changes:?}");
    let request =
        Request::new(operator(), Uuid::new_v5(&procedure::name::NAMESPACE, name.as_bytes()));
    let instrument = Instrument { number, issued: arguments.issued };
    let command = Command::Reorganise { instrument, effective, sample: arguments.sample, changes };
    let done = engine.reorganise(&request, list, command).await?;
    Ok(!done.repeated && done.events > 0)
}
