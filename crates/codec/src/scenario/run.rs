//! Plays a scenario on the rules: each sentence becomes a command to the case, or to a decision over
//! many cases and then to the case. Deliberately absent: any rule of its own.

use procedure::aggregate::Aggregate as _;
use procedure::case::{
    self, Also, ClaimInput, Command, Context, DecisionReference, Event, Evidence, Finding, Meeting,
    OtherTitle, Phase, ReviewInput, Routine,
};
use procedure::date::Period;
use procedure::text::Sealed;
use procedure::{
    Actor, CaseId, Date, DecisionId, MeetingId, OfficerId, Refused, StepId, UnitCode, decision,
    edition, subject,
};
use uuid::Uuid;

use super::lines::{Line, Points};
use super::place::quote;
use super::sentence::{Act, Cited, Deed, Duty, Minutes, OnDecision};
use super::words::what_happened;
use super::{By, Report, Scenario, Sentence, Suite};
use crate::definition::Located;

type Answer = Result<Vec<Event>, Refused>;

/// A note that begins with this says that nothing shows the claim.
const UNSUPPORTED: &str = "thiếu minh chứng";
/// A claim's note that begins with this is its evidence.
const EVIDENCE: &str = "minh chứng";

/// Plays one scenario from its beginning.
pub(super) fn play(suite: &Suite<'_>, scenario: &Scenario) -> Report {
    let mut world = World::new(suite, scenario);
    let mut differences = Vec::new();
    let mut given = suite.given.iter().chain(&scenario.given);
    if let Some(failed) = given.find_map(|sentence| world.given(sentence)) {
        differences.push(failed);
    } else {
        differences.extend(world.then(scenario));
    }
    Report { name: scenario.name.clone(), line: scenario.spot.line, differences }
}

/// The case, and what is around it.
struct World<'a> {
    suite: &'a Suite<'a>,
    edition: edition::State,
    subject: subject::State,
    case: case::State,
    titles: Vec<OtherTitle>,
    /// The last decision over many cases, and how many there were before.
    decision: (decision::State, u128),
}

impl<'a> World<'a> {
    fn new(suite: &'a Suite<'a>, scenario: &Scenario) -> Self {
        Self {
            suite,
            edition: edition::State::default(),
            subject: in_the_books(suite),
            case: case::State::default(),
            titles: scenario.held.iter().cloned().collect(),
            decision: (decision::State::default(), 0),
        }
    }

    /// What has to be accepted and to change something for the story to go on, or how it did not.
    fn given(&mut self, sentence: &Sentence) -> Option<Located> {
        let answer = self.act(sentence);
        if answer.as_ref().is_ok_and(|events| !events.is_empty()) {
            return None;
        }
        let (vi, en) = what_happened(&answer);
        let text = quote(&sentence.text);
        let said = (
            "given-failed",
            format!("câu “{text}” phải làm được thì mới xét tiếp, nhưng: {vi}"),
            format!("“{text}” has to succeed for the scenario to go on, but: {en}"),
        );
        Some(sentence.spot.say(&self.suite.file, said))
    }

    /// What is not as it should be after the last sentence.
    fn then(&mut self, scenario: &Scenario) -> Vec<Located> {
        let answer = self.act(&scenario.when);
        let (vi, en) = what_happened(&answer);
        let unmet = scenario.then.iter().filter(|one| !one.expected.is_met(&answer, &self.case));
        let differs = unmet.map(|one| {
            let text = quote(&one.text);
            let said = (
                "not-as-expected",
                format!("mong đợi “{text}”, nhưng thực tế: {vi}"),
                format!("expected “{text}”, but what happened: {en}"),
            );
            one.spot.say(&self.suite.file, said)
        });
        differs.collect()
    }

    /// Does what a sentence says. What is refused changes nothing.
    fn act(&mut self, sentence: &Sentence) -> Answer {
        let day = sentence.day;
        let (command, to) = match &sentence.act {
            Act::Decision(act) => return self.on_decision(sentence, act),
            Act::Program(Duty::Renew) => return self.renew(day),
            Act::Program(Duty::Watch) => (Command::Program(Routine::Watch), None),
            Act::Program(Duty::Lapse) => (Command::Program(Routine::Lapse), None),
            Act::Case(deed) => (self.command(deed, day), self.assignee(deed)),
        };
        let also = Also { assignee: to, ..self.also() };
        let context = self.context(self.actor(sentence.by), day, also);
        let events = self.case.decide(command, &context)?;
        evolve(&mut self.case, &events);
        Ok(events)
    }

