//! The draft of a form: one for all on the subject's side, never written over what somebody else has
//! saved meanwhile without being shown. Deliberately absent: saving by itself at every key.

use axum::response::Response;
use engine::EngineError;
use procedure::draft::DraftOf;
use procedure::{CaseId, FormName};
use web::HttpRefusal;
use web::problem::Problem;

use super::work::Form;
use crate::act::Act;
use crate::fields::Fields;

/// Fields that are not kept.
const PASSING: [&str; 3] = ["do", "draft", "form"];

/// Which draft a form of a case has.
pub(super) fn of(form: Form, id: CaseId) -> Result<DraftOf, Problem> {
    let name: FormName = form.name().parse().map_err(|_| HttpRefusal::Internal)?;
    Ok(DraftOf::shared(id, name))
}

/// What saving came to.
pub(crate) enum Saved {
    /// It is kept.
    Kept(Response),
    /// It is not: somebody else saved another draft since this form was opened.
    Overtaken,
}

/// The fields of a draft; none if it is not one of ours.
pub(super) fn fields(content: &str) -> Fields {
    serde_json::from_str(content).unwrap_or_default()
}

/// Keeps everything that stands in the form.
pub(crate) async fn save(act: &Act, form: Form, id: CaseId) -> Result<Saved, Problem> {
    let of = of(form, id)?;
    let mut command = act.part("draft", ());
    let seen: Option<u64> = act.fields.some("draft")?;
    if seen.is_none() {
        let there = command.engine().draft(&of).await?;
        if there.is_some_and(|draft| draft.by != act.desk.session.officer) {
            return Ok(Saved::Overtaken);
        }
    }
    command.request.expected = seen;
    let mut fields = act.fields.clone().without(&PASSING);
    fields.0.retain(|(name, _)| !name.starts_with("file.") && !name.starts_with("blank."));
    let content = serde_json::to_string(&fields).map_err(|_| HttpRefusal::Internal)?;
    match command.engine().save_draft(&command.request, &of, &content).await {
        Ok(done) => Ok(Saved::Kept(command.done(id, done).await?)),
        Err(EngineError::Stale { .. }) => Ok(Saved::Overtaken),
        Err(error) => Err(error.into()),
    }
}

/// Lets the draft go after the form was sent. That it could not be is no harm: it is found no more.
pub(super) async fn discard(act: &Act, form: Form, id: CaseId) {
    let command = act.part("discard", ());
    let Ok(of) = of(form, id) else { return };
    if let Err(error) = command.engine().discard_draft(&command.request, &of).await {
        tracing::warn!(%error, "a draft that was handed in could not be let go");
    }
}
