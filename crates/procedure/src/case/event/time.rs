//! What happened because days went by: warnings, breaches, reminders, and competence that passed to
//! somebody else. Deliberately absent: the counting; [`clock`](crate::clock) does it.

use serde::{Deserialize, Serialize};

use crate::case::event::Assignment;
use crate::date::Date;
use crate::name::StepId;
use crate::title::names;

/// Competence has passed to somebody else while the case waited (chuyển thẩm quyền).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HandedOver {
    /// The day.
    pub on: Date,
    /// Whose turn the same step is now.
    pub next: Assignment,
}

/// A share of the step's time is over (sắp đến hạn).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeadlineWarned {
    /// The step.
    pub step: StepId,
    /// The last day in time, by the calendar as it was.
    pub due: Date,
    /// The day.
    pub on: Date,
}

/// The step's time is over (quá hạn).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeadlineBreached {
    /// The step.
    pub step: StepId,
    /// The last day in time, by the calendar as it was.
    pub due: Date,
    /// The day.
    pub on: Date,
}

/// The breach has been put before a role above (báo cáo lên cấp trên).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Escalated {
    /// The step, and the role and unit that it has been put before.
    pub to: Assignment,
    /// The day.
    pub on: Date,
}

/// The subject, and whoever enters for it, has been reminded of a last day (nhắc việc).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reminded {
    /// Of what.
    pub about: Reminder,
    /// How many days before, by the definition.
    pub days_before: u16,
    /// The last day.
    pub until: Date,
    /// The day.
    pub on: Date,
}

/// What somebody is reminded of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reminder {
    /// To hand in the self-assessment (tự đánh giá).
    SelfAssessment,
    /// To have the title recognised anew (công nhận lại).
    Renewal,
}

names!(Reminder { SelfAssessment = "self_assessment", Renewal = "renewal" });
