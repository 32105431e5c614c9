//! `/cases/{id}/objections`: what people say about a posted case is written down with their names, and
//! answered. Deliberately absent: saying it without a name.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use procedure::CaseId;
use procedure::case::ObjectionKind;
use projections::query::CaseState;
use projections::query::cases::CaseRow;
use web::api::cases::objections::resolution::{Resolution, resolve_objection};
use web::api::cases::objections::{Objection, object};
use web::params::{Segment, Segments};
use web::problem::Problem;
use web::read::failed;

use crate::act::Act;
use crate::desk::Desk;
use crate::failure::Told;
use crate::fields::Fields;
use crate::page::{Area, Page, show_as};

/// What somebody said.
struct Said {
    number: u16,
    kind: ObjectionKind,
    name: String,
    text: String,
    upheld: Option<bool>,
    answer: Option<String>,
}

#[derive(Template)]
#[template(path = "hamlet/objections.html")]
struct Objections {
    page: Page,
    case: CaseRow,
    name: String,
    revision: u64,
    said: Vec<Said>,
    /// Whether it hangs out, so that something can be said.
    posted: bool,
    fields: Fields,
    /// The objection that the typed answer is about.
    about: u16,
    told: Option<Told>,
}

impl Objections {
    fn field(&self, name: &str) -> &str {
        self.fields.get(name).unwrap_or_default()
    }

    fn is_about(&self, number: &u16) -> bool {
        self.about == *number
    }

    async fn of(desk: &Desk, id: CaseId, fields: Fields) -> Result<Self, Problem> {
        let case = desk.case(id).await?;
        if !desk.reading.sees(&case.place) {
            // What people say, and who, is for the office alone.
            return Err(web::api::cases::unknown());
        }
        let entries = desk.look.site.app.history.timeline(id).await.map_err(failed)?;
        let state = entries.last().map(|entry| &entry.state);
        let said =
            state.into_iter().flat_map(|state| &state.objections).map(|(number, one)| Said {
                number: *number,
                kind: one.kind,
                name: one.name.clone(),
                text: one.text.clone(),
                upheld: one.upheld,
                answer: one.answer.clone(),
            });
        let name = case.subject_name.clone().unwrap_or_else(|| id.to_string());
        Ok(Self {
            page: desk.page(Area::Hamlet, "Ý kiến, kiến nghị", "Comments and objections"),
            said: said.collect(),
            revision: entries.last().map_or(case.revision, |entry| entry.revision),
            posted: case.state == CaseState::Posted && case.posted_until.is_some(),
            name,
            case,
            fields,
            about: 0,
            told: None,
        })
    }
}

/// `GET /cases/{id}/objections`.
pub(super) async fn form(desk: Desk, Path(id): Path<CaseId>) -> Result<Response, Problem> {
    Ok(show_as(StatusCode::OK, &Objections::of(&desk, id, Fields::default()).await?))
}

/// `POST /cases/{id}/objections`.
pub(super) async fn file(Path(id): Path<CaseId>, act: Act) -> Result<Response, Problem> {
    act.desk.case(id).await?;
    match filed(&act, id).await {
        Ok(answer) => {
            let notice = act.desk.t("Đã ghi ý kiến.", "It is written down.");
            Ok(act.done(&answer, &format!("/cases/{id}/objections"), notice))
        }
        Err(problem) => again(&act, (id, 0), &problem).await,
    }
}

async fn filed(act: &Act, id: CaseId) -> Result<Response, Problem> {
    let kind = match act.fields.text("kind")?.as_str() {
        "comment" => ObjectionKind::Comment,
        "objection" => ObjectionKind::Objection,
        other => return Err(act.bad("kind", other)),
    };
    let (name, text) = (act.fields.text("name")?, act.fields.text("text")?);
    object(Segment(id), act.command(Objection { kind, name, text })).await
}

/// `POST /cases/{id}/objections/{number}/resolution`.
pub(super) async fn resolve(
    Path((id, number)): Path<(CaseId, u16)>,
    act: Act,
) -> Result<Response, Problem> {
    act.desk.case(id).await?;
    match resolved(&act, (id, number)).await {
        Ok(answer) => {
            let notice = act.desk.t("Đã trả lời kiến nghị.", "The objection is answered.");
            Ok(act.done(&answer, &format!("/cases/{id}/objections"), notice))
        }
        Err(problem) => again(&act, (id, number), &problem).await,
    }
}

async fn resolved(act: &Act, (id, number): (CaseId, u16)) -> Result<Response, Problem> {
    let upheld = match act.fields.text("upheld")?.as_str() {
        "yes" => true,
        "no" => false,
        other => return Err(act.bad("upheld", other)),
    };
    let reason = act.fields.text("reason")?;
    resolve_objection(Segments(id, number), act.command(Resolution { upheld, reason })).await
}

/// The page with everything that was typed.
async fn again(
    act: &Act,
    (id, about): (CaseId, u16),
    problem: &Problem,
) -> Result<Response, Problem> {
    let told = Some(Told::of(problem, &act.desk.look));
    let page = Objections::of(&act.desk, id, act.fields.clone()).await?;
    Ok(show_as(problem.status(), &Objections { told, about, ..page }))
}
