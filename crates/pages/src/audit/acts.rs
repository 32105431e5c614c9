//! `/audit/acts`: what was done, by officer, place, period, kind of event and title; and what was refused.
//! Deliberately absent: what the program and the operator did; a case's own history has it.

use askama::Template;
use axum::extract::RawQuery;
use axum::response::Response;
use projections::{ReadError, Reader};
use web::problem::Problem;

use super::names::Names;
use crate::desk::Desk;
use crate::fields::Fields;
use crate::names::Steps;
use crate::page::{Area, Page, show};
use crate::sheet;

mod choice;
mod rows;

use choice::{Choice, Sought};
use rows::Row;

/// Rows of a page.
const LIMIT: usize = 50;
/// Rows of a table to take along.
const CSV_MAX: usize = 5_000;

#[derive(Template)]
#[template(path = "audit/acts.html")]
struct Acts {
    page: Page,
    choice: Choice,
    rows: Vec<Row>,
    /// Query of the page after this one.
    next: Option<String>,
}

/// `GET /audit/acts`.
pub(super) async fn list(desk: Desk, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    super::in_office(&desk)?;
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let choice = Choice::of(&desk, &asked).await?;
    let csv = asked.0.iter().any(|(name, _)| name == "csv");
    let after = asked.get("after").map(str::to_owned);
    let (chosen, territory) = (choice.clone(), desk.reading.territory.clone());
    let language = desk.look.language;
    let read = desk.read(move |reader| {
        let (names, steps) = (Names::new(reader, language), Steps::read(reader)?);
        let mut names = rows::Looker { names, steps, territory };
        if csv {
            all(reader, &mut names, &chosen)
        } else {
            part(reader, &mut names, &chosen, after)
        }
    });
    let (rows, next) = read.await?;
    if csv {
        return table(&desk, &choice, rows, next.is_some());
    }
    let next = next.map(|after| choice.query(&[("after", &after)]));
    let page = desk.page(Area::Audit, "Việc đã làm", "Acts");
    Ok(show(&Acts { page, choice, rows, next }))
}

type Part = (Vec<Row>, Option<String>);

/// One page; nothing where no officer is of that name.
fn part(
    reader: &Reader<'_>,
    names: &mut rows::Looker<'_, '_>,
    choice: &Choice,
    after: Option<String>,
) -> Result<Part, ReadError> {
    if matches!(choice.sought, Sought::Nobody | Sought::Several(_)) {
        return Ok((Vec::new(), None));
    }
    let after = after.as_deref();
    if choice.refused {
        let Some(filter) = &choice.attempts else { return Ok((Vec::new(), None)) };
        let part = reader.refused_acts(filter, after, LIMIT)?;
        let rows = part.items.into_iter().map(|row| names.attempted(row));
        return Ok((rows.collect::<Result<_, _>>()?, part.next));
    }
    let part = reader.deeds(&choice.filter, after, LIMIT)?;
    let rows = part.items.into_iter().map(|deed| names.done(deed));
    Ok((rows.collect::<Result<_, _>>()?, part.next))
}

/// All pages, as far as a table goes.
fn all(
    reader: &Reader<'_>,
    names: &mut rows::Looker<'_, '_>,
    choice: &Choice,
) -> Result<Part, ReadError> {
    let (mut rows, mut next) = part(reader, names, choice, None)?;
    while let Some(after) = next.take_if(|_| rows.len() < CSV_MAX) {
        let (more, then) = part(reader, names, choice, Some(after))?;
        rows.extend(more);
        next = then;
    }
    Ok((rows, next))
}

const HEADER: [(&str, &str); 13] = [
    ("Ghi lúc (giờ Việt Nam)", "Recorded (Viet Nam)"),
    ("Ghi lúc (UTC)", "Recorded (UTC)"),
    ("Người làm", "Who"),
    ("Vai trò, đơn vị khi đó", "Role and unit then"),
    ("Thay", "In place of"),
    ("Việc", "Act"),
    ("Về", "About"),
    ("Mã", "Id"),
    ("Danh hiệu", "Title"),
    ("Bước", "Step"),
    ("Nơi", "Place"),
    ("Bị từ chối theo quy tắc", "Refused by the rule"),
    ("Mã quy tắc", "Code of the rule"),
];

fn table(desk: &Desk, choice: &Choice, rows: Vec<Row>, more: bool) -> Result<Response, Problem> {
    let header = HEADER.map(|(vi, en)| desk.t(vi, en));
    let mut lines: Vec<Vec<String>> = rows.into_iter().map(Row::cells).collect();
    if more {
        let (vi, en) = (
            "Bảng dừng ở đây, còn việc cũ hơn: hãy chọn kỳ ngắn hơn.",
            "The table ends here, there are older acts: choose a shorter period.",
        );
        lines.push(vec![desk.t(vi, en).to_owned()]);
    }
    sheet::csv(if choice.refused { "refused-acts" } else { "acts" }, &header, lines)
}
