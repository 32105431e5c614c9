//! `/decisions/{id}/correction`, `/cancellation` and `/discard`: what can still be done with a decision,
//! each on a page that says first what follows from it.
//! Deliberately absent: taking titles back one by one; that is an act on a case.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use procedure::DecisionId;
use web::api::decisions::cancellation::{Cancellation, cancel_decision};
use web::api::decisions::correction::{DecisionCorrection, correct_decision};
use web::api::decisions::discard::{Discard, discard_decision};
use web::params::Segment;
use web::problem::Problem;

use super::changes::{self, Change};
use super::signature::in_error;
use super::view::{Rights, View, day_filled};
use crate::act::Act;
use crate::desk::Desk;
use crate::failure::Told;
use crate::fields::Fields;
use crate::page::{Area, Page, show_as};

/// What is to be done.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Correction,
    Cancellation,
    Discard,
}

#[derive(Template)]
#[template(path = "decisions/later.html")]
struct Later {
    page: Page,
    view: View,
    may: bool,
    kind: Kind,
    told: Option<Told>,
    changes: Vec<Change>,
    filled: Fields,
    wrong: &'static str,
    today: String,
    /// The day of the form.
    date: String,
}

impl Later {
    fn is_correction(&self) -> bool {
        self.kind == Kind::Correction
    }

    fn is_cancellation(&self) -> bool {
        self.kind == Kind::Cancellation
    }

    /// The last part of its address.
    fn path(&self) -> &'static str {
        match self.kind {
            Kind::Correction => "correction",
            Kind::Cancellation => "cancellation",
            Kind::Discard => "discard",
        }
    }

    /// Whether the decision is in a state in which this can be done.
    fn is_in_time(&self) -> bool {
        self.view.is(if self.kind == Kind::Discard { "draft" } else { "signed" })
    }
}

/// `GET /decisions/{id}/correction`.
pub(super) async fn correction(
    Path(id): Path<DecisionId>,
    desk: Desk,
) -> Result<Response, Problem> {
    form(&desk, id, Kind::Correction).await
}

/// `GET /decisions/{id}/cancellation`.
pub(super) async fn cancellation(
    Path(id): Path<DecisionId>,
    desk: Desk,
) -> Result<Response, Problem> {
    form(&desk, id, Kind::Cancellation).await
}

/// `GET /decisions/{id}/discard`.
pub(super) async fn discard(Path(id): Path<DecisionId>, desk: Desk) -> Result<Response, Problem> {
    form(&desk, id, Kind::Discard).await
}

async fn form(desk: &Desk, id: DecisionId, kind: Kind) -> Result<Response, Problem> {
    let page = later(desk, id, kind, Fields::default(), None, None).await?;
    Ok(show_as(StatusCode::OK, &page))
}

/// `POST /decisions/{id}/correction`.
pub(super) async fn correct(Path(id): Path<DecisionId>, act: Act) -> Result<Response, Problem> {
    let input = |act: &Act| -> Result<DecisionCorrection, Problem> {
        let (number, date) = (act.fields.text("number")?, act.fields.need_day("date")?);
        let corrected_number = act.fields.get("corrected_number").map(str::to_owned);
        Ok(DecisionCorrection { number, date, corrected_number, note: act.fields.text("note")? })
    };
    let answer = match input(&act) {
        Ok(input) => correct_decision(Segment(id), act.command(input)).await,
        Err(problem) => Err(problem),
    };
    let notice = act.desk.t("Đã ghi đính chính.", "The correction is recorded.").to_owned();
    finish(act, id, Kind::Correction, answer, &notice).await
}

/// `POST /decisions/{id}/cancellation`.
pub(super) async fn cancel(Path(id): Path<DecisionId>, act: Act) -> Result<Response, Problem> {
    let input = |act: &Act| -> Result<Cancellation, Problem> {
        let (number, date) = (act.fields.text("number")?, act.fields.need_day("date")?);
        Ok(Cancellation { number, date, reason: act.fields.text("reason")? })
    };
    let answer = match input(&act) {
        Ok(input) => cancel_decision(Segment(id), act.command(input)).await,
        Err(problem) => Err(problem),
    };
    let notice = act.desk.t(
        "Đã hủy quyết định. Các danh hiệu đang được hủy theo.",
        "The decision is cancelled. Its titles are being annulled.",
    );
    let notice = notice.to_owned();
    finish(act, id, Kind::Cancellation, answer, &notice).await
}

/// `POST /decisions/{id}/discard`.
pub(super) async fn give_up(Path(id): Path<DecisionId>, act: Act) -> Result<Response, Problem> {
    let answer = match act.fields.text("reason") {
        Ok(reason) => discard_decision(Segment(id), act.command(Discard { reason })).await,
        Err(problem) => Err(problem),
    };
    let notice = act.desk.t(
        "Đã bỏ dự thảo. Các hồ sơ lại chờ quyết định.",
        "The draft is discarded. Its cases wait for a decision again.",
    );
    let notice = notice.to_owned();
    finish(act, id, Kind::Discard, answer, &notice).await
}

/// Back to the decision, or the same form again with what was filled in.
async fn finish(
    act: Act,
    id: DecisionId,
    kind: Kind,
    answer: Result<Response, Problem>,
    notice: &str,
) -> Result<Response, Problem> {
    match answer {
        Ok(answer) => Ok(act.done(&answer, &format!("/decisions/{id}"), notice)),
        Err(problem) => {
            let seen = act.revision.filter(|_| problem.code() == "http.stale");
            let page = later(&act.desk, id, kind, act.fields, Some(&problem), seen).await?;
            Ok(show_as(problem.status(), &page))
        }
    }
}

async fn later(
    desk: &Desk,
    id: DecisionId,
    kind: Kind,
    filled: Fields,
    problem: Option<&Problem>,
    seen: Option<u64>,
) -> Result<Later, Problem> {
    let view = View::of(desk, id).await?;
    let rights = Rights::of(desk, &view).await?;
    let changes = match seen {
        Some(revision) => changes::since(desk, id, revision).await?,
        None => Vec::new(),
    };
    let (vi, en) = match kind {
        Kind::Correction => ("Đính chính quyết định", "Correct the decision"),
        Kind::Cancellation => ("Hủy bỏ quyết định", "Cancel the decision"),
        Kind::Discard => ("Bỏ dự thảo", "Discard the draft"),
    };
    Ok(Later {
        page: desk.page(Area::Decisions, vi, en),
        view,
        may: if kind == Kind::Discard { rights.give_up } else { rights.mend },
        kind,
        told: problem.map(|problem| Told::of(problem, &desk.look)),
        changes,
        wrong: problem.map_or("", |problem| in_error(problem.code(), &filled)),
        date: day_filled(&filled, desk.reading.today),
        filled,
        today: desk.reading.today.to_string(),
    })
}
