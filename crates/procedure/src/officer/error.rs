//! Why a command about an officer is not accepted.

use alloc::string::String;

use crate::date::Date;
use crate::name::{Role, UnitCode};
use crate::refusals;

refusals! {
    /// Why a command about an officer is not accepted.
    Refusal {
        /// The code belongs to an officer already.
        AlreadyEnrolled { code: String } = "officer.already_enrolled", State;
        /// No such officer.
        Unknown = "officer.unknown", Absent;
        /// The unit does not exist.
        UnknownUnit { unit: UnitCode } = "officer.unknown_unit", Input;
        /// The local code is empty, too long or has odd characters.
        BadCode { code: String } = "officer.bad_code", Input;
        /// The term ends before it begins.
        BadTerm { from: Date, until: Date } = "officer.bad_term", Input;
        /// He has the role there already in that time.
        AlreadyAppointed { role: Role, unit: UnitCode } = "officer.already_appointed", State;
        /// He does not have the role there on that day.
        NotAppointed { role: Role, unit: UnitCode, date: Date } = "officer.not_appointed", State;
        /// A token must end after today and within two years.
        BadTokenEnd { until: Date } = "officer.bad_token_end", Input;
        /// The label of a token is empty, too long, or has characters that cannot be printed.
        BadLabel { label: String } = "officer.bad_label", Input;
        /// There is no such token, or it is revoked.
        UnknownToken = "officer.unknown_token", Absent;
    }
}
