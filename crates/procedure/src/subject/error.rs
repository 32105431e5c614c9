//! Why a command on a subject is not accepted.

use alloc::string::String;

use crate::name::UnitCode;
use crate::refusals;

refusals! {
    /// Why a command on a subject is not accepted.
    Refusal {
        /// The code belongs to a subject already.
        AlreadyRegistered { code: String } = "subject.already_registered", State;
        /// No such subject.
        Unknown = "subject.unknown", Absent;
        /// The unit does not exist, or is too high up to live in.
        UnknownUnit { unit: UnitCode } = "subject.unknown_unit", Input;
        /// The local code is empty, too long or has odd characters.
        BadCode { code: String } = "subject.bad_code", Input;
    }
}
