//! Why a draft is not kept.

use crate::name::OfficerId;
use crate::refusals;

refusals! {
    /// Why a draft is not kept.
    Refusal {
        /// More than is kept of a form; who takes in the text says so, as here it is sealed.
        TooLong { bytes: usize, maximum: usize } = "draft.too_long", Input;
        /// It is the draft of another officer, which is nobody else's business.
        OfAnother { officer: OfficerId } = "draft.of_another", Authority;
    }
}
