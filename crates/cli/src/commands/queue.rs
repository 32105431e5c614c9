//! `queue`: cases that wait for somebody, the one with the fewest days left first.

use anyhow::Result;
use procedure::UnitCode;
use projections::query::queue::{Holder, QueueFilter, QueueRow};

use crate::args::{Place, Queue};
use crate::commands::read;
use crate::output::{answer, subject, table};

pub(crate) async fn run(place: &Place, arguments: Queue) -> Result<()> {
    let filter = QueueFilter {
        territory: vec!["VN".parse::<UnitCode>()?],
        units: arguments.unit.into_iter().collect(),
        role: arguments.role,
        step: arguments.step.map(|step| step.parse()).transpose()?,
        state: None,
        waiting_on: None,
        title: arguments.title,
        year: arguments.year,
        holder: match (arguments.holder, arguments.nobody) {
            (Some(officer), _) => Holder::Officer(officer),
            (None, true) => Holder::Nobody,
            (None, false) => Holder::Any,
        },
        due_by: arguments.due_by,
    };
    let escalated = arguments.escalated;
    let page = arguments.page;
    let (cursor, limit) = (page.cursor, page.limit as usize);
    let found = read::with(place, move |reader| {
        if escalated {
            let units = if filter.units.is_empty() { &filter.territory } else { &filter.units };
            let items = reader.escalated(units, read::today(), limit)?;
            return Ok(projections::query::Page { items, next: None });
        }
        reader.queue(&filter, read::today(), cursor.as_deref(), limit)
    })
    .await?;
    answer(page.json.json, &found, |found| {
        let header = [
            "case",
            "title",
            "subject",
            "unit",
            "step",
            "waits for",
            "days",
            "filed",
            "due",
            "left",
        ];
        let more = match &found.next {
            Some(next) => format!("\nmore: --cursor {next}"),
            None => String::new(),
        };
        table(&header, found.items.iter().map(line)) + &more
    })
}

fn line(row: &QueueRow) -> [String; 10] {
    let case = &row.case;
    let some = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
    [
        case.id.to_string(),
        format!("{} {}", case.title, case.year),
        subject(case.subject_name.as_deref(), case.sample),
        case.place.last().cloned().unwrap_or_default(),
        some(case.step.as_ref().map(ToString::to_string)),
        some(case.role.as_ref().map(ToString::to_string)),
        row.days_in_step.to_string(),
        row.days_since_filing.to_string(),
        some(due(row)),
        some(row.days_left.map(|days| days.to_string())),
    ]
}

/// The last day in time; marked where it is over, and where the time pauses.
fn due(row: &QueueRow) -> Option<String> {
    match (row.case.due, &row.case.paused) {
        (Some(due), _) if row.case.breached => Some(format!("{due} late")),
        (Some(due), _) => Some(due.to_string()),
        (None, Some(step)) => Some(format!("{step} pauses")),
        (None, None) => None,
    }
}
