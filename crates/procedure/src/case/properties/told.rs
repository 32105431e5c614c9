//! What is known of a story without looking at the state.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use proptest::test_runner::TestCaseError;
use proptest::{prop_assert, prop_assert_eq};

use super::public::Public;
use super::rights::{self, Hands};
use super::world::World;
use super::{Checked, date};
use crate::case::event::Assignment;
use crate::case::spec::sample::REVIEW_DAYS;
use crate::case::{Event, Reminder, TitleRecognised};
use crate::date::Date;
use crate::decision::DecisionSigned;
use crate::name::{DecisionId, OfficerId};

/// The only step with a limit.
const LIMITED: &str = "commune_review";

#[derive(Default)]
pub(super) struct Told {
    pub(super) history: Vec<Event>,
    steps_of: BTreeMap<OfficerId, BTreeSet<String>>,
    place: Place,
    public: Public,
    clock: Clock,
    signed: BTreeMap<DecisionId, (Hands, Date, String)>,
    reminders: BTreeSet<(&'static str, u16)>,
}

/// Where the case is.
#[derive(Default)]
struct Place {
    step: String,
    /// The step that returned it, while it waits for its subject.
    returned_from: Option<String>,
    draft: Option<DecisionId>,
    title: Option<Title>,
    /// Refused or withdrawn.
    over: bool,
}

struct Title {
    by: Option<DecisionId>,
    until: Date,
    ended: bool,
}

/// How long it has been there.
struct Clock {
    came: Date,
    /// Working days of this stay and of those that a supplement interrupted.
    worked: u32,
    worked_before_today: u32,
    warned: bool,
    breached: bool,
}

impl Default for Clock {
    fn default() -> Self {
        Self {
            came: date("2026-01-01"),
            worked: 0,
            worked_before_today: 0,
            warned: false,
            breached: false,
        }
    }
}

impl Clock {
    fn is_late(&self, today: Date) -> bool {
        self.worked_before_today >= u32::from(REVIEW_DAYS.0) && self.came < today
    }

    fn is_nearly_over(&self) -> bool {
        self.worked >= u32::from(REVIEW_DAYS.1)
    }
}

impl Told {
    pub(super) fn step(&self) -> String {
        self.place.step.clone()
    }

    pub(super) fn on_draft(&self) -> Option<DecisionId> {
        self.place.draft
    }

    /// Whether nothing that he did bars an officer from a step.
    pub(super) fn is_free_for(&self, officer: OfficerId, step: &str) -> bool {
        rights::is_apart(self.steps_of.get(&officer), step)
    }

    pub(super) fn was_put_before_the_chair(&self) -> bool {
        self.clock.breached
    }

    fn is_at(&self, step: &str) -> bool {
        let place = &self.place;
        place.step == step && place.returned_from.is_none() && place.title.is_none() && !place.over
    }

    pub(super) fn pass_a_day(&mut self, today: Date) {
        self.clock.worked_before_today = self.clock.worked;
        if self.is_at(LIMITED) && today.days_after_monday() < 5 {
            self.clock.worked += 1;
        }
    }

    pub(super) fn was_signed(&mut self, id: DecisionId, event: &DecisionSigned) {
        let hands = (event.by, event.in_place_of);
        self.signed.insert(id, (hands, event.date, event.number.clone()));
    }

    /// The program does what nobody has to judge, and to a case on a draft what its decision says.
    pub(super) fn by_program(&self, events: &[Event]) -> Checked {
        for event in events {
            let judged = match event {
                Event::StepCompleted(event) => {
                    event.by.is_some() || event.step.as_str() != "posting"
                }
                Event::TitleRecognised(event) => event.decision.id.is_none(),
                Event::HandedOver(_)
                | Event::DeadlineWarned(_)
                | Event::DeadlineBreached(_)
                | Event::Escalated(_)
                | Event::Reminded(_)
                | Event::PlacedOnDecision(_)
                | Event::RemovedFromDecision(_)
                | Event::RecognitionAnnulled(_)
                | Event::TitleLapsed(_) => false,
                _ => true,
            };
            prop_assert!(!judged, "the program did {event:?}");
            let follows =
                matches!(event, Event::RemovedFromDecision(_) | Event::TitleRecognised(_));
            prop_assert!(self.place.draft.is_none() || follows, "{event:?} on a draft");
        }
        Ok(())
    }

