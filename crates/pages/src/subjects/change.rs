//! `/subjects/{id}/correction` and `/subjects/{id}/move`: its name or address is another, or it belongs
//! elsewhere. Deliberately absent: changing its code or kind; those are what it is.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use procedure::{SubjectId, UnitCode};
use projections::query::subjects::SubjectRow;
use projections::query::units::UnitRow;
use web::api::subjects::correction::{Correction, correct_subject};
use web::api::subjects::moving::{Move, move_subject};
use web::params::Segment;
use web::problem::Problem;

use super::read::visible;
use crate::act::Act;
use crate::desk::Desk;
use crate::failure::Told;
use crate::page::{Area, Page, show_as};
use crate::units;

#[derive(Template)]
#[template(path = "subjects/correction.html")]
struct Correct {
    page: Page,
    subject: SubjectRow,
    name: String,
    address: String,
    told: Option<Told>,
}

#[derive(Template)]
#[template(path = "subjects/move.html")]
struct Moving {
    page: Page,
    subject: SubjectRow,
    place: String,
    units: Vec<UnitRow>,
    unit: String,
    told: Option<Told>,
}

/// `GET /subjects/{id}/correction`.
pub(super) async fn correction(desk: Desk, Path(id): Path<SubjectId>) -> Result<Response, Problem> {
    let (subject, _) = visible(&desk, id).await?;
    let (name, address) = (subject.name.clone(), subject.address.clone());
    let (name, address) = (name.unwrap_or_default(), address.unwrap_or_default());
    Ok(correcting(&desk, subject, (name, address), None))
}

fn correcting(
    desk: &Desk,
    subject: SubjectRow,
    (name, address): (String, String),
    failed: Option<&Problem>,
) -> Response {
    let status = failed.map_or(StatusCode::OK, Problem::status);
    let told = failed.map(|problem| Told::of(problem, &desk.look));
    let page = desk.page(Area::Subjects, "Sửa tên, địa chỉ", "Correct name and address");
    show_as(status, &Correct { page, subject, name, address, told })
}

/// `POST /subjects/{id}/correction`.
pub(super) async fn correct(Path(id): Path<SubjectId>, act: Act) -> Result<Response, Problem> {
    let (subject, _) = visible(&act.desk, id).await?;
    let text = |field: &str| act.fields.get(field).unwrap_or_default().to_owned();
    let (name, address) = (text("name"), text("address"));
    let given = (!address.is_empty()).then(|| address.clone());
    let input = Correction { name: name.clone(), address: given };
    match correct_subject(Segment(id), act.command(input)).await {
        Ok(answer) => {
            let notice = act.desk.t(
                "Đã sửa. Bản cũ vẫn còn trong nhật ký.",
                "Corrected. The log keeps what was before.",
            );
            Ok(act.done(&answer, &format!("/subjects/{id}"), notice))
        }
        Err(problem) => Ok(correcting(&act.desk, subject, (name, address), Some(&problem))),
    }
}

/// `GET /subjects/{id}/move`.
pub(super) async fn moving(desk: Desk, Path(id): Path<SubjectId>) -> Result<Response, Problem> {
    relocating(&desk, id, "", None).await
}

async fn relocating(
    desk: &Desk,
    id: SubjectId,
    unit: &str,
    failed: Option<&Problem>,
) -> Result<Response, Problem> {
    let (subject, place) = visible(desk, id).await?;
    let (territory, today) = (desk.reading.territory.clone(), desk.reading.today);
    let units = desk.read(move |reader| units::choices(reader, &territory, today)).await?;
    let status = failed.map_or(StatusCode::OK, Problem::status);
    let told = failed.map(|problem| Told::of(problem, &desk.look));
    let page = desk.page(Area::Subjects, "Chuyển địa bàn", "Move to another unit");
    let unit = unit.to_owned();
    Ok(show_as(status, &Moving { page, subject, place, units, unit, told }))
}

/// `POST /subjects/{id}/move`.
pub(super) async fn relocate(Path(id): Path<SubjectId>, act: Act) -> Result<Response, Problem> {
    visible(&act.desk, id).await?;
    let unit: UnitCode = act.fields.need("unit")?;
    match move_subject(Segment(id), act.command(Move { unit: unit.clone() })).await {
        Ok(answer) => {
            let notice = act.desk.t("Đã chuyển từ hôm nay.", "Moved as of today.");
            // Who moved it out of his territory sees it no more.
            let stays = act.desk.reading.sees_unit(&unit).await?;
            let to = if stays { format!("/subjects/{id}") } else { "/subjects".to_owned() };
            Ok(act.done(&answer, &to, notice))
        }
        Err(problem) => relocating(&act.desk, id, unit.as_str(), Some(&problem)).await,
    }
}
