//! Carries the acts out through the engine, one after the other, each at its time.
//! Deliberately absent: any judgement; the engine judges, and an act that it refuses ends the play.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Context as _;
use engine::{Engine, ManualClock, Principal, Request, Sealer};
use jiff::Timestamp;
use procedure::case::{self, ClaimInput, DecisionReference, Evidence, ReviewInput};
use procedure::date::Period;
use procedure::name::NAMESPACE;
use procedure::territory::{Change, Instrument, UnitKind};
use procedure::{CaseId, Date, Definition, Sealed, Title, UnitCode, officer, subject, territory};
use uuid::Uuid;

use super::YEAR;
use super::act::{Act, CaseDeed, Deed};
use super::book::{Book, Books};
use super::points::{ClaimLine, ReviewLine};
use super::script::title_of;
use super::world::{COMMUNE, World};
use crate::official::{self, Reorganisation};

/// Under which instrument the made-up hamlets stand.
const HAMLET_LIST: &str = "Danh sách xóm mẫu để dùng thử, không phải văn bản (mẫu)";
/// The number of the first decision.
const FIRST_DECISION: u32 = 118;

/// The engine and what the acts refer to.
pub(super) struct Stage<'a> {
    pub(super) engine: &'a Engine,
    pub(super) clock: &'a Arc<ManualClock>,
    pub(super) seed: u64,
    pub(super) world: &'a World,
    pub(super) books: &'a Books,
    pub(super) official: &'a [Reorganisation],
    pub(super) definitions: &'a [Definition],
    pub(super) operator: Principal,
    /// Numbers of decisions by day, title and whether it refuses.
    pub(super) decisions: BTreeMap<(Date, Title, bool), u32>,
}

