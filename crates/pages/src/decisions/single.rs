//! `/decisions/single/{case}`: one case is recognised or refused by an act of its own.
//! Deliberately absent: the review that it rests on; the page of the case has that.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use procedure::{CaseId, Definition};
use projections::query::cases::CaseRow;
use web::api::cases::DecisionInput;
use web::api::cases::recognition::{Recognition, recognise as recognise_case};
use web::api::cases::refusal::{RefusalInput, refuse as refuse_case};
use web::params::Segment;
use web::problem::Problem;

use super::signature::in_error;
use super::view::day_filled;
use crate::act::Act;
use crate::desk::Desk;
use crate::failure::Told;
use crate::fields::Fields;
use crate::page::{Area, Page, show_as};

#[derive(Template)]
#[template(path = "decisions/single.html")]
struct Single {
    page: Page,
    case: CaseRow,
    definition: Option<Definition>,
    told: Option<Told>,
    filled: Fields,
    wrong: &'static str,
    /// Whether what was filled in is a refusal.
    refusing: bool,
    today: String,
    /// The day of the form that was filled in.
    date: String,
}

impl Single {
    fn waits(&self) -> bool {
        self.case.state == projections::query::CaseState::AwaitingDecision
    }

    /// What was filled into the form.
    fn filled(&self, refusing: &bool, field: &str) -> &str {
        let same = self.refusing == *refusing;
        self.filled.get(field).filter(|_| same).unwrap_or_default()
    }

    fn day(&self, refusing: &bool) -> &str {
        if self.refusing == *refusing { &self.date } else { &self.today }
    }

    fn is_wrong(&self, refusing: &bool, field: &str) -> bool {
        self.refusing == *refusing && self.wrong == field
    }
}

/// `GET /decisions/single/{case}`.
pub(super) async fn form(Path(id): Path<CaseId>, desk: Desk) -> Result<Response, Problem> {
    let page = single(&desk, id, (Fields::default(), false), None).await?;
    Ok(show_as(StatusCode::OK, &page))
}

/// `POST /decisions/single/{case}/recognition`.
pub(super) async fn recognise(Path(id): Path<CaseId>, act: Act) -> Result<Response, Problem> {
    let answer = match decision(&act) {
        Ok(decision) => recognise_case(Segment(id), act.command(Recognition { decision })).await,
        Err(problem) => Err(problem),
    };
    let notice = act.desk.t("Đã công nhận danh hiệu.", "The title is recognised.").to_owned();
    finish(act, id, (answer, false), &notice).await
}

/// `POST /decisions/single/{case}/refusal`.
pub(super) async fn refuse(Path(id): Path<CaseId>, act: Act) -> Result<Response, Problem> {
    let input = decision(&act)
        .and_then(|decision| Ok(RefusalInput { decision, reason: act.fields.text("reason")? }));
    let answer = match input {
        Ok(input) => refuse_case(Segment(id), act.command(input)).await,
        Err(problem) => Err(problem),
    };
    let notice = act.desk.t("Đã ghi: không công nhận.", "Recorded: not recognised.").to_owned();
    finish(act, id, (answer, true), &notice).await
}

fn decision(act: &Act) -> Result<DecisionInput, Problem> {
    let (number, date) = (act.fields.text("number")?, act.fields.need_day("date")?);
    Ok(DecisionInput { number, date })
}

async fn finish(
    act: Act,
    id: CaseId,
    (answer, refusing): (Result<Response, Problem>, bool),
    notice: &str,
) -> Result<Response, Problem> {
    match answer {
        Ok(answer) => Ok(act.done(&answer, &format!("/decisions/single/{id}"), notice)),
        Err(problem) => {
            let mut page = single(&act.desk, id, (act.fields, refusing), Some(&problem)).await?;
            page.page.here = format!("/decisions/single/{id}");
            Ok(show_as(problem.status(), &page))
        }
    }
}

async fn single(
    desk: &Desk,
    id: CaseId,
    (filled, refusing): (Fields, bool),
    problem: Option<&Problem>,
) -> Result<Single, Problem> {
    let case = desk.case(id).await?;
    let procedure = case.procedure.clone();
    let definition = desk.read(move |reader| reader.procedure(&procedure)).await?;
    Ok(Single {
        page: desk.page(Area::Decisions, "Quyết định riêng cho một hồ sơ", "Decide a single case"),
        case,
        definition: definition.map(|(_, definition)| definition),
        told: problem.map(|problem| Told::of(problem, &desk.look)),
        wrong: problem.map_or("", |problem| in_error(problem.code(), &filled)),
        date: day_filled(&filled, desk.reading.today),
        filled,
        refusing,
        today: desk.reading.today.to_string(),
    })
}
