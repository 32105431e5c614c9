//! A commune with officers and a household, set up through the engine itself.

use std::sync::Arc;

use codec::MemoryKeyring;
use engine::{Engine, ManualClock, Principal, Request, SeededEntropy};
use event_store::EventStore;
use procedure::case::{ClaimInput, Command, DecisionReference, Finding, ReviewInput};
use procedure::date::Period;
use procedure::officer::Relation;
use procedure::territory::{Change, Instrument, UnitKind};
use procedure::{
    CaseId, Definition, OfficerId, ProcedureId, Role, SubjectId, UnitCode, edition, officer,
    subject, territory,
};
use uuid::Uuid;

pub(crate) const FAMILY: &[u8] =
    include_bytes!("../../../../schemas/procedures/family/sample-2026.toml");

pub(crate) struct Commune {
    pub(crate) engine: Arc<Engine>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) keyring: Arc<MemoryKeyring>,
    pub(crate) definition: Definition,
}

pub(crate) fn operator() -> Principal {
    Principal::Operator("test".into())
}

pub(crate) fn id(text: &str) -> Uuid {
    Uuid::new_v5(&procedure::name::NAMESPACE, text.as_bytes())
}

pub(crate) fn officer(code: &str) -> OfficerId {
    OfficerId::of_code(code)
}

pub(crate) fn household(number: usize) -> SubjectId {
    SubjectId::of_code(&format!("HB-{number}"))
}

/// A request of an officer, with a command id derived from what it is for.
pub(crate) fn by(code: &str, what: &str) -> Request {
    Request::new(Principal::Officer(officer(code)), id(&format!("{code}/{what}")))
}

pub(crate) fn unit(code: &str) -> UnitCode {
    code.parse().unwrap()
}

impl Commune {
    pub(crate) async fn new(store: Arc<dyn EventStore>) -> Self {
        Self::with(store, Arc::default()).await
    }

    pub(crate) async fn with(store: Arc<dyn EventStore>, keyring: Arc<MemoryKeyring>) -> Self {
        let clock = Arc::new(ManualClock::new("2026-11-23T02:00:00Z".parse().unwrap()));
        let engine =
            Engine::new(store, keyring.clone(), clock.clone(), Arc::new(SeededEntropy::new(387)));
        let definition = codec::definition::parse("family", FAMILY).unwrap();
        let commune = Self { engine: Arc::new(engine), clock, keyring, definition };
        commune.found().await;
        commune.publish().await;
        for (code, role, place) in [
            ("recorder", "hamlet-recorder", "05158-01"),
            ("hamlet", "hamlet-reviewer", "05158-01"),
            ("commune", "commune-reviewer", "05158"),
            ("chair", "commune-chair", "05158"),
        ] {
            commune.appoint(code, role, place).await;
        }
        commune
    }

    async fn found(&self) {
        let founded = |code: &str, kind: UnitKind, parent: Option<&str>| Change::Founded {
            code: unit(code),
            name: format!("Tên {code}"),
            kind,
            parent: parent.map(unit),
        };
        let lists = [
            (
                "VN",
                vec![
                    founded("VN", UnitKind::Nation, None),
                    founded("25", UnitKind::Province, Some("VN")),
                    founded("05158", UnitKind::Commune, Some("25")),
                ],
            ),
            ("05158", vec![founded("05158-01", UnitKind::Hamlet, Some("05158"))]),
        ];
        for (root, changes) in lists {
            let command = territory::Command::Reorganise {
                instrument: Instrument { number: "QĐ 19/2025/QĐ-TTg".into(), issued: None },
                effective: "2025-07-01".parse().unwrap(),
                sample: true,
                changes,
            };
            let request = Request::new(operator(), id(&format!("found {root}")));
            self.engine.reorganise(&request, &unit(root), command).await.unwrap();
        }
    }

