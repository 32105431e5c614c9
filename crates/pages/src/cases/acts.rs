//! The buttons of a case: claim, release, take over, return, assign. What was typed for one that is
//! refused comes back on the page.
//! Deliberately absent: who may; the rules say that.

use axum::extract::Path;
use axum::response::Response;
use procedure::{CaseId, IndicatorId};
use web::api::cases::{assignment, claim, release, return_for_supplement, takeover};
use web::command::Nothing;
use web::params::Segment;
use web::problem::Problem;

use crate::act::Act;
use crate::cases::view::{Filled, show};
use crate::fields::bad;

fn to(id: CaseId) -> String {
    format!("/cases/{id}")
}

pub(super) async fn claim(Path(id): Path<CaseId>, act: Act) -> Result<Response, Problem> {
    super::in_office(&act.desk, id).await?;
    let answer = claim::claim(Segment(id), act.command(Nothing {})).await?;
    Ok(act.done(&answer, &to(id), act.desk.t("Đã nhận hồ sơ.", "You hold the case now.")))
}

pub(super) async fn release(Path(id): Path<CaseId>, act: Act) -> Result<Response, Problem> {
    super::in_office(&act.desk, id).await?;
    let answer = release::release(Segment(id), act.command(Nothing {})).await?;
    let done = act.desk.t("Đã trả hồ sơ về hàng chờ.", "The case is back in the queue.");
    Ok(act.done(&answer, &to(id), done))
}

pub(super) async fn take_over(Path(id): Path<CaseId>, act: Act) -> Result<Response, Problem> {
    let row = super::in_office(&act.desk, id).await?;
    let taken = async {
        let input = takeover::Takeover { reason: act.fields.text("reason")? };
        takeover::take_over(Segment(id), act.command(input)).await
    };
    match taken.await {
        Ok(answer) => {
            let done = act.desk.t("Đã tiếp nhận hồ sơ.", "You hold the case now.");
            Ok(act.done(&answer, &to(id), done))
        }
        Err(problem) => show(&act.desk, row, Filled::act(&act, "takeover", problem)).await,
    }
}

pub(super) async fn return_for_supplement(
    Path(id): Path<CaseId>,
    act: Act,
) -> Result<Response, Problem> {
    let row = super::in_office(&act.desk, id).await?;
    let returned = async {
        let indicators = act
            .fields
            .all("indicator")
            .map(|text| text.parse::<IndicatorId>().map_err(|_| bad("indicator", text)));
        let input = return_for_supplement::ReturnInput {
            indicators: indicators.collect::<Result<_, _>>()?,
            reason: act.fields.text("reason")?,
        };
        return_for_supplement::return_for_supplement(Segment(id), act.command(input)).await
    };
    match returned.await {
        Ok(answer) => {
            let done = act.desk.t("Đã trả hồ sơ để bổ sung.", "The case is returned.");
            Ok(act.done(&answer, &to(id), done))
        }
        Err(problem) => show(&act.desk, row, Filled::act(&act, "return", problem)).await,
    }
}

pub(super) async fn assign(Path(id): Path<CaseId>, act: Act) -> Result<Response, Problem> {
    let row = super::in_office(&act.desk, id).await?;
    let assigned = async {
        let reason = act.fields.get("reason").map(str::to_owned);
        let input = assignment::Assignment { to: act.fields.need("to")?, reason };
        assignment::assign(Segment(id), act.command(input)).await
    };
    match assigned.await {
        Ok(answer) => {
            let done = act.desk.t("Đã giao hồ sơ.", "The case is assigned.");
            Ok(act.done(&answer, &to(id), done))
        }
        Err(problem) => show(&act.desk, row, Filled::act(&act, "assignment", problem)).await,
    }
}
