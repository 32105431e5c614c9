//! Why an edition is not accepted.

use alloc::string::String;

use crate::date::Date;
use crate::name::ProcedureId;
use crate::refusals;

refusals! {
    /// Why an edition is not accepted.
    Refusal {
        /// The id stands for other content already.
        ContentDiffers { procedure: ProcedureId } = "procedure.content_differs", State;
        /// The linter found something.
        NotSound { procedure: ProcedureId, findings: usize, first: String } = "procedure.not_sound", Input;
        /// Nothing was published under the id.
        Unknown = "procedure.unknown", Absent;
        /// It was taken out of use.
        Retired { procedure: ProcedureId, date: Date } = "procedure.retired", State;
    }
}
