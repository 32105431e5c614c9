//! One command on many cases at once. Each case is decided and written by itself, under an id
//! derived from the request's, so that one that is refused does not hold up the others, and a
//! request that was interrupted can be sent again.
//! Deliberately absent: a transaction over all; whoever needs all or nothing signs a decision.

use std::collections::BTreeSet;
use std::future::Future;
use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::Response;
use codec::digest::digest_text;
use engine::{Done, Engine, EngineError, Request};
use futures_util::{StreamExt as _, stream};
use procedure::CaseId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::command::Command;
use crate::problem::Problem;
use crate::refusal::HttpRefusal;

/// The most cases of one request.
pub(crate) const ITEMS_MAX: usize = 2_000;

/// Cases that are acted on at the same time; the store commits them together.
const AT_ONCE: usize = 64;

/// What a command on many cases came to, case by case.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(crate) struct Many {
    /// The cases that it was carried out on, in the order of the request.
    done: Vec<DoneCase>,
    /// The cases that it was refused for, with the reason of each.
    refused: Vec<RefusedCase>,
    /// Position in the log to wait for before reading; also `Hieuhoc-Position`. Null if nothing
    /// was written.
    position: Option<String>,
}

/// A case that a command was carried out on.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DoneCase {
    /// The case.
    case: Uuid,
    /// Its last revision now.
    revision: Option<u64>,
    /// Whether it had been done before under the same `Idempotency-Key`.
    repeated: bool,
}

/// A case that a command was refused for.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RefusedCase {
    /// The case.
    case: Uuid,
    /// The stable code of the reason.
    #[schema(example = "case.not_at_this_step")]
    code: &'static str,
    /// The reason in Vietnamese.
    message_vi: String,
    /// The reason in English.
    message_en: String,
}

impl RefusedCase {
    pub(crate) fn new(case: CaseId, problem: &Problem) -> Self {
        let (code, message_vi, message_en) = problem.told();
        Self { case: case.0, code, message_vi, message_en }
    }
}

/// Carries out a command on each of the cases, and answers with what each came to.
///
/// A failure of the store ends all of it; what was done until then stays done.
pub(crate) async fn each<T, I, F, R>(
    command: &Command<T>,
    items: Vec<(CaseId, I)>,
    act: F,
) -> Result<Response, Problem>
where
    F: Fn(Arc<Engine>, Request, CaseId, I) -> R,
    R: Future<Output = Result<Done, EngineError>>,
{
    command.must_expect_nothing()?;
    must_be_few_and_distinct(items.iter().map(|(case, _)| *case))?;
    let content = digest_text(&command.request.body);
    let acts = items.into_iter().map(|(case, item)| {
        let request = part(&command.request, &content, case);
        let act = act(command.app.engine.clone(), request, case, item);
        async move { (case, act.await) }
    });
    let mut results = stream::iter(acts).buffered(AT_ONCE);
    let (mut many, mut last) = (Many::default(), None);
    while let Some((case, result)) = results.next().await {
        match result {
            Ok(Done { revision, position, repeated, .. }) => {
                last = last.max(position);
                many.done.push(DoneCase { case: case.0, revision, repeated });
            }
            Err(EngineError::Unavailable { detail, .. }) => {
                // Whatever this case says of itself: others were done, or are on their way.
                return Err(EngineError::Unavailable { maybe_done: true, detail }.into());
            }
            Err(error @ EngineError::Corrupt(_)) => return Err(error.into()),
            Err(error) => many.refused.push(RefusedCase::new(case, &error.into())),
        }
    }
    many.position = last.map(|position| position.to_string());
    let done = Done { revision: None, position: last, events: many.done.len(), repeated: false };
    Ok(command.answer(StatusCode::OK, done, many).await)
}

/// A list of cases as a caller sent it, with nothing else for each.
pub(crate) fn plain(cases: &[CaseId]) -> Vec<(CaseId, ())> {
    cases.iter().map(|case| (*case, ())).collect()
}

/// Refuses a list that is too long, or that has a case twice.
pub(crate) fn must_be_few_and_distinct(
    cases: impl ExactSizeIterator<Item = CaseId>,
) -> Result<(), Problem> {
    let items = cases.len();
    if items > ITEMS_MAX {
        return Err(HttpRefusal::TooManyItems { items, maximum: ITEMS_MAX }.into());
    }
    let mut seen = BTreeSet::new();
    for case in cases {
        if !seen.insert(case) {
            return Err(HttpRefusal::ItemTwice { item: case.to_string() }.into());
        }
    }
    Ok(())
}

/// The part of a request that is about one case. The content of the whole stands in for it, so
/// that the same key with another list is noticed.
fn part(request: &Request, content: &str, case: CaseId) -> Request {
    let mut part = Request::new(
        request.principal.clone(),
        Uuid::new_v5(&request.command_id, case.0.as_bytes()),
    );
    part.correlation = request.correlation;
    part.body = content.as_bytes().to_vec();
    part
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(number: u128) -> CaseId {
        CaseId(Uuid::from_u128(number))
    }

    fn code(cases: &[CaseId]) -> Option<&'static str> {
        must_be_few_and_distinct(cases.iter().copied()).err().map(|problem| problem.code())
    }

    #[test]
    fn a_list_is_short_and_has_each_case_once() {
        let long: Vec<_> = (0..=ITEMS_MAX as u128).map(case).collect();
        assert_eq!(code(&long), Some("http.too_many_items"));
        assert_eq!(code(&long[1..]), None);
        assert_eq!(code(&[case(1), case(2), case(1)]), Some("http.item_twice"));
        assert_eq!(code(&[]), None);
    }

    #[test]
    fn each_case_has_a_command_of_its_own() {
        let request = Request::new(engine::Principal::Program, Uuid::from_u128(9));
        let (one, other) = (part(&request, "a", case(1)), part(&request, "a", case(2)));
        assert_ne!(one.command_id, other.command_id);
        assert_eq!(one.command_id, part(&request, "b", case(1)).command_id);
        assert_eq!(one.correlation, request.command_id);
        assert_ne!(one.body, part(&request, "b", case(1)).body);
    }
}