    fn actor(&self, by: By) -> Actor<'_> {
        match by {
            By::Program => Actor::Program,
            By::Officer(id) => self.officer(id).unwrap_or(Actor::Operator),
        }
    }

    fn officer(&self, id: OfficerId) -> Option<Actor<'_>> {
        let state = self.suite.people.state(id)?;
        Some(Actor::officer_alone(id, state))
    }

    /// To whom the case is to be given.
    fn assignee(&self, deed: &Deed) -> Option<Actor<'_>> {
        match deed {
            Deed::Assign(to, _) => self.officer(*to),
            _ => None,
        }
    }

    fn also(&self) -> Also<'_> {
        Also {
            subject: Some(&self.subject),
            assignee: None,
            previous: None,
            decision: None,
            titles: &self.titles,
        }
    }

    fn context<'b>(&'b self, actor: Actor<'b>, today: Date, also: Also<'b>) -> Context<'b> {
        Context {
            actor,
            today,
            definition: self.suite.definition,
            edition: &self.edition,
            path: &self.suite.path,
            calendar: &self.suite.calendar,
            also,
        }
    }

    /// What a deed asks of the case.
    fn command(&self, deed: &Deed, day: Date) -> Command {
        match deed {
            Deed::Register(year) => {
                let year = year.unwrap_or(self.suite.year);
                Command::Register { subject: super::subject(), year }
            }
            Deed::SelfAssess(lines) => {
                Command::SelfAssess { lines: claims(lines), declarant: None }
            }
            Deed::Supplement(lines) => {
                Command::Supplement { lines: claims(lines), declarant: None }
            }
            Deed::Assign(_, why) => Command::Assign { reason: why.as_deref().map(sealed) },
            Deed::Claim => Command::Claim,
            Deed::Release => Command::Release,
            Deed::TakeOver(why) => Command::TakeOver { reason: sealed(why) },
            Deed::Review(lines) => Command::Review { lines: self.review(lines) },
            Deed::Return(indicators, why) => {
                Command::Return { reason: sealed(why), indicators: indicators.clone() }
            }
            Deed::Minutes(minutes) => self.minutes(minutes, day),
            Deed::Post { from, until, place } => Command::Post {
                days: Period { from: from.unwrap_or(day), until: Some(*until) },
                place: place.clone(),
            },
            Deed::Object(kind, name, text) => {
                Command::Object { kind: *kind, name: sealed(name), text: sealed(text) }
            }
            Deed::Resolve { objection, upheld, reason } => Command::ResolveObjection {
                objection: *objection,
                upheld: *upheld,
                reason: sealed(reason),
            },
            Deed::ClosePosting => Command::ClosePosting,
            Deed::Recognise(cited) => Command::Recognise { decision: reference(cited, day) },
            Deed::Refuse(cited, why) => {
                Command::Refuse { decision: reference(cited, day), reason: sealed(why) }
            }
            Deed::Withdraw(why) => Command::Withdraw { reason: sealed(why) },
            Deed::Revoke { from, cited, ground } => Command::Revoke {
                decision: reference(cited, day),
                from: *from,
                ground: sealed(ground),
            },
        }
    }

    fn review(&self, lines: &[Line]) -> Vec<ReviewInput> {
        let line = |line: &Line| {
            let Line { indicator, points, note } = line.clone();
            let claimed = self.case.claimed(&indicator).unwrap_or(0).into();
            let points = match points {
                Points::Given(points) => points,
                Points::AsClaimed => claimed,
            };
            let unsupported = note.as_ref().is_some_and(|note| note.starts_with(UNSUPPORTED));
            let finding = match unsupported {
                true => Finding::Unsupported,
                false if points == claimed => Finding::Confirmed,
                false => Finding::Adjusted,
            };
            ReviewInput { indicator, points, finding, note: note.as_deref().map(sealed) }
        };
        lines.iter().map(line).collect()
    }

    /// A meeting of the unit and step where the case is.
    fn minutes(&self, minutes: &Minutes, day: Date) -> Command {
        let Minutes { step, convened, present, votes, held_on } = minutes;
        let definition = self.suite.definition;
        let meets = |step: &&StepId| definition.step(step).is_some_and(|s| s.meeting.is_some());
        let turn = self.case.turn();
        let meeting = Meeting {
            id: MeetingId(Uuid::nil()),
            procedure: definition.id.clone(),
            step: turn.map(|turn| &turn.step).filter(meets).unwrap_or(step).clone(),
            unit: turn.map_or(&self.suite.home, |turn| &turn.unit).clone(),
            held_on: held_on.unwrap_or(day),
            convened: *convened,
            present: *present,
        };
        Command::RecordMinutes { meeting, votes: *votes }
    }

    /// The program opens the case of the next year; the case until then is the previous one.
    fn renew(&mut self, day: Date) -> Answer {
        let Some(registered) = self.case.registered.clone() else { return Ok(vec![]) };
        let (subject, year) = (registered.subject, day.year());
        let previous = CaseId::of(registered.title, subject, registered.year);
        let also = Also { previous: Some(&self.case), ..self.also() };
        let command = Command::Program(Routine::Renew { subject, year, previous });
        let new = case::State::default();
        let events = new.decide(command, &self.context(Actor::Program, day, also))?;
        if !events.is_empty() {
            self.titles.extend(title_of(&self.case));
            self.case = new;
            evolve(&mut self.case, &events);
        }
        Ok(events)
    }

    /// Asks the decision, and then lets the case follow it.
    fn on_decision(&mut self, sentence: &Sentence, act: &OnDecision) -> Answer {
        let (mut decision, mut number) = self.decision.clone();
        let is_over = decision.drafted.is_some() && !decision.is_draft();
        if is_over && matches!(act, OnDecision::Place) {
            (decision, number) = (decision::State::default(), number + 1);
        }
        let id = DecisionId(Uuid::from_u128(number));
        for command in self.to_decision(act, &decision, sentence.day) {
            let lines = [self.line(id, &command, sentence)];
            let context = decision::Context {
                actor: self.actor(sentence.by),
                today: sentence.day,
                definition: self.suite.definition,
                path: self.deciding(sentence.day),
                lines: &lines,
            };
            for event in decision.decide(command, &context)? {
                decision.evolve(&event);
            }
        }
        let also = Also { decision: Some(&decision), ..self.also() };
        let context = self.context(Actor::Program, sentence.day, also);
        let follow = Command::Program(Routine::FollowDecision { decision: id });
        let events = self.case.decide(follow, &context)?;
        self.decision = (decision, number);
        evolve(&mut self.case, &events);
        Ok(events)
    }

    fn to_decision(
        &self,
        act: &OnDecision,
        decision: &decision::State,
        day: Date,
    ) -> Vec<decision::Command> {
        let case = self.case_id();
        let year = self.case.registered.as_ref().map_or(self.suite.year, |case| case.year);
        match act {
            OnDecision::Place => {
                let unit = self.deciding(day).last().filter(|_| decision.drafted.is_none());
                let draft = unit.cloned().map(|unit| decision::Command::Draft { year, unit });
                let list = decision::Command::List { cases: vec![case] };
                draft.into_iter().chain([list]).collect()
            }
            OnDecision::TakeOff(why) => {
                vec![decision::Command::TakeOff { case, reason: sealed(why) }]
            }
            OnDecision::Discard(why) => vec![decision::Command::Discard { reason: sealed(why) }],
            OnDecision::Sign(cited) => vec![decision::Command::Sign {
                number: cited.number.clone(),
                date: cited.date.unwrap_or(day),
                annex: self.suite.annex.clone(),
            }],
            OnDecision::Cancel(cited, why) => vec![decision::Command::Cancel {
                number: cited.number.clone(),
                date: cited.date.unwrap_or(day),
                reason: sealed(why),
            }],
        }
    }

    fn case_id(&self) -> CaseId {
        let year = self.case.registered.as_ref().map_or(self.suite.year, |case| case.year);
        CaseId::of(self.suite.definition.title, super::subject(), year)
    }

    /// How the case stands on the annex when the decision is to be signed.
    fn line(
        &self,
        id: DecisionId,
        command: &decision::Command,
        sentence: &Sentence,
    ) -> decision::Line {
        let date = match command {
            decision::Command::Sign { date, .. } => *date,
            _ => sentence.day,
        };
        let context = self.context(self.actor(sentence.by), sentence.day, self.also());
        let ready = case::eligible(&self.case, id, date, &context).map(drop);
        decision::Line { case: self.case_id(), ready }
    }

    /// The units down to the one whose authority decides on a day.
    fn deciding(&self, day: Date) -> &[UnitCode] {
        let path = &self.suite.path;
        let performer = self.suite.definition.decision().and_then(|step| step.performer(day));
        let level = performer.map(|performer| performer.level as usize);
        level.and_then(|level| path.get(..=level)).unwrap_or(path)
    }
}

