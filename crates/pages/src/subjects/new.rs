//! `/subjects/new`: a household, clan, community or body comes into the books. Before it does, those of
//! the same place with a name like it are shown beside it.
//! Deliberately absent: deciding that two are one; a person does that.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use procedure::{SubjectId, SubjectKind, UnitCode};
use projections::query::subjects::{SubjectRow, SubjectsFilter};
use projections::query::units::UnitRow;
use web::api::subjects::register::{SubjectInput, register_subject};
use web::problem::Problem;

use crate::act::Act;
use crate::desk::Desk;
use crate::failure::Told;
use crate::fields::Fields;
use crate::page::{Area, Page, show_as};
use crate::units;

/// Names alike that are shown.
const ALIKE_MAX: usize = 10;

#[derive(Template)]
#[template(path = "subjects/new.html")]
struct New {
    page: Page,
    units: Vec<UnitRow>,
    kinds: &'static [SubjectKind],
    fields: Fields,
    alike: Vec<SubjectRow>,
    told: Option<Told>,
    may_enter: bool,
}

impl New {
    fn field(&self, name: &str) -> &str {
        self.fields.get(name).unwrap_or_default()
    }

    async fn of(desk: &Desk, fields: Fields) -> Result<Self, Problem> {
        let (territory, today) = (desk.reading.territory.clone(), desk.reading.today);
        let units = desk.read(move |reader| units::choices(reader, &territory, today)).await?;
        let page = desk.page(Area::Subjects, "Lập đối tượng mới", "Enter a new subject");
        let (kinds, may_enter) = (SubjectKind::ALL, super::may_enter(desk));
        Ok(Self { page, units, kinds, fields, alike: Vec::new(), told: None, may_enter })
    }
}

/// `GET /subjects/new`.
pub(super) async fn form(desk: Desk) -> Result<Response, Problem> {
    Ok(show_as(StatusCode::OK, &New::of(&desk, Fields::default()).await?))
}

/// `POST /subjects/new`.
pub(super) async fn register(act: Act) -> Result<Response, Problem> {
    let failed = match entered(&act).await {
        Ok(Entered::Done(response)) => return Ok(response),
        Ok(Entered::Alike(alike)) => {
            let page = New { alike, ..New::of(&act.desk, act.fields.clone()).await? };
            return Ok(show_as(StatusCode::CONFLICT, &page));
        }
        Err(problem) => problem,
    };
    let told = Some(Told::of(&failed, &act.desk.look));
    let page = New { told, ..New::of(&act.desk, act.fields.clone()).await? };
    Ok(show_as(failed.status(), &page))
}

/// What became of an entry.
enum Entered {
    Done(Response),
    /// Others of the place have a name like it, and it was not said that they are others.
    Alike(Vec<SubjectRow>),
}

async fn entered(act: &Act) -> Result<Entered, Problem> {
    let fields = &act.fields;
    let (kind, unit): (SubjectKind, UnitCode) = (fields.need("kind")?, fields.need("unit")?);
    let (code, name) = (fields.text("code")?, fields.text("name")?);
    if fields.get("confirmed").is_none() {
        let alike = alike(&act.desk, (kind, &unit), &name).await?;
        if !alike.is_empty() {
            return Ok(Entered::Alike(alike));
        }
    }
    let id = SubjectId::of_code(&code);
    let address = fields.get("address").map(str::to_owned);
    let input = SubjectInput { kind, code, unit, name, address };
    let answer = register_subject(act.command(input)).await?;
    let notice = act.desk.t("Đã lập đối tượng.", "The subject is entered.");
    Ok(Entered::Done(act.done(&answer, &format!("/subjects/{id}"), notice)))
}

/// Subjects of the kind in the unit whose name holds this one, accents or not.
async fn alike(
    desk: &Desk,
    (kind, unit): (SubjectKind, &UnitCode),
    name: &str,
) -> Result<Vec<SubjectRow>, Problem> {
    let filter = SubjectsFilter {
        territory: desk.reading.territory.clone(),
        units: vec![unit.clone()],
        kind: Some(kind),
        text: Some(name.to_owned()),
    };
    Ok(desk.read(move |reader| reader.subjects(&filter, None, ALIKE_MAX)).await?.items)
}
