//! `/decisions/{id}/signature`: the look before the signature, and the signature.
//!
//! The page rehearses the signature over every case with the eyes of who looks, so that what stands in
//! the way is seen before he signs. The form carries the revision that he saw: whoever changes the draft
//! meanwhile, the form is not carried out, and he is shown what changed.
//! Deliberately absent: signing some of the cases.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::Response;
use procedure::{Date, DecisionId, Refused};
use projections::query::decisions::DecisionTotal;
use web::api::decisions::Signature;
use web::api::decisions::signature::sign_decision;
use web::params::Segment;
use web::problem::Problem;

use super::asker;
use super::changes::{self, Change};
use super::view::{View, day_filled, is_about_who_asks};
use crate::act::Act;
use crate::desk::Desk;
use crate::failure::Told;
use crate::fields::Fields;
use crate::page::{Area, Page, show_as};
use crate::refusal::PageRefusal;

/// Most cases that are named one by one.
const NAMED_MAX: usize = 100;

#[derive(Template)]
#[template(path = "decisions/signature.html")]
struct Sign {
    page: Page,
    view: View,
    told: Option<Told>,
    changes: Vec<Change>,
    filled: Fields,
    /// The field that is in error.
    wrong: &'static str,
    today: String,
    /// The day of the form.
    date: String,
    annex: String,
    /// Why who looks cannot sign at all, if he cannot.
    barred: Option<String>,
    /// Why it cannot be signed as it is, where that is not about a case.
    hindrance: Option<String>,
    /// The cases that cannot be signed for, as far as they fit.
    obstacles: Vec<Obstacle>,
    obstacles_in_all: usize,
    /// Each hamlet with what it comes to.
    hamlets: Vec<(String, DecisionTotal)>,
}

/// A case that cannot be signed for.
struct Obstacle {
    id: String,
    name: String,
    code: String,
    why: String,
}

/// `GET /decisions/{id}/signature`.
pub(super) async fn form(
    Path(id): Path<DecisionId>,
    desk: Desk,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let filled = Fields::parse(query.unwrap_or_default().as_bytes());
    let page = sign_page(&desk, id, filled, None, None).await?;
    Ok(show_as(StatusCode::OK, &page))
}

/// The same page for who could not sign, with what he filled in; `seen` is the revision that he saw.
pub(super) async fn again(
    desk: &Desk,
    id: DecisionId,
    filled: Fields,
    (problem, seen): (&Problem, Option<u64>),
) -> Result<Response, Problem> {
    let mut page = sign_page(desk, id, filled, Some(problem), seen).await?;
    page.page.here = format!("/decisions/{id}/signature");
    Ok(show_as(problem.status(), &page))
}

/// `POST /decisions/{id}/signature`.
pub(super) async fn sign(Path(id): Path<DecisionId>, act: Act) -> Result<Response, Problem> {
    let answer = match input(&act) {
        Ok(signature) => sign_decision(Segment(id), act.command(signature)).await,
        Err(problem) => Err(problem),
    };
    match answer {
        Ok(answer) => {
            let notice = act.desk.t(
                "Đã ký quyết định. Các hồ sơ đang được ghi nhận danh hiệu.",
                "The decision is signed. The titles of its cases are being recorded.",
            );
            Ok(act.done(&answer, &format!("/decisions/{id}"), notice))
        }
        Err(problem) => {
            let seen = act.revision.filter(|_| problem.code() == "http.stale");
            again(&act.desk, id, act.fields, (&problem, seen)).await
        }
    }
}

fn input(act: &Act) -> Result<Signature, Problem> {
    let (number, date) = (act.fields.text("number")?, act.fields.need_day("date")?);
    let count = act.fields.text("count")?;
    // A form without a revision would be signed whatever is on the draft by then.
    if act.revision.is_none() || act.fields.get("confirm") != Some(count.as_str()) {
        return Err(PageRefusal::NotConfirmed { cases: count }.into());
    }
    Ok(Signature { number, date })
}

async fn sign_page(
    desk: &Desk,
    id: DecisionId,
    filled: Fields,
    problem: Option<&Problem>,
    seen: Option<u64>,
) -> Result<Sign, Problem> {
    let view = View::of(desk, id).await?;
    let today = desk.reading.today;
    let date: Date = filled.day("date").ok().flatten().unwrap_or(today);
    let engine = &desk.reading.app.engine;
    // Any number will do to see what else stands in the way.
    let rehearsal = engine.rehearse_signature(&asker(desk), id, "1", date).await?;
    let language = desk.look.language;
    let not_ready = rehearsal.lines.iter().filter_map(|line| {
        let why = line.ready.as_ref().err()?;
        Some((line.case, why.get().message(language)))
    });
    let not_ready: Vec<_> = not_ready.collect();
    let words = |refused: &Refused| refused.get().message(language);
    let refused = rehearsal.refused.as_ref();
    let about_him = |refused: &&Refused| is_about_who_asks(refused.get().class());
    let barred = refused.filter(about_him).map(words);
    let hindrance =
        refused.filter(|refused| !about_him(refused) && not_ready.is_empty()).map(words);
    let changes = match seen {
        Some(revision) => changes::since(desk, id, revision).await?,
        None => Vec::new(),
    };
    let obstacles_in_all = not_ready.len();
    let hamlets =
        view.totals.iter().map(|total| (view.hamlet(total.hamlet.as_ref()), total.clone()));
    Ok(Sign {
        page: desk.page(Area::Decisions, "Ký quyết định", "Sign the decision"),
        told: problem.map(|problem| Told::of(problem, &desk.look)),
        changes,
        wrong: problem.map_or("", |problem| in_error(problem.code(), &filled)),
        today: today.to_string(),
        date: day_filled(&filled, today),
        annex: rehearsal.annex.to_string(),
        barred,
        hindrance,
        obstacles: obstacles(desk, not_ready).await?,
        obstacles_in_all,
        hamlets: hamlets.collect(),
        filled,
        view,
    })
}

async fn obstacles(
    desk: &Desk,
    mut not_ready: Vec<(procedure::CaseId, String)>,
) -> Result<Vec<Obstacle>, Problem> {
    not_ready.truncate(NAMED_MAX);
    let read = desk.read(move |reader| {
        let mut found = Vec::new();
        for (id, why) in not_ready {
            let case = reader.case(id)?;
            let (name, code) = case.map(|case| (case.subject_name, case.subject_code)).unzip();
            let name = name.flatten().unwrap_or_else(|| "–".to_owned());
            let code = code.flatten().unwrap_or_default();
            found.push(Obstacle { id: id.to_string(), name, code, why });
        }
        Ok(found)
    });
    read.await
}

/// The field that a refusal is about.
pub(super) fn in_error(code: &str, filled: &Fields) -> &'static str {
    match code {
        "decision.bad_number" | "case.bad_decision_number" => "number",
        "decision.bad_date"
        | "decision.too_early"
        | "case.bad_decision_date"
        | "case.too_early" => "date",
        "form.bad_field" => "date",
        "form.not_confirmed" => "confirm",
        "form.missing_field" => {
            let fields = ["number", "date", "reason", "note"];
            fields.into_iter().find(|name| filled.get(name).is_none()).unwrap_or("")
        }
        code if code.starts_with("text.") => "reason",
        _ => "",
    }
}
