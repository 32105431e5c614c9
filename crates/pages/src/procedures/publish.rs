//! `/procedures/publish`: a definition is pasted or chosen as a file, checked with every finding at its line,
//! looked at as everybody will see it, and published.
//! Deliberately absent: publishing with a finding left; the rules refuse that too.

use askama::Template;
use axum::response::Response;
use codec::definition::parse;
use projections::query::procedures::ProcedureRow;
use web::api::procedures::publish::{Publication, publish_procedure};
use web::problem::Problem;

use super::view::View;
use crate::desk::Desk;
use crate::page::{Area, Page, show};
use crate::text_form::Kind;
use crate::upload::Upload;

/// A definition, as a text to be published.
static KIND: Kind = Kind {
    title: ("Công bố bộ thủ tục", "Publish a definition"),
    home: "/procedures",
    place: ("Thủ tục và căn cứ", "Procedures and their basis"),
    what: ("Chọn tệp TOML, hoặc dán nội dung.", "Choose a TOML file, or paste its text."),
    file: "definition.toml",
};

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
    Ok(KIND.form(&desk))
}

/// `POST /procedures/publish/preview`.
pub(super) async fn preview(upload: Upload) -> Result<Response, Problem> {
    let desk = &upload.0.desk;
    desk.must_administer_nation()?;
    let (definition, text) = match KIND.read(&upload, parse) {
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
    let (definition, text) = match KIND.read(&upload, parse) {
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
        Err(problem) => Ok(KIND.again(&act.desk, text, &[], Some(&problem))),
    }
}

/// `POST /procedures/publish/edit`: back from the preview with the text.
pub(super) async fn edit(upload: Upload) -> Result<Response, Problem> {
    let desk = &upload.0.desk;
    desk.must_administer_nation()?;
    Ok(KIND.again(desk, upload.text()?.to_owned(), &[], None))
}