    /// An event does not contradict what went before.
    pub(super) fn hears(&mut self, event: &Event, today: Date) -> Checked {
        prop_assert!(!self.place.over, "{event:?} after the end");
        self.takes_a_step(event)?;
        self.public.hears(event, today)?;
        self.moves(event, today)?;
        match event {
            Event::DeadlineWarned(event) => {
                prop_assert!(self.is_at(LIMITED) && event.step.as_str() == LIMITED);
                let clock = &mut self.clock;
                prop_assert!(!clock.warned && !clock.breached && clock.is_nearly_over());
                prop_assert!(!clock.is_late(today) && today <= event.due);
                clock.warned = true;
            }
            Event::DeadlineBreached(event) => {
                prop_assert!(self.is_at(LIMITED) && event.step.as_str() == LIMITED);
                let clock = &mut self.clock;
                prop_assert!(!clock.breached && clock.is_late(today) && event.due < today);
                clock.breached = true;
            }
            Event::Escalated(event) => {
                prop_assert!(self.clock.breached && event.to.role.as_str() == "commune-chair");
            }
            Event::Reminded(event) => {
                let about = match event.about {
                    Reminder::SelfAssessment => "self_assessment",
                    Reminder::Renewal => "renewal",
                };
                prop_assert!(self.reminders.insert((about, event.days_before)), "twice");
                let left = event.until.days_since(today);
                prop_assert!((0..=i32::from(event.days_before)).contains(&left));
            }
            _ => {}
        }
        Ok(())
    }

    fn takes_a_step(&mut self, event: &Event) -> Checked {
        let step = match event {
            Event::Supplemented(_) => "self_assessment".to_string(),
            Event::TitleRevoked(_) => return Ok(()),
            _ => self.step(),
        };
        let Some(hands) = rights::hands_of(event) else { return Ok(()) };
        for officer in rights::people(hands) {
            let steps = self.steps_of.entry(officer).or_default();
            steps.insert(step.clone());
            prop_assert!(rights::apart(steps), "one officer took {steps:?}");
        }
        Ok(())
    }

    /// Where the case goes.
    fn moves(&mut self, event: &Event, today: Date) -> Checked {
        match event {
            Event::CaseRegistered(event) => {
                prop_assert!(self.place.step.is_empty());
                self.comes_to(&event.next, "self_assessment", today)?;
            }
            Event::StepCompleted(event) => {
                prop_assert!(self.is_at(event.step.as_str()));
                let next = self.public.after(event.step.as_str());
                self.comes_to(&event.next, next, today)?;
            }
            Event::ReturnedForSupplement(event) => {
                prop_assert!(self.is_at(event.step.as_str()));
                self.place.returned_from = Some(event.step.to_string());
                prop_assert_eq!(event.next.step.as_str(), "self_assessment");
            }
            Event::Supplemented(event) => self.is_supplemented(&event.next, today)?,
            Event::SentBackForReview(event) => {
                prop_assert!(self.is_at("posting"));
                self.comes_to(&event.next, "hamlet_review", today)?;
            }
            Event::HandedOver(event) => {
                let waits = self.place.returned_from.is_some();
                let step = if waits { "self_assessment".to_string() } else { self.step() };
                prop_assert_eq!(event.next.step.as_str(), step.as_str());
                is_competent(&event.next, today)?;
            }
            _ => self.is_decided(event, today)?,
        }
        Ok(())
    }

