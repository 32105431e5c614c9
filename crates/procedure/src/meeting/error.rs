//! Why a command on a meeting is not accepted.

use crate::date::Date;
use crate::name::{StepId, UnitCode};
use crate::refusals;

refusals! {
    /// Why a command on a meeting is not accepted.
    Refusal {
        /// No such meeting; for who asks for one that was not recorded.
        Unknown = "meeting.unknown", Absent;
        /// The id stands for a meeting already.
        AlreadyRecorded = "meeting.already_recorded", State;
        /// The definition has no such step, or nobody meets in it.
        WrongStep { step: StepId } = "meeting.wrong_step", Input;
        /// The unit does not exist, or the step does not lie with units of its level.
        WrongLevel { unit: UnitCode } = "meeting.wrong_level", Input;
        /// The meeting was on a day after today, or before the procedure came into force.
        BadDate { date: Date, earliest: Date, latest: Date } = "meeting.bad_date", Input;
        /// Nobody came, more than were called, or too many to be named.
        BadAttendance { present: usize, convened: u32 } = "meeting.bad_attendance", Input;
    }
}
