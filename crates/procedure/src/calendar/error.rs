//! Why a calendar is not accepted.

use alloc::string::String;

use crate::refusals;

refusals! {
    /// Why a calendar is not accepted.
    Refusal {
        /// A rule that its days have to keep is broken.
        NotSound { finding: String } = "calendar.not_sound", Input;
    }
}
