//! What the year came to, counted in the log itself, and a digest of the log.

use std::collections::{BTreeMap, BTreeSet};

use codec::AnyEvent;
use event_store::{EventStore, Position, RecordedEvent};
use procedure::{
    Aggregate as _, CaseId, DecisionId, OfficerId, SubjectId, Title, UnitCode, case, decision,
    officer, subject, territory,
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::world::{COMMUNE, HAMLETS, World};

/// How many events are read at once.
const PAGE: usize = 2000;

/// What the year came to.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Summary {
    /// The seed that it follows from.
    pub(crate) seed: u64,
    /// Events in the log.
    pub(crate) events: usize,
    /// Commands that left something in the log.
    pub(crate) commands: usize,
    /// Made-up hamlets.
    pub(crate) hamlets: usize,
    /// Made-up officers.
    pub(crate) officers: usize,
    /// Made-up subjects by kind.
    pub(crate) subjects: BTreeMap<String, usize>,
    /// Cases by title and state: a step that waits, or `returned`, `withdrawn`, `recognised`,
    /// `refused`.
    pub(crate) cases: BTreeMap<String, BTreeMap<String, usize>>,
    /// Open cases that somebody has taken to himself.
    pub(crate) held: usize,
    /// Meetings with minutes.
    pub(crate) meetings: usize,
    /// Comments on posted cases, and objections to them.
    pub(crate) objections: usize,
    /// Signed decisions over many cases.
    pub(crate) decisions: usize,
    /// Cases at a step whose time is over.
    pub(crate) overdue: usize,
    /// Acts that were refused for who tried them.
    pub(crate) refused_acts: usize,
    /// The draft that waits to be signed, if there is one.
    pub(crate) draft: Option<Draft>,
    /// Officers to look at the year as.
    pub(crate) personas: Vec<Persona>,
    /// A household that is to hand in its case again, to look at the year as one of its people.
    pub(crate) applicant: Option<Applicant>,
    /// Cases worth a look.
    pub(crate) examples: Vec<Example>,
    /// SHA-256 of the log in hexadecimal: of each event's stream, revision, id, type, metadata
    /// and data, each text after its length.
    pub(crate) log_digest: String,
}

/// An officer to look at the year as.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Persona {
    /// Stable key, such as `hamlet-recorder`.
    pub(crate) key: &'static str,
    /// What he is, in Vietnamese.
    pub(crate) vi: &'static str,
    /// The same in English.
    pub(crate) en: &'static str,
    /// Who he is.
    pub(crate) officer: OfficerId,
    /// His made-up name.
    pub(crate) name: String,
    /// Over what his first appointment gives him a role.
    pub(crate) unit: UnitCode,
}

/// A household whose people can have an account of their own.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Applicant {
    /// The household.
    pub(crate) subject: SubjectId,
    /// Its made-up name.
    pub(crate) name: String,
    /// Its hamlet.
    pub(crate) unit: UnitCode,
}

/// A decision that waits to be signed.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Draft {
    /// The decision.
    pub(crate) decision: DecisionId,
    /// How many cases stand on it.
    pub(crate) cases: usize,
}

/// A case worth a look.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Example {
    /// Its state, or `supplemented` for a recognised one that came back once.
    pub(crate) key: String,
    /// The case.
    pub(crate) case: CaseId,
}

/// What is read of an event's metadata.
#[derive(Deserialize)]
struct Envelope {
    schema: u32,
    command: Command,
}

#[derive(Deserialize)]
struct Command {
    id: Uuid,
}

/// Counts while reading the log from its beginning.
#[derive(Default)]
pub(super) struct Count {
    events: usize,
    commands: usize,
    /// The command of the last event: what one command left lies together.
    last: Option<Uuid>,
    hasher: Sha256,
    hamlets: usize,
    officers: usize,
    subjects: BTreeMap<String, usize>,
    cases: BTreeMap<CaseId, (Title, case::State)>,
    decisions: BTreeMap<DecisionId, decision::State>,
    meetings: usize,
    refused_acts: usize,
}

impl Count {
    /// Reads the whole log.
    pub(super) async fn of(store: &dyn EventStore) -> anyhow::Result<Self> {
        let (mut count, mut after): (Self, Option<Position>) = Default::default();
        loop {
            let events = store.read_all(after, PAGE).await?;
            let Some(last) = events.last() else { return Ok(count) };
            after = Some(last.position);
            for event in &events {
                count.take(event)?;
            }
        }
    }

