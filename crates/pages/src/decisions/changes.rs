//! What has changed on a decision since somebody looked, in words.
//! Deliberately absent: who did it and when; the trail of the decision has that.

use procedure::decision::Event;
use procedure::{CaseId, DecisionId, Language};
use web::problem::Problem;

use crate::desk::Desk;

/// Most cases that are named.
const NAMED_MAX: usize = 20;

/// A change.
pub(super) struct Change {
    pub(super) what: String,
    /// The cases that it is about, as far as they fit.
    pub(super) cases: Vec<(String, String)>,
    /// How many more there are.
    pub(super) more: usize,
}

/// The changes after a revision.
pub(super) async fn since(
    desk: &Desk,
    id: DecisionId,
    revision: u64,
) -> Result<Vec<Change>, Problem> {
    let events = desk.reading.app.engine.decision_events(id, revision).await?;
    let language = desk.look.language;
    let told: Vec<_> = events.iter().map(|event| told(event, language)).collect();
    let read = desk.read(move |reader| {
        let mut changes = Vec::new();
        for (what, ids) in told {
            let more = ids.len().saturating_sub(NAMED_MAX);
            let named = reader.cases_by_id(ids.get(..NAMED_MAX).unwrap_or(&ids))?;
            let cases = named.into_iter().map(|case| {
                (case.id.to_string(), case.subject_name.unwrap_or_else(|| "–".to_owned()))
            });
            changes.push(Change { what, cases: cases.collect(), more });
        }
        Ok(changes)
    });
    read.await
}

fn told(event: &Event, language: Language) -> (String, Vec<CaseId>) {
    let kind = match event {
        Event::DecisionDrafted(_) => "DecisionDrafted",
        Event::CasesListed(_) => "CasesListed",
        Event::CaseTakenOff(_) => "CaseTakenOff",
        Event::DecisionSigned(_) => "DecisionSigned",
        Event::DecisionDiscarded(_) => "DecisionDiscarded",
        Event::DecisionCorrected(_) => "DecisionCorrected",
        Event::DecisionCancelled(_) => "DecisionCancelled",
    };
    let cases = match event {
        Event::CasesListed(event) => event.cases.clone(),
        Event::CaseTakenOff(event) => vec![event.case],
        _ => Vec::new(),
    };
    (crate::words::word("event", kind, language), cases)
}
