//! Subjects and officers alike: things that belong to an administrative unit and are set up by
//! those who administer it.

use procedure::actor::Placed;
use procedure::{Aggregate, OfficerId, UnitCode, officer};
use uuid::Uuid;

use super::context::setting_up;
use crate::engine::{Engine, stream};
use crate::error::EngineError;
use crate::execute::Attempt;
use crate::repository::Repository;
use crate::request::{Done, Principal, Request};
use codec::stream::StreamId;

/// An aggregate that belongs to a unit.
pub(super) trait Settled: for<'a> Aggregate<Context<'a> = Placed<'a>> {
    /// Where it belongs, once it is known.
    fn home(&self) -> Option<&UnitCode>;
    /// The stable name of a command.
    fn name(command: &Self::Command) -> &'static str;
    /// The unit that a command names.
    fn unit(command: &Self::Command) -> Option<&UnitCode>;
    /// The officer whose power a command passes on.
    fn delegator(_: &Self::Command) -> Option<OfficerId> {
        None
    }
}

impl Engine {
    pub(super) async fn settle<A: Settled>(
        &self,
        repository: &Repository<A>,
        (id, owner): (&impl StreamId<A>, Uuid),
        request: &Request,
        command: A::Command,
    ) -> Result<Done, EngineError> {
        self.settle_if(true, repository, (id, owner), request, command).await
    }

    /// Decides a command as [`Self::settle`] does, keeps its refusal if it is refused for who asks,
    /// and writes nothing else: for commands that are dear to prepare.
    pub(super) async fn try_settling<A: Settled>(
        &self,
        repository: &Repository<A>,
        (id, owner): (&impl StreamId<A>, Uuid),
        request: &Request,
        command: A::Command,
    ) -> Result<(), EngineError> {
        let mut asked = request.clone();
        asked.command_id = Uuid::new_v5(&request.command_id, b"tried");
        (asked.causation, asked.expected) = (Some(request.command_id), None);
        asked.body = Vec::new();
        self.settle_if(false, repository, (id, owner), &asked, command).await.map(drop)
    }

    async fn settle_if<A: Settled>(
        &self,
        carry_out: bool,
        repository: &Repository<A>,
        (id, owner): (&impl StreamId<A>, Uuid),
        request: &Request,
        command: A::Command,
    ) -> Result<Done, EngineError> {
        let today = self.today();
        let acting = self.acting(request).await?;
        let stream = stream::<A>(id)?;
        let path = match A::unit(&command) {
            Some(unit) => self.path(unit, today).await?,
            None => match repository.state(&stream).await?.home() {
                Some(home) => self.path(home, today).await?,
                None => Vec::new(),
            },
        };
        let name = A::name(&command);
        let attempt = Attempt {
            request,
            name,
            about: Some(owner),
            actor: acting.record(&setting_up(&path), today, None),
            fingerprint: self.fingerprint(Some(owner), name, request)?,
        };
        let delegator = match A::delegator(&command) {
            Some(id) => {
                Some(self.officers.state(&crate::engine::stream::<officer::State>(&id)?).await?)
            }
            None => None,
        };
        let delegator = delegator.as_deref();
        self.execute(repository, &stream, &attempt, |state| {
            let context = Placed { actor: acting.actor(), today, path: &path, delegator };
            let events = state.decide(command.clone(), &context)?;
            Ok(if carry_out { events } else { Vec::new() })
        })
        .await
    }

    /// Whether commands, one after the other, would be accepted; writes nothing.
    pub(super) async fn rehearse_settling<A: Settled>(
        &self,
        repository: &Repository<A>,
        id: &impl StreamId<A>,
        principal: &Principal,
        commands: &[(Uuid, A::Command)],
    ) -> Result<(), (usize, EngineError)> {
        let today = self.today();
        let at_first = |error| (0, error);
        let asked = Request::new(principal.clone(), Uuid::nil());
        let acting = self.acting(&asked).await.map_err(at_first)?;
        let mut paths = Vec::with_capacity(commands.len());
        for (index, (_, command)) in commands.iter().enumerate() {
            paths.push(match A::unit(command) {
                Some(unit) => self.path(unit, today).await.map_err(|error| (index, error))?,
                // What names no unit follows a command that does.
                None => paths.last().cloned().unwrap_or_default(),
            });
        }
        let stream = stream::<A>(id).map_err(at_first)?;
        let ids = commands.iter().map(|(id, _)| *id);
        self.rehearse(repository, &stream, ids, |state, index| {
            let path = paths.get(index).map_or(&[][..], Vec::as_slice);
            let context = Placed { actor: acting.actor(), today, path, delegator: None };
            match commands.get(index) {
                Some((_, command)) => state.decide(command.clone(), &context),
                None => Ok(Vec::new()),
            }
        })
        .await
    }
}
