//! `/subjects`: who strives for titles: search, a subject with its years, new ones, corrections, moves,
//! and registering a case.
//! Deliberately absent: cases themselves; `/cases/{id}` has them. Erasure has its own records.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::RawQuery;
use axum::response::Response;
use axum::routing::{get, post};
use procedure::{SubjectKind, UnitCode};
use projections::query::Page as Part;
use projections::query::subjects::{SubjectRow, SubjectsFilter};
use projections::query::units::UnitRow;
use web::problem::Problem;

use crate::desk::Desk;
use crate::fields::Fields;
use crate::page::{Area, Page, show};
use crate::site::Site;
use crate::{sheet, units, words};

mod change;
mod new;
mod read;

/// Lines of a page.
const LIMIT: usize = 50;
/// Lines of a file.
const FILE_MAX: usize = 20_000;

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/subjects", get(list))
        .route("/subjects/new", get(new::form).post(new::register))
        .route("/subjects/{id}", get(read::read))
        .route("/subjects/{id}/cases", post(read::register_case))
        .route("/subjects/{id}/correction", get(change::correction).post(change::correct))
        .route("/subjects/{id}/move", get(change::moving).post(change::relocate))
}

#[derive(Template)]
#[template(path = "subjects/list.html")]
struct List {
    page: Page,
    rows: Part<SubjectRow>,
    /// Names of the units of each line.
    places: Vec<String>,
    units: Vec<UnitRow>,
    kinds: &'static [SubjectKind],
    text: String,
    kind: String,
    unit: String,
    /// The query without the mark of a page.
    query: String,
    may_enter: bool,
}

/// `GET /subjects`.
async fn list(desk: Desk, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let filter = SubjectsFilter {
        territory: desk.reading.territory.clone(),
        units: asked.some::<UnitCode>("unit")?.into_iter().collect(),
        kind: asked.some("kind")?,
        text: asked.get("text").map(str::to_owned),
    };
    if asked.0.iter().any(|(name, _)| name == "csv") {
        return file(&desk, filter).await;
    }
    let (today, territory) = (desk.reading.today, desk.reading.territory.clone());
    let after = asked.get("after").map(str::to_owned);
    let read = desk.read(move |reader| {
        let rows = reader.subjects(&filter, after.as_deref(), LIMIT)?;
        let places = rows.items.iter().map(|row| units::place(reader, &row.place, today));
        let places = places.collect::<Result<Vec<_>, _>>()?;
        Ok((places, units::choices(reader, &territory, today)?, rows))
    });
    let (places, units, rows) = read.await?;
    let text = |name: &str| asked.get(name).unwrap_or_default().to_owned();
    let (text, kind, unit) = (text("text"), text("kind"), text("unit"));
    let query = asked.without(&["after"]).query();
    Ok(show(&List {
        page: desk.page(Area::Subjects, "Đối tượng", "Subjects"),
        may_enter: may_enter(&desk),
        kinds: SubjectKind::ALL,
        rows,
        places,
        units,
        text,
        kind,
        unit,
        query,
    }))
}

/// Whether he has a role that enters subjects; the rules say where.
fn may_enter(desk: &Desk) -> bool {
    use procedure::Role;
    desk.holds(Role::REGISTRAR) || desk.holds(Role::ADMINISTRATOR)
}

/// The same list as a file, whole.
async fn file(desk: &Desk, filter: SubjectsFilter) -> Result<Response, Problem> {
    let (today, language) = (desk.reading.today, desk.look.language);
    let rows = desk.read(move |reader| {
        let (mut lines, mut after) = (Vec::new(), None);
        loop {
            let part = reader.subjects(&filter, after.as_deref(), 200)?;
            for row in part.items {
                let place = units::place(reader, &row.place, today)?;
                let (kind, day) = (
                    words::word("kind", row.kind.as_str(), language),
                    crate::format::day(row.entered_on),
                );
                let (name, address) =
                    (row.name.unwrap_or_default(), row.address.unwrap_or_default());
                lines.push(vec![row.code, kind, name, address, place, day]);
            }
            after = part.next;
            if after.is_none() || lines.len() >= FILE_MAX {
                return Ok(lines);
            }
        }
    });
    let header = match desk.t("vi", "en") {
        "vi" => ["Mã", "Loại", "Tên", "Địa chỉ", "Nơi thuộc về", "Ngày lập"],
        _ => ["Code", "Kind", "Name", "Address", "Place", "Entered"],
    };
    sheet::csv("doi-tuong", &header, rows.await?)
}
