//! What is done with decisions over many cases, and the numbers of the commune's acts.

use anyhow::ensure;
use engine::{Principal, Request};
use procedure::case::DecisionReference;
use procedure::{CaseId, Date, OfficerId, Title, UnitCode, decision};

use super::Stage;
use crate::demo::YEAR;
use crate::demo::act::{Decision, DecisionDeed};
use crate::demo::world::COMMUNE;

/// The number of the commune's first act.
const FIRST: u32 = 118;

/// What has one number: a decision over many cases, or what one signatory decides singly on one day
/// about one title, and the same for refusals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::demo) enum Number {
    Many(usize),
    Single { date: Date, title: Title, by: Option<OfficerId>, refuses: bool },
}

impl Stage<'_> {
    pub(super) async fn decide(
        &mut self,
        request: &Request,
        place: usize,
        deed: &DecisionDeed,
    ) -> anyhow::Result<()> {
        let (engine, Decision { id, title }) = (self.engine, self.decisions[place]);
        let case = |subject: usize| CaseId::of(title, self.world.subjects[subject].id, YEAR);
        match deed {
            DecisionDeed::Draft => {
                let (book, unit): (_, UnitCode) = (self.books.title(title)?, COMMUNE.parse()?);
                engine.draft_decision(request, id, &book.procedure, (unit, YEAR)).await?;
            }
            DecisionDeed::List(subjects) => {
                let cases: Vec<_> = subjects.iter().map(|subject| case(*subject)).collect();
                let listed = engine.list_on_decision(request, id, &cases).await?;
                ensure!(listed.placed == cases.len(), "left out: {:?}", listed.left_out);
            }
            DecisionDeed::TakeOff { subject, reason } => {
                let owner = self.world.subjects[*subject].id.0;
                let reason = engine.sealer(owner)?.seal("reason", reason)?;
                let command = decision::Command::TakeOff { case: case(*subject), reason };
                engine.decision(request, id, command).await?;
                let followed = engine.settle_decision(id).await?;
                ensure!(followed.changed == 1, "{followed:?}");
            }
            DecisionDeed::Sign => {
                let number = self.number(Number::Many(place));
                engine.sign_decision(request, id, &number, engine.today()).await?;
            }
            DecisionDeed::Settle => {
                let followed = engine.settle_decision(id).await?;
                ensure!(followed.changed > 0 && followed.failed.is_empty(), "{followed:?}");
            }
        }
        Ok(())
    }

    /// The act by which a signatory decides about one case.
    pub(super) fn single(
        &mut self,
        request: &Request,
        title: Title,
        refuses: bool,
    ) -> DecisionReference {
        let by = match request.principal {
            Principal::Officer(by) => Some(by),
            Principal::Operator(_) | Principal::Program => None,
        };
        let date = self.engine.today();
        let number = self.number(Number::Single { date, title, by, refuses });
        DecisionReference { number, date, id: None }
    }

    fn number(&mut self, of: Number) -> String {
        let next = FIRST + u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(of).or_insert(next);
        format!("{number}/QĐ-UBND")
    }
}
