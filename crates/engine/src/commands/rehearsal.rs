//! What would become of commands on a case, without effect: for pages that say beforehand what stands in
//! the way, in the words of the refusal that would come. Nothing is written, and nothing is kept of what
//! would be refused.
//! Deliberately absent: rules; the same decisions are asked as when it is meant.

use procedure::case::{Command, Refusal, State, obstacles};
use procedure::{Aggregate, CaseId, OfficerId, Refused};
use uuid::Uuid;

use super::case::unknown;
use crate::engine::{Engine, stream};
use crate::error::EngineError;
use crate::request::{Principal, Request};

/// What stands between a case and what comes next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rehearsed {
    /// For each command, why it would be refused now; nothing where it would be taken.
    pub refused: Vec<Option<Refused>>,
    /// What stands between the case and its title, whoever asks.
    pub obstacles: Vec<Refusal>,
    /// Of the officers asked about, those to whom the asker could give the case.
    pub assignable: Vec<OfficerId>,
}

impl Engine {
    /// What each of the commands would come to if it were the next one on a case, what stands in the
    /// case's own way, and to which of some officers it could be given.
    ///
    /// # Errors
    /// [`EngineError`], where that cannot be found out.
    pub async fn rehearse_case(
        &self,
        principal: &Principal,
        id: CaseId,
        commands: &[Command],
        officers: &[OfficerId],
    ) -> Result<Rehearsed, EngineError> {
        let request = Request::new(principal.clone(), Uuid::nil());
        let state = self.cases.state(&stream::<State>(&id)?).await?;
        if state.registered.is_none() {
            return Err(unknown());
        }
        let mut gathered = self.gather(&request, &state).await?;
        if !gathered.context().definition.outcome.levels.is_empty() {
            let titles = self.other_titles(&state, gathered.context().definition).await?;
            gathered.besides.titles = titles;
        }
        let refusal = |command: &Command| state.decide(command.clone(), &gathered.context()).err();
        let refused = commands.iter().map(refusal).collect();
        let obstacles = obstacles(&state, &gathered.context());
        let mut assignable = Vec::new();
        for officer in officers {
            gathered.besides.assignee = Some(self.officer_acting(*officer).await?);
            let command = Command::Assign { reason: None };
            if state.decide(command, &gathered.context()).is_ok_and(|events| !events.is_empty()) {
                assignable.push(*officer);
            }
        }
        Ok(Rehearsed { refused, obstacles, assignable })
    }
}
