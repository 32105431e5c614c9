//! Values that the samples share. All fixed: the same bytes on every machine and in every run.

use procedure::date::Period;
use procedure::{Bilingual, CaseId, Date, DecisionId, Digest, OfficerId, Sealed, SubjectId};
use uuid::Uuid;

pub(crate) fn date(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn period(from: &str, until: Option<&str>) -> Period {
    Period { from: date(from), until: until.map(date) }
}

/// A sealed text; which one, nobody can tell.
pub(crate) fn sealed(text: &str) -> Sealed {
    Sealed::new(format!("v1.{text}"))
}

pub(crate) fn digest() -> Digest {
    "0123456789abcdef".repeat(4).try_into().unwrap()
}

pub(crate) fn officer() -> OfficerId {
    OfficerId(Uuid::from_u128(0x0ff1_ce00_0000_5000_8000_0000_0000_0001))
}

pub(crate) fn subject() -> SubjectId {
    SubjectId(Uuid::from_u128(0x50b1_ec70_0000_5000_8000_0000_0000_0002))
}

pub(crate) fn words(vi: &str, en: &str) -> Bilingual {
    Bilingual { vi: vi.into(), en: en.into() }
}

/// An officer in whose place another acts.
pub(crate) fn absent() -> OfficerId {
    OfficerId(Uuid::from_u128(0x0ff1_ce00_0000_5000_8000_0000_0000_0002))
}

pub(crate) fn case() -> CaseId {
    CaseId(Uuid::from_u128(0x0ca5_e000_0000_5000_8000_0000_0000_0001))
}

pub(crate) fn decision_id() -> DecisionId {
    DecisionId(Uuid::from_u128(0x0dec_1510_0000_5000_8000_0000_0000_0001))
}
