//! Everything that happens to a case.

use std::sync::Arc;

use codec::ActorRecord;
use procedure::case::{Also, Command, Context, Meeting, OtherTitle, Routine, State, Votes};
use procedure::definition::{Performer, Step};
use procedure::{
    Aggregate, Calendar, CaseId, Date, DecisionId, Definition, MeetingId, OfficerId, ProcedureId,
    Role, Sealed, StepId, SubjectId, UnitCode,
};
use procedure::{case, decision, edition, meeting, subject};
use uuid::Uuid;

use super::context::Acting;
use crate::engine::{Engine, stream};
use crate::error::EngineError;
use crate::execute::Attempt;
use crate::request::{Done, Principal, Request};

/// What a decision about a case needs to know.
pub(crate) struct Gathered {
    acting: Acting,
    today: Date,
    edition: (Arc<edition::State>, Arc<Definition>),
    path: Vec<UnitCode>,
    calendar: Arc<Calendar>,
    turn: Option<StepId>,
    pub(super) besides: Besides,
}

/// What single commands need besides.
#[derive(Default)]
pub(super) struct Besides {
    pub(super) subject: Option<Arc<subject::State>>,
    pub(super) assignee: Option<Acting>,
    pub(super) previous: Option<Arc<State>>,
    pub(super) decision: Option<Arc<decision::State>>,
    pub(super) titles: Vec<OtherTitle>,
}

impl Gathered {
    /// Who acted, for the envelope: in the first of his roles in the procedure.
    pub(super) fn record(&self) -> ActorRecord {
        let rights = rights_in(self.edition.1.steps.iter(), &self.path, self.today);
        self.acting.record(&rights, self.today, None)
    }

    /// The same for somebody else.
    pub(super) fn by(self, acting: Acting) -> Self {
        Self { acting, ..self }
    }

    pub(crate) fn context(&self) -> Context<'_> {
        let besides = &self.besides;
        Context {
            actor: self.acting.actor(),
            today: self.today,
            definition: &self.edition.1,
            edition: &self.edition.0,
            path: &self.path,
            calendar: &self.calendar,
            also: Also {
                subject: besides.subject.as_deref(),
                assignee: besides.assignee.as_ref().map(Acting::actor),
                previous: besides.previous.as_deref(),
                decision: besides.decision.as_deref(),
                titles: &besides.titles,
            },
        }
    }
}

/// A request of the program, with an id that follows from what it is for.
pub(super) fn routine(what: &str) -> Request {
    let id = Uuid::new_v5(&procedure::name::NAMESPACE, what.as_bytes());
    Request::new(Principal::Program, id)
}

