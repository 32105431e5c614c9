//! What is done with a case, and the minutes of meetings.

use anyhow::Context as _;
use engine::{Request, Sealer};
use procedure::case::{self, ClaimInput, Evidence, ReviewInput};
use procedure::definition::StepKind;
use procedure::{CaseId, Sealed, SubjectKind, Title, meeting};

use super::Stage;
use crate::demo::YEAR;
use crate::demo::act::CaseDeed;
use crate::demo::book::{Book, Item};
use crate::demo::points::{ClaimLine, ReviewLine};
use crate::demo::script::title_of;
use crate::demo::words;
use crate::demo::world::Subject;

impl Stage<'_> {
    /// The minutes of a meeting on families.
    pub(super) async fn minutes(&self, request: &Request, place: usize) -> anyhow::Result<()> {
        let (one, book) = (&self.meetings[place], self.books.title(Title::Family)?);
        let sealer = self.engine.sealer(one.id.0)?;
        let present = one.present.iter().map(|who| sealer.seal("present", who));
        let command = meeting::Command::Record {
            step: book.step(StepKind::Meeting).context("no meeting in the definition")?.clone(),
            unit: self.world.hamlets[one.hamlet].code.clone(),
            held_on: one.held_on,
            convened: one.convened,
            present: present.collect::<Result<_, _>>()?,
            minutes: sealer.seal("minutes", words::MINUTES[place % words::MINUTES.len()])?,
            paper: None,
        };
        self.engine.meeting(request, one.id, &book.procedure, command).await?;
        Ok(())
    }

    pub(super) async fn case(
        &mut self,
        request: &Request,
        subject: usize,
        deed: &CaseDeed,
    ) -> anyhow::Result<()> {
        let one = &self.world.subjects[subject];
        let book = self.books.title(title_of(one.kind))?;
        let (engine, id) = (self.engine, CaseId::of(book.title, one.id, YEAR));
        match deed {
            CaseDeed::Register => {
                engine.register_case(request, &book.procedure, one.id, YEAR).await?;
            }
            CaseDeed::Assign { to, reason } => {
                let reason = engine.sealer(one.id.0)?.seal("reason", reason)?;
                let to = self.world.officers[*to].id;
                engine.assign_case(request, id, to, Some(reason)).await?;
            }
            CaseDeed::Vote { meeting, votes } => {
                engine.vote(request, id, self.meetings[*meeting].id, *votes).await?;
            }
            CaseDeed::Watch => {
                engine.watch_case(id).await?;
            }
            CaseDeed::Recognise => {
                let decision = self.single(request, book.title, false);
                engine.case(request, id, case::Command::Recognise { decision }).await?;
            }
            CaseDeed::Refuse { reason } => {
                let decision = self.single(request, book.title, true);
                let reason = engine.sealer(one.id.0)?.seal("reason", reason)?;
                engine.case(request, id, case::Command::Refuse { decision, reason }).await?;
            }
            other => {
                let sealer = engine.sealer(one.id.0)?;
                if let Some(command) = command(other, (one, book), &sealer)? {
                    engine.case(request, id, command).await?;
                }
            }
        }
        Ok(())
    }
}

/// The command of a deed that needs nothing but the case's own texts.
fn command(
    deed: &CaseDeed,
    (one, book): (&Subject, &Book),
    sealer: &Sealer<'_>,
) -> anyhow::Result<Option<case::Command>> {
    let reason = |text: &str| sealer.seal("reason", text);
    Ok(Some(match deed {
        CaseDeed::SelfAssess(lines) => {
            // The head of a household says it, the head of the hamlet writes it down.
            let household = one.kind == SubjectKind::Household;
            let declarant = seal(sealer, "declarant", household.then_some(&*one.name))?;
            case::Command::SelfAssess { lines: claims(book, sealer, lines)?, declarant }
        }
        CaseDeed::Supplement(lines) => {
            let lines = claims(book, sealer, lines)?;
            case::Command::Supplement { lines, declarant: None }
        }
        CaseDeed::Claim => case::Command::Claim,
        CaseDeed::Release => case::Command::Release,
        CaseDeed::TakeOver { reason: text } => case::Command::TakeOver { reason: reason(text)? },
        CaseDeed::Review(lines) => case::Command::Review { lines: reviews(book, sealer, lines)? },
        CaseDeed::Return { reason: text, indicators } => {
            let id = |place: &usize| book.indicators[*place].id.clone();
            let indicators = indicators.iter().map(id).collect();
            case::Command::Return { reason: reason(text)?, indicators }
        }
        CaseDeed::Post { days, place } => case::Command::Post { days: *days, place: place.clone() },
        CaseDeed::Object { kind, name, text } => case::Command::Object {
            kind: *kind,
            name: sealer.seal("name", name)?,
            text: sealer.seal("text", text)?,
        },
        CaseDeed::Resolve { objection, upheld, reason: text } => {
            let (objection, upheld) = (*objection, *upheld);
            case::Command::ResolveObjection { objection, upheld, reason: reason(text)? }
        }
        CaseDeed::ClosePosting => case::Command::ClosePosting,
        CaseDeed::Withdraw { reason: text } => case::Command::Withdraw { reason: reason(text)? },
        CaseDeed::Register
        | CaseDeed::Assign { .. }
        | CaseDeed::Vote { .. }
        | CaseDeed::Recognise
        | CaseDeed::Refuse { .. }
        | CaseDeed::Watch => return Ok(None),
    }))
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
    let line = |(line, item): (&ReviewLine, &Item)| {
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