impl Stage<'_> {
    /// Makes the keys of all subjects and officers, in one go.
    pub(super) fn make_keys(&self) -> anyhow::Result<()> {
        let subjects = self.world.subjects.iter().map(|one| one.id.0);
        let owners: Vec<_> =
            subjects.chain(self.world.officers.iter().map(|one| one.id.0)).collect();
        Ok(self.engine.make_keys(&owners)?)
    }

    /// Carries out the act with that number.
    pub(super) async fn perform(&mut self, number: usize, act: &Act) -> anyhow::Result<()> {
        self.clock.set(Timestamp::from_millisecond(act.at)?);
        let principal = match act.by {
            Some(officer) => Principal::Officer(self.world.officers[officer].id),
            None => self.operator.clone(),
        };
        let name = format!("demo/{}/{number}", self.seed);
        let request = Request::new(principal, Uuid::new_v5(&NAMESPACE, name.as_bytes()));
        self.dispatch(&request, &act.deed)
            .await
            .with_context(|| format!("act {number} of the demonstration: {act:?}"))
    }

    async fn dispatch(&mut self, request: &Request, deed: &Deed) -> anyhow::Result<()> {
        match deed {
            Deed::Reorganise(place) => {
                let one = self.official[*place].clone();
                official::carry_out(self.engine, &request.principal, one).await?;
            }
            Deed::Publish(place) => {
                let one = self.definitions[*place].clone();
                official::publish(self.engine, &request.principal, one).await?;
            }
            Deed::ListHamlets => self.list_hamlets(request).await?,
            Deed::Enrol { officer } => self.enrol(request, *officer).await?,
            Deed::Appoint { officer, role } => {
                let (role, unit) = &self.world.officers[*officer].roles[*role];
                let from = Date::new(YEAR, 1, 1).context("the first of January")?;
                let term = Period { from, until: None };
                let command =
                    officer::Command::Appoint { role: role.parse()?, unit: unit.clone(), term };
                self.officer(request, *officer, command).await?;
            }
            Deed::DeclareInterest { officer, interest } => {
                let (subject, relation) = self.world.officers[*officer].interests[*interest];
                let subject = self.world.subjects[subject].id;
                let command = officer::Command::DeclareInterest { subject, relation };
                self.officer(request, *officer, command).await?;
            }
            Deed::Enter { subject } => self.enter(request, *subject).await?,
            Deed::Case { subject, deed } => self.case(request, *subject, deed).await?,
        }
        Ok(())
    }

    async fn list_hamlets(&self, request: &Request) -> anyhow::Result<()> {
        let commune: UnitCode = COMMUNE.parse()?;
        let founded = self.world.hamlets.iter().map(|hamlet| Change::Founded {
            code: hamlet.code.clone(),
            name: hamlet.name.clone(),
            kind: UnitKind::Hamlet,
            parent: Some(commune.clone()),
        });
        let command = territory::Command::Reorganise {
            instrument: Instrument { number: HAMLET_LIST.to_owned(), issued: None },
            effective: Date::new(YEAR, 1, 1).context("the first of January")?,
            sample: true,
            changes: founded.collect(),
        };
        self.engine.reorganise(request, &commune, command).await?;
        Ok(())
    }

    async fn enrol(&self, request: &Request, officer: usize) -> anyhow::Result<()> {
        let one = &self.world.officers[officer];
        let name = self.engine.sealer(one.id.0)?.seal("name", &one.name)?;
        let (code, unit) = (one.code.clone(), one.unit.clone());
        let command = officer::Command::Enrol { code, name, unit, sample: true };
        self.officer(request, officer, command).await
    }

    async fn officer(
        &self,
        request: &Request,
        officer: usize,
        command: officer::Command,
    ) -> anyhow::Result<()> {
        self.engine.officer(request, self.world.officers[officer].id, command).await?;
        Ok(())
    }

    async fn enter(&self, request: &Request, subject: usize) -> anyhow::Result<()> {
        let one = &self.world.subjects[subject];
        let sealer = self.engine.sealer(one.id.0)?;
        let command = subject::Command::Register {
            kind: one.kind,
            code: one.code.clone(),
            unit: one.unit.clone(),
            name: sealer.seal("name", &one.name)?,
            address: Some(sealer.seal("address", &one.address)?),
            sample: true,
        };
        self.engine.subject(request, one.id, command).await?;
        Ok(())
    }

    async fn case(
        &mut self,
        request: &Request,
        subject: usize,
        deed: &CaseDeed,
    ) -> anyhow::Result<()> {
        let one = &self.world.subjects[subject];
        let book = self.books.title(title_of(one.kind))?;
        if let CaseDeed::Register = deed {
            let engine = self.engine;
            engine.register_case(request, &book.procedure, one.id, YEAR).await?;
            return Ok(());
        }
        let sealer = self.engine.sealer(one.id.0)?;
        let reason = |text: &str| sealer.seal("reason", text);
        let command = match deed {
            CaseDeed::Register => return Ok(()),
            CaseDeed::SelfAssess(lines) => {
                case::Command::SelfAssess { lines: claims(book, &sealer, lines)? }
            }
            CaseDeed::Supplement(lines) => {
                case::Command::Supplement { lines: claims(book, &sealer, lines)? }
            }
            CaseDeed::Claim => case::Command::Claim,
            CaseDeed::Release => case::Command::Release,
            CaseDeed::Review(lines) => {
                case::Command::Review { lines: reviews(book, &sealer, lines)? }
            }
            CaseDeed::Return { reason: text, indicators } => {
                let id = |place: &usize| book.indicators[*place].id.clone();
                let indicators = indicators.iter().map(id).collect();
                case::Command::Return { reason: reason(text)?, indicators }
            }
            CaseDeed::Recognise => {
                case::Command::Recognise { decision: self.decision(book.title, false) }
            }
            CaseDeed::Refuse { reason: text } => case::Command::Refuse {
                decision: self.decision(book.title, true),
                reason: reason(text)?,
            },
            CaseDeed::Withdraw { reason: text } => {
                case::Command::Withdraw { reason: reason(text)? }
            }
        };
        let id = CaseId::of(book.title, one.id, YEAR);
        self.engine.case(request, id, command).await?;
        Ok(())
    }

    /// One decision a day for each title, and another for those refused.
    fn decision(&mut self, title: Title, refuses: bool) -> DecisionReference {
        let date = self.engine.today();
        let next = FIRST_DECISION + u32::try_from(self.decisions.len()).unwrap_or(u32::MAX);
        let number = *self.decisions.entry((date, title, refuses)).or_insert(next);
        DecisionReference { number: format!("{number}/QĐ-UBND"), date }
    }
}

fn claims(
    book: &Book,
    sealer: &Sealer<'_>,
    lines: &[ClaimLine],
) -> anyhow::Result<Vec<ClaimInput>> {
    let line = |line: &ClaimLine| {
        let label = seal(sealer, "evidence", line.evidence)?;
        Ok(ClaimInput {
            indicator: book.indicators[line.indicator].id.clone(),
            points: i64::from(line.points),
            evidence: label.map(|label| Evidence { label, digest: None }).into_iter().collect(),
            note: seal(sealer, "note", line.note)?,
        })
    };
    lines.iter().map(line).collect()
}

fn reviews(
    book: &Book,
    sealer: &Sealer<'_>,
    lines: &[ReviewLine],
) -> anyhow::Result<Vec<ReviewInput>> {
    let line = |(line, item): (&ReviewLine, &super::book::Item)| {
        Ok(ReviewInput {
            indicator: item.id.clone(),
            points: i64::from(line.points),
            finding: line.finding,
            note: seal(sealer, "note", line.note)?,
        })
    };
    lines.iter().zip(&book.indicators).map(line).collect()
}

fn seal(sealer: &Sealer<'_>, field: &str, text: Option<&str>) -> anyhow::Result<Option<Sealed>> {
    Ok(sealer.seal_some(field, text)?)
}
