//! Some weeks of a commune, played at random from a seed, and the same told again naively from the
//! log, event by event, for tests to compare with.

use std::collections::BTreeMap;
use std::sync::Arc;

use codec::stream::StreamId;
use codec::{ActorRecord, AnyEvent, CommandRecord, Metadata};
use engine::ManualClock;
use engine::kit::{Commune, by, clock, id, officer, unit};
use event_store::{EventStore, Expected, MemoryStore, NewEvent, StreamName};
use procedure::calendar::{CalendarDays, CalendarPublished, DayOff};
use procedure::case::{Assignment, ClaimInput, Command, Event, RecognitionAnnulled, State};
use procedure::definition::Status;
use procedure::text::Bilingual;
use procedure::{CaseId, Date, DecisionId, EventSet, OfficerId, StepId, calendar};
use uuid::Uuid;

use crate::kit::Log;

pub(crate) fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// Numbers that look random and are the same for the same seed.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }
}

pub(crate) struct Play {
    pub(crate) log: Log,
    clock: Arc<ManualClock>,
    dice: Dice,
    pub(crate) today: Date,
    cases: Vec<CaseId>,
}

impl Play {
    pub(crate) async fn new(seed: u64) -> Self {
        let (store, clock) = (Arc::new(MemoryStore::new()), clock());
        let commune = Commune::with(store.clone(), Arc::default(), clock.clone()).await;
        let today = date("2026-11-23");
        Self { log: Log { store, commune }, clock, dice: Dice(seed), today, cases: Vec::new() }
    }

    /// Some days with some doings each.
    pub(crate) async fn days(&mut self, days: usize) {
        for _ in 0..days {
            self.today = self.today.plus_days(1 + self.dice.below(3) as i32).unwrap();
            self.clock.set(format!("{}T02:00:00.000007Z", self.today).parse().unwrap());
            for _ in 0..30 {
                self.something().await;
            }
        }
    }

    async fn something(&mut self) {
        let what = self.dice.below(12);
        if self.cases.is_empty() || (what == 0 && self.dice.below(2) == 0) {
            let number = self.cases.len();
            let subject = self.log.commune.enter(number * 7).await;
            self.cases.push(self.log.commune.register(subject).await);
            return;
        }
        let case = self.cases[self.dice.below(self.cases.len())];
        if what == 2 {
            return self.annul(case).await;
        }
        let less = self.less();
        let commune = &self.log.commune;
        let officers = ["recorder", "hamlet", "commune", "chair"];
        let code = officers[self.dice.below(officers.len())];
        let subject = commune.engine.subject_of(case).await.unwrap();
        let reason = commune.engine.sealer(subject.0).unwrap().seal("reason", "Lý do.").unwrap();
        let command = match (code, what) {
            ("recorder", 3) => Command::Withdraw { reason },
            ("recorder", 4..=8) => commune.claims(),
            ("recorder", _) => Command::Supplement { lines: less, declarant: None },
            (_, 3 | 4) => Command::Claim,
            ("hamlet" | "commune", 5 | 6) => Command::Return { reason, indicators: Vec::new() },
            ("hamlet" | "commune", _) => commune.review(),
            (_, 5 | 6) => {
                let Command::Recognise { decision } = commune.recognise() else { unreachable!() };
                Command::Refuse { decision, reason }
            }
            _ => commune.recognise(),
        };
        let request = by(code, &format!("{} {case}", self.dice.0));
        // Most of it is not to be done just now, and is refused.
        drop(commune.engine.case(&request, case, command).await);
    }

    /// Days off that move the last day of steps that are being taken.
    pub(crate) async fn publish_days_off(&self) {
        let off = |ahead| DayOff {
            date: self.today.plus_days(ahead).unwrap(),
            name: Bilingual { vi: "Nghỉ".into(), en: "Off".into() },
            status: Status::Provisional,
            source: "kit".parse().unwrap(),
        };
        let days = CalendarDays {
            first_year: 2026,
            last_year: 2027,
            sources: BTreeMap::new(),
            days_off: (1..4).map(off).collect(),
            swaps: Vec::new(),
        };
        let digest = procedure::Digest::try_from("0".repeat(64)).unwrap();
        let event = CalendarPublished { days, digest, on: self.today };
        self.write("calendar-VN", calendar::Event::from(event), None).await;
    }

    /// Reviewers and the chair take what they can.
    pub(crate) async fn claim(&self) {
        for (number, case) in self.cases.iter().enumerate() {
            let code = ["hamlet", "commune", "chair"][number % 3];
            let request = by(code, &format!("claim {case}"));
            drop(self.log.commune.engine.case(&request, *case, Command::Claim).await);
        }
    }

    fn less(&mut self) -> Vec<ClaimInput> {
        let first = self.log.commune.definition.indicators().next().unwrap();
        let points = self.dice.below(usize::from(first.maximum.value)) as i64;
        vec![ClaimInput { indicator: first.id.clone(), points, evidence: Vec::new(), note: None }]
    }

    /// As the program does it when a decision has been cancelled.
    async fn annul(&self, case: CaseId) {
        let stream = StreamId::<State>::stream(&case);
        let events = self.log.store.read(&StreamName::new(stream.clone()).unwrap(), 0, 999).await;
        if &*events.unwrap().last().unwrap().event_type != "TitleRecognised" {
            return;
        }
        let next = Assignment {
            step: "decision".parse().unwrap(),
            role: "commune-chair".parse().unwrap(),
            unit: unit("05158"),
        };
        let decision = DecisionId(Uuid::from_u128(1));
        let event = RecognitionAnnulled { decision, on: self.today, next };
        self.write(&stream, Event::from(event), None).await;
    }

