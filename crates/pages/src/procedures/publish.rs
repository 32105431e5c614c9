//! `/procedures/publish`: a definition is pasted or chosen as a file, checked with every finding at its line,
//! looked at as everybody will see it, and published.
//! Deliberately absent: publishing with a finding left; the rules refuse that too.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use codec::definition::{Located, parse};
use procedure::Definition;
use projections::query::procedures::ProcedureRow;
use web::api::procedures::publish::{Publication, publish_procedure};
use web::problem::Problem;

use super::view::View;
use crate::desk::Desk;
use crate::failure::Told;
use crate::findings::{SourceLine, excerpt};
use crate::page::{Area, Page, show, show_as};
use crate::upload::{TEXT_MAX, Upload};

/// What findings name; people do not see it.
const FILE: &str = "definition.toml";

#[derive(Template)]
#[template(path = "procedures/publish.html")]
struct Form {
    page: Page,
    told: Option<Told>,
    text: String,
    lines: Vec<SourceLine>,
    findings: usize,
    most: usize,
}

#[derive(Template)]
#[template(path = "procedures/preview.html")]
struct Preview {
    page: Page,
    view: View,
    text: String,
    /// What stands under the same id already.
    there: Option<ProcedureRow>,
}

/// `GET /procedures/publish`.
pub(super) async fn form(desk: Desk) -> Result<Response, Problem> {
    desk.must_administer_nation()?;
    Ok(again(&desk, String::new(), &[], None))
}

fn again(desk: &Desk, text: String, findings: &[Located], problem: Option<&Problem>) -> Response {
    let page = desk.page(Area::Procedures, "Công bố bộ thủ tục", "Publish a definition");
    let lines = excerpt(&text, findings, desk.look.language);
    let told = problem.map(|problem| Told::of(problem, &desk.look));
    let status = match problem {
        Some(problem) => problem.status(),
        None if findings.is_empty() => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let findings = findings.len();
    show_as(status, &Form { page, told, text, lines, findings, most: TEXT_MAX / 1024 })
}

/// The definition, or the form with what is wrong with it.
fn checked(upload: &Upload) -> Result<(Definition, String), Box<Response>> {
    let desk = &upload.0.desk;
    let text = match upload.text() {
        Ok(text) => text.to_owned(),
        Err(problem) => return Err(again(desk, String::new(), &[], Some(&problem)).into()),
    };
    match parse(FILE, text.as_bytes()) {
        Ok(definition) => Ok((definition, text)),
        Err(findings) => Err(again(desk, text, &findings, None).into()),
    }
}

/// `POST /procedures/publish/preview`.
pub(super) async fn preview(upload: Upload) -> Result<Response, Problem> {
    let desk = &upload.0.desk;
    desk.must_administer_nation()?;
    let (definition, text) = match checked(&upload) {
        Ok(checked) => checked,
        Err(response) => return Ok(*response),
    };
    let id = definition.id.clone();
    let read =
        desk.read(move |reader| Ok(reader.procedures()?.into_iter().find(|row| row.id == id)));
    let there = read.await?;
    let view = View::of(&definition, desk.look.language);
    let page = desk.page(Area::Procedures, "Xem trước khi công bố", "Look before publishing");
    Ok(show(&Preview { page, view, text, there }))
}

/// `POST /procedures/publish`.
pub(super) async fn publish(upload: Upload) -> Result<Response, Problem> {
    let (definition, text) = match checked(&upload) {
        Ok(checked) => checked,
        Err(response) => return Ok(*response),
    };
    let act = &upload.0;
    let to = format!("/procedures/{}", definition.id);
    let definition = Box::new(definition);
    match publish_procedure(act.command(Publication { definition })).await {
        Ok(answer) => {
            let notice = act.desk.t("Đã công bố bộ thủ tục.", "The definition is published.");
            Ok(act.done(&answer, &to, notice))
        }
        Err(problem) => Ok(again(&act.desk, text, &[], Some(&problem))),
    }
}

/// `POST /procedures/publish/edit`: back from the preview with the text.
pub(super) async fn edit(upload: Upload) -> Result<Response, Problem> {
    let desk = &upload.0.desk;
    desk.must_administer_nation()?;
    Ok(again(desk, upload.text()?.to_owned(), &[], None))
}
