//! `/cases/{id}/self-assessment` and `/cases/{id}/supplement`: the subject, or who writes for it, gives
//! itself points by the definition that is stamped on the case. The form is saved as a draft that all
//! on the subject's side share, and comes back with everything in it, whatever goes wrong.
//! Deliberately absent: judging; the rules take what is sent or say why not.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::get;
use procedure::CaseId;
use projections::query::CaseState;
use projections::query::cases::CaseRow;
use web::problem::Problem;

use crate::act::Act;
use crate::desk::Desk;
use crate::failure::Told;
use crate::fields::Fields;
use crate::page::{Area, Page, show_as};
use crate::site::Site;

mod check;
mod draft;
mod lines;
mod send;
mod sheet;
mod work;

use check::Fault;
pub(crate) use draft::{Saved, save};
pub(crate) use lines::attach;
use sheet::{Group, Sum};
pub(crate) use work::Form;
use work::Work;

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new()
        .route("/cases/{id}/self-assessment", get(self_assessment).post(send::self_assessment))
        .route("/cases/{id}/supplement", get(supplement).post(send::supplement))
}

#[derive(Template)]
#[template(path = "assessment/form.html")]
struct Sheet {
    page: Page,
    form: Form,
    case: CaseRow,
    procedure: String,
    sample: bool,
    provisional: bool,
    by_levels: bool,
    groups: Vec<Group>,
    sum: Sum,
    /// Why it was returned, and on which day.
    returned: Option<(String, String)>,
    /// The last day to hand it in, where the definition has one.
    until: Option<String>,
    /// Where what stands in it is from.
    from: Option<String>,
    needs_declarant: bool,
    declarant: String,
    /// Whether the reader holds an office that does not enter for subjects.
    stranger: bool,
    /// Revisions of the case and of the draft that were read.
    revision: u64,
    draft: String,
    told: Option<Told>,
    faults: Vec<Fault>,
    /// What happened to the case or the draft meanwhile.
    changes: Vec<String>,
}

/// What is said above a form that is shown again.
#[derive(Default)]
pub(crate) struct Said {
    told: Option<Told>,
    faults: Vec<Fault>,
    changes: Vec<String>,
    status: Option<StatusCode>,
}

/// Why a form that was sent is shown again.
pub(crate) fn because(problem: &Problem, desk: &Desk) -> Said {
    let told = Some(Told::of(problem, &desk.look));
    Said { told, status: Some(problem.status()), ..Said::default() }
}

async fn self_assessment(desk: Desk, Path(id): Path<CaseId>) -> Result<Response, Problem> {
    opened(desk, Form::SelfAssessment, id).await
}

async fn supplement(desk: Desk, Path(id): Path<CaseId>) -> Result<Response, Problem> {
    opened(desk, Form::Supplement, id).await
}

/// The form as it was left; elsewhere, if its time is over or has not come.
async fn opened(desk: Desk, form: Form, id: CaseId) -> Result<Response, Problem> {
    let case = desk.case(id).await?;
    let fits = match case.state {
        CaseState::Returned => Some(Form::Supplement),
        CaseState::Registered => Some(Form::SelfAssessment),
        _ => None,
    };
    match fits {
        Some(fits) if fits == form => {}
        Some(other) => return Ok(Redirect::to(&other.path(id)).into_response()),
        None => return Ok(Redirect::to(&format!("/cases/{id}")).into_response()),
    }
    let work = Work::of(&desk, form, id).await?;
    let (fields, from) = work.begun(&desk).await?;
    Ok(sheet(&desk, work, &fields, (Said::default(), from)))
}

/// The form with these fields in it.
fn sheet(
    desk: &Desk,
    work: Work,
    fields: &Fields,
    (said, from): (Said, Option<String>),
) -> Response {
    let language = desk.look.language;
    let name = work.case.subject_name.clone().unwrap_or_else(|| work.case.id.to_string());
    let (vi, en) = match work.form {
        Form::SelfAssessment => {
            (format!("Tự đánh giá: {name}"), format!("Self-assessment: {name}"))
        }
        Form::Supplement => (format!("Bổ sung hồ sơ: {name}"), format!("Supplement: {name}")),
    };
    let area = if desk.in_office() { Area::Queue } else { Area::Mine };
    let status = said.status.unwrap_or(StatusCode::OK);
    let owns = desk.owns(work.case.subject);
    let definition = &work.definition;
    let template = Sheet {
        page: desk.page(area, &vi, &en),
        form: work.form,
        procedure: definition.name.get(language).to_owned(),
        sample: definition.sample,
        provisional: definition.is_provisional(),
        by_levels: !definition.outcome.levels.is_empty(),
        groups: sheet::groups(definition, fields, &work.before, &said.faults, language),
        sum: sheet::sum(definition, fields, language),
        returned: work.returned.clone(),
        until: work.until().map(crate::format::day),
        from,
        needs_declarant: !owns,
        declarant: fields.get("declarant").unwrap_or_default().to_owned(),
        stranger: !owns && work.case.role.as_ref().is_some_and(|role| !desk.holds(role.as_str())),
        revision: work.revision,
        draft: work.draft.as_ref().map(|draft| draft.revision.to_string()).unwrap_or_default(),
        case: work.case,
        told: said.told,
        faults: said.faults,
        changes: said.changes,
    };
    show_as(status, &template)
}

/// The form of a case again, with what was typed, for another way into it.
pub(crate) async fn again(
    act: &Act,
    form: Form,
    id: CaseId,
    said: Said,
) -> Result<Response, Problem> {
    let work = Work::of(&act.desk, form, id).await?;
    Ok(sheet(&act.desk, work, &act.fields, (said, None)))
}

/// The form with what was typed, where somebody else has saved another draft meanwhile.
pub(crate) async fn overtaken(act: &Act, form: Form, id: CaseId) -> Result<Response, Problem> {
    Ok(send::overtaken(Work::of(&act.desk, form, id).await?, act))
}
