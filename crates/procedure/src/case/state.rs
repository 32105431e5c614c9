//! What the history of a case means.

use alloc::vec::Vec;

use crate::case::event::{
    Assessment, Assignment, CaseRegistered, Claim, DecisionReference, Event, MinutesRecorded,
    ObjectionKind, PostedPublicly, Reminder, ReturnedForSupplement, Supplemented,
};
use crate::date::{Date, Period};
use crate::name::{
    BandId, CaseId, DecisionId, IndicatorId, OfficerId, ProcedureId, StepId, SubjectId, UnitCode,
};
use crate::text::Sealed;
use crate::title::Title;

/// A case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// What was registered.
    pub registered: Option<Registered>,
    /// Where it stands.
    pub phase: Phase,
    /// The subject's own points, as last handed in.
    pub claims: Vec<Claim>,
    /// Last year's points, as a draft of this year's.
    pub prefill: Vec<Claim>,
    /// The points of the last review.
    pub assessments: Vec<Assessment>,
    /// The steps that led to whose turn it is; what a case goes back over is not among them.
    pub done: Vec<StepId>,
    /// How the last meeting voted, unless the case went back to before it.
    pub minutes: Option<MinutesRecorded>,
    /// The last posting, unless the case went back to before it.
    pub posted: Option<PostedPublicly>,
    /// What has been said about it in public.
    pub objections: Vec<Objection>,
    /// The draft that it stands on, which keeps it from changing.
    pub placed: Option<DecisionId>,
    /// Who took which step.
    pub taken: Vec<(StepId, OfficerId)>,
    /// How often it was returned.
    pub returns: u16,
    /// The day on which it came to whose turn it is.
    pub turn_since: Option<Date>,
    /// Earlier stays at the same step, from the first to the last day, which a supplement
    /// interrupted: the time of the step does not run in between.
    pub stays: Vec<(Date, Date)>,
    /// What has been said about the time of the step.
    pub alarm: Alarm,
    /// The reminders sent.
    pub reminders: Vec<(Reminder, u16)>,
}

/// What has been said about the time of a step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alarm {
    /// That a share of it is over.
    pub warned: bool,
    /// That it is over.
    pub breached: bool,
    /// Before whom that was put.
    pub escalated: Option<Assignment>,
}

/// What somebody has said about a posted case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    /// Its number in the case.
    pub number: u16,
    /// Whether it keeps the case.
    pub kind: ObjectionKind,
    /// Who says it.
    pub name: Sealed,
    /// What he says.
    pub text: Sealed,
    /// Whether it was found to be right, and why; `None` while it is open.
    pub answer: Option<(bool, Sealed)>,
}

/// What was registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registered {
    /// The title.
    pub title: Title,
    /// The subject.
    pub subject: SubjectId,
    /// The calendar year.
    pub year: i16,
    /// The definition.
    pub procedure: ProcedureId,
    /// The units of the subject on that day, from the nation down.
    pub place: Vec<UnitCode>,
    /// The case whose title this one renews.
    pub renews: Option<CaseId>,
    /// The day.
    pub on: Date,
}

/// Where a case stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Not registered.
    #[default]
    Absent,
    /// A step is to be taken.
    Open {
        /// Whose turn it is.
        turn: Assignment,
        /// Who has taken the case to himself.
        holder: Option<OfficerId>,
    },
    /// The subject is to supplement.
    Returned {
        /// Whose turn it is to supplement.
        turn: Assignment,
        /// The step that asked for it.
        from: StepId,
        /// Why.
        reason: Sealed,
        /// The indicators in question; none means all.
        indicators: Vec<IndicatorId>,
    },
    /// The title is recognised.
    Recognised {
        /// By which decision.
        decision: DecisionReference,
        /// The band.
        band: Option<BandId>,
        /// The days on which the title is in force.
        in_force: Period,
        /// How it ended, if it did.
        ended: Option<Ended>,
    },
    /// The title is refused.
    Refused {
        /// By which decision.
        decision: DecisionReference,
        /// Why.
        reason: Sealed,
    },
    /// The subject strives no more.
    Withdrawn {
        /// Why.
        reason: Sealed,
    },
}

/// How a title ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Its time was over.
    Lapsed {
        /// The first day without it.
        from: Date,
    },
    /// It was taken back.
    Revoked {
        /// The first day without it.
        from: Date,
        /// By which decision.
        decision: DecisionReference,
        /// On which ground.
        ground: Sealed,
    },
}

