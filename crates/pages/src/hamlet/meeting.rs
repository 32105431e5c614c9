//! `/meetings/new`: a meeting of a hamlet is written down, who was there and how it voted on each case,
//! in one form.
//!
//! The meeting and the votes are two commands. Everything that can be checked is checked before the
//! first; if votes are refused all the same, the form comes back with those cases, for the same meeting.

use askama::Template;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use procedure::definition::MeetingRule;
use procedure::{CaseId, MeetingId, ProcedureId, StepId, UnitCode};
use projections::query::CaseState;
use projections::query::cases::CaseRow;
use web::api::meetings::{MeetingInput, record_meeting};
use web::api::minutes::{CaseVotes, ManyMinutes, record_many_minutes};
use web::problem::Problem;

use super::posting::{chosen, named, unknown};
use super::{cases, votes};
use crate::act::Act;
use crate::bulk::outcome;
use crate::desk::Desk;
use crate::failure::Told;
use crate::fields::Fields;
use crate::page::{Area, Page, show_as};
use crate::units;

#[derive(Template)]
#[template(path = "hamlet/meeting.html")]
struct Meeting {
    page: Page,
    unit: UnitCode,
    place: String,
    procedure: ProcedureId,
    step: StepId,
    step_name: String,
    rule: Option<MeetingRule>,
    provisional: bool,
    cases: Vec<CaseRow>,
    fields: Fields,
    /// Whether nothing was typed yet, so that every case is marked.
    fresh: bool,
    /// The meeting, once it is written down.
    meeting: Option<MeetingId>,
    told: Option<Told>,
    /// Cases whose votes do not add up.
    wrong: Vec<CaseId>,
    /// The cases that were refused, with the reasons.
    refused: Vec<(String, String)>,
    done: usize,
}

impl Meeting {
    fn field(&self, name: &str) -> &str {
        self.fields.get(name).unwrap_or_default()
    }

    fn of_case(&self, name: &str, case: &CaseId) -> &str {
        self.field(&format!("{name}.{case}"))
    }

    fn is_chosen(&self, case: &CaseId) -> bool {
        let case = case.to_string();
        self.fresh || self.fields.all("case").any(|chosen| chosen == case)
    }

    fn is_wrong(&self, case: &CaseId) -> bool {
        self.wrong.contains(case)
    }
}

/// `GET /meetings/new?unit=…&procedure=…&step=…`.
pub(super) async fn form(desk: Desk, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    if asked.get("unit").is_none() {
        return Ok(Redirect::to("/hamlet").into_response());
    }
    let mut page = opened(&desk, &asked).await?;
    page.fresh = true;
    page.fields.0.push(("held_on".to_owned(), desk.reading.today.to_string()));
    Ok(show_as(StatusCode::OK, &page))
}

async fn opened(desk: &Desk, fields: &Fields) -> Result<Meeting, Problem> {
    let (unit, procedure): (UnitCode, ProcedureId) =
        (fields.need("unit")?, fields.need("procedure")?);
    let step: StepId = fields.need("step")?;
    if !desk.reading.sees_unit(&unit).await? {
        return Err(unknown(&desk.look.here));
    }
    let (code, id, at, today) = (unit.clone(), procedure.clone(), step.clone(), desk.reading.today);
    let read = desk.read(move |reader| {
        let mut waiting = cases(reader, vec![code.clone()], (CaseState::InMeeting, today))?;
        waiting.retain(|case| case.procedure == id && case.step.as_ref() == Some(&at));
        Ok((units::name(reader, &code, today)?, waiting, reader.procedure(&id)?))
    });
    let (place, cases, found) = read.await?;
    let step_of = found.as_ref().and_then(|(_, definition)| definition.step(&step));
    Ok(Meeting {
        page: desk.page(Area::Hamlet, "Ghi biên bản họp bình xét", "Write down a meeting"),
        step_name: step_of
            .map(|step| step.name.get(desk.look.language).to_owned())
            .unwrap_or_default(),
        rule: step_of.and_then(|step| step.meeting.clone()),
        provisional: step_of.is_some_and(procedure::definition::Step::is_provisional),
        meeting: fields.some::<MeetingId>("meeting")?,
        unit,
        place,
        procedure,
        step,
        cases,
        fields: fields.clone(),
        fresh: false,
        told: None,
        wrong: Vec::new(),
        refused: Vec::new(),
        done: 0,
    })
}

/// Why a form comes back.
enum Back {
    Votes(Vec<CaseId>),
    Told(Problem),
}

/// `POST /meetings/new`.
pub(super) async fn record(act: Act) -> Result<Response, Problem> {
    let mut page = opened(&act.desk, &act.fields).await?;
    match voted(&act, &mut page).await {
        Ok(Some(response)) => Ok(response),
        Ok(None) => Ok(show_as(StatusCode::CONFLICT, &page)),
        Err(Back::Votes(wrong)) => {
            page.wrong = wrong;
            Ok(show_as(StatusCode::UNPROCESSABLE_ENTITY, &page))
        }
        Err(Back::Told(problem)) => {
            page.told = Some(Told::of(&problem, &act.desk.look));
            Ok(show_as(problem.status(), &page))
        }
    }
}

async fn voted(act: &Act, page: &mut Meeting) -> Result<Option<Response>, Back> {
    let present = present(&act.fields);
    let count = u32::try_from(present.len()).unwrap_or(u32::MAX);
    chosen(act).map_err(Back::Told)?;
    let cases = votes::read(&act.fields, count).map_err(Back::Votes)?;
    let meeting = match page.meeting {
        Some(meeting) => meeting,
        None => met(act, page, present).await.map_err(Back::Told)?,
    };
    page.meeting = Some(meeting);
    let (answer, outcome) = minuted(act, meeting, cases).await.map_err(Back::Told)?;
    if outcome.refused.is_empty() {
        let notice = match act.desk.t("vi", "en") {
            "vi" => format!("Đã ghi biên bản và kết quả biểu quyết {} hồ sơ.", outcome.done.len()),
            _ => format!(
                "The meeting and its votes on {} cases are written down.",
                outcome.done.len()
            ),
        };
        return Ok(Some(act.done(&answer, "/hamlet", &notice)));
    }
    page.done = outcome.done.len();
    page.refused = named(&page.cases, &outcome, act);
    page.cases.retain(|case| !outcome.done.iter().any(|done| done.case == case.id));
    Ok(None)
}

async fn minuted(
    act: &Act,
    meeting: MeetingId,
    cases: Vec<CaseVotes>,
) -> Result<(Response, crate::bulk::Outcome), Problem> {
    let answer = record_many_minutes(act.part("minutes", ManyMinutes { meeting, cases })).await?;
    outcome(answer).await
}

/// Who was there, one on each line.
fn present(fields: &Fields) -> Vec<String> {
    let lines = fields.get("present").unwrap_or_default().lines().map(str::trim);
    lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Writes the meeting down.
async fn met(act: &Act, page: &Meeting, present: Vec<String>) -> Result<MeetingId, Problem> {
    let fields = &act.fields;
    let command = act.part(
        "meeting",
        MeetingInput {
            procedure: page.procedure.clone(),
            step: page.step.clone(),
            unit: page.unit.clone(),
            held_on: fields.need_day("held_on")?,
            convened: fields.need("convened")?,
            present,
            minutes: fields.text("minutes")?,
            paper: None,
        },
    );
    let id = MeetingId(command.new_id("meeting"));
    record_meeting(command).await?;
    Ok(id)
}
