//! What may be asked of a draft, which draft it is, and what has to be known to decide.

use alloc::format;

use uuid::Uuid;

use crate::case;
use crate::name::{CaseId, DraftId, FormName, NAMESPACE, OfficerId};
use crate::text::Sealed;

/// Which draft: of a form about a case, and whose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftOf {
    /// The case.
    pub case: CaseId,
    /// The form.
    pub form: FormName,
    /// Whose alone it is; `None` where all who have to do with the case share it.
    pub officer: Option<OfficerId>,
}

impl DraftOf {
    /// The one draft of a form that all who have to do with the case fill in together, as a family
    /// and the head of its hamlet do with a self-assessment.
    #[must_use]
    pub const fn shared(case: CaseId, form: FormName) -> Self {
        Self { case, form, officer: None }
    }

    /// The draft of a form that an officer fills in alone, such as his review.
    #[must_use]
    pub const fn own(case: CaseId, form: FormName, officer: OfficerId) -> Self {
        Self { case, form, officer: Some(officer) }
    }

    /// Its identity: whoever names the same draft meets the same stream, on any server.
    #[must_use]
    pub fn id(&self) -> DraftId {
        // No form has a slash in its name.
        let shared = format!("draft/{}/{}", self.case, self.form);
        let name = match self.officer {
            Some(officer) => format!("{shared}/{officer}"),
            None => shared,
        };
        DraftId(Uuid::new_v5(&NAMESPACE, name.as_bytes()))
    }
}

/// What may be asked.
#[derive(Clone, Debug)]
pub enum Command {
    /// Keep what stands in the form by now.
    Save {
        /// Everything that stands in it.
        content: Sealed,
    },
    /// Let it go: the form was handed in, or is to be begun anew.
    Discard,
}

impl Command {
    /// Its stable name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Save { .. } => "save_draft",
            Self::Discard => "discard_draft",
        }
    }
}

/// What has to be known from outside.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// Which draft it is.
    pub of: &'a DraftOf,
    /// The case that it is about.
    pub case: &'a case::State,
    /// What has to be known about the case: among it who asks, and today.
    pub around: case::Context<'a>,
}
