//! `history`: a subject's titles as one line through the years.

use anyhow::Result;
use procedure::SubjectId;
use projections::query::history::TitleYear;

use crate::args::Place;
use crate::commands::read;
use crate::failure::CliError;
use crate::output::{answer, table};

pub(crate) async fn run(place: &Place, subject: &str, as_json: bool) -> Result<()> {
    let id = subject.parse().unwrap_or_else(|_| SubjectId::of_code(subject));
    let found =
        read::with(place, move |reader| Ok((reader.subject(id)?, reader.title_history(id, None)?)));
    let (Some(_), years) = found.await? else {
        return Err(CliError::UnknownSubject { subject: subject.chars().take(80).collect() }.into());
    };
    answer(as_json, &years, |years| {
        let header = ["year", "title", "state", "points", "decision", "in force", "ended"];
        table(&header, years.iter().map(line))
    })
}

fn line(row: &TitleYear) -> [String; 7] {
    let some = |day: Option<procedure::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let band = row.band.as_ref().map(|band| format!(" ({band})")).unwrap_or_default();
    let points = row.total.map(|total| format!("{total}{band}")).unwrap_or_default();
    let in_force = match row.valid_from {
        Some(from) => format!("{from} – {}", some(row.valid_until)),
        None => String::new(),
    };
    let ended = row.ended.as_ref().map(|how| format!("{how} {}", some(row.ended_from)));
    [
        row.year.to_string(),
        row.title.to_string(),
        row.state.to_string(),
        points,
        row.decision_number.clone().unwrap_or_default(),
        in_force,
        ended.unwrap_or_default(),
    ]
}