fn evolve(case: &mut case::State, events: &[Event]) {
    for event in events {
        case.evolve(event);
    }
}

fn in_the_books(suite: &Suite<'_>) -> subject::State {
    let registered = subject::SubjectRegistered {
        kind: suite.definition.title.subject_kind(),
        code: "tinh-huong".to_owned(),
        unit: suite.home.clone(),
        name: sealed("tình huống"),
        address: None,
        sample: true,
        on: suite.definition.in_force.from,
    };
    let mut state = subject::State::default();
    state.evolve(&registered.into());
    state
}

/// A text of a scenario, which is about nobody and so needs no seal.
fn sealed(text: &str) -> Sealed {
    Sealed::new(text.to_owned())
}

fn reference(cited: &Cited, day: Date) -> DecisionReference {
    DecisionReference { number: cited.number.clone(), date: cited.date.unwrap_or(day), id: None }
}

fn claims(lines: &[Line]) -> Vec<ClaimInput> {
    let claim = |line: &Line| {
        let Line { indicator, points, note } = line.clone();
        let points = match points {
            Points::Given(points) => points,
            Points::AsClaimed => 0,
        };
        let evidence = note.as_ref().filter(|note| note.starts_with(EVIDENCE));
        let evidence = evidence.map(|label| Evidence { label: sealed(label), digest: None });
        let note = note.filter(|_| evidence.is_none()).as_deref().map(sealed);
        ClaimInput { indicator, points, evidence: evidence.into_iter().collect(), note }
    };
    lines.iter().map(claim).collect()
}

/// What a case's title is to the case of another year.
fn title_of(case: &case::State) -> Option<OtherTitle> {
    let (year, in_force) = (case.registered.as_ref()?.year, case.title_in_force()?);
    let Phase::Recognised { decision, band, .. } = &case.phase else { return None };
    Some(OtherTitle { year, band: band.clone(), decided: decision.date, in_force })
}