    /// Takes in the next event.
    pub(super) fn take(&mut self, event: &RecordedEvent) -> anyhow::Result<()> {
        self.events += 1;
        let texts: [&[u8]; 5] = [
            event.stream.as_str().as_bytes(),
            event.id.as_bytes(),
            event.event_type.as_bytes(),
            &event.metadata,
            &event.data,
        ];
        self.hasher.update(event.revision.to_be_bytes());
        for text in texts {
            self.hasher.update((text.len() as u64).to_be_bytes());
            self.hasher.update(text);
        }
        let Envelope { schema, command } = serde_json::from_slice(&event.metadata)?;
        if self.last.replace(command.id) != Some(command.id) {
            self.commands += 1;
        }
        match codec::decode_any(&event.event_type, schema, &event.data)? {
            AnyEvent::Case(read) => self.case(event, &read),
            AnyEvent::Decision(read) => self.decision(event, &read),
            AnyEvent::Meeting(_) => self.meetings += 1,
            AnyEvent::RefusedAct(_) => self.refused_acts += 1,
            AnyEvent::Subject(subject::Event::SubjectRegistered(read)) if read.sample => {
                *self.subjects.entry(read.kind.to_string()).or_default() += 1;
            }
            AnyEvent::Officer(officer::Event::OfficerEnrolled(read)) if read.sample => {
                self.officers += 1;
            }
            AnyEvent::Territory(territory::Event::UnitsReorganised(read)) if read.sample => {
                self.hamlets += read.changes.len();
            }
            AnyEvent::Subject(_)
            | AnyEvent::Officer(_)
            | AnyEvent::Territory(_)
            | AnyEvent::Calendar(_)
            | AnyEvent::Draft(_)
            | AnyEvent::Edition(_) => {}
        }
        Ok(())
    }

    fn case(&mut self, recorded: &RecordedEvent, event: &case::Event) {
        let Some(id) = codec::stream::uuid_of(recorded.stream.as_str()).map(CaseId) else { return };
        if let case::Event::CaseRegistered(registered) = event {
            self.cases.insert(id, (registered.title, case::State::default()));
        }
        if let Some((_, state)) = self.cases.get_mut(&id) {
            case::state::evolve(state, event);
        }
    }

    fn decision(&mut self, recorded: &RecordedEvent, event: &decision::Event) {
        let id = codec::stream::uuid_of(recorded.stream.as_str()).map(DecisionId);
        if let Some(id) = id {
            self.decisions.entry(id).or_default().evolve(event);
        }
    }

    /// The draft with the most cases on it.
    fn draft(&self) -> Option<Draft> {
        let drafts = self.decisions.iter().filter(|(_, state)| state.is_draft());
        let drafts = drafts.map(|(id, state)| Draft { decision: *id, cases: state.listed.len() });
        drafts.max_by_key(|draft| draft.cases)
    }

    /// The summary, with those of the made-up people whom one may want to be.
    pub(super) fn summary(self, seed: u64, world: &World) -> Summary {
        let mut cases: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        let (mut held, mut objections, mut overdue) = (0, 0, 0);
        let mut waiting = [0_usize; HAMLETS];
        for (title, state) in self.cases.values() {
            let counts = cases.entry(title.to_string()).or_default();
            *counts.entry(state_of(state)).or_default() += 1;
            held += usize::from(is_held(state));
            objections += state.objections.len();
            overdue += usize::from(state.turn().is_some() && state.alarm.breached);
            if let Some(hamlet) = hamlet_of_review(state) {
                waiting[hamlet] += 1;
            }
        }
        let busiest = (0..HAMLETS).max_by_key(|hamlet| waiting[*hamlet]).unwrap_or(0);
        let (examples, draft) = (self.examples(world, busiest), self.draft());
        let applicant = self.applicant(world, &examples);
        Summary {
            seed,
            events: self.events,
            commands: self.commands,
            hamlets: self.hamlets,
            officers: self.officers,
            subjects: self.subjects,
            cases,
            held,
            meetings: self.meetings,
            objections,
            decisions: self.decisions.values().filter(|one| one.signed().is_some()).count(),
            overdue,
            refused_acts: self.refused_acts,
            draft,
            personas: personas(world, busiest),
            applicant,
            examples,
            log_digest: codec::digest::hex(&self.hasher.finalize()),
        }
    }

