//! One pass over everything that is to be done. Cases follow their decisions before their clocks are
//! looked at, and titles end before others are renewed.

use std::collections::HashSet;
use std::future::Future;
use std::hash::Hash;
use std::time::Duration;

use engine::{Done, EngineError};
use projections::query::agenda::Renewable;
use projections::{Position, ReadError, Reader};

use crate::pool::{self, Outcome};
use crate::{Clerk, agenda};

/// How many cases are looked up at a time.
const PAGE: usize = 2_000;
/// How long the read models may take to count what was just written.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a pass came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Cases that changed.
    pub changed: usize,
    /// What could not be done; it stays to be done.
    pub failed: usize,
}

impl Clerk {
    /// Does all that is to be done now; nothing where it is not for him ([`Clerk::may_act`]), and
    /// nothing more once it is no longer for him.
    ///
    /// # Errors
    /// [`ReadError`] where the read models cannot say what is to be done.
    pub async fn sweep(&self) -> Result<Swept, ReadError> {
        let mut swept = Swept::default();
        self.decisions(&mut swept).await?;
        self.clocks(&mut swept).await?;
        self.day(&mut swept).await?;
        Ok(swept)
    }

    /// The same without what a day asks for once.
    pub(crate) async fn glance(&self) -> Result<Swept, ReadError> {
        let mut swept = Swept::default();
        self.decisions(&mut swept).await?;
        self.clocks(&mut swept).await?;
        Ok(swept)
    }

    async fn clocks(&self, swept: &mut Swept) -> Result<(), ReadError> {
        let today = self.engine.today();
        let look = move |reader: &Reader<'_>, limit| agenda::clocks(reader, today, limit);
        self.pages(swept, look, |case| self.engine.watch_case(case)).await
    }

    /// What a day asks for once: titles that end, cases to remind or to hand over, titles to renew.
    async fn day(&self, swept: &mut Swept) -> Result<(), ReadError> {
        let today = self.engine.today();
        let look = move |reader: &Reader<'_>, limit| agenda::to_lapse(reader, today, limit);
        self.pages(swept, look, |case| self.engine.lapse_case(case)).await?;
        let look = move |reader: &Reader<'_>, limit| agenda::to_watch(reader, today, limit);
        self.pages(swept, look, |case| self.engine.watch_case(case)).await?;
        let look = move |reader: &Reader<'_>, limit| agenda::to_renew(reader, today, limit);
        let renew = |one: Renewable| async move {
            self.engine.renew_case(&one.procedure, one.previous, one.year).await
        };
        self.pages(swept, look, renew).await
    }

    async fn decisions(&self, swept: &mut Swept) -> Result<(), ReadError> {
        for id in self.runner.models().read(agenda::decisions).await? {
            if !self.may_act() {
                return Ok(());
            }
            match self.engine.settle_decision(id).await {
                Ok(followed) => {
                    swept.changed += followed.changed;
                    swept.failed += followed.failed.len();
                    for (case, error) in followed.failed.iter().take(10) {
                        tracing::warn!(decision = %id, %case, %error, "a case did not follow");
                    }
                    self.counted(followed.position).await?;
                }
                Err(error) => {
                    swept.failed += 1;
                    tracing::warn!(decision = %id, %error, "a decision could not be followed");
                }
            }
        }
        Ok(())
    }

    /// Looks up what is to be done and does it, page by page, each thing once.
    async fn pages<T, F>(
        &self,
        swept: &mut Swept,
        look: impl Fn(&Reader<'_>, usize) -> Result<Vec<T>, ReadError> + Send + Sync + Copy + 'static,
        act: impl Fn(T) -> F,
    ) -> Result<(), ReadError>
    where
        T: std::fmt::Debug + Clone + Eq + Hash + Send + 'static,
        F: Future<Output = Result<Done, EngineError>>,
    {
        let mut seen = HashSet::new();
        // Asked before each page: a server that stood still may have been replaced meanwhile.
        while self.may_act() {
            let limit = PAGE + seen.len();
            let found = self.runner.models().read(move |reader| look(reader, limit)).await?;
            let fresh: Vec<T> = found.into_iter().filter(|one| seen.insert(one.clone())).collect();
            if fresh.is_empty() {
                return Ok(());
            }
            let Outcome { changed, failed, position } = pool::each(fresh, &act).await;
            swept.changed += changed;
            swept.failed += failed;
            self.counted(position).await?;
        }
        Ok(())
    }

    /// Waits until the read models have counted what was written, so that the next look sees it.
    async fn counted(&self, position: Option<Position>) -> Result<(), ReadError> {
        match position {
            Some(position) => self.runner.wait_for(position, PATIENCE).await,
            None => Ok(()),
        }
    }
}
