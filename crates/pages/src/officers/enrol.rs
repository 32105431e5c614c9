//! `/officers/new`: an officer, or an account for a household or organisation that hands in its own cases.
//!
//! The second form is three acts in one: the person becomes known, the subject is noted as his own, and he
//! gets a first password. Sent again after a failure in between, it goes on where it was.
//! Deliberately absent: offices; the officer's own page gives them.

use askama::Template;
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::response::Response;
use procedure::officer::Relation;
use procedure::{OfficerId, Refused, SubjectId, SubjectKind, UnitCode, subject};
use projections::query::subjects::SubjectRow;
use projections::query::units::UnitRow;
use projections::{ReadError, Reader};
use web::api::officers::enrol::{Enrolment, enrol_officer};
use web::api::officers::interests::{Interest, declare_interest};
use web::params::Segment;
use web::problem::Problem;

use super::access::{Secret, give_password};
use super::choices;
use crate::act::Act;
use crate::desk::Desk;
use crate::fields::Fields;
use crate::page::{Area, Page, show_as};
use crate::typed::Typed;

#[derive(Template)]
#[template(path = "officers/new.html")]
struct New {
    page: Page,
    units: Vec<UnitRow>,
    /// What units were looked for.
    find: String,
    typed: Typed,
}

impl New {
    /// Whether a unit is chosen in a form.
    fn chose(&self, form: &str, unit: &UnitCode) -> bool {
        self.typed.chose(form, "unit", unit.as_str())
    }
}

/// `GET /officers/new`.
pub(super) async fn form(desk: Desk, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let find = asked.get("find").unwrap_or_default().to_owned();
    page(&desk, find, Typed::default(), StatusCode::OK).await
}

async fn page(
    desk: &Desk,
    find: String,
    typed: Typed,
    status: StatusCode,
) -> Result<Response, Problem> {
    let (territory, today) = (desk.must_administer()?, desk.reading.today);
    let wanted = find.clone();
    // What was chosen before is among the choices again.
    let chosen = ["officer", "applicant"].map(|form| typed.value(form, "unit", ""));
    let read = desk.read(move |reader| {
        let mut units = choices::units_for(reader, &territory, (None, &wanted), today)?;
        for code in chosen.iter().filter_map(|code| code.parse::<UnitCode>().ok()) {
            if units.iter().all(|unit| unit.code != code) {
                units.extend(choices::units_for(reader, &territory, (None, code.as_str()), today)?);
            }
        }
        Ok(units)
    });
    let units = read.await?;
    let page =
        desk.page(Area::Administration, "Thêm cán bộ hoặc tài khoản", "New officer or account");
    Ok(show_as(status, &New { page, units, find, typed }))
}

/// `POST /officers/new`.
pub(super) async fn enrol(act: Act) -> Result<Response, Problem> {
    let done = match enrolment(&act.fields) {
        Ok(input) => enrol_officer(act.command(input)).await,
        Err(problem) => Err(problem),
    };
    match done {
        Ok(answer) => {
            let id = OfficerId::of_code(act.fields.get("code").unwrap_or_default());
            let notice = act.desk.t(
                "Đã thêm cán bộ. Tiếp theo: giao nhiệm vụ và đặt mật khẩu đầu tiên.",
                "The officer is known. Next: give him an office and a first password.",
            );
            Ok(act.done(&answer, &format!("/officers/{id}"), notice))
        }
        Err(problem) => again(&act, "officer", &problem).await,
    }
}

fn enrolment(fields: &Fields) -> Result<Enrolment, Problem> {
    let (code, name) = (fields.text("code")?, fields.text("name")?);
    Ok(Enrolment { code, name, unit: fields.need("unit")? })
}

/// `POST /officers/new/applicant`.
pub(super) async fn applicant(act: Act) -> Result<Response, Problem> {
    match applied(&act).await {
        Ok(secret) => Ok(secret.page(&act.desk)),
        Err(problem) => again(&act, "applicant", &problem).await,
    }
}

async fn applied(act: &Act) -> Result<Secret, Problem> {
    let input = enrolment(&act.fields)?;
    let (code, name) = (input.code.clone(), input.name.clone());
    let own = own_subject(&act.desk, act.fields.text("subject")?).await?;
    let id = OfficerId::of_code(&code);
    enrol_officer(act.part("enrol", input)).await?;
    declare_interest(Segment(id), act.part("interest", own)).await?;
    give_password(act, id, (code, name)).await
}

/// The subject of a code in the territory, as the applicant's own.
async fn own_subject(desk: &Desk, code: String) -> Result<Interest, Problem> {
    let territory = desk.must_administer()?;
    let read = desk.read(move |reader| subject_by_code(reader, &territory, &code));
    let unknown = || Refused::from(subject::Refusal::Unknown);
    let row = read.await?.ok_or_else(unknown)?;
    Ok(Interest { subject: row.id, relation: relation(row.kind) })
}

/// The subject that the local list calls `code`, if it belongs to the territory.
pub(super) fn subject_by_code(
    reader: &Reader<'_>,
    territory: &[UnitCode],
    code: &str,
) -> Result<Option<SubjectRow>, ReadError> {
    let Some(row) = reader.subject(SubjectId::of_code(code.trim()))? else { return Ok(None) };
    let within = |unit: &UnitCode| {
        unit.as_str() == "VN" || row.place.iter().any(|above| above == unit.as_str())
    };
    Ok(territory.iter().any(within).then_some(row))
}

/// How a subject of a kind is somebody's own.
pub(super) fn relation(kind: SubjectKind) -> Relation {
    match kind {
        SubjectKind::Household => Relation::Household,
        SubjectKind::Clan => Relation::Clan,
        SubjectKind::Community => Relation::Community,
        SubjectKind::Organisation => Relation::Organisation,
        SubjectKind::Citizen => Relation::Person,
    }
}

async fn again(act: &Act, form: &'static str, problem: &Problem) -> Result<Response, Problem> {
    let typed = Typed::refused(form, act, problem);
    page(&act.desk, String::new(), typed, problem.status()).await
}
