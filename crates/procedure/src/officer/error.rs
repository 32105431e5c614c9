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
        /// Nobody passes a power on to himself.
        DelegatedToSelf = "officer.delegated_to_self", Input;
        /// Roles that set things up are not passed on.
        NotDelegable { role: Role } = "officer.not_delegable", Input;
        /// A delegation has a last day, not before its first, and not before today.
        BadDelegation { from: Date } = "officer.bad_delegation", Input;
        /// The same power is passed on to him already in that time.
        AlreadyDelegated { role: Role, unit: UnitCode } = "officer.already_delegated", State;
        /// No such delegation holds on the day or later.
        NotDelegated { role: Role, unit: UnitCode, date: Date } = "officer.not_delegated", State;
        /// A token must end after today and within two years.
        BadTokenEnd { until: Date } = "officer.bad_token_end", Input;
        /// The label of a token is empty, too long, or has characters that cannot be printed.
        BadLabel { label: String } = "officer.bad_label", Input;
        /// There is no such token, or it is revoked.
        UnknownToken = "officer.unknown_token", Absent;
    }
}
