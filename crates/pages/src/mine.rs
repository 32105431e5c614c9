//! `/mine`: the subjects of who is signed in, and how their cases stand, in plain words: what is awaited
//! from whom, why something was returned, until when.
//! Deliberately absent: acts of office.

use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::Path;
use axum::response::Response;
use axum::routing::get;
use procedure::{CaseId, SubjectId, Title};
use projections::query::CaseState;
use projections::query::subjects::SubjectRow;
use projections::{ReadError, Reader};
use web::api::cases::withdrawal::{Withdrawal, withdraw};
use web::params::Segment;
use web::problem::Problem;
use web::read::failed;

use crate::act::Act;
use crate::desk::Desk;
use crate::failure::Told;
use crate::page::{Area, Page, show, show_as};
use crate::site::Site;
use crate::units;

pub(crate) mod standing;

use standing::{Standing, Stood};

pub(crate) fn routes() -> Router<Arc<Site>> {
    Router::new().route("/mine", get(list)).route("/mine/{id}/withdrawal", get(leave).post(left))
}

#[derive(Template)]
#[template(path = "mine/list.html")]
struct Mine {
    page: Page,
    subjects: Vec<Own>,
}

/// A subject of his own.
struct Own {
    subject: SubjectRow,
    relation: String,
    place: String,
    /// The title that it can strive for.
    title: Option<Title>,
    /// The year to register for, unless there is a case for it.
    year: Option<i16>,
    cases: Vec<Standing>,
}

/// A subject as it was read.
struct Found {
    subject: SubjectRow,
    relation: String,
    place: String,
    cases: Vec<Stood>,
}

async fn list(desk: Desk) -> Result<Response, Problem> {
    let (interests, today) = (desk.reading.officer.interests.clone(), desk.reading.today);
    let found = desk.read(move |reader| {
        let own =
            interests.iter().map(|own| found(reader, own.subject, own.relation.as_str(), today));
        own.collect::<Result<Vec<_>, _>>()
    });
    let mut subjects = Vec::new();
    for found in found.await?.into_iter().flatten() {
        let title = Title::ALL.iter().copied();
        let title = title.into_iter().find(|title| title.subject_kind() == found.subject.kind);
        let year = today.year();
        let begun = found.cases.iter().any(|stood| stood.case.year == year);
        let mut cases = Vec::new();
        for stood in found.cases {
            cases.push(standing(&desk, stood).await?);
        }
        let year = (!begun && title.is_some()).then_some(year);
        let (subject, relation, place) = (found.subject, found.relation, found.place);
        subjects.push(Own { subject, relation, place, title, year, cases });
    }
    Ok(show(&Mine { page: desk.page(Area::Mine, "Hồ sơ của tôi", "My cases"), subjects }))
}

fn found(
    reader: &Reader<'_>,
    id: SubjectId,
    relation: &str,
    today: procedure::Date,
) -> Result<Option<Found>, ReadError> {
    let Some(subject) = reader.subject(id)? else { return Ok(None) };
    let place = units::place(reader, &subject.place, today)?;
    let cases = standing::of_subject(reader, id, today)?;
    Ok(Some(Found { subject, relation: relation.to_owned(), place, cases }))
}

/// How a case stands, with the reason that its history gives.
async fn standing(desk: &Desk, stood: Stood) -> Result<Standing, Problem> {
    let reasoned = [CaseState::Returned, CaseState::Refused, CaseState::Withdrawn];
    let mut reason = None;
    if reasoned.contains(&stood.case.state) {
        let entries = desk.look.site.app.history.timeline(stood.case.id).await.map_err(failed)?;
        reason = entries.last().and_then(|entry| entry.state.reason.clone());
    }
    Ok(Standing::of(stood, reason, &desk.look))
}

#[derive(Template)]
#[template(path = "mine/withdrawal.html")]
struct Leave {
    page: Page,
    id: CaseId,
    name: String,
    title: Title,
    year: i16,
    revision: u64,
    reason: String,
    told: Option<Told>,
}

impl Leave {
    async fn of(desk: &Desk, id: CaseId) -> Result<Self, Problem> {
        let case = desk.case(id).await?;
        Ok(Self {
            page: desk.page(Area::Mine, "Rút hồ sơ", "Withdraw the case"),
            id,
            name: case.subject_name.unwrap_or_else(|| case.subject_code.unwrap_or_default()),
            title: case.title,
            year: case.year,
            revision: case.revision,
            reason: String::new(),
            told: None,
        })
    }
}

async fn leave(desk: Desk, Path(id): Path<CaseId>) -> Result<Response, Problem> {
    Ok(show(&Leave::of(&desk, id).await?))
}

/// `POST /mine/{id}/withdrawal`.
async fn left(Path(id): Path<CaseId>, act: Act) -> Result<Response, Problem> {
    act.desk.case(id).await?;
    let reason = act.fields.get("reason").unwrap_or_default().to_owned();
    let answer = withdraw(Segment(id), act.command(Withdrawal { reason: reason.clone() })).await;
    match answer {
        Ok(answer) => {
            let to = if act.desk.in_office() { format!("/cases/{id}") } else { "/mine".to_owned() };
            Ok(act.done(&answer, &to, act.desk.t("Đã rút hồ sơ.", "The case is withdrawn.")))
        }
        Err(problem) => {
            let told = Some(Told::of(&problem, &act.desk.look));
            let page = Leave { reason, told, ..Leave::of(&act.desk, id).await? };
            Ok(show_as(problem.status(), &page))
        }
    }
}
