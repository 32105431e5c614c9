//! Many commands at a time: the store commits together what waits together.
//! Deliberately absent: repeating what failed; the next sweep asks for it again.

use std::future::Future;

use engine::{Done, EngineError};
use futures_util::{StreamExt as _, stream};
use projections::Position;

/// Commands in flight.
const AT_ONCE: usize = 256;

/// What a number of commands came to.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Commands that changed something.
    pub(crate) changed: usize,
    /// Commands that were refused or could not be carried out.
    pub(crate) failed: usize,
    /// The last of what was written.
    pub(crate) position: Option<Position>,
}

/// Carries out a command for each item. What fails is told to the operator and stands in nobody's
/// way.
pub(crate) async fn each<T, F>(items: Vec<T>, act: impl Fn(T) -> F) -> Outcome
where
    T: std::fmt::Debug + Clone,
    F: Future<Output = Result<Done, EngineError>>,
{
    let acts = stream::iter(items).map(|item| {
        let told = item.clone();
        let acting = act(item);
        async move { (told, acting.await) }
    });
    acts.buffer_unordered(AT_ONCE)
        .fold(Outcome::default(), |mut outcome, (item, result)| async move {
            match result {
                Ok(done) if done.events > 0 && !done.repeated => {
                    outcome.changed += 1;
                    outcome.position = outcome.position.max(done.position);
                }
                Ok(_) => {}
                Err(error) => {
                    outcome.failed += 1;
                    tracing::warn!(?item, %error, "the clerk could not do this");
                }
            }
            outcome
        })
        .await
}
