//! A commune with officers and households, set up through the engine itself, for tests and benches
//! of the engine and of everything above it (feature `kit`). Everything in it is a sample.
//!
//! Any failure to set it up is a panic: there is nothing to test then.

use std::sync::Arc;

use codec::{MemoryEvidence, MemoryKeyring};
use event_store::EventStore;
use procedure::case::{ClaimInput, Command, DecisionReference, Finding, ReviewInput};
use procedure::date::Period;
use procedure::definition::{Indicator, StepKind};
use procedure::officer::Relation;
use procedure::territory::{Change, Instrument, UnitKind};
use procedure::{
    CaseId, Date, Definition, OfficerId, ProcedureId, SubjectId, SubjectKind, UnitCode, edition,
    officer, subject, territory,
};
use uuid::Uuid;

use crate::{Clock, Engine, ManualClock, Principal, Request, SeededEntropy};

const FAMILY: &[u8] = include_bytes!("../../../schemas/procedures/family/sample-2026.toml");

/// The officers of the commune: code, role, territory.
pub const OFFICERS: [(&str, &str, &str); 4] = [
    ("recorder", "hamlet-recorder", "05158"),
    ("hamlet", "hamlet-reviewer", "05158"),
    ("commune", "commune-reviewer", "05158"),
    ("chair", "commune-chair", "05158"),
];

/// Hamlets of the commune.
pub const HAMLETS: usize = 27;

/// Xã Mường Bi with 27 made-up hamlets, four officers, and the sample definition for families.
pub struct Commune {
    /// The engine.
    pub engine: Arc<Engine>,
    /// Its keys.
    pub keyring: Arc<MemoryKeyring>,
    /// Its evidence files.
    pub evidence: Arc<MemoryEvidence>,
    /// The published definition.
    pub definition: Definition,
}

/// The machine's operator.
#[must_use]
pub fn operator() -> Principal {
    Principal::Operator("kit".into())
}

/// A UUID that follows from a text.
#[must_use]
pub fn id(text: &str) -> Uuid {
    Uuid::new_v5(&procedure::name::NAMESPACE, text.as_bytes())
}

/// The officer of a code.
#[must_use]
pub fn officer(code: &str) -> OfficerId {
    OfficerId::of_code(code)
}

/// The household of a number.
#[must_use]
pub fn household(number: usize) -> SubjectId {
    SubjectId::of_code(&format!("HB-{number}"))
}

/// A request of an officer, with a command id that follows from what it is for.
#[must_use]
pub fn by(code: &str, what: &str) -> Request {
    Request::new(Principal::Officer(officer(code)), id(&format!("{code}/{what}")))
}

/// An administrative unit.
#[must_use]
pub fn unit(code: &str) -> UnitCode {
    code.parse().expect("a code of a unit")
}

/// A clock that stands at nine o'clock in Viet Nam on 23 November 2026.
#[must_use]
pub fn clock() -> Arc<ManualClock> {
    Arc::new(ManualClock::new("2026-11-23T02:00:00Z".parse().expect("a time")))
}

impl Commune {
    /// Sets it up by the standing clock, with keys of its own.
    pub async fn new(store: Arc<dyn EventStore>) -> Self {
        Self::with(store, Arc::default(), clock()).await
    }

    /// Sets it up; where it is set up already, nothing changes.
    pub async fn with(
        store: Arc<dyn EventStore>,
        keyring: Arc<MemoryKeyring>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let entropy = Arc::new(SeededEntropy::new(387));
        let evidence = Arc::<MemoryEvidence>::default();
        let engine = Engine::new(store, keyring.clone(), clock, entropy);
        let engine = Arc::new(engine.with_evidence(evidence.clone()));
        let mut definition =
            codec::definition::parse("family", FAMILY).expect("the shipped definition is sound");
        // The season of the sample is the commune's business, not that of what is tested with it;
        // and what is tested with it is quicker told without a meeting and a posting.
        definition.season = procedure::definition::Season::default();
        definition.steps.retain(|step| !matches!(step.kind, StepKind::Meeting | StepKind::Posting));
        let left: Vec<_> = definition.steps.iter().map(|step| step.id.clone()).collect();
        definition.separation.retain(|set| set.iter().all(|step| left.contains(step)));
        let commune = Self { engine, keyring, evidence, definition };
        commune.found().await;
        commune.publish().await;
        for (code, role, place) in OFFICERS {
            commune.appoint(code, role, place).await;
        }
        commune
    }

    async fn found(&self) {
        let founded = |code: &str, kind, parent: Option<&str>| Change::Founded {
            code: unit(code),
            name: format!("Tên {code}"),
            kind,
            parent: parent.map(unit),
        };
        let nation = vec![
            founded("VN", UnitKind::Nation, None),
            founded("25", UnitKind::Province, Some("VN")),
            founded("05158", UnitKind::Commune, Some("25")),
        ];
        let hamlets = (1..=HAMLETS)
            .map(|n| founded(&format!("05158-{n:02}"), UnitKind::Hamlet, Some("05158")))
            .collect();
        for (root, changes) in [("VN", nation), ("05158", hamlets)] {
            let command = territory::Command::Reorganise {
                instrument: Instrument { number: "kit".into(), issued: None },
                effective: date("2025-07-01"),
                sample: true,
                changes,
            };
            let request = Request::new(operator(), id(&format!("found {root}")));
            self.engine.reorganise(&request, &unit(root), command).await.expect("units");
        }
    }