    fn comes_to(&mut self, next: &Assignment, step: &str, today: Date) -> Checked {
        prop_assert_eq!(next.step.as_str(), step);
        is_competent(next, today)?;
        self.place.step = step.to_string();
        self.clock = Clock { came: today, ..Clock::default() };
        Ok(())
    }

    fn is_supplemented(&mut self, next: &Assignment, today: Date) -> Checked {
        let Some(from) = self.place.returned_from.take() else {
            return Err(TestCaseError::fail("nobody asked for it"));
        };
        let review = self.public.review_before(&from);
        if review == from {
            prop_assert_eq!(next.step.as_str(), review);
            is_competent(next, today)?;
            self.clock.came = today;
            return Ok(());
        }
        self.public.goes_back_to(review);
        self.comes_to(next, review, today)
    }

    fn is_decided(&mut self, event: &Event, today: Date) -> Checked {
        match event {
            Event::PlacedOnDecision(event) => {
                prop_assert!(self.is_at("decision") && self.place.draft.is_none());
                self.place.draft = Some(event.decision);
            }
            Event::RemovedFromDecision(event) => {
                prop_assert_eq!(self.place.draft.take(), Some(event.decision));
            }
            Event::TitleRecognised(event) => self.is_recognised(event)?,
            Event::RecognitionAnnulled(event) => {
                let title = self.place.title.take();
                prop_assert_eq!(title.and_then(|title| title.by), Some(event.decision));
                self.comes_to(&event.next, "decision", today)?;
            }
            Event::RecognitionRefused(_) => {
                prop_assert!(self.is_at("decision"));
                self.place.over = true;
            }
            Event::CaseWithdrawn(_) => {
                prop_assert!(self.place.title.is_none());
                self.place.over = true;
            }
            Event::TitleRevoked(_) | Event::TitleLapsed(_) => {
                let Some(title) = &mut self.place.title else {
                    return Err(TestCaseError::fail("there was no title"));
                };
                prop_assert!(!title.ended, "it had ended");
                title.ended = true;
            }
            _ => {}
        }
        Ok(())
    }

    fn is_recognised(&mut self, event: &TitleRecognised) -> Checked {
        prop_assert!(self.is_at("decision"));
        self.public.speaks_for_it()?;
        prop_assert_eq!(self.place.draft.take(), event.decision.id);
        if let Some(id) = event.decision.id {
            let said =
                ((event.by, event.in_place_of), event.decision.date, event.decision.number.clone());
            prop_assert_eq!(self.signed.get(&id), Some(&said));
        }
        let until = event.in_force.until.expect("titles of the stories have an end");
        self.place.title = Some(Title { by: event.decision.id, until, ended: false });
        Ok(())
    }

    /// After the program has looked, nothing is due.
    pub(super) fn was_watched(&self, world: &World) -> Checked {
        let today = world.today;
        if self.place.draft.is_some() || self.place.over || self.place.title.is_some() {
            return Ok(());
        }
        if self.is_at(LIMITED) {
            let clock = &self.clock;
            prop_assert!(clock.breached || !clock.is_late(today), "late in silence");
            prop_assert!(clock.warned || clock.breached || !clock.is_nearly_over());
        }
        prop_assert!(!(self.is_at("posting") && self.public.is_to_be_closed(today)));
        let turn = world.scene.state.turn();
        turn.map_or(Ok(()), |turn| is_competent(turn, today))
    }

    pub(super) fn was_asked_for_its_end(&self, world: &World) -> Checked {
        let over = self.place.title.as_ref().filter(|title| title.until < world.today);
        prop_assert!(over.is_none_or(|title| title.ended), "a title outlived its last day");
        Ok(())
    }
}

/// Whose turn it is, is who takes the step today.
fn is_competent(next: &Assignment, today: Date) -> Checked {
    let (role, depth) = rights::competent(next.step.as_str(), today);
    prop_assert_eq!(next.role.as_str(), role);
    prop_assert_eq!(next.unit.as_str(), crate::case::spec::PLACE[depth]);
    Ok(())
}
