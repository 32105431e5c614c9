//! What can have happened to an officer. These names are the storage format.

use alloc::string::String;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::aggregate::events;
use crate::date::{Date, Period};
use crate::name::{OfficerId, Role, SubjectId, UnitCode};
use crate::text::{Digest, Sealed};
use crate::title::names;

events! {
    /// What can have happened to an officer.
    OfficerEnrolled,
    Appointed,
    Relieved,
    InterestDeclared,
    Delegated,
    DelegationEnded,
    TokenIssued,
    TokenRevoked,
    PasswordSet,
    SessionEnded,
    SessionsEnded,
}

/// The officer is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OfficerEnrolled {
    /// What the local list calls him; no personal number.
    pub code: String,
    /// His name.
    pub name: Sealed,
    /// The unit whose administrator keeps his record.
    pub unit: UnitCode,
    /// Made up for demonstration.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub sample: bool,
    /// The day of the entry.
    pub on: Date,
}

/// The officer may do what a role does, over a territory, for a time (bổ nhiệm).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Appointed {
    /// The role.
    pub role: Role,
    /// The territory.
    pub unit: UnitCode,
    /// The term of office.
    #[serde(flatten)]
    pub term: Period,
}

/// The officer has the role over the territory no more (miễn nhiệm).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Relieved {
    /// The role.
    pub role: Role,
    /// The territory.
    pub unit: UnitCode,
    /// The first day without it.
    pub from: Date,
}

/// A subject is the officer's own: he does not act on its cases (xung đột lợi ích).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InterestDeclared {
    /// The subject.
    pub subject: SubjectId,
    /// How it is his own.
    pub relation: Relation,
    /// The day of the declaration.
    pub on: Date,
}

/// How a subject is an officer's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// His household (hộ gia đình của mình).
    Household,
    /// His clan (dòng họ của mình).
    Clan,
    /// The community where he lives, which is that of his administrative unit (cộng đồng nơi ở).
    Community,
    /// His organisation (đơn vị của mình).
    Organisation,
    /// Himself, as a citizen (bản thân).
    Person,
}

names!(Relation {
    Household = "household",
    Clan = "clan",
    Community = "community",
    Organisation = "organisation",
    Person = "person",
});

/// The officer may do what another does, while that one is away (ủy quyền).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Delegated {
    /// Who passes his power on.
    pub delegator: OfficerId,
    /// The role.
    pub role: Role,
    /// The territory.
    pub unit: UnitCode,
    /// The days of absence.
    #[serde(flatten)]
    pub term: Period,
    /// The day of the entry.
    pub on: Date,
}

/// The officer may do it no more (chấm dứt ủy quyền).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DelegationEnded {
    /// Who passed his power on.
    pub delegator: OfficerId,
    /// The role.
    pub role: Role,
    /// The territory.
    pub unit: UnitCode,
    /// The first day without it.
    pub from: Date,
    /// The day of the entry.
    pub on: Date,
}

/// Whoever shows the secret with this digest acts as the officer, until the day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TokenIssued {
    /// SHA-256 of the secret, which has 256 random bits.
    pub digest: Digest,
    /// What it is for, as told apart by the administrator.
    pub label: String,
    /// Last day.
    pub until: Date,
    /// The day of issue.
    pub on: Date,
}

/// The secret with this digest counts no more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TokenRevoked {
    /// SHA-256 of the secret.
    pub digest: Digest,
    /// The day of revocation.
    pub on: Date,
}

/// The officer signs in with this password from now on (mật khẩu); his sessions are over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PasswordSet {
    /// What a password is compared with, sealed with the officer's own key: an argon2id string.
    pub verifier: Sealed,
    /// The day of the entry.
    pub on: Date,
}

/// A session of the officer counts no more (đăng xuất).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SessionEnded {
    /// The session.
    pub session: Uuid,
    /// The day on which it ended.
    pub on: Date,
}

/// No session of the officer from before counts any more (đăng xuất mọi nơi).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SessionsEnded {
    /// The day on which they ended.
    pub on: Date,
}
