//! Given a case, when somebody asks for something on a day, then events, a refusal, or nothing.
//!
//! This file is the kit; each module below holds the tests of one group of rules.

use alloc::string::ToString;
use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;

use super::*;
use crate::actor::{Actor, Delegator};
use crate::calendar::Calendar;
use crate::date::{Date, Period};
use crate::definition::Definition;
use crate::name::{OfficerId, SubjectId, UnitCode};
use crate::subject;
use crate::text::Sealed;
use crate::title::SubjectKind;
use crate::{edition, officer};

mod assess;
mod assign;
mod authority;
mod clock;
mod closed;
mod concern;
mod conflict;
mod decision;
mod delegation;
mod follow_decision;
pub(crate) mod full;
mod hold;
mod lapse;
mod levels;
mod life;
mod meeting;
mod obstacles;
mod posting;
mod register;
mod renewal;
mod review;
mod revoke;
pub(crate) mod sample;
mod separation;
mod supplement;

pub(crate) const PLACE: [&str; 4] = ["VN", "25", "05158", "05158-01"];

pub(crate) fn date(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn words(text: &str) -> Sealed {
    Sealed::new(text.to_string())
}

pub(crate) fn family() -> SubjectId {
    SubjectId::of_code("05158-01-0001")
}

/// An officer with what his stream says of him.
#[derive(Clone)]
pub(crate) struct Officer {
    pub(crate) id: OfficerId,
    pub(crate) state: officer::State,
}

/// An officer who has no role yet.
pub(crate) fn officer(code: &str) -> Officer {
    Officer { id: OfficerId::of_code(code), state: officer::State::default() }
}

impl Officer {
    pub(crate) fn told(mut self, event: impl Into<officer::Event>) -> Self {
        self.state.evolve(&event.into());
        self
    }

    /// Another officer, whose power may have been passed on.
    pub(crate) fn as_delegator(&self) -> Delegator {
        Delegator { id: self.id, state: Arc::new(self.state.clone()) }
    }

    /// With a role over a unit from the first day of 2026.
    pub(crate) fn with(self, role: &str, unit: &str) -> Self {
        self.for_term(role, unit, "2026-01-01", None)
    }

    pub(crate) fn for_term(self, role: &str, unit: &str, from: &str, until: Option<&str>) -> Self {
        let term = Period { from: date(from), until: until.map(date) };
        let (role, unit) = (role.parse().unwrap(), unit.parse().unwrap());
        self.told(officer::Appointed { role, unit, term })
    }

    pub(crate) fn relieved(self, role: &str, unit: &str, from: &str) -> Self {
        let (role, unit, from) = (role.parse().unwrap(), unit.parse().unwrap(), date(from));
        self.told(officer::Relieved { role, unit, from })
    }

    /// In the place of another, with what that one may do over a unit, from a day until another.
    pub(crate) fn in_place_of(
        self,
        delegator: &Self,
        power: (&str, &str),
        days: [&str; 2],
    ) -> Self {
        let (role, unit) = (power.0.parse().unwrap(), power.1.parse().unwrap());
        let term = Period { from: date(days[0]), until: Some(date(days[1])) };
        let (delegator, on) = (delegator.id, term.from);
        self.told(officer::Delegated { delegator, role, unit, term, on })
    }

    pub(crate) fn owning(self, subject: SubjectId, relation: officer::Relation) -> Self {
        self.told(officer::InterestDeclared { subject, relation, on: date("2026-01-02") })
    }
}

pub(crate) fn recorder() -> Officer {
    officer("recorder").with("hamlet-recorder", "05158-01")
}

pub(crate) fn reviewer() -> Officer {
    officer("reviewer").with("hamlet-reviewer", "05158-01")
}

pub(crate) fn association() -> Officer {
    officer("association").with("commune-reviewer", "05158")
}

pub(crate) fn chair() -> Officer {
    officer("chair").with("commune-chair", "05158")
}

/// A case, what is around it, and who asks when.
#[derive(Clone)]
pub(crate) struct Scene {
    pub(crate) state: State,
    pub(crate) edition: edition::State,
    pub(crate) path: Vec<UnitCode>,
    pub(crate) subject: subject::State,
    /// Those whose power may have been passed on to who asks.
    pub(crate) delegators: Vec<Delegator>,
    /// To whom the case is to be given.
    pub(crate) assignee: Option<Officer>,
    pub(crate) previous: Option<State>,
    pub(crate) decision: Option<crate::decision::State>,
    pub(crate) titles: Vec<OtherTitle>,
    pub(crate) calendar: Calendar,
    by: Officer,
    pub(crate) today: Date,
}

/// Nothing registered; the recorder is at work on 1 March 2026.
pub(crate) fn given() -> Scene {
    given_definition(sample::definition())
}

pub(crate) fn given_definition(definition: Definition) -> Scene {
    let digest = "0".repeat(64).try_into().unwrap();
    let mut subject = subject::State::default();
    subject.evolve(
        &subject::SubjectRegistered {
            kind: SubjectKind::Household,
            code: "05158-01-0001".to_string(),
            unit: "05158-01".parse().unwrap(),
            name: words("name"),
            address: None,
            sample: true,
            on: date("2026-01-01"),
        }
        .into(),
    );
    Scene {
        state: State::default(),
        edition: edition::State { published: Some((Arc::new(definition), digest)), retired: None },
        path: PLACE.iter().map(|code| code.parse().unwrap()).collect(),
        subject,
        delegators: vec![],
        assignee: None,
        previous: None,
        decision: None,
        titles: vec![],
        calendar: Calendar::default(),
        by: recorder(),
        today: date("2026-03-01"),
    }
}

impl Scene {
    pub(crate) fn by(mut self, officer: Officer) -> Self {
        self.by = officer;
        self
    }

    pub(crate) fn on(mut self, day: &str) -> Self {
        self.today = date(day);
        self
    }

    pub(crate) fn with_delegators<const N: usize>(mut self, delegators: [Officer; N]) -> Self {
        self.delegators = delegators.iter().map(Officer::as_delegator).collect();
        self
    }

    pub(crate) fn ask(&self, actor: Actor<'_>, today: Date, command: Command) -> Answer {
        self.told(actor, today, |context| self.state.decide(command, context))
    }

    /// Tells what has to be known about the case to whoever decides.
    pub(crate) fn told<T>(
        &self,
        actor: Actor<'_>,
        today: Date,
        decide: impl FnOnce(&Context<'_>) -> T,
    ) -> T {
        let (definition, _) = self.edition.published.as_ref().unwrap();
        let assignee = self.assignee.as_ref().map(|officer| self.actor(officer));
        let also = Also {
            subject: Some(&self.subject),
            assignee,
            previous: self.previous.as_ref(),
            decision: self.decision.as_ref(),
            titles: &self.titles,
        };
        let (edition, path, calendar) = (&self.edition, &self.path, &self.calendar);
        decide(&Context { actor, today, definition, edition, path, calendar, also })
    }

    pub(crate) fn actor<'a>(&'a self, officer: &'a Officer) -> Actor<'a> {
        Actor::Officer { id: officer.id, state: &officer.state, delegators: &self.delegators }
    }

    pub(crate) fn decide(&self, by: &Officer, today: Date, command: Command) -> Answer {
        self.ask(self.actor(by), today, command)
    }

    pub(crate) fn evolve(&mut self, events: &[Event]) {
        for event in events {
            self.state.evolve(event);
        }
    }

    /// What has to be accepted for the story to go on.
    #[track_caller]
    pub(crate) fn and(mut self, command: Command) -> Self {
        let events = self.decide(&self.by, self.today, command).expect("part of the story");
        assert!(!events.is_empty(), "this part of the story changes nothing");
        self.evolve(&events);
        self
    }

    pub(crate) fn when(&self, command: Command) -> Then {
        Then(self.decide(&self.by, self.today, command))
    }

    /// What the program does.
    pub(crate) fn program(&self, routine: Routine) -> Then {
        Then(self.ask(Actor::Program, self.today, Command::Program(routine)))
    }

    /// What the program has to do for the story to go on.
    #[track_caller]
    pub(crate) fn after(mut self, routine: Routine) -> Self {
        let events = self.program(routine).happens();
        self.evolve(&events);
        self
    }

    #[track_caller]
    pub(crate) fn stands_at(&self, step: &str) {
        assert_eq!(self.state.turn().map(|turn| turn.step.as_str()), Some(step));
        assert!(matches!(self.state.phase, Phase::Open { .. }));
    }
}

pub(crate) type Answer = Result<Vec<Event>, crate::Refused>;

pub(crate) struct Then(Answer);

impl Then {
    #[track_caller]
    pub(crate) fn then(self, events: impl IntoIterator<Item = Event>) {
        assert_eq!(self.0, Ok(events.into_iter().collect::<Vec<_>>()));
    }

    /// Accepted, and changes something.
    #[track_caller]
    pub(crate) fn happens(self) -> Vec<Event> {
        let events = self.0.expect("to be accepted");
        assert!(!events.is_empty(), "nothing happened");
        events
    }

    #[track_caller]
    pub(crate) fn quiet(self) {
        assert_eq!(self.0, Ok(vec![]));
    }

    #[track_caller]
    pub(crate) fn refused(self, refusal: impl Into<crate::Refused>) {
        assert_eq!(self.0, Err(refusal.into()));
    }
}

/// The refusal of somebody without a role over a unit on a day.
pub(crate) fn not_appointed(role: &str, unit: &str, day: &str) -> crate::actor::Refusal {
    let (role, unit, date) = (role.parse().unwrap(), unit.parse().unwrap(), date(day));
    crate::actor::Refusal::NotAppointed { role, unit, date }
}

pub(crate) fn turn(step: &str, role: &str, unit: &str) -> Assignment {
    let (step, role) = (step.parse().unwrap(), role.parse().unwrap());
    Assignment { step, role, unit: unit.parse().unwrap() }
}

pub(crate) fn step_completed(step: &str, by: &Officer, day: &str, next: Assignment) -> Event {
    let (step, by) = (step.parse().unwrap(), Some(by.id));
    StepCompleted { step, by, in_place_of: None, on: date(day), next }.into()
}

pub(crate) fn register() -> Command {
    Command::Register { subject: family(), year: 2026 }
}

pub(crate) fn claim_line(indicator: &str, points: i64) -> ClaimInput {
    let shown = indicator == sample::EVIDENCED && points > 0;
    let evidence = shown.then(|| Evidence { label: words("photo"), digest: None });
    let evidence = evidence.into_iter().collect();
    ClaimInput { indicator: indicator.parse().unwrap(), points, evidence, note: None }
}

/// A self-assessment with these points for 1a, 1b and 2a.
pub(crate) fn self_assess(points: [i64; 3]) -> Command {
    let ids = sample::INDICATORS.iter().map(|(id, _)| *id);
    let lines = ids.zip(points).map(|(id, points)| claim_line(id, points)).collect();
    Command::SelfAssess { lines, declarant: None }
}

pub(crate) fn review_line(indicator: &str, claimed: i64, points: i64) -> ReviewInput {
    let same = claimed == points;
    let finding = if same { Finding::Confirmed } else { Finding::Adjusted };
    let note = (!same).then(|| words("seen otherwise"));
    ReviewInput { indicator: indicator.parse().unwrap(), points, finding, note }
}

/// A review with these points, where [`CLAIMED`] was claimed.
pub(crate) fn review(points: [i64; 3]) -> Command {
    review_of(CLAIMED, points)
}

pub(crate) fn review_of(claimed: [i64; 3], points: [i64; 3]) -> Command {
    let ids = sample::INDICATORS.iter().map(|(id, _)| *id);
    let lines = ids.zip(claimed).zip(points);
    Command::Review {
        lines: lines.map(|((id, claimed), points)| review_line(id, claimed, points)).collect(),
    }
}

pub(crate) fn send_back() -> Command {
    Command::Return { reason: words("show more"), indicators: vec![] }
}

pub(crate) fn supplement(indicator: &str, points: i64) -> Command {
    supplements(vec![claim_line(indicator, points)])
}

pub(crate) fn supplements(lines: Vec<ClaimInput>) -> Command {
    Command::Supplement { lines, declarant: None }
}

pub(crate) fn withdraw() -> Command {
    Command::Withdraw { reason: words("moving away") }
}

pub(crate) fn bearing(day: &str) -> DecisionReference {
    DecisionReference { number: "125/QĐ-UBND".to_string(), date: date(day), id: None }
}

pub(crate) fn recognise(day: &str) -> Command {
    Command::Recognise { decision: bearing(day) }
}

pub(crate) fn refuse(day: &str) -> Command {
    Command::Refuse { decision: bearing(day), reason: words("not enough") }
}

/// What the family gives itself in the stories below: 90 points.
pub(crate) const CLAIMED: [i64; 3] = [40, 25, 25];

pub(crate) fn registered() -> Scene {
    given().and(register())
}

pub(crate) fn at_hamlet_review() -> Scene {
    registered().on("2026-03-10").and(self_assess(CLAIMED)).by(reviewer()).on("2026-05-10")
}

pub(crate) fn at_commune_review() -> Scene {
    at_hamlet_review().and(review(CLAIMED)).by(association()).on("2026-10-10")
}

/// The commune's reviewer gave these points on 10 October; the chair is at work on 20 November.
pub(crate) fn at_decision(points: [i64; 3]) -> Scene {
    at_commune_review().and(review(points)).by(chair()).on("2026-11-20")
}

pub(crate) fn returned() -> Scene {
    at_hamlet_review().and(send_back()).by(recorder()).on("2026-05-20")
}
