//! `/postings/new` and `/postings/closures`: the cases of a hamlet that wait hang out together, and come
//! down together when their days are over.
//! Deliberately absent: all or nothing; each case is posted for itself, and those that are not are named.

use askama::Template;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use procedure::{CaseId, Date, UnitCode};
use projections::query::CaseState;
use projections::query::cases::CaseRow;
use web::api::posting_closures::{ManyClosures, close_many_postings};
use web::api::postings::{ManyPostings, post_many};
use web::problem::Problem;

use super::cases;
use crate::act::Act;
use crate::bulk::{Outcome, outcome};
use crate::desk::Desk;
use crate::failure::Told;
use crate::fields::Fields;
use crate::page::{Area, Page, show_as};
use crate::refusal::PageRefusal;
use crate::units;

#[derive(Template)]
#[template(path = "hamlet/posting.html")]
struct Hang {
    page: Page,
    unit: UnitCode,
    place_name: String,
    cases: Vec<CaseRow>,
    /// Those that are marked; all of them at first.
    chosen: Vec<CaseId>,
    /// The fewest days that the definitions of these cases ask for.
    days: u16,
    provisional: bool,
    from: String,
    until: String,
    place: String,
    told: Option<Told>,
    /// The cases that were refused, with the reasons.
    refused: Vec<(String, String)>,
    done: usize,
}

impl Hang {
    fn is_chosen(&self, case: &CaseId) -> bool {
        self.chosen.contains(case)
    }
}

/// `GET /postings/new?unit=…`.
pub(super) async fn form(desk: Desk, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    if asked.get("unit").is_none() {
        return Ok(Redirect::to("/hamlet").into_response());
    }
    let page = opened(&desk, asked.need("unit")?, None).await?;
    Ok(show_as(StatusCode::OK, &page))
}

async fn opened(desk: &Desk, unit: UnitCode, typed: Option<&Fields>) -> Result<Hang, Problem> {
    if !desk.reading.sees_unit(&unit).await? {
        return Err(unknown(&desk.look.here));
    }
    let (code, today) = (unit.clone(), desk.reading.today);
    let read = desk.read(move |reader| {
        let mut waiting = cases(reader, vec![code.clone()], (CaseState::Posted, today))?;
        waiting.retain(|case| case.posted_until.is_none());
        let mut rules: Vec<(u16, bool)> = Vec::new();
        let mut procedures: Vec<_> =
            waiting.iter().map(|case| (&case.procedure, &case.step)).collect();
        procedures.sort();
        procedures.dedup();
        for (procedure, step) in procedures {
            let found = reader.procedure(procedure)?.zip(step.as_ref());
            let rule = found.as_ref().and_then(|((_, definition), step)| {
                let days = &definition.step(step)?.posting.as_ref()?.days;
                Some((days.value, days.status == procedure::definition::Status::Provisional))
            });
            rules.extend(rule);
        }
        Ok((units::name(reader, &code, today)?, waiting, rules))
    });
    let (place_name, cases, rules) = read.await?;
    let days = rules.iter().map(|(days, _)| *days).max().unwrap_or(1);
    let until = today.plus_days(i32::from(days) - 1).unwrap_or(today);
    let text = |name: &str, otherwise: String| {
        typed.map_or(otherwise, |typed| typed.get(name).unwrap_or_default().to_owned())
    };
    let chosen = match typed {
        Some(typed) => typed.all("case").filter_map(|case| case.parse().ok()).collect(),
        None => cases.iter().map(|case| case.id).collect(),
    };
    Ok(Hang {
        page: desk.page(Area::Hamlet, "Niêm yết danh sách", "Hang out a list"),
        unit,
        place_name,
        cases,
        chosen,
        days,
        provisional: rules.iter().any(|(_, provisional)| *provisional),
        from: text("from", today.to_string()),
        until: text("until", until.to_string()),
        place: text("place", String::new()),
        told: None,
        refused: Vec::new(),
        done: 0,
    })
}

/// What a unit outside of the territory answers, the same as one that is not there.
pub(super) fn unknown(here: &str) -> Problem {
    web::HttpRefusal::NoSuchAddress { path: here.to_owned() }.into()
}