    /// Writes an event past the engine.
    pub(crate) async fn write<E: EventSet>(
        &self,
        stream: &str,
        event: E,
        actor: Option<(OfficerId, &str)>,
    ) {
        let actor = match actor {
            Some((officer, role)) => ActorRecord {
                officer: Some(officer),
                role: Some(role.parse().unwrap()),
                unit: Some(unit("05158")),
                in_place_of: Some(engine::kit::officer("chair")).filter(|_| role == "delegate"),
                ..ActorRecord::default()
            },
            None => ActorRecord { program: true, ..ActorRecord::default() },
        };
        let stream = StreamName::new(stream).unwrap();
        let before = self.log.store.read(&stream, 0, 999).await.unwrap();
        let name = format!("{stream:?} {} {}", before.len(), event.name());
        let metadata = Metadata {
            schema: 1,
            recorded_at: format!("{}T03:00:00Z", self.today).parse().unwrap(),
            actor,
            command: CommandRecord { id: id(&name), name: "play".into(), fingerprint: "0".into() },
            correlation: id(&name),
            causation: None,
            captured_at: None,
        };
        let new = NewEvent {
            id: id(&name),
            event_type: event.name().into(),
            metadata: metadata.encode().unwrap().into(),
            data: codec::encode(&event).unwrap().into(),
        };
        let expected = match before.last() {
            Some(last) => Expected::Exact(last.revision),
            None => Expected::NoStream,
        };
        self.log.store.append(&stream, expected, vec![new]).await.unwrap();
    }

    /// The whole log, told again.
    pub(crate) async fn told(&self) -> Told {
        let mut told = Told::default();
        let events = self.log.store.read_all(None, usize::MAX).await.unwrap();
        for (entry, recorded) in events.iter().enumerate() {
            let metadata = Metadata::decode(&recorded.metadata).unwrap();
            let event = codec::decode_any(&recorded.event_type, metadata.schema, &recorded.data);
            let AnyEvent::Case(event) = event.unwrap() else { continue };
            let case = codec::stream::uuid_of(recorded.stream.as_str()).unwrap();
            told.case(CaseId(case), &event);
            if let Some(officer) = metadata.actor.officer {
                told.deeds.push(Done {
                    entry: entry as u64,
                    officer,
                    event_type: recorded.event_type.to_string(),
                    hamlet: told.cases[&CaseId(case)].hamlet.clone(),
                    position: recorded.position.to_string(),
                    recorded_at: codec::metadata::timestamp_text(metadata.recorded_at),
                    case: CaseId(case),
                });
            }
        }
        told
    }
}

/// Somebody who has nothing to do with the commune.
pub(crate) fn outsider() -> OfficerId {
    officer("outsider")
}

/// A case as naively followed.
pub(crate) struct Followed {
    pub(crate) hamlet: String,
    /// Where it is: step, days of it so far, since when, and whether it pauses.
    pub(crate) at: Option<(StepId, i32, Date, bool)>,
}

/// A stay that has ended: hamlet, step, day of the end, days.
pub(crate) type Stayed = (String, StepId, Date, u32);

/// A deed of an officer about a case.
pub(crate) struct Done {
    pub(crate) entry: u64,
    pub(crate) officer: OfficerId,
    pub(crate) event_type: String,
    pub(crate) hamlet: String,
    pub(crate) position: String,
    pub(crate) recorded_at: String,
    pub(crate) case: CaseId,
}

/// A log, told again.
#[derive(Default)]
pub(crate) struct Told {
    pub(crate) cases: BTreeMap<CaseId, Followed>,
    pub(crate) stays: Vec<Stayed>,
    /// Hamlet, day, and what came or went.
    pub(crate) flow: Vec<(String, Date, &'static str)>,
    pub(crate) deeds: Vec<Done>,
}

impl Told {
    fn case(&mut self, case: CaseId, event: &Event) {
        if let Event::CaseRegistered(event) = event {
            let hamlet = event.place[3].to_string();
            self.flow.push((hamlet.clone(), event.on, "registered"));
            let at = Some((event.next.step.clone(), 0, event.on, false));
            self.cases.insert(case, Followed { hamlet, at });
            return;
        }
        let followed = self.cases.get_mut(&case).unwrap();
        let hamlet = followed.hamlet.clone();
        let mut went = |on, how| self.flow.push((hamlet.clone(), on, how));
        let (on, next) = match event {
            Event::ReturnedForSupplement(event) => {
                let (_, days, since, paused) = followed.at.as_mut().unwrap();
                *days += event.on.days_since(*since);
                (*since, *paused) = (event.on, true);
                return;
            }
            Event::Supplemented(event) => {
                let (step, _, since, paused) = followed.at.as_mut().unwrap();
                if *step == event.next.step {
                    (*since, *paused) = (event.on, false);
                    return;
                }
                (event.on, Some(&event.next.step))
            }
            Event::StepCompleted(event) => (event.on, Some(&event.next.step)),
            Event::RecognitionAnnulled(event) => {
                went(event.on, "reopened");
                (event.on, Some(&event.next.step))
            }
            Event::TitleRecognised(event) => {
                went(event.on, "recognised");
                (event.on, None)
            }
            Event::RecognitionRefused(event) => {
                went(event.on, "refused");
                (event.on, None)
            }
            Event::CaseWithdrawn(event) => {
                went(event.on, "withdrawn");
                (event.on, None)
            }
            _ => return,
        };
        if let Some((step, days, since, paused)) = followed.at.take() {
            let days = days + if paused { 0 } else { on.days_since(since) };
            self.stays.push((hamlet, step, on, days.try_into().unwrap()));
        }
        followed.at = next.map(|step| (step.clone(), 0, on, false));
    }
}
