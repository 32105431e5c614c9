//! `/subjects/{id}`: what it is and where, its titles as one line through the years, its cases; and
//! registering a case for a year.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use procedure::{CaseId, SubjectId, Title};
use projections::query::history::TitleYear;
use projections::query::subjects::SubjectRow;
use web::api::cases::register::{Registration, register_case as register};
use web::problem::Problem;

use crate::act::Act;
use crate::desk::Desk;
use crate::mine::standing::{self, Standing};
use crate::page::{Area, Page, show};
use crate::units;

#[derive(Template)]
#[template(path = "subjects/read.html")]
struct Read {
    page: Page,
    subject: SubjectRow,
    place: String,
    titles: Vec<TitleYear>,
    cases: Vec<Standing>,
    /// The years that can be registered for.
    years: Vec<i16>,
    own: bool,
    may_enter: bool,
}

/// What a subject outside of the territory answers, the same as one that is not there.
pub(super) fn unknown() -> Problem {
    procedure::Refused::from(procedure::subject::Refusal::Unknown).into()
}

/// The subject with the name of its place, if the reader may see it.
pub(super) async fn visible(desk: &Desk, id: SubjectId) -> Result<(SubjectRow, String), Problem> {
    let today = desk.reading.today;
    let found = desk.read(move |reader| {
        let Some(subject) = reader.subject(id)? else { return Ok(None) };
        let place = units::place(reader, &subject.place, today)?;
        Ok(Some((subject, place)))
    });
    let found = found.await?;
    let seen = |subject: &SubjectRow| desk.reading.sees(&subject.place) || desk.owns(id);
    found.filter(|(subject, _)| seen(subject)).ok_or_else(unknown)
}

/// `GET /subjects/{id}`.
pub(super) async fn read(desk: Desk, Path(id): Path<SubjectId>) -> Result<Response, Problem> {
    let (subject, place) = visible(&desk, id).await?;
    let (today, own) = (desk.reading.today, desk.owns(id));
    let read = desk.read(move |reader| {
        Ok((reader.title_history(id, None)?, standing::of_subject(reader, id, today)?))
    });
    let (titles, cases) = read.await?;
    let cases = cases.into_iter().filter(|stood| own || desk.reading.sees(&stood.case.place));
    let cases: Vec<_> = cases.map(|stood| Standing::of(stood, None, &desk.look)).collect();
    let seen = |year: &TitleYear| cases.iter().any(|one| one.case.id == year.case);
    let titles =
        titles.into_iter().filter(|year| year.valid_from.is_some() && seen(year)).collect();
    let now = today.year();
    let free = |year: &i16| !cases.iter().any(|one| one.case.year == *year);
    let years = [now, now - 1].into_iter().filter(free).collect();
    let name = subject.name.clone().unwrap_or_else(|| subject.code.clone());
    let area = if desk.in_office() { Area::Subjects } else { Area::Mine };
    Ok(show(&Read {
        page: desk.page(area, &name, &name),
        may_enter: super::may_enter(&desk),
        subject,
        place,
        titles,
        cases,
        years,
        own,
    }))
}

/// `POST /subjects/{id}/cases`: on to the form to fill in.
pub(super) async fn register_case(
    Path(id): Path<SubjectId>,
    act: Act,
) -> Result<Response, Problem> {
    let (subject, _) = visible(&act.desk, id).await?;
    let year: i16 = act.fields.need("year")?;
    let mut titles = Title::ALL.iter().copied();
    let title = titles.find(|title| title.subject_kind() == subject.kind);
    let input = Registration { subject: id, year, procedure: None, title };
    let answer = register(act.command(input)).await?;
    let to = match title {
        Some(title) => format!("/cases/{}/self-assessment", CaseId::of(title, id, year)),
        None => format!("/subjects/{id}"),
    };
    let notice =
        act.desk.t("Đã đăng ký. Mời tự đánh giá.", "Registered. Now fill in the self-assessment.");
    Ok(act.done(&answer, &to, notice))
}
