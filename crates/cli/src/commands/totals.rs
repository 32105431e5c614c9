//! `totals`: subjects, registrations and titles per administrative unit.

use anyhow::Result;
use projections::query::CaseState;
use projections::query::totals::TotalsRow;

use crate::args::{Place, Totals};
use crate::commands::read;
use crate::output::{answer, table};

pub(crate) async fn run(place: &Place, arguments: Totals) -> Result<()> {
    let Totals { unit, below, title, year, json } = arguments;
    let rows = read::with(place, move |reader| {
        let today = read::today();
        let units = if below {
            reader.children(&unit, today)?.into_iter().map(|unit| unit.code).collect()
        } else {
            vec![unit]
        };
        reader.totals(&units, title, year, today)
    })
    .await?;
    answer(json.json, &rows, |rows| {
        let mut header = vec!["unit", "name", "title", "year", "subjects", "cases"];
        header.extend(CaseState::ALL.iter().map(|state| state.as_str()));
        table(&header, rows.iter().map(line))
    })
}

fn line(row: &TotalsRow) -> Vec<String> {
    let mut line = vec![
        row.unit.to_string(),
        row.unit_name.clone().unwrap_or_default(),
        row.title.to_string(),
        row.year.to_string(),
        row.subjects.to_string(),
        row.registered.to_string(),
    ];
    let count = |state| row.states.get(state).copied().unwrap_or(0).to_string();
    line.extend(CaseState::ALL.iter().map(count));
    line
}
