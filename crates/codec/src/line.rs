//! A stored event as one line of JSON, for exports.
//!
//! Envelope and payload stand in the line byte for byte as they are stored, so that digests of them
//! can be checked with any tool. Bytes that cannot stand so (only checks of a store leave such
//! behind) are written in base64 under another name.
//! Deliberately absent: reading lines back, and where they are written.

use std::io::{self, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use serde_json::value::RawValue;
use uuid::Uuid;

/// An event as it lies in a store.
#[derive(Clone, Debug)]
pub struct Stored<'a> {
    /// Place in the log.
    pub position: String,
    /// Name of the stream.
    pub stream: &'a str,
    /// Place in the stream.
    pub revision: u64,
    /// The event.
    pub id: Uuid,
    /// Its type.
    pub event_type: &'a str,
    /// The envelope.
    pub metadata: &'a [u8],
    /// The payload.
    pub data: &'a [u8],
}

#[derive(Serialize)]
struct Line<'a> {
    position: &'a str,
    stream: &'a str,
    revision: u64,
    id: Uuid,
    #[serde(rename = "type")]
    event_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata_base64: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data_base64: Option<String>,
}

impl Stored<'_> {
    /// Writes the line with its end.
    ///
    /// # Errors
    /// What `out` fails with.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let (metadata, data) = (raw(self.metadata), raw(self.data));
        let line = Line {
            position: &self.position,
            stream: self.stream,
            revision: self.revision,
            id: self.id,
            event_type: self.event_type,
            metadata,
            metadata_base64: metadata.is_none().then(|| STANDARD.encode(self.metadata)),
            data,
            data_base64: data.is_none().then(|| STANDARD.encode(self.data)),
        };
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")
    }
}

/// The bytes as JSON, if they are that and nothing more, on one line.
fn raw(bytes: &[u8]) -> Option<&RawValue> {
    let raw: &RawValue = serde_json::from_slice(bytes).ok()?;
    (raw.get().len() == bytes.len() && !bytes.contains(&b'\n')).then_some(raw)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(data: &[u8]) -> String {
        let stored = Stored {
            position: "7".to_owned(),
            stream: "case-1",
            revision: 2,
            id: Uuid::from_u128(3),
            event_type: "Claimed",
            metadata: br#"{"schema":1}"#,
            data,
        };
        let mut out = Vec::new();
        stored.write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn stored_bytes_stand_in_the_line_as_they_are() {
        let head = concat!(
            r#"{"position":"7","stream":"case-1","revision":2,"#,
            r#""id":"00000000-0000-0000-0000-000000000003","type":"Claimed","#,
            r#""metadata":{"schema":1},"#
        );
        let odd = br#"{"b": 1.0,  "a":"\u0041"}"#;
        let text = std::str::from_utf8(odd).unwrap();
        assert_eq!(line(odd), format!("{head}\"data\":{text}}}\n"));
        assert_eq!(line(b"{\n}"), format!("{head}\"data_base64\":\"ewp9\"}}\n"));
        assert_eq!(line(b"\xff"), format!("{head}\"data_base64\":\"/w==\"}}\n"));
    }
}
