//! Carries the acts out through the engine, one after the other, each at its time.
//! Deliberately absent: any judgement; the engine judges, and an act that it refuses ends the play,
//! unless it was to be refused.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context as _, bail, ensure};
use engine::{Engine, EngineError, ManualClock, Principal, Request};
use jiff::Timestamp;
use procedure::calendar::CalendarDays;
use procedure::date::Period;
use procedure::name::NAMESPACE;
use procedure::territory::{Change, Instrument, UnitKind};
use procedure::{Date, Definition, UnitCode, officer, subject, territory};
use uuid::Uuid;

use super::YEAR;
use super::act::{Act, Decision, Deed, Meeting};
use super::book::Books;
use super::world::{COMMUNE, World};
use crate::official::{self, Reorganisation};

mod case;
mod decision;

use decision::Number;

/// Under which instrument the made-up hamlets stand.
const HAMLET_LIST: &str = "Danh sách xóm mẫu để dùng thử, không phải văn bản (mẫu)";

/// The engine and what the acts refer to.
pub(super) struct Stage<'a> {
    pub(super) engine: &'a Engine,
    pub(super) clock: &'a Arc<ManualClock>,
    pub(super) seed: u64,
    pub(super) world: &'a World,
    pub(super) books: &'a Books,
    pub(super) official: &'a [Reorganisation],
    pub(super) definitions: &'a [Definition],
    pub(super) calendar: &'a CalendarDays,
    pub(super) meetings: &'a [Meeting],
    pub(super) decisions: &'a [Decision],
    pub(super) operator: Principal,
    /// The numbers of acts of the commune.
    pub(super) numbers: BTreeMap<Number, u32>,
}

impl Stage<'_> {
    /// Makes the keys of all subjects, officers and meetings, in one go.
    pub(super) fn make_keys(&self) -> anyhow::Result<()> {
        let subjects = self.world.subjects.iter().map(|one| one.id.0);
        let officers = self.world.officers.iter().map(|one| one.id.0);
        let meetings = self.meetings.iter().map(|one| one.id.0);
        let owners: Vec<_> = subjects.chain(officers).chain(meetings).collect();
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
        let done = self.dispatch(&request, &act.deed).await;
        let done = match act.refused {
            Some(code) => must_be_refused(done, code),
            None => done,
        };
        done.with_context(|| format!("act {number} of the demonstration: {act:?}"))
    }

    async fn dispatch(&mut self, request: &Request, deed: &Deed) -> anyhow::Result<()> {
        match deed {
            Deed::SetCalendar => {
                let days = self.calendar.clone();
                official::publish_calendar(self.engine, &request.principal, days).await?;
            }
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
            Deed::Delegate { to, term } => self.delegate(request, *to, *term).await?,
            Deed::Enter { subject } => self.enter(request, *subject).await?,
            Deed::Minutes(meeting) => self.minutes(request, *meeting).await?,
            Deed::Decision { decision, deed } => self.decide(request, *decision, deed).await?,
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

    /// The chair passes on what he may do.
    async fn delegate(&self, request: &Request, to: usize, term: Period) -> anyhow::Result<()> {
        let chair = &self.world.officers[self.world.posts.chair];
        let (role, unit) = chair.roles.first().context("the chair's appointment")?;
        let (role, unit) = (role.parse()?, unit.clone());
        let command = officer::Command::Delegate { delegator: chair.id, role, unit, term };
        self.officer(request, to, command).await
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
}

fn must_be_refused(done: anyhow::Result<()>, code: &str) -> anyhow::Result<()> {
    let Err(error) = done else { bail!("not refused with {code}") };
    let Some(EngineError::Refused(refused)) = error.downcast_ref() else { return Err(error) };
    let found = refused.get().code();
    ensure!(found == code, "refused with {found} instead of {code}");
    Ok(())
}
