//! How long a step may take, and who is told when it takes longer.
//! Deliberately absent: counting the days; [`clock`](crate::clock) does.

use serde::{Deserialize, Serialize};

use crate::definition::criteria::Status;
use crate::definition::season::SeasonDay;
use crate::name::{Role, SourceId};
use crate::territory::UnitLevel;

/// How long a step may take (thời hạn giải quyết). It has exactly one of `working_days`, `days`
/// and `by`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Number of working days (ngày làm việc).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub working_days: Option<u16>,
    /// Number of days of the calendar, weekends and holidays among them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u16>,
    /// Last day, the same for all cases of a year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<SeasonDay>,
    /// How much of the limit may be used before whoever has the step is reminded, in percent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub warn_percent: Option<u8>,
    /// Who is told once the limit is broken; nobody where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalate_to: Option<Escalation>,
    /// Whether the limit was seen in the source.
    pub status: Status,
    /// Where.
    pub source: SourceId,
}

/// To whom a breach is told (báo cáo lên cấp trên).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Escalation {
    /// The role that an appointment must give.
    pub role: Role,
    /// At which level of the case's place they work.
    pub level: UnitLevel,
}