/// Hangs out the cases that were marked.
async fn hang_out(act: &Act) -> Result<(Response, Outcome), Problem> {
    let (from, until): (Date, Date) = (act.fields.need_day("from")?, act.fields.need_day("until")?);
    let input = ManyPostings { from, until, place: act.fields.text("place")?, cases: chosen(act)? };
    outcome(post_many(act.part("postings", input)).await?).await
}

/// The cases that were marked, at least one.
pub(super) fn chosen(act: &Act) -> Result<Vec<CaseId>, Problem> {
    let read = |text: &str| text.parse().map_err(|_| act.bad("case", text));
    let cases: Vec<CaseId> = act.fields.all("case").map(read).collect::<Result<_, _>>()?;
    if cases.is_empty() {
        return Err(PageRefusal::MissingField { field: "case".to_owned() }.into());
    }
    Ok(cases)
}

/// `POST /postings/new`.
pub(super) async fn hang(act: Act) -> Result<Response, Problem> {
    let unit: UnitCode = act.fields.need("unit")?;
    match hang_out(&act).await {
        Ok((answer, outcome)) if outcome.refused.is_empty() => {
            let notice = match act.desk.t("vi", "en") {
                "vi" => {
                    format!("Đã niêm yết {} hồ sơ. In danh sách và treo lên.", outcome.done.len())
                }
                _ => {
                    format!("{} cases hang out. Print the list and hang it up.", outcome.done.len())
                }
            };
            Ok(act.done(&answer, &format!("/postings/{unit}"), &notice))
        }
        Ok((_, outcome)) => {
            let mut page = opened(&act.desk, unit, Some(&act.fields)).await?;
            page.done = outcome.done.len();
            page.refused = named(&page.cases, &outcome, &act);
            page.cases.retain(|case| !outcome.done.iter().any(|done| done.case == case.id));
            Ok(show_as(StatusCode::CONFLICT, &page))
        }
        Err(problem) => {
            let told = Some(Told::of(&problem, &act.desk.look));
            let page = Hang { told, ..opened(&act.desk, unit, Some(&act.fields)).await? };
            Ok(show_as(problem.status(), &page))
        }
    }
}

/// The refused cases by the names of their subjects.
pub(super) fn named(cases: &[CaseRow], outcome: &Outcome, act: &Act) -> Vec<(String, String)> {
    let language = act.desk.look.language;
    let name = |id: CaseId| {
        let case = cases.iter().find(|case| case.id == id);
        case.and_then(|case| case.subject_name.clone()).unwrap_or_else(|| id.to_string())
    };
    let line = |one: &crate::bulk::RefusedCase| (name(one.case), one.why(language).to_owned());
    outcome.refused.iter().map(line).collect()
}

/// `POST /postings/closures`: those of a unit whose days are over.
pub(super) async fn close(act: Act) -> Result<Response, Problem> {
    let (unit, until): (UnitCode, Date) = (act.fields.need("unit")?, act.fields.need("until")?);
    if !act.desk.reading.sees_unit(&unit).await? {
        return Err(unknown(&act.path));
    }
    let today = act.desk.reading.today;
    let over = act.desk.read(move |reader| {
        let mut over = cases(reader, vec![unit], (CaseState::Posted, today))?;
        over.retain(|case| case.posted_until == Some(until));
        Ok(over)
    });
    let over = over.await?;
    let input = ManyClosures { cases: over.iter().map(|case| case.id).collect() };
    let closed = close_many_postings(act.part("closures", input)).await?;
    let (answer, outcome) = outcome(closed).await?;
    let refused = named(&over, &outcome, &act);
    let (done, left) = (outcome.done.len(), refused.len());
    let mut notice = match act.desk.t("vi", "en") {
        "vi" => format!("Đã kết thúc niêm yết {done} hồ sơ."),
        _ => format!("The posting of {done} cases is over."),
    };
    if let Some((name, why)) = refused.first() {
        notice.push_str(&match act.desk.t("vi", "en") {
            "vi" => format!(" Còn {left} hồ sơ chưa được, như {name}: {why}"),
            _ => format!(" {left} are left, such as {name}: {why}"),
        });
    }
    Ok(act.done(&answer, "/hamlet", &notice))
}
