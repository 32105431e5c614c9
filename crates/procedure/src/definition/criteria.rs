//! Criteria and indicators with their maxima, each with its source. Deliberately absent: the rule
//! that makes a result of them ([`outcome`](super::outcome)).

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::name::{IndicatorId, SourceId};
use crate::text::{Bilingual, Language};

/// Whether a text or number was read in its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Read there.
    Verified,
    /// Not read: a working assumption, shown as such everywhere (chưa xác minh).
    Provisional,
}

/// A value with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Sourced<T> {
    /// The value.
    pub value: T,
    /// Whether it was read in the source.
    pub status: Status,
    /// Where.
    pub source: SourceId,
}

/// A text with its source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct SourcedText {
    /// The Vietnamese text.
    pub vi: String,
    /// The English text, a translation of ours.
    pub en: String,
    /// Whether the Vietnamese text was read in the source.
    pub status: Status,
    /// Where.
    pub source: SourceId,
}

impl SourcedText {
    /// The text in a language.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::Vietnamese => &self.vi,
            Language::English => &self.en,
        }
    }
}

/// A heading of the criteria set (tiêu chí).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Its number as printed, such as `1`.
    pub id: IndicatorId,
    /// What it is about.
    pub text: SourcedText,
    /// The most points that its indicators can give together.
    pub maximum: Sourced<u16>,
    /// What is judged.
    pub indicators: Vec<Indicator>,
}

/// Something that is judged with points (chỉ tiêu).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Its number as printed, such as `1a`.
    pub id: IndicatorId,
    /// What has to be so.
    pub text: SourcedText,
    /// The most points that it can give.
    pub maximum: Sourced<u16>,
    /// Whether a claim of points needs evidence.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub evidence_required: bool,
    /// Advice for whoever fills in the form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<Bilingual>,
}

impl Indicator {
    /// Whether its text or its points were not seen in their source.
    #[must_use]
    pub fn is_provisional(&self) -> bool {
        self.text.status == Status::Provisional || self.maximum.status == Status::Provisional
    }
}
