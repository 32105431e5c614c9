//! The envelope of an event: which schema, when recorded, who, by which command.
//!
//! It is the `metadata` of an event in the store, UTF-8 JSON, written once and never changed. The
//! event's id and type stand beside it in the store itself. Deliberately absent: anything about
//! the matter; that is the payload's.

use jiff::Timestamp;
use procedure::{OfficerId, Role, SubjectId, UnitCode};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The envelope of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata {
    /// Version of the payload's schema, from 1.
    pub schema: u32,
    /// When the engine decided, UTC, to the microsecond.
    #[serde(with = "micros")]
    pub recorded_at: Timestamp,
    /// Who acted.
    pub actor: ActorRecord,
    /// The command that this follows from.
    pub command: CommandRecord,
    /// Groups what one request of a person caused.
    pub correlation: Uuid,
    /// The event or command that caused the command, if it was not a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub causation: Option<Uuid>,
    /// When a device without connection took it down, by its own clock.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "optional_micros")]
    pub captured_at: Option<Timestamp>,
}

/// Who acted: an officer by an appointment, the machine's operator by his name, or the program.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorRecord {
    /// The officer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub officer: Option<OfficerId>,
    /// The role in which he acted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
    /// The territory of the appointment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitCode>,
    /// The subject for which he entered something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<SubjectId>,
    /// The officer in whose place he acted, by a delegation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_place_of: Option<OfficerId>,
    /// The operator, where it was no officer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<String>,
    /// Whether it was the program itself, where a rule and a day leave nothing to judge.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub program: bool,
}

/// The command that an event follows from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommandRecord {
    /// Identity; the same command again changes nothing.
    pub id: Uuid,
    /// Its stable name.
    pub name: String,
    /// Keyed digest of what was asked, to tell a repetition from another request under the same
    /// id. Without the key of the person concerned it confirms no guess.
    pub fingerprint: String,
}

/// What a reader on the hot path needs of an envelope, borrowed from its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct MetadataView<'a> {
    /// Version of the payload's schema.
    pub schema: u32,
    /// When the engine decided, as text; sorts by time.
    pub recorded_at: &'a str,
}

/// The bytes are not an envelope.
#[derive(Debug, thiserror::Error)]
#[error("not an event envelope: {0}")]
pub struct InvalidMetadata(#[from] serde_json::Error);

impl Metadata {
    /// The bytes to store.
    ///
    /// # Errors
    /// Never in practice: every field has a JSON form.
    pub fn encode(&self) -> Result<Vec<u8>, InvalidMetadata> {
        Ok(serde_json::to_vec(self)?)
    }

    /// Reads stored bytes.
    ///
    /// # Errors
    /// [`InvalidMetadata`] if they are not an envelope.
    pub fn decode(bytes: &[u8]) -> Result<Self, InvalidMetadata> {
        Ok(serde_json::from_slice(bytes)?)
    }
}

impl<'a> MetadataView<'a> {
    /// Reads only what it holds.
    ///
    /// # Errors
    /// [`InvalidMetadata`] if the bytes are not an envelope.
    pub fn decode(bytes: &'a [u8]) -> Result<Self, InvalidMetadata> {
        Ok(serde_json::from_slice(bytes)?)
    }
}

/// A point in time as `2026-11-23T08:00:00.000000Z`: one width, so that text order is time order.
#[must_use]
pub fn timestamp_text(time: Timestamp) -> String {
    format!("{time:.6}")
}

mod micros {
    //! A point in time with exactly six digits of the second.

    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(time: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&super::timestamp_text(*time))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
        text.parse().map_err(de::Error::custom)
    }
}

mod optional_micros {
    //! The same for a time that may be absent.

    use jiff::Timestamp;
    use serde::{Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(
        time: &Option<Timestamp>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => super::micros::serialize(time, to),
            None => to.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Option<Timestamp>, D::Error> {
        super::micros::deserialize(from).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Metadata {
        Metadata {
            schema: 1,
            recorded_at: "2026-11-23T08:00:00.000007Z".parse().unwrap(),
            actor: ActorRecord {
                officer: Some(OfficerId(Uuid::from_u128(1))),
                role: Some("commune-chair".parse().unwrap()),
                unit: Some("05158".parse().unwrap()),
                ..ActorRecord::default()
            },
            command: CommandRecord {
                id: Uuid::from_u128(2),
                name: "recognise".into(),
                fingerprint: "00ff".into(),
            },
            correlation: Uuid::from_u128(3),
            causation: None,
            captured_at: None,
        }
    }

    #[test]
    fn golden_bytes() {
        let golden = concat!(
            r#"{"schema":1,"recorded_at":"2026-11-23T08:00:00.000007Z","#,
            r#""actor":{"officer":"00000000-0000-0000-0000-000000000001","#,
            r#""role":"commune-chair","unit":"05158"},"#,
            r#""command":{"id":"00000000-0000-0000-0000-000000000002","#,
            r#""name":"recognise","fingerprint":"00ff"},"#,
            r#""correlation":"00000000-0000-0000-0000-000000000003"}"#,
        );
        let bytes = sample().encode().unwrap();
        assert_eq!(std::str::from_utf8(&bytes).unwrap(), golden);
        assert_eq!(Metadata::decode(golden.as_bytes()).unwrap(), sample());
    }

    #[test]
    fn times_have_one_width() {
        let whole: Timestamp = "2026-11-23T08:00:00Z".parse().unwrap();
        assert_eq!(timestamp_text(whole), "2026-11-23T08:00:00.000000Z");
        let captured = Metadata { captured_at: Some(whole), ..sample() };
        assert_eq!(Metadata::decode(&captured.encode().unwrap()).unwrap(), captured);
    }

    #[test]
    fn the_view_reads_the_same() {
        let bytes = sample().encode().unwrap();
        let view = MetadataView::decode(&bytes).unwrap();
        assert_eq!((view.schema, view.recorded_at), (1, "2026-11-23T08:00:00.000007Z"));
        assert!(MetadataView::decode(b"{}").is_err());
    }
}