impl Engine {
    /// Registers a subject for the title and year, under a published definition.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn register_case(
        &self,
        request: &Request,
        procedure: &ProcedureId,
        subject: SubjectId,
        year: i16,
    ) -> Result<(CaseId, Done), EngineError> {
        let gathered = self.gather_new(request, procedure, subject).await?;
        let id = CaseId::of(gathered.edition.1.title, subject, year);
        let command = Command::Register { subject, year };
        self.decide_case(request, id, subject, command, gathered).await.map(|done| (id, done))
    }

    /// Opens a case for the holder of a title that ends with the year; quiet where there is nothing
    /// to renew.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn renew_case(
        &self,
        procedure: &ProcedureId,
        previous: CaseId,
        year: i16,
    ) -> Result<Done, EngineError> {
        let before = self.cases.state(&stream::<State>(&previous)?).await?;
        let subject = before.registered.as_ref().ok_or_else(unknown)?.subject;
        let request = routine(&format!("renew/{previous}/{procedure}/{year}"));
        let mut gathered = self.gather_new(&request, procedure, subject).await?;
        gathered.besides.previous = Some(before);
        let id = CaseId::of(gathered.edition.1.title, subject, year);
        let command = Command::Program(Routine::Renew { subject, year, previous });
        self.decide_case(&request, id, subject, command, gathered).await
    }

    /// Carries out a command on a registered case. Texts in it are sealed with
    /// [`Engine::sealer`] of the case's subject.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn case(
        &self,
        request: &Request,
        id: CaseId,
        command: Command,
    ) -> Result<Done, EngineError> {
        let state = self.cases.state(&stream::<State>(&id)?).await?;
        let mut gathered = self.gather(request, &state).await?;
        if asks_for_titles(&command, &gathered.edition.1) {
            gathered.besides.titles = self.other_titles(&state, &gathered.edition.1).await?;
        }
        let subject = state.registered.as_ref().ok_or_else(unknown)?.subject;
        self.decide_case(request, id, subject, command, gathered).await
    }

    /// Gives a case to an officer.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn assign_case(
        &self,
        request: &Request,
        id: CaseId,
        to: OfficerId,
        reason: Option<Sealed>,
    ) -> Result<Done, EngineError> {
        let state = self.cases.state(&stream::<State>(&id)?).await?;
        let mut gathered = self.gather(request, &state).await?;
        gathered.besides.assignee = Some(self.officer_acting(to).await?);
        let subject = state.registered.as_ref().ok_or_else(unknown)?.subject;
        self.decide_case(request, id, subject, Command::Assign { reason }, gathered).await
    }

    /// Records on a case how a meeting, whose minutes are there, voted on it.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn vote(
        &self,
        request: &Request,
        id: CaseId,
        meeting: MeetingId,
        votes: Votes,
    ) -> Result<Done, EngineError> {
        let state = self.meetings.state(&stream::<meeting::State>(&meeting)?).await?;
        let unknown = || EngineError::Refused(meeting::Refusal::Unknown.into());
        let minutes = state.recorded.as_ref().ok_or_else(unknown)?;
        let meeting = Meeting {
            id: meeting,
            procedure: minutes.procedure.clone(),
            step: minutes.step.clone(),
            unit: minutes.unit.clone(),
            held_on: minutes.held_on,
            convened: minutes.convened,
            present: u32::try_from(minutes.present.len()).unwrap_or(u32::MAX),
        };
        self.case(request, id, Command::RecordMinutes { meeting, votes }).await
    }

    /// Lets the program do for a case whatever the day asks for: warn, hand over, remind, close a
    /// posting.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn watch_case(&self, id: CaseId) -> Result<Done, EngineError> {
        self.case_routine(id, Routine::Watch).await
    }

    /// Ends the title of a case if its last day is over and no other has taken its place.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn lapse_case(&self, id: CaseId) -> Result<Done, EngineError> {
        self.case_routine(id, Routine::Lapse).await
    }

    /// The subject of a case, whose key seals the texts about it.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn subject_of(&self, id: CaseId) -> Result<SubjectId, EngineError> {
        let state = self.cases.state(&stream::<State>(&id)?).await?;
        Ok(state.registered.as_ref().ok_or_else(unknown)?.subject)
    }

    /// The same revision of a case and the same day make the same command.
    async fn case_routine(&self, id: CaseId, what: Routine) -> Result<Done, EngineError> {
        let revision = self.cases.revision(&stream::<State>(&id)?).await?.unwrap_or_default();
        let command = Command::Program(what);
        let name = format!("{}/{id}/{revision}/{}", command.name(), self.today());
        self.case(&routine(&name), id, command).await
    }

    /// Brings a case to where a decision says it is.
    pub(super) async fn follow_decision(
        &self,
        id: CaseId,
        decision: (DecisionId, u64, Arc<decision::State>),
    ) -> Result<Done, EngineError> {
        let (decision, revision, state) = decision;
        let request = routine(&format!("follow/{decision}/{revision}/{id}"));
        let case = self.cases.state(&stream::<State>(&id)?).await?;
        let mut gathered = self.gather(&request, &case).await?;
        gathered.besides.decision = Some(state);
        let command = Command::Program(Routine::FollowDecision { decision });
        if asks_for_titles(&command, &gathered.edition.1) {
            gathered.besides.titles = self.other_titles(&case, &gathered.edition.1).await?;
        }
        let subject = case.registered.as_ref().ok_or_else(unknown)?.subject;
        self.decide_case(&request, id, subject, command, gathered).await
    }

    /// What a decision about a registered case needs to know.
    pub(crate) async fn gather(
        &self,
        request: &Request,
        state: &State,
    ) -> Result<Gathered, EngineError> {
        let registered = state.registered.as_ref().ok_or_else(unknown)?;
        let today = self.today();
        let place = registered.place.last().ok_or_else(unknown)?;
        let mut path = self.path(place, today).await?;
        if path.is_empty() {
            path.clone_from(&registered.place);
        }
        Ok(Gathered {
            acting: self.acting(request).await?,
            today,
            edition: self.edition(&registered.procedure).await?,
            path,
            calendar: self.calendar().await?,
            turn: state.turn().map(|turn| turn.step.clone()),
            besides: Besides::default(),
        })
    }

    /// What a decision about a case that is to begin needs to know.
    async fn gather_new(
        &self,
        request: &Request,
        procedure: &ProcedureId,
        subject: SubjectId,
    ) -> Result<Gathered, EngineError> {
        let today = self.today();
        let state = self.subjects.state(&stream::<subject::State>(&subject)?).await?;
        let path = match &state.registered {
            Some(registered) => self.path(&registered.unit, today).await?,
            None => Vec::new(),
        };
        Ok(Gathered {
            acting: self.acting(request).await?,
            today,
            edition: self.edition(procedure).await?,
            path,
            calendar: self.calendar().await?,
            turn: None,
            besides: Besides { subject: Some(state), ..Besides::default() },
        })
    }

    /// Titles of the same subject from the years whose titles can be in force in the case's.
    pub(super) async fn other_titles(
        &self,
        state: &State,
        definition: &Definition,
    ) -> Result<Vec<OtherTitle>, EngineError> {
        let case = state.registered.as_ref().ok_or_else(unknown)?;
        let reach = i16::try_from(definition.validity.months / 12 + 2).unwrap_or(i16::MAX);
        let years = case.year.saturating_sub(reach)..=case.year.saturating_add(reach);
        let mut titles = Vec::new();
        for year in years.filter(|year| *year != case.year) {
            let other = CaseId::of(case.title, case.subject, year);
            let other = self.cases.state(&stream::<State>(&other)?).await?;
            if let case::Phase::Recognised { decision, band, .. } = &other.phase
                && let Some(in_force) = other.title_in_force()
            {
                let (band, decided) = (band.clone(), decision.date);
                titles.push(OtherTitle { year, band, decided, in_force });
            }
        }
        Ok(titles)
    }

    async fn decide_case(
        &self,
        request: &Request,
        id: CaseId,
        subject: SubjectId,
        command: Command,
        gathered: Gathered,
    ) -> Result<Done, EngineError> {
        let context = gathered.context();
        let Gathered { acting, today, path, turn, .. } = &gathered;
        let rights = rights(context.definition, &command, turn.as_ref(), path, *today);
        let on_behalf_of = command.is_subjects_side().then_some(subject);
        let attempt = Attempt {
            request,
            name: command.name(),
            about: Some(id.0),
            actor: acting.record(&rights, *today, on_behalf_of),
            fingerprint: self.fingerprint(Some(subject.0), command.name(), request)?,
        };
        self.execute(&self.cases, &stream::<State>(&id)?, &attempt, |state| {
            state.decide(command.clone(), &context)
        })
        .await
    }
}

