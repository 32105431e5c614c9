//! Whose turn a step is. Deliberately absent: whether anybody holds the role; that is asked when he
//! acts.

use crate::case::command::Context;
use crate::case::error::Refusal;
use crate::case::event::Assignment;
use crate::date::Date;
use crate::definition::{Step, StepKind};
use crate::name::{Role, StepId, UnitCode};
use crate::territory::UnitLevel;

impl Context<'_> {
    /// Whose turn a step is on a day, at its level of the case's place.
    pub(super) fn assignment(&self, step: &Step, day: Date) -> Result<Assignment, Refusal> {
        let nobody = || Refusal::NobodyCompetent { step: step.id.clone(), date: day };
        let performer = step.performer(day).ok_or_else(nobody)?;
        self.at_level(step, &performer.role, performer.level).ok_or_else(nobody)
    }

    /// The same for a role and a level.
    pub(super) fn at_level(
        &self,
        step: &Step,
        role: &Role,
        level: UnitLevel,
    ) -> Option<Assignment> {
        let unit: &UnitCode = match self.path.get(level as usize) {
            Some(unit) => unit,
            // What belongs to a commune as a whole has no hamlet; its work lies with the commune.
            None => self.path.last()?,
        };
        Some(Assignment { step: step.id.clone(), role: role.clone(), unit: unit.clone() })
    }

    /// Whose turn the step of that name is on a day.
    pub(super) fn assignment_on(&self, step: &StepId, day: Date) -> Result<Assignment, Refusal> {
        self.assignment(self.definition.step(step).ok_or(Refusal::Closed)?, day)
    }

    /// Whose turn it is after a step.
    pub(super) fn assignment_after(&self, step: &StepId) -> Result<Assignment, Refusal> {
        self.assignment(self.definition.step_after(step).ok_or(Refusal::Closed)?, self.today)
    }

    /// Whose turn the first step is, where supplements are made too.
    pub(super) fn first_assignment(&self) -> Result<Assignment, Refusal> {
        let mut steps = self.definition.steps.iter();
        let first = steps.find(|step| step.kind == StepKind::SelfAssessment);
        self.assignment(first.ok_or(Refusal::Closed)?, self.today)
    }

    /// Whose turn the review is that a case goes back to from a step.
    pub(super) fn review_before(&self, step: &StepId) -> Result<Assignment, Refusal> {
        let review = self.definition.review_at_or_before(step).ok_or(Refusal::Closed)?;
        self.assignment(review, self.today)
    }

    /// Whose turn the decision is on a day.
    pub(super) fn decision_on(&self, day: Date) -> Result<Assignment, Refusal> {
        self.assignment(self.definition.decision().ok_or(Refusal::Closed)?, day)
    }
}