    async fn publish(&self) {
        let digest = codec::definition::digest(&self.definition).unwrap();
        let definition = Box::new(self.definition.clone());
        let command = edition::Command::Publish { definition, digest };
        let request = Request::new(operator(), id("publish"));
        self.engine.procedure(&request, &self.procedure(), command).await.unwrap();
    }

    pub(crate) async fn appoint(&self, code: &str, role: &str, place: &str) {
        let owner = officer(code);
        let name = self.engine.sealer(owner.0).unwrap().seal("name", code).unwrap();
        let role: Role = role.parse().unwrap();
        let term = Period { from: "2026-01-01".parse().unwrap(), until: None };
        let commands = [
            officer::Command::Enrol { code: code.into(), name, unit: unit(place), sample: true },
            officer::Command::Appoint { role, unit: unit(place), term },
        ];
        for (index, command) in commands.into_iter().enumerate() {
            let request = Request::new(operator(), id(&format!("appoint {code} {index}")));
            self.engine.officer(&request, owner, command).await.unwrap();
        }
    }

    pub(crate) async fn own(&self, code: &str, subject: SubjectId) {
        let command = officer::Command::DeclareInterest { subject, relation: Relation::Household };
        let request = Request::new(operator(), id(&format!("own {code} {subject}")));
        self.engine.officer(&request, officer(code), command).await.unwrap();
    }

    pub(crate) fn procedure(&self) -> ProcedureId {
        self.definition.id.clone()
    }

    pub(crate) async fn enter(&self, number: usize) -> SubjectId {
        let subject = household(number);
        let name = self.engine.sealer(subject.0).unwrap().seal("name", "Bùi Văn Đức").unwrap();
        let command = subject::Command::Register {
            kind: procedure::SubjectKind::Household,
            code: format!("HB-{number}"),
            unit: unit("05158-01"),
            name,
            address: None,
            sample: true,
        };
        let request = Request::new(operator(), id(&format!("enter {number}")));
        self.engine.subject(&request, subject, command).await.unwrap();
        subject
    }

    pub(crate) async fn register(&self, subject: SubjectId) -> CaseId {
        let request = by("recorder", &format!("register {subject}"));
        self.engine.register_case(&request, &self.procedure(), subject, 2026).await.unwrap().0
    }

    /// A case that waits for its first review.
    pub(crate) async fn assessed(&self, number: usize) -> CaseId {
        let subject = self.enter(number).await;
        let case = self.register(subject).await;
        let request = by("recorder", &format!("assess {case}"));
        self.engine.case(&request, case, self.claims()).await.unwrap();
        case
    }

    /// A case that waits for the decision.
    pub(crate) async fn reviewed(&self, number: usize) -> CaseId {
        let case = self.assessed(number).await;
        for code in ["hamlet", "commune"] {
            let request = by(code, &format!("review {case}"));
            self.engine.case(&request, case, self.review()).await.unwrap();
        }
        case
    }

    /// Everything at its maximum.
    pub(crate) fn claims(&self) -> Command {
        let line = |indicator: &procedure::definition::Indicator| ClaimInput {
            indicator: indicator.id.clone(),
            points: i64::from(indicator.maximum.value),
            evidence: Vec::new(),
            note: None,
        };
        Command::SelfAssess { lines: self.definition.indicators().map(line).collect() }
    }

    /// Every claim confirmed.
    pub(crate) fn review(&self) -> Command {
        let line = |indicator: &procedure::definition::Indicator| ReviewInput {
            indicator: indicator.id.clone(),
            points: i64::from(indicator.maximum.value),
            finding: Finding::Confirmed,
            note: None,
        };
        Command::Review { lines: self.definition.indicators().map(line).collect() }
    }

    pub(crate) fn recognise(&self) -> Command {
        let date = "2026-11-23".parse().unwrap();
        Command::Recognise { decision: DecisionReference { number: "1/QĐ-UBND".into(), date } }
    }
}