    async fn publish(&self) {
        let digest = codec::definition::digest(&self.definition).expect("a digest");
        let definition = Box::new(self.definition.clone());
        let command = edition::Command::Publish { definition, digest };
        let request = Request::new(operator(), id("publish"));
        self.engine.procedure(&request, &self.procedure(), command).await.expect("a procedure");
    }

    /// Enrols an officer and gives him a role.
    pub async fn appoint(&self, code: &str, role: &str, place: &str) {
        let owner = officer(code);
        let sealer = self.engine.sealer(owner.0).expect("a key");
        let name = sealer.seal("name", code).expect("a name");
        let role = role.parse().expect("a role");
        let term = Period { from: date("2026-01-01"), until: None };
        let commands = [
            officer::Command::Enrol { code: code.into(), name, unit: unit(place), sample: true },
            officer::Command::Appoint { role, unit: unit(place), term },
        ];
        for (index, command) in commands.into_iter().enumerate() {
            let request = Request::new(operator(), id(&format!("appoint {code} {index}")));
            self.engine.officer(&request, owner, command).await.expect("an officer");
        }
    }

    /// Declares a household to be an officer's own.
    pub async fn own(&self, code: &str, subject: SubjectId) {
        let command = officer::Command::DeclareInterest { subject, relation: Relation::Household };
        let request = Request::new(operator(), id(&format!("own {code} {subject}")));
        self.engine.officer(&request, officer(code), command).await.expect("an interest");
    }

    /// The published definition's id.
    #[must_use]
    pub fn procedure(&self) -> ProcedureId {
        self.definition.id.clone()
    }

    /// Enters a household in one of the hamlets.
    pub async fn enter(&self, number: usize) -> SubjectId {
        let subject = household(number);
        let sealer = self.engine.sealer(subject.0).expect("a key");
        let command = subject::Command::Register {
            kind: SubjectKind::Household,
            code: format!("HB-{number}"),
            unit: unit(&format!("05158-{:02}", number % HAMLETS + 1)),
            name: sealer.seal("name", &format!("Bùi Văn Đức {number}")).expect("a name"),
            address: None,
            sample: true,
        };
        let request = Request::new(operator(), id(&format!("enter {number}")));
        self.engine.subject(&request, subject, command).await.expect("a subject");
        subject
    }

    /// Registers an entered household for this year: one event.
    pub async fn register(&self, subject: SubjectId) -> CaseId {
        let request = by("recorder", &format!("register {subject}"));
        let year = self.engine.today().year();
        let done = self.engine.register_case(&request, &self.procedure(), subject, year).await;
        done.expect("a case").0
    }

    /// Registers an entered household and hands in its self-assessment: two commands, three
    /// events.
    pub async fn assess(&self, subject: SubjectId) -> CaseId {
        let case = self.register(subject).await;
        let request = by("recorder", &format!("assess {case}"));
        self.engine.case(&request, case, self.claims()).await.expect("a self-assessment");
        case
    }

    /// Reviews a case twice: two commands, four events.
    pub async fn review_twice(&self, case: CaseId) {
        for code in ["hamlet", "commune"] {
            let request = by(code, &format!("review {case}"));
            self.engine.case(&request, case, self.review()).await.expect("a review");
        }
    }

    /// Recognises the title: one event.
    pub async fn sign(&self, case: CaseId) {
        let request = by("chair", &format!("sign {case}"));
        self.engine.case(&request, case, self.recognise()).await.expect("a title");
    }

    /// A case that waits for its first review.
    pub async fn assessed(&self, number: usize) -> CaseId {
        let subject = self.enter(number).await;
        self.assess(subject).await
    }

    /// A case that waits for the decision.
    pub async fn reviewed(&self, number: usize) -> CaseId {
        let case = self.assessed(number).await;
        self.review_twice(case).await;
        case
    }

    /// Everything at its maximum.
    #[must_use]
    pub fn claims(&self) -> Command {
        let line = |indicator: &Indicator| ClaimInput {
            indicator: indicator.id.clone(),
            points: i64::from(indicator.maximum.value),
            evidence: Vec::new(),
            note: None,
        };
        let lines = self.definition.indicators().map(line).collect();
        Command::SelfAssess { lines, declarant: None }
    }

    /// Every claim confirmed.
    #[must_use]
    pub fn review(&self) -> Command {
        let line = |indicator: &Indicator| ReviewInput {
            indicator: indicator.id.clone(),
            points: i64::from(indicator.maximum.value),
            finding: Finding::Confirmed,
            note: None,
        };
        Command::Review { lines: self.definition.indicators().map(line).collect() }
    }

    /// A decision of today.
    #[must_use]
    pub fn recognise(&self) -> Command {
        let date = self.engine.today();
        Command::Recognise {
            decision: DecisionReference { number: "1/QĐ-UBND".into(), date, id: None },
        }
    }
}

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}
