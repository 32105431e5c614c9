//! `POST /cases/{id}/self-assessment` and `/supplement`: save, send, or another row for evidence.
//! Deliberately absent: files; `/cases/{id}/evidence` takes them, with the rest of the form.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use procedure::CaseId;
use web::api::cases::self_assessment::{SelfAssessment, self_assess};
use web::api::cases::supplement::{Supplement, supplement as mend};
use web::params::Segment;
use web::problem::Problem;

use super::draft::{self, Saved};
use super::work::{Form, Work};
use super::{Said, because, check, lines, sheet};
use crate::act::Act;

pub(super) async fn self_assessment(Path(id): Path<CaseId>, act: Act) -> Result<Response, Problem> {
    post(Form::SelfAssessment, id, act).await
}

pub(super) async fn supplement(Path(id): Path<CaseId>, act: Act) -> Result<Response, Problem> {
    post(Form::Supplement, id, act).await
}

async fn post(form: Form, id: CaseId, mut act: Act) -> Result<Response, Problem> {
    let wanted = act.fields.get("do").unwrap_or("draft").to_owned();
    let work = Work::of(&act.desk, form, id).await?;
    if let Some(indicator) = wanted.strip_prefix("row:") {
        act.fields.0.push((format!("blank.{indicator}"), "1".to_owned()));
        return Ok(sheet(&act.desk, work, &act.fields, (Said::default(), None)));
    }
    if wanted == "send" { send(work, act).await } else { keep(work, act).await }
}

/// Saves the draft, and comes back to it.
async fn keep(work: Work, act: Act) -> Result<Response, Problem> {
    match draft::save(&act, work.form, work.case.id).await {
        Ok(Saved::Kept(answer)) => {
            let forgotten = act
                .fields
                .0
                .iter()
                .any(|(name, value)| name.starts_with("file.") && !value.is_empty());
            let notice = match forgotten {
                false => act.desk.t(
                    "Đã lưu nháp. Anh chị có thể quay lại điền tiếp bất cứ lúc nào.",
                    "Saved. You can come back to it at any time.",
                ),
                true => act.desk.t(
                    "Đã lưu nháp, nhưng tệp đã chọn chưa được tải lên: chọn lại rồi bấm “Tải tệp lên”.",
                    "Saved, but the file that you chose was not uploaded: choose it again and press “Upload”.",
                ),
            };
            Ok(act.done(&answer, &work.form.path(work.case.id), notice))
        }
        Ok(Saved::Overtaken) => Ok(overtaken(work, &act)),
        Err(problem) => {
            let said = because(&problem, &act.desk);
            Ok(sheet(&act.desk, work, &act.fields, (said, None)))
        }
    }
}

/// The form with what was typed, beside what somebody else has saved meanwhile.
pub(super) fn overtaken(work: Work, act: &Act) -> Response {
    let desk = &act.desk;
    let mut changes = vec![
        desk.t(
            "Người khác đã lưu một bản nháp sau khi anh chị mở biểu mẫu. Dưới đây là bản của anh chị; bấm “Lưu nháp” lần nữa nếu muốn thay bản kia.",
            "Somebody else saved a draft after you had opened the form. Below is yours; press “Save draft” again to put it in the place of the other.",
        )
        .to_owned(),
    ];
    if let Some(other) = &work.draft {
        let other = draft::fields(&other.content);
        for indicator in work.definition.indicators() {
            let name = format!("points.{}", indicator.id);
            let (theirs, mine) = (other.get(&name), act.fields.get(&name));
            if theirs != mine {
                let (theirs, mine) = (theirs.unwrap_or("–"), mine.unwrap_or("–"));
                changes.push(match desk.t("vi", "en") {
                    "vi" => format!("{}: bản kia {theirs} điểm, bản này {mine} điểm", indicator.id),
                    _ => format!("{}: theirs {theirs} points, yours {mine}", indicator.id),
                });
            }
        }
    }
    let said = Said { changes, status: Some(StatusCode::CONFLICT), ..Said::default() };
    sheet(desk, work, &act.fields, (said, None))
}

/// Hands the form in.
async fn send(work: Work, act: Act) -> Result<Response, Problem> {
    let (form, id) = (work.form, work.case.id);
    let own = act.desk.owns(work.case.subject);
    let faults = check::faults(&act.fields, &work.definition, !own, act.desk.look.language);
    if !faults.is_empty() {
        let status = Some(StatusCode::UNPROCESSABLE_ENTITY);
        let said = Said { faults, status, ..Said::default() };
        return Ok(sheet(&act.desk, work, &act.fields, (said, None)));
    }
    match hand_in(&work, &act).await {
        Ok(answer) => {
            draft::discard(&act, form, id).await;
            let to = if act.desk.in_office() { format!("/cases/{id}") } else { "/mine".to_owned() };
            let notice = match form {
                Form::SelfAssessment => act.desk.t(
                    "Đã gửi bản tự đánh giá. Hồ sơ chuyển sang thẩm định.",
                    "The self-assessment is handed in. The case goes on to its review.",
                ),
                Form::Supplement => act.desk.t(
                    "Đã gửi phần bổ sung. Hồ sơ quay lại bước thẩm định.",
                    "The supplement is handed in. The case goes back to its review.",
                ),
            };
            Ok(act.done(&answer, &to, notice))
        }
        Err(problem) => {
            let mut said = because(&problem, &act.desk);
            if let Some(seen) = act.revision.filter(|_| problem.code() == "http.stale") {
                said.changes = work.since(seen, &act.desk);
            }
            Ok(sheet(&act.desk, work, &act.fields, (said, None)))
        }
    }
}

async fn hand_in(work: &Work, act: &Act) -> Result<Response, Problem> {
    let (id, mut lines) = (work.case.id, lines::claims(&act.fields, &work.definition));
    let declarant = act.fields.get("declarant").map(str::to_owned);
    match work.form {
        Form::SelfAssessment => {
            self_assess(Segment(id), act.command(SelfAssessment { lines, declarant })).await
        }
        Form::Supplement => {
            lines.retain(|line| lines::differs(line, &work.before));
            mend(Segment(id), act.command(Supplement { lines, declarant })).await
        }
    }
}
