//! `import`: tables of units, officers and subjects.
//!
//! Every row is read, checked and rehearsed against what the log holds before the first is
//! written; a row that is wrong stops the whole import, unless `--partial` asks for the others.
//! Command ids follow from the rows, so that an import that was cut off is finished by running it
//! again. Deliberately absent: XLSX.

use anyhow::Result;
use futures_util::{StreamExt as _, stream};
use serde::Serialize;

use crate::args::{Import, ImportFile, Place};
use crate::failure::{CliError, coded, lines};
use crate::home::Home;
use crate::output::{answer, progress};
use crate::table::Problem;

mod officers;
mod rows;
mod subjects;
mod units;

/// How many problems are written out on a terminal; `--json` has all.
const SHOWN: usize = 20;

pub(crate) async fn run(place: &Place, command: Import) -> Result<()> {
    match command {
        Import::Units(units) => units::run(place, units).await,
        Import::Officers(file) => take::<officers::Officers>(place, file).await,
        Import::Subjects(file) => take::<subjects::Subjects>(place, file).await,
    }
}

/// What an import came to.
#[derive(Debug, Default, Serialize)]
pub(super) struct Outcome {
    /// Rows carried out now.
    pub(super) taken: usize,
    /// Rows carried out by an earlier run.
    pub(super) already_there: usize,
    /// Rows that are wrong.
    pub(super) wrong: Vec<Wrong>,
}

/// A row that was not taken.
#[derive(Debug, Serialize)]
pub(super) struct Wrong {
    file: String,
    line: u64,
    code: String,
    vi: String,
    en: String,
}

/// Reads, rehearses, then carries out.
async fn take<K: rows::Kind>(place: &Place, file: ImportFile) -> Result<()> {
    let home = Home::take(place).await?;
    let engine = std::sync::Arc::new(home.engine());
    let (items, mut problems) = rows::read::<K>(&file)?;
    let bar = progress(items.len() as u64, "checking");
    let mut good = Vec::with_capacity(items.len());
    // Many at a time: with a cluster each is some round trips.
    let rehearsals = items.into_iter().map(|item| rows::rehearse::<K>(&engine, item));
    let mut rehearsals = stream::iter(rehearsals).buffered(rows::AT_ONCE);
    while let Some(rehearsed) = rehearsals.next().await {
        match rehearsed {
            Ok(item) => good.push(item),
            Err(problem) => problems.push(problem),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    problems.sort_by_key(|problem| problem.line);
    let wrong: Vec<_> = problems.iter().map(|problem| wrong(&file, problem)).collect();
    let mut outcome = Outcome { wrong, ..Outcome::default() };
    if outcome.wrong.is_empty() || file.partial {
        rows::carry_out::<K>(&engine, good, &mut outcome).await?;
    }
    tell(&file, &outcome)
}

fn wrong(file: &ImportFile, problem: &Problem) -> Wrong {
    let file = file.file.display().to_string();
    let line = problem.line;
    match coded(&problem.error) {
        Some(refusal) => Wrong {
            file,
            line,
            code: refusal.code().to_owned(),
            vi: refusal.message(procedure::Language::Vietnamese),
            en: refusal.message(procedure::Language::English),
        },
        None => {
            let text = problem.error.to_string();
            Wrong { file, line, code: "import.other".to_owned(), vi: text.clone(), en: text }
        }
    }
}

/// Writes what happened; an import that left rows out ends as an error.
pub(super) fn tell(file: &ImportFile, outcome: &Outcome) -> Result<()> {
    for wrong in outcome.wrong.iter().take(if file.json.json { 0 } else { SHOWN }) {
        let Wrong { file, line, code, vi, en } = wrong;
        eprintln!("{file}:{line}: {code}\n  {vi}\n  {en}");
    }
    if !file.json.json && outcome.wrong.len() > SHOWN {
        eprintln!("… {} more; --json has all", outcome.wrong.len() - SHOWN);
    }
    answer(file.json.json, outcome, |outcome| {
        format!(
            "taken {}, already there {}, wrong {}",
            outcome.taken,
            outcome.already_there,
            outcome.wrong.len()
        )
    })?;
    match outcome.wrong.len() {
        0 => Ok(()),
        wrong => Err(CliError::NotTaken { wrong, taken: outcome.taken }.into()),
    }
}

/// A problem on one line of a terminal, for commands that have no outcome.
pub(super) fn line_of(file: &str, problem: &Problem) -> String {
    let place = format!("{file}:{}: ", problem.line);
    match coded(&problem.error) {
        Some(refusal) => lines(refusal, &place),
        None => format!("{place}{:#}", problem.error),
    }
}
