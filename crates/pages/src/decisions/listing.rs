//! `POST /decisions/{id}/listing`: cases come on the draft, all that are ready, those of a hamlet, or
//! single ones; what cannot be listed is named. `GET /decisions/{id}/ready`: those that wait.
//! Deliberately absent: judging whether a case can be listed.

use std::collections::BTreeMap;

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, RawQuery};
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use procedure::{CaseId, DecisionId, Language};
use projections::query::decisions::{ListOf, Place};
use serde::Deserialize;
use web::HttpRefusal;
use web::api::decisions::listing::{Wanted, list_on_decision};
use web::params::Segment;
use web::problem::Problem;

use super::bench::{LIMIT, again, place};
use super::view::{Rights, Row, View};
use crate::act::Act;
use crate::desk::Desk;
use crate::fields::Fields;
use crate::page::{Area, Page, show};
use crate::refusal::PageRefusal;

/// Most cases that are named one by one.
const NAMED_MAX: usize = 100;
/// The most bytes of the engine's answer: some 300 for each case.
const ANSWER_MAX: usize = 64_000_000;

#[derive(Template)]
#[template(path = "decisions/listed.html")]
struct ListedPage {
    page: Page,
    view: View,
    placed: usize,
    /// How many were left out.
    left: usize,
    /// Each reason's code with how often.
    reasons: Vec<(String, usize)>,
    named: Vec<Named>,
}

/// A case that was left out.
struct Named {
    id: String,
    name: String,
    code: String,
    why: String,
}

#[derive(Template)]
#[template(path = "decisions/ready.html")]
struct Ready {
    page: Page,
    view: View,
    rights: Rights,
    rows: Vec<Row>,
    total: u64,
    asked: Fields,
    from: usize,
    next: Option<usize>,
    /// The hamlet, if it is one's only.
    hamlet: Option<String>,
}

/// The engine's answer, as the API writes it.
#[derive(Deserialize)]
struct Answer {
    placed: usize,
    left_out: Vec<LeftOut>,
}

#[derive(Deserialize)]
struct LeftOut {
    case: CaseId,
    code: String,
    message_vi: String,
    message_en: String,
}

/// `POST /decisions/{id}/listing`.
pub(super) async fn list(Path(id): Path<DecisionId>, act: Act) -> Result<Response, Problem> {
    let wanted = match wanted(&act) {
        Ok(wanted) => wanted,
        Err(problem) => return again(&act.desk, id, act.fields, &problem).await,
    };
    // Each case has a revision of its own; that of the decision guards the signature.
    let answer = match list_on_decision(Segment(id), act.part("listing", wanted)).await {
        Ok(answer) => answer,
        Err(problem) => return again(&act.desk, id, act.fields, &problem).await,
    };
    let (head, body) = answer.into_parts();
    let listed: Answer = read(body).await?;
    let answer = Response::from_parts(head, Body::empty());
    let back = format!("/decisions/{id}");
    if listed.left_out.is_empty() {
        let notice = match act.desk.look.language {
            Language::Vietnamese => format!("Đã đưa {} hồ sơ vào danh sách.", listed.placed),
            Language::English => format!("{} cases were put on the list.", listed.placed),
        };
        return Ok(act.done(&answer, &back, &notice));
    }
    let done = act.done(&answer, &back, "");
    let mut shown = show(&left_out(&act.desk, id, listed).await?);
    for cookie in done.headers().get_all(SET_COOKIE) {
        shown.headers_mut().append(SET_COOKIE, cookie.clone());
    }
    Ok(shown)
}

fn wanted(act: &Act) -> Result<Wanted, Problem> {
    Ok(match act.fields.get("what") {
        Some("all") => Wanted::All,
        Some("hamlet") => Wanted::Units([act.fields.need("hamlet")?].into()),
        _ => {
            let cases =
                act.fields.all("case").map(|case| case.parse().map_err(|_| act.bad("case", case)));
            let cases = cases.collect::<Result<Vec<CaseId>, _>>()?;
            if cases.is_empty() {
                return Err(PageRefusal::NothingChosen.into());
            }
            Wanted::Cases(cases)
        }
    })
}

async fn read(body: Body) -> Result<Answer, Problem> {
    let bytes = axum::body::to_bytes(body, ANSWER_MAX).await.map_err(|_| HttpRefusal::Internal)?;
    Ok(serde_json::from_slice(&bytes).map_err(|_| HttpRefusal::Internal)?)
}

/// The page that names what was left out.
async fn left_out(desk: &Desk, id: DecisionId, listed: Answer) -> Result<ListedPage, Problem> {
    let view = View::of(desk, id).await?;
    let (placed, left) = (listed.placed, listed.left_out.len());
    let mut reasons: BTreeMap<String, usize> = BTreeMap::new();
    for out in &listed.left_out {
        *reasons.entry(out.code.clone()).or_default() += 1;
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    let english = desk.look.language == Language::English;
    let first: Vec<LeftOut> = listed.left_out.into_iter().take(NAMED_MAX).collect();
    let read = desk.read(move |reader| {
        let mut named = Vec::new();
        for out in first {
            let case = reader.case(out.case)?;
            let (name, code) = case.map(|case| (case.subject_name, case.subject_code)).unzip();
            named.push(Named {
                id: out.case.to_string(),
                name: name.flatten().unwrap_or_else(|| "–".to_owned()),
                code: code.flatten().unwrap_or_default(),
                why: if english { out.message_en } else { out.message_vi },
            });
        }
        Ok(named)
    });
    let named = read.await?;
    let (vi, en) = ("Kết quả đưa vào danh sách", "What listing came to");
    let mut page = desk.page(Area::Decisions, vi, en);
    page.here = format!("/decisions/{id}");
    Ok(ListedPage { page, view, placed, left, reasons, named })
}

/// `GET /decisions/{id}/ready`.
pub(super) async fn ready(
    Path(id): Path<DecisionId>,
    desk: Desk,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let view = View::of(&desk, id).await?;
    let rights = Rights::of(&desk, &view).await?;
    let (place, from): (Place, usize) = (place(&asked)?, asked.some("from")?.unwrap_or(0));
    let hamlet = match &place {
        Place::Any => None,
        Place::Elsewhere => Some(view.hamlet(None)),
        Place::Hamlet(code) => Some(view.hamlet(Some(code))),
    };
    let row = &view.row;
    let list = ListOf::Ready(row.procedure.clone(), row.year, row.unit.clone());
    let name = asked.get("q").map(str::to_owned);
    let read = desk
        .read(move |reader| reader.decision_lines((&list, &place), name.as_deref(), (from, LIMIT)));
    let lines = read.await?;
    let total = lines.total;
    let next = from + lines.items.len();
    let next = Some(next).filter(|next| (*next as u64) < total);
    let rows = lines.items.into_iter().map(|line| view.line(line)).collect();
    let page = desk.page(Area::Decisions, "Hồ sơ chờ đưa vào danh sách", "Cases that wait");
    Ok(show(&Ready { page, view, rights, rows, total, asked, from, next, hamlet }))
}
