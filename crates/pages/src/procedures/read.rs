//! `GET /procedures/{id}`: a definition to be read, and to be printed.
//! Deliberately absent: its TOML; the file that it was written in has comments that are not published.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use procedure::ProcedureId;
use projections::query::procedures::ProcedureRow;
use web::problem::Problem;

use super::list::state;
use super::unknown;
use super::view::View;
use crate::desk::Desk;
use crate::look::Look;
use crate::page::{Area, Page, show};
use crate::public;

#[derive(Template)]
#[template(path = "procedures/read.html")]
struct Read {
    page: Page,
    row: ProcedureRow,
    view: View,
    state: (String, &'static str),
    /// Other editions for the same title.
    others: Vec<ProcedureRow>,
    may_retire: bool,
}

impl Read {
    fn name(&self, row: &ProcedureRow) -> String {
        self.page.t(&row.name_vi, &row.name_en).to_owned()
    }
}

/// `GET /procedures/{id}`.
pub(super) async fn read(Path(id): Path<ProcedureId>, look: Look) -> Result<Response, Problem> {
    let (today, language) = (look.site.app.engine.today(), look.language);
    let read = public::read(&look, move |reader| {
        let mut all = reader.procedures()?;
        let Some(place) = all.iter().position(|row| row.id == id) else { return Ok(None) };
        let Some(definition) = reader.definition(&id)? else { return Ok(None) };
        let row = all.remove(place);
        all.retain(|other| other.title == row.title);
        Ok(Some((row, View::of(&definition, language), all)))
    });
    let (row, view, others) = read.await?.ok_or_else(unknown)?;
    let administers = Desk::of(look.clone()).await?.is_some_and(|desk| desk.administers_nation());
    let mut page = public::page(&look, "", "").await?;
    page.area = Some(Area::Procedures);
    page.title.clone_from(&view.name);
    let state = state(&row, today, page.is_english());
    let may_retire = administers && row.retired_on.is_none();
    Ok(show(&Read { page, row, view, state, others, may_retire }))
}
