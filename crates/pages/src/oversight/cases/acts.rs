//! Giving many cases to an officer (giao việc hàng loạt), and all of one officer's to another (bàn giao).
//! Each case is a command of its own; for each that is refused the page says why.
//! Deliberately absent: who may; the rules say that case by case.

use askama::Template;
use axum::body::{Body, to_bytes};
use axum::response::Response;
use procedure::{CaseId, OfficerId};
use serde::Deserialize;
use uuid::Uuid;
use web::HttpRefusal;
use web::api::assignments::{ManyAssignments, assign_many};
use web::api::officers::handover::{self, Handover};
use web::params::Segment;
use web::problem::Problem;

use super::{PATH, Typed, page_of};
use crate::act::Act;
use crate::fields::Fields;
use crate::page::{self, Page, show};
use crate::refusal::PageRefusal;

/// The most bytes of an answer about 2000 cases.
const ANSWER_MAX: usize = 4_000_000;

/// What the API answers about many cases.
#[derive(Deserialize)]
struct Many {
    done: Vec<DoneCase>,
    refused: Vec<RefusedCase>,
}

#[derive(Deserialize)]
struct DoneCase {}

#[derive(Deserialize)]
struct RefusedCase {
    case: Uuid,
    code: String,
    message_vi: String,
    message_en: String,
}

/// A case that was refused, in words.
struct Refused {
    id: CaseId,
    name: String,
    code: String,
    message: String,
}

#[derive(Template)]
#[template(path = "oversight/outcome.html")]
struct Outcome {
    page: Page,
    done: usize,
    refused: Vec<Refused>,
    back: String,
}

/// What cannot be sent, with its field.
type Fault = (&'static str, Problem);

/// `POST /oversight/cases/assign`.
pub(in crate::oversight) async fn assign(act: Act) -> Result<Response, Problem> {
    match given(&act).await {
        Ok(answer) => conclude(act, answer).await,
        Err(fault) => again(act, fault).await,
    }
}

/// `POST /oversight/cases/handover`.
pub(in crate::oversight) async fn hand_over(act: Act) -> Result<Response, Problem> {
    match handed(&act).await {
        Ok(answer) => conclude(act, answer).await,
        Err(fault) => again(act, fault).await,
    }
}

async fn given(act: &Act) -> Result<Response, Fault> {
    let cases = act
        .fields
        .all("case")
        .map(|text| text.parse::<CaseId>().map_err(|_| ("case", act.bad("case", text))));
    let cases: Vec<CaseId> = cases.collect::<Result<_, _>>()?;
    if cases.is_empty() {
        return Err(("case", missing(act.desk.t("Hồ sơ", "Cases"))));
    }
    let to = officer(act, "to").await?;
    let to = to.ok_or_else(|| ("to", missing(act.desk.t("Giao cho", "Give to"))))?;
    let reason = Some(reason(act, "reason")?);
    let input = ManyAssignments { cases, to, reason };
    assign_many(act.command(input)).await.map_err(|problem| ("reason", problem))
}

async fn handed(act: &Act) -> Result<Response, Fault> {
    let from = officer(act, "from").await?;
    let from = from.ok_or_else(|| ("from", missing(act.desk.t("Hồ sơ của", "Cases of"))))?;
    let to = officer(act, "receiver").await?;
    let input = Handover { to, reason: reason(act, "why")? };
    let answer = handover::hand_over(Segment(from), act.command(input)).await;
    answer.map_err(|problem| ("from", problem))
}

fn missing(field: &str) -> Problem {
    PageRefusal::MissingField { field: field.to_owned() }.into()
}

fn reason(act: &Act, field: &'static str) -> Result<String, Fault> {
    let found = act.fields.get(field).map(str::to_owned);
    found.ok_or_else(|| (field, missing(act.desk.t("Lý do", "Reason"))))
}

/// The officer whom a field names by his account.
async fn officer(act: &Act, field: &'static str) -> Result<Option<OfficerId>, Fault> {
    let Some(code) = act.fields.get(field) else { return Ok(None) };
    let id = OfficerId::of_code(code);
    let found = act.desk.read(move |reader| reader.officer(id)).await;
    match found.map_err(|problem| (field, problem))? {
        Some(_) => Ok(Some(id)),
        None => Err((field, act.bad(field, code))),
    }
}

/// Back to the list if all was done; else says what was not, and why.
async fn conclude(act: Act, answer: Response) -> Result<Response, Problem> {
    let (parts, body) = answer.into_parts();
    let read = to_bytes(body, ANSWER_MAX).await.ok();
    let many: Option<Many> = read.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    let many = many.ok_or(HttpRefusal::Internal)?;
    let answer = Response::from_parts(parts, Body::empty());
    let back = back(&act);
    let done = many.done.len();
    if many.refused.is_empty() {
        let said = match act.desk.look.language {
            procedure::Language::Vietnamese => format!("Đã chuyển {done} hồ sơ."),
            procedure::Language::English => format!("{done} cases were passed on."),
        };
        return Ok(act.done(&answer, &back, &said));
    }
    let refused = named(&act, many.refused).await?;
    let page = act.desk.page(page::Area::Oversight, "Kết quả giao hồ sơ", "What came of it");
    let mut response = show(&Outcome { page, done, refused, back });
    act.remember(&answer, &mut response);
    Ok(response)
}

async fn named(act: &Act, refused: Vec<RefusedCase>) -> Result<Vec<Refused>, Problem> {
    let ids: Vec<CaseId> = refused.iter().map(|line| CaseId(line.case)).collect();
    let read = act.desk.read(move |reader| {
        ids.into_iter().map(|id| reader.case(id)).collect::<Result<Vec<_>, _>>()
    });
    let cases = read.await?;
    let named = refused.into_iter().zip(cases).map(|(line, case)| {
        let seen = case.filter(|case| act.desk.reading.sees(&case.place));
        Refused {
            id: CaseId(line.case),
            name: seen.and_then(|case| case.subject_name).unwrap_or_else(|| line.case.to_string()),
            message: act.desk.t(&line.message_vi, &line.message_en).to_owned(),
            code: line.code,
        }
    });
    Ok(named.collect())
}

/// The list that the form stood in.
fn back(act: &Act) -> String {
    let query = asked(act).without(&["csv"]).query();
    if query.is_empty() { PATH.to_owned() } else { format!("{PATH}?{query}") }
}

fn asked(act: &Act) -> Fields {
    Fields::parse(act.fields.get("query").unwrap_or_default().as_bytes())
}

/// The list again, with everything that was filled in.
async fn again(act: Act, (wrong, problem): Fault) -> Result<Response, Problem> {
    let asked = asked(&act).without(&["csv"]);
    page_of(act.desk, asked, Some(Typed { problem, wrong, fields: act.fields })).await
}
