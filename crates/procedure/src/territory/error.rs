//! Why a reorganisation is not accepted.

use alloc::string::String;

use crate::date::Date;
use crate::name::UnitCode;
use crate::refusals;
use crate::territory::level::UnitLevel;

refusals! {
    /// Why a reorganisation is not accepted.
    Refusal {
        /// An instrument without number or without changes.
        Empty = "units.empty", Input;
        /// A unit is founded twice.
        CodeTaken { unit: UnitCode } = "units.code_taken", Input;
        /// The unit does not exist on the day.
        UnknownUnit { unit: UnitCode, date: Date } = "units.unknown", Absent;
        /// The unit above is not one level up, or does not belong to this list.
        WrongParent { unit: UnitCode, level: UnitLevel } = "units.wrong_parent", Input;
        /// The new kind is of another level.
        WrongLevel { unit: UnitCode, level: UnitLevel } = "units.wrong_level", Input;
        /// A name is empty, too long, or has characters that cannot be printed.
        BadName { unit: UnitCode, name: String } = "units.bad_name", Input;
        /// The unit changed on a later day already.
        LaterChange { unit: UnitCode, date: Date } = "units.later_change", State;
    }
}
