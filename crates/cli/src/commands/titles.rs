//! `titles`: the register, now or as of a date.

use anyhow::Result;
use procedure::UnitCode;
use projections::query::titles::{TitleRow, TitlesFilter};

use crate::args::{Place, Titles};
use crate::commands::read;
use crate::output::{answer, subject, table};

pub(crate) async fn run(place: &Place, arguments: Titles) -> Result<()> {
    let on = if arguments.all { None } else { Some(arguments.on.unwrap_or_else(read::today)) };
    let filter = TitlesFilter {
        territory: vec!["VN".parse::<UnitCode>()?],
        units: arguments.unit.into_iter().collect(),
        title: arguments.title,
        year: arguments.year,
        on,
        ..TitlesFilter::default()
    };
    let page = arguments.page;
    let (cursor, limit) = (page.cursor, page.limit as usize);
    let found =
        read::with(place, move |reader| reader.titles(&filter, cursor.as_deref(), limit)).await?;
    answer(page.json.json, &found, |found| {
        let header = ["title", "subject", "code", "unit", "points", "decision", "in force"];
        let more = match &found.next {
            Some(next) => format!("\nmore: --cursor {next}"),
            None => String::new(),
        };
        if let (Some(on), true) = (on, found.items.is_empty()) {
            return format!("no title in force on {on}; --all shows every recognition");
        }
        table(&header, found.items.iter().map(line)) + &more
    })
}

fn line(row: &TitleRow) -> [String; 7] {
    let until = row.valid_until.map(|until| until.to_string()).unwrap_or_default();
    let band = row.band.as_ref().map(|band| format!(" ({band})")).unwrap_or_default();
    [
        format!("{} {}", row.title, row.year),
        subject(row.subject_name.as_deref(), row.sample),
        row.subject_code.clone().unwrap_or_default(),
        row.place.last().cloned().unwrap_or_default(),
        format!("{}{band}", row.total),
        format!("{} {}", row.decision_number, row.decision_date),
        format!("{} – {until}", row.valid_from),
    ]
}
