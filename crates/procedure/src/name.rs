//! Identities: typed UUIDs for what is born here, short checked names for what people and laws
//! have named. Deliberately absent: making random ids; those come in from outside.

use alloc::borrow::ToOwned;
use alloc::string::String;
use core::fmt;
use core::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::title::Title;

/// Namespace of every name-based UUID of hieuhoc (UUIDv5 of `hieuhoc` in the URL namespace).
pub const NAMESPACE: Uuid = Uuid::from_u128(0xb924_9133_907a_50cd_8154_da99_3323_8e3d);

macro_rules! uuid_ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> alloc::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "type": "string", "format": "uuid" })
            }
        }
    )*};
}

uuid_ids! {
    /// A family, clan, community, organisation or citizen that strives for a title.
    SubjectId;
    /// A person who acts for a body of the procedure (cán bộ).
    OfficerId;
    /// One subject's application for one title in one year (hồ sơ).
    CaseId;
    /// One act of a competent authority over any number of cases (quyết định công nhận).
    DecisionId;
    /// One meeting that votes on cases (cuộc họp bình xét).
    MeetingId;
    /// A half-filled form about a case, kept until it is handed in (bản nháp).
    DraftId;
}

impl CaseId {
    /// The one case of a subject for a title and a year: registering twice meets the same stream.
    #[must_use]
    pub fn of(title: Title, subject: SubjectId, year: i16) -> Self {
        let name = alloc::format!("case/{}/{subject}/{year}", title.as_str());
        Self(Uuid::new_v5(&NAMESPACE, name.as_bytes()))
    }
}

impl SubjectId {
    /// The subject that a local list calls `code`; importing the list twice meets the same stream.
    #[must_use]
    pub fn of_code(code: &str) -> Self {
        Self(Uuid::new_v5(&NAMESPACE, alloc::format!("subject/{code}").as_bytes()))
    }
}

impl OfficerId {
    /// The officer whom a local list calls `code`; importing the list twice meets the same stream.
    #[must_use]
    pub fn of_code(code: &str) -> Self {
        Self(Uuid::new_v5(&NAMESPACE, alloc::format!("officer/{code}").as_bytes()))
    }
}

/// The text cannot be a name of this kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{text:?} is not a valid {what}: 1 to 64 of {allowed}")]
pub struct InvalidName {
    /// What was wanted.
    pub what: &'static str,
    /// The characters that it may have.
    pub allowed: &'static str,
    /// What came, cut to 80 characters.
    pub text: String,
}

fn check(what: &'static str, upper: bool, text: &str) -> Result<(), InvalidName> {
    let fits = |byte: u8| {
        byte.is_ascii_digit()
            || matches!(byte, b'-' | b'.' | b'_')
            || if upper { byte.is_ascii_uppercase() } else { byte.is_ascii_lowercase() }
    };
    if !text.is_empty() && text.len() <= 64 && text.bytes().all(fits) {
        return Ok(());
    }
    let allowed = if upper { "A-Z 0-9 - . _" } else { "a-z 0-9 - . _" };
    Err(InvalidName { what, allowed, text: text.chars().take(80).collect() })
}

macro_rules! text_ids {
    ($($(#[$doc:meta])* $name:ident, $what:literal, upper $upper:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String")]
        pub struct $name(String);

        impl $name {
            /// The name as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidName;

            fn try_from(text: String) -> Result<Self, InvalidName> {
                check($what, $upper, &text).map(|()| Self(text))
            }
        }

        impl FromStr for $name {
            type Err = InvalidName;

            fn from_str(text: &str) -> Result<Self, InvalidName> {
                Self::try_from(text.to_owned())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> alloc::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let pattern = if $upper { "^[A-Z0-9._-]{1,64}$" } else { "^[a-z0-9._-]{1,64}$" };
                schemars::json_schema!({ "type": "string", "pattern": pattern })
            }
        }
    )*};
}

text_ids! {
    /// The official code of an administrative unit, `VN` for the nation, or commune code, hyphen
    /// and number for a hamlet, which has no national code (mã đơn vị hành chính).
    UnitCode, "administrative unit code", upper true;
    /// A version of a procedure definition, `title.edition`, as in `organisation.tt22-2020`.
    ProcedureId, "procedure id", upper false;
    /// An indicator within a definition (chỉ tiêu).
    IndicatorId, "indicator id", upper false;
    /// A step within a definition (bước).
    StepId, "step id", upper false;
    /// A band of a result within a definition, such as Tốt (xếp loại).
    BandId, "band id", upper false;
    /// A source that a definition cites.
    SourceId, "source id", upper false;
    /// A form that people fill in, such as `self-assessment` (biểu mẫu).
    FormName, "form name", upper false;
    /// What an appointment lets an officer do; definitions name the roles of their steps (vai trò).
    Role, "role", upper false;
}

impl Role {
    /// Sets up units, officers and procedures. The only role, with `registrar`, that the program
    /// itself knows.
    pub const ADMINISTRATOR: &'static str = "administrator";
    /// Enters subjects of a territory in the books.
    pub const REGISTRAR: &'static str = "registrar";
}

/// The identity of the calendar of working days, of which there is one: that of the nation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CalendarId;

impl fmt::Display for CalendarId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("VN")
    }
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;

    #[test]
    fn names_are_checked() {
        assert!("05158-01".parse::<UnitCode>().is_ok());
        assert!("VN".parse::<UnitCode>().is_ok());
        assert!("vn".parse::<UnitCode>().is_err());
        assert!("".parse::<Role>().is_err());
        assert!("trưởng-thôn".parse::<Role>().is_err());
        assert!("a".repeat(65).parse::<Role>().is_err());
    }

    #[test]
    fn a_case_has_one_identity_per_title_subject_and_year() {
        let subject = SubjectId::of_code("05158-01-0001");
        let id = CaseId::of(Title::Family, subject, 2026);
        assert_eq!(id, CaseId::of(Title::Family, subject, 2026));
        assert_ne!(id, CaseId::of(Title::Family, subject, 2027));
        assert_ne!(id, CaseId::of(Title::Citizen, subject, 2026));
        let pinned = "9e6f5d24-bb5f-5fa7-854c-67a15bb67f8a";
        assert_eq!(id.to_string(), pinned, "a changed id would orphan stored cases");
    }

    #[test]
    fn the_namespace_is_what_it_says() {
        assert_eq!(NAMESPACE, Uuid::new_v5(&Uuid::NAMESPACE_URL, b"hieuhoc"));
    }
}
