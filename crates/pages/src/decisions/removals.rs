//! `POST /decisions/{id}/removals`: one or several cases come off the draft with a reason.
//! Deliberately absent: all or nothing; each case comes off by a command of its own.

use axum::extract::Path;
use axum::response::Response;
use procedure::{CaseId, DecisionId, Language};
use web::api::decisions::removals::{Removal, take_off as endpoint};
use web::params::Segment;
use web::problem::Problem;

use super::{bench, signature};
use crate::act::Act;
use crate::fields::Fields;
use crate::refusal::PageRefusal;

pub(super) async fn take_off(Path(id): Path<DecisionId>, act: Act) -> Result<Response, Problem> {
    let (cases, reason) = match chosen(&act) {
        Ok(chosen) => chosen,
        Err(problem) => return again(act, id, &problem).await,
    };
    let mut last = None;
    for case in &cases {
        let removal = Removal { case: *case, reason: reason.clone() };
        match endpoint(Segment(id), act.part(&case.to_string(), removal)).await {
            Ok(answer) => last = Some(answer),
            Err(problem) => return again(act, id, &problem).await,
        }
    }
    let Some(answer) = last else {
        return again(act, id, &PageRefusal::NothingChosen.into()).await;
    };
    let notice = match act.desk.look.language {
        Language::Vietnamese => format!("Đã rút {} hồ sơ khỏi danh sách.", cases.len()),
        Language::English => format!("{} cases were taken off the list.", cases.len()),
    };
    Ok(act.done(&answer, &back(id, &act.fields), &notice))
}

fn chosen(act: &Act) -> Result<(Vec<CaseId>, String), Problem> {
    let cases = act.fields.all("case").map(|case| case.parse().map_err(|_| act.bad("case", case)));
    let cases = cases.collect::<Result<Vec<CaseId>, _>>()?;
    if cases.is_empty() {
        return Err(PageRefusal::NothingChosen.into());
    }
    Ok((cases, act.fields.text("reason")?))
}

/// The page that the form stood on, with what was filled in.
async fn again(act: Act, id: DecisionId, problem: &Problem) -> Result<Response, Problem> {
    match act.fields.get("back") {
        Some("signature") => signature::again(&act.desk, id, act.fields, (problem, None)).await,
        _ => bench::again(&act.desk, id, act.fields, problem).await,
    }
}

/// The address of that page.
fn back(id: DecisionId, fields: &Fields) -> String {
    let signing = fields.get("back") == Some("signature");
    let (path, kept) = match signing {
        true => ("/signature", ["number", "date"]),
        false => ("", ["hamlet", "q"]),
    };
    let kept =
        fields.0.iter().filter(|(name, value)| kept.contains(&name.as_str()) && !value.is_empty());
    let query = Fields(kept.cloned().collect()).query();
    let mark = if query.is_empty() { "" } else { "?" };
    format!("/decisions/{id}{path}{mark}{query}")
}