pub(super) fn unknown() -> EngineError {
    EngineError::Refused(case::Refusal::Unknown.into())
}

/// Whether a decision depends on what the subject holds from other years.
fn asks_for_titles(command: &Command, definition: &Definition) -> bool {
    match command {
        Command::Program(Routine::Lapse) => true,
        Command::Program(Routine::Watch) => definition.renewal.is_some(),
        Command::Recognise { .. } | Command::Program(Routine::FollowDecision { .. }) => {
            !definition.outcome.levels.is_empty()
        }
        _ => false,
    }
}

/// The rights in which an officer may act: the role of the step's performer today, over the unit of
/// its level. The step is the one whose turn it is, or on the subject's side the first.
fn rights<'a>(
    definition: &'a Definition,
    command: &Command,
    turn: Option<&StepId>,
    path: &'a [UnitCode],
    today: Date,
) -> Vec<(&'a str, &'a [UnitCode])> {
    let is_this = |step: &&Step| match turn {
        Some(turn) if !command.is_subjects_side() => step.id == *turn,
        _ => command.belongs_to(step.kind),
    };
    let mut rights = rights_in(definition.steps.iter().filter(is_this), path, today);
    if let Command::Release | Command::Assign { .. } = command {
        rights.push((Role::ADMINISTRATOR, path));
    }
    rights
}

/// The roles of the performers of these steps today, each over the unit of its level.
pub(super) fn rights_in<'a>(
    steps: impl Iterator<Item = &'a Step>,
    path: &'a [UnitCode],
    today: Date,
) -> Vec<(&'a str, &'a [UnitCode])> {
    let of = |performer: &'a Performer| {
        let depth = (performer.level as usize + 1).min(path.len());
        (performer.role.as_str(), &path[..depth])
    };
    steps.filter_map(|step| step.performer(today)).map(of).collect()
}
