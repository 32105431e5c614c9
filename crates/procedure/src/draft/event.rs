//! What can have happened to a draft. These names are the storage format.

use serde::{Deserialize, Serialize};

use crate::aggregate::events;
use crate::date::Date;
use crate::name::{CaseId, FormName, OfficerId};
use crate::text::Sealed;

events! {
    /// What can have happened to a draft.
    DraftSaved, DraftDiscarded,
}

/// What stands in a form by now was kept (lưu bản nháp).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DraftSaved {
    /// The case that the form is about.
    pub about: CaseId,
    /// The form.
    pub form: FormName,
    /// Who kept it.
    pub by: OfficerId,
    /// Everything that stands in it, sealed with the key of the case's subject.
    pub content: Sealed,
    /// The day.
    pub on: Date,
}

/// The draft was let go: handed in, or to be begun anew (bỏ bản nháp).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DraftDiscarded {
    /// The day.
    pub on: Date,
}