impl State {
    /// The subject's own points for an indicator.
    #[must_use]
    pub fn claimed(&self, indicator: &IndicatorId) -> Option<u16> {
        self.claims.iter().find(|line| line.indicator == *indicator).map(|line| line.points)
    }

    /// Whose turn it is, if the case is open.
    #[must_use]
    pub fn turn(&self) -> Option<&Assignment> {
        match &self.phase {
            Phase::Open { turn, .. } | Phase::Returned { turn, .. } => Some(turn),
            Phase::Absent
            | Phase::Recognised { .. }
            | Phase::Refused { .. }
            | Phase::Withdrawn { .. } => None,
        }
    }

    /// The days on which the case hangs out in a step.
    #[must_use]
    pub fn posted_in(&self, step: &StepId) -> Option<Period> {
        self.posted.as_ref().filter(|posted| posted.step == *step).map(|posted| posted.days)
    }

    /// The first objection that keeps the case.
    #[must_use]
    pub fn open_objection(&self) -> Option<&Objection> {
        let keeps = |one: &&Objection| one.kind == ObjectionKind::Objection && one.answer.is_none();
        self.objections.iter().find(keeps)
    }

    /// Who holds it.
    #[must_use]
    pub fn holder(&self) -> Option<OfficerId> {
        match &self.phase {
            Phase::Open { holder, .. } => *holder,
            _ => None,
        }
    }

    /// The days on which its title is in force, up to the day before it was revoked.
    #[must_use]
    pub fn title_in_force(&self) -> Option<Period> {
        match &self.phase {
            Phase::Recognised { in_force, ended: Some(Ended::Revoked { from, .. }), .. } => {
                Some(Period { until: from.day_before(), ..*in_force })
            }
            Phase::Recognised { in_force, .. } => Some(*in_force),
            _ => None,
        }
    }

    fn take(&mut self, step: &StepId, hands: impl IntoIterator<Item = OfficerId>) {
        for by in hands {
            let act = (step.clone(), by);
            if !self.taken.contains(&act) {
                self.taken.push(act);
            }
        }
    }

    fn take_turn(&mut self, by: OfficerId, in_place_of: Option<OfficerId>) {
        if let Some(turn) = self.turn().cloned() {
            self.take(&turn.step, hands(by, in_place_of));
        }
    }

    /// Comes to a step, whose time begins.
    fn turn_to(&mut self, next: &Assignment, on: Date) {
        self.go_on(next, on);
        self.stays.clear();
        self.alarm = Alarm::default();
    }

    /// Comes back to a step, whose time goes on.
    fn go_on(&mut self, next: &Assignment, on: Date) {
        self.phase = Phase::Open { turn: next.clone(), holder: None };
        self.turn_since = Some(on);
        self.placed = None;
    }

    /// Goes back to a review: what came after it is to be done anew, and what came before it stands.
    fn go_back(&mut self, next: &Assignment, on: Date) {
        self.turn_to(next, on);
        if let Some(place) = self.done.iter().position(|done| *done == next.step) {
            self.done.truncate(place);
        }
        let done = &self.done;
        self.minutes.take_if(|minutes| !done.contains(&minutes.step));
        self.posted.take_if(|posted| !done.contains(&posted.step));
    }

    fn hold(&mut self, holder: Option<OfficerId>) {
        if let Phase::Open { holder: held, .. } = &mut self.phase {
            *held = holder;
        }
    }

    fn end(&mut self, how: Ended) {
        if let Phase::Recognised { ended, .. } = &mut self.phase {
            *ended = Some(how);
        }
    }
}

fn hands(by: OfficerId, in_place_of: Option<OfficerId>) -> impl Iterator<Item = OfficerId> {
    core::iter::once(by).chain(in_place_of)
}

