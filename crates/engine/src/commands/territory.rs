//! Reorganisations of administrative units.

use procedure::territory::{Command, Context, State};
use procedure::{Aggregate, UnitCode};

use super::context::{nation, setting_up};
use crate::engine::{Engine, stream};
use crate::error::EngineError;
use crate::execute::Attempt;
use crate::request::{Done, Request};

impl Engine {
    /// Carries out an instrument in the list of `root`: `VN`, or a commune for its hamlets.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn reorganise(
        &self,
        request: &Request,
        root: &UnitCode,
        command: Command,
    ) -> Result<Done, EngineError> {
        let today = self.today();
        let acting = self.acting(request).await?;
        let nation = nation()?;
        let above = if *root == nation { None } else { Some(self.units(&nation).await?) };
        let path = above.as_ref().map_or_else(Vec::new, |above| above.path(root, today));
        let attempt = Attempt {
            request,
            name: command.name(),
            about: None,
            actor: acting.record(&setting_up(&path), today, None),
            fingerprint: self.fingerprint(None, command.name(), request)?,
        };
        self.execute(&self.territories, &stream::<State>(root)?, &attempt, |state| {
            let context = Context { actor: acting.actor(), today, root, above: above.as_deref() };
            state.decide(command.clone(), &context)
        })
        .await
    }
}
