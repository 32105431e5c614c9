//! Kinds and levels of administrative units. Deliberately absent: districts, which ended on
//! 30 June 2025 (Nghị quyết and laws of the two-tier model; see `domain.md`).

use serde::{Deserialize, Serialize};

use crate::title::names;

/// How far down a unit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum UnitLevel {
    /// The whole country (toàn quốc).
    Nation,
    /// Province or centrally run city (cấp tỉnh).
    Province,
    /// Commune, ward or special zone (cấp xã).
    Commune,
    /// Hamlet or residential group: not an administrative level in law, but where people live and
    /// titles begin (thôn, tổ dân phố).
    Hamlet,
}

names!(UnitLevel {
    Nation = "nation",
    Province = "province",
    Commune = "commune",
    Hamlet = "hamlet",
});

/// What a unit is called in law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// The country (nước).
    Nation,
    /// A province (tỉnh).
    Province,
    /// A centrally run city (thành phố trực thuộc trung ương).
    City,
    /// A rural commune (xã).
    Commune,
    /// An urban ward (phường).
    Ward,
    /// A special zone (đặc khu).
    SpecialZone,
    /// A hamlet (thôn, bản, ấp, xóm).
    Hamlet,
    /// A residential group of a ward (tổ dân phố).
    ResidentialGroup,
}

names!(UnitKind {
    Nation = "nation",
    Province = "province",
    City = "city",
    Commune = "commune",
    Ward = "ward",
    SpecialZone = "special_zone",
    Hamlet = "hamlet",
    ResidentialGroup = "residential_group",
});

impl UnitKind {
    /// How far down units of this kind stand.
    #[must_use]
    pub const fn level(self) -> UnitLevel {
        match self {
            Self::Nation => UnitLevel::Nation,
            Self::Province | Self::City => UnitLevel::Province,
            Self::Commune | Self::Ward | Self::SpecialZone => UnitLevel::Commune,
            Self::Hamlet | Self::ResidentialGroup => UnitLevel::Hamlet,
        }
    }
}