/// What an event changes.
pub fn evolve(state: &mut State, event: &Event) {
    match event {
        Event::CaseRegistered(event) => registered(state, event),
        Event::Prefilled(event) => state.prefill.clone_from(&event.lines),
        Event::SelfAssessed(event) => {
            state.claims.clone_from(&event.lines);
            state.prefill.clear();
        }
        Event::Claimed(event) => state.hold(Some(event.by)),
        Event::Released(_) => state.hold(None),
        Event::Assigned(event) => state.hold(Some(event.to)),
        Event::TakenOver(event) => state.hold(Some(event.by)),
        Event::Reviewed(event) => state.assessments.clone_from(&event.lines),
        Event::ReturnedForSupplement(event) => returned(state, event),
        Event::Supplemented(event) => supplemented(state, event),
        Event::MinutesRecorded(event) => state.minutes = Some(event.clone()),
        Event::PostedPublicly(event) => {
            state.posted = Some(event.clone());
            state.take(&event.step, hands(event.by, event.in_place_of));
        }
        Event::ObjectionFiled(event) => state.objections.push(Objection {
            number: event.objection,
            kind: event.kind,
            name: event.name.clone(),
            text: event.text.clone(),
            answer: None,
        }),
        Event::ObjectionResolved(event) => {
            let mut all = state.objections.iter_mut();
            if let Some(objection) = all.find(|one| one.number == event.objection) {
                objection.answer = Some((event.upheld, event.reason.clone()));
            }
            state.take_turn(event.by, event.in_place_of);
        }
        Event::SentBackForReview(event) => state.go_back(&event.next, event.on),
        Event::StepCompleted(event) => {
            state.take(&event.step, event.by.into_iter().chain(event.in_place_of));
            state.done.push(event.step.clone());
            state.turn_to(&event.next, event.on);
        }
        Event::HandedOver(event) => handed_over(state, &event.next),
        Event::DeadlineWarned(_) => state.alarm.warned = true,
        Event::DeadlineBreached(_) => (state.alarm.warned, state.alarm.breached) = (true, true),
        Event::Escalated(event) => state.alarm.escalated = Some(event.to.clone()),
        Event::Reminded(event) => state.reminders.push((event.about, event.days_before)),
        Event::PlacedOnDecision(event) => {
            state.placed = Some(event.decision);
            state.hold(None);
        }
        Event::RemovedFromDecision(_) => state.placed = None,
        Event::TitleRecognised(event) => {
            state.take_turn(event.by, event.in_place_of);
            state.placed = None;
            state.phase = Phase::Recognised {
                decision: event.decision.clone(),
                band: event.band.clone(),
                in_force: event.in_force,
                ended: None,
            };
        }
        Event::RecognitionAnnulled(event) => state.turn_to(&event.next, event.on),
        Event::RecognitionRefused(event) => {
            state.take_turn(event.by, event.in_place_of);
            let (decision, reason) = (event.decision.clone(), event.reason.clone());
            state.phase = Phase::Refused { decision, reason };
        }
        Event::CaseWithdrawn(event) => {
            state.phase = Phase::Withdrawn { reason: event.reason.clone() };
        }
        Event::TitleRevoked(event) => state.end(Ended::Revoked {
            from: event.from,
            decision: event.decision.clone(),
            ground: event.ground.clone(),
        }),
        Event::TitleLapsed(event) => state.end(Ended::Lapsed { from: event.from }),
    }
}

fn registered(state: &mut State, event: &CaseRegistered) {
    state.registered = Some(Registered {
        title: event.title,
        subject: event.subject,
        year: event.year,
        procedure: event.procedure.clone(),
        place: event.place.clone(),
        renews: event.renews,
        on: event.on,
    });
    state.turn_to(&event.next, event.on);
}

fn returned(state: &mut State, event: &ReturnedForSupplement) {
    if let Some(since) = state.turn_since {
        state.stays.push((since, event.on));
    }
    state.phase = Phase::Returned {
        turn: event.next.clone(),
        from: event.step.clone(),
        reason: event.reason.clone(),
        indicators: event.indicators.clone(),
    };
    state.take(&event.step, hands(event.by, event.in_place_of));
    state.returns = state.returns.saturating_add(1);
    state.turn_since = Some(event.on);
}

fn supplemented(state: &mut State, event: &Supplemented) {
    state.claims.clone_from(&event.lines);
    state.take_turn(event.by, event.in_place_of);
    match &state.phase {
        Phase::Returned { from, .. } if *from == event.next.step => {
            state.go_on(&event.next, event.on);
        }
        _ => state.go_back(&event.next, event.on),
    }
}

/// The same step with somebody else: its time goes on.
fn handed_over(state: &mut State, next: &Assignment) {
    match &mut state.phase {
        Phase::Open { turn, holder } => (*turn, *holder) = (next.clone(), None),
        Phase::Returned { turn, .. } => *turn = next.clone(),
        _ => {}
    }
}