    /// The household of the example that waits for a supplement.
    fn applicant(&self, world: &World, examples: &[Example]) -> Option<Applicant> {
        let returned = examples.iter().find(|example| example.key == "returned")?;
        let (_, state) = self.cases.get(&returned.case)?;
        let subject = state.registered.as_ref()?.subject;
        let known = world.subjects.iter().find(|known| known.id == subject)?;
        Some(Applicant { subject, name: known.name.clone(), unit: known.unit.clone() })
    }

    /// A family of each state, such that the people to be looked at as can act on it: nobody
    /// holds it, it stands on no draft, it is no officer's own, and what waits in a hamlet waits in
    /// theirs.
    fn examples(&self, world: &World, hamlet: usize) -> Vec<Example> {
        let owned = world.subjects.iter().filter(|one| !one.owners.is_empty());
        let owned: BTreeSet<_> = owned.map(|one| one.id).collect();
        let mut found = BTreeMap::new();
        for (id, (title, state)) in &self.cases {
            let own = state.registered.as_ref().is_none_or(|case| owned.contains(&case.subject));
            let elsewhere = hamlet_of_review(state).is_some_and(|waits| waits != hamlet);
            let taken = is_held(state) || state.placed.is_some();
            if *title != Title::Family || own || elsewhere || taken {
                continue;
            }
            let key = match state_of(state) {
                name if name == "recognised" && state.returns > 0 => "supplemented".to_owned(),
                name => name,
            };
            found.entry(key).or_insert(*id);
        }
        found.into_iter().map(|(key, case)| Example { key, case }).collect()
    }
}

fn is_held(state: &case::State) -> bool {
    matches!(state.phase, case::Phase::Open { holder: Some(_), .. })
}

/// The hamlet that a case waits in for its review.
fn hamlet_of_review(state: &case::State) -> Option<usize> {
    let case::Phase::Open { turn, .. } = &state.phase else { return None };
    let number = turn.unit.as_str().strip_prefix(COMMUNE)?.strip_prefix('-')?;
    let number: usize = number.parse().ok()?;
    (turn.role.as_str() == "hamlet-reviewer" && (1..=HAMLETS).contains(&number))
        .then_some(number - 1)
}

/// A state by its name; an open case by the step that waits.
fn state_of(state: &case::State) -> String {
    match &state.phase {
        case::Phase::Absent => "absent".to_owned(),
        case::Phase::Open { turn, .. } => turn.step.to_string(),
        case::Phase::Returned { .. } => "returned".to_owned(),
        case::Phase::Recognised { .. } => "recognised".to_owned(),
        case::Phase::Refused { .. } => "refused".to_owned(),
        case::Phase::Withdrawn { .. } => "withdrawn".to_owned(),
    }
}

fn personas(world: &World, hamlet: usize) -> Vec<Persona> {
    let posts = &world.posts;
    let list = [
        ("administrator", "Quản trị của xã", "Administrator of the commune", posts.administrator),
        (
            "hamlet-recorder",
            "Trưởng xóm, người nhập hồ sơ",
            "Hamlet head, who enters cases",
            posts.recorders[hamlet],
        ),
        (
            "hamlet-reviewer",
            "Người thẩm định ở xóm",
            "Reviewer in the hamlet",
            posts.reviewers[hamlet],
        ),
        (
            "commune-reviewer",
            "Người thẩm định của Hội Khuyến học xã",
            "Reviewer of the commune association",
            posts.commune_reviewers[hamlet % posts.commune_reviewers.len()],
        ),
        (
            "commune-chair",
            "Chủ tịch Ủy ban nhân dân xã",
            "Chair of the commune People’s Committee",
            posts.chair,
        ),
        (
            "auditor",
            "Người kiểm tra của xã, chỉ xem",
            "Auditor of the commune, read only",
            posts.auditor,
        ),
        (
            "supervisor",
            "Người theo dõi của tỉnh, chỉ xem",
            "Supervisor of the province, read only",
            posts.supervisor,
        ),
    ];
    let persona = |(key, vi, en, place): (&'static str, _, _, usize)| {
        let officer = &world.officers[place];
        let unit = officer.roles.first().map_or(&officer.unit, |(_, unit)| unit).clone();
        Persona { key, vi, en, officer: officer.id, name: officer.name.clone(), unit }
    };
    list.into_iter().map(persona).collect()
}
