//! Upcasters: how a payload of an old schema version is lifted to the next one, one step at a
//! time, on JSON. Deliberately absent: any upcaster yet, because nothing has been released; the
//! path that they will run on is here and is tested.

use serde_json::Value;

use crate::event::DecodeError;

/// The schema version that this program writes.
pub const SCHEMA_VERSION: u32 = 1;

/// Lifts a payload of `event_type` from `from` to `from + 1`.
struct Upcaster {
    event_type: &'static str,
    from: u32,
    lift: fn(Value) -> Value,
}

const UPCASTERS: &[Upcaster] = &[];

/// The payload in today's schema; `None` where the stored bytes are that already.
///
/// # Errors
/// [`DecodeError::NewerSchema`], or [`DecodeError::Payload`] for what is not JSON.
pub fn lift(event_type: &str, schema: u32, data: &[u8]) -> Result<Option<Vec<u8>>, DecodeError> {
    lift_with(UPCASTERS, event_type, schema, data)
}

fn lift_with(
    upcasters: &[Upcaster],
    event_type: &str,
    schema: u32,
    data: &[u8],
) -> Result<Option<Vec<u8>>, DecodeError> {
    if schema == 0 || schema > SCHEMA_VERSION {
        return Err(DecodeError::NewerSchema { event_type: event_type.to_owned(), schema });
    }
    let steps = || upcasters.iter().filter(|step| step.event_type == event_type);
    if !steps().any(|step| step.from >= schema) {
        return Ok(None);
    }
    let failed = |source| DecodeError::Payload { event_type: event_type.to_owned(), source };
    let mut value: Value = serde_json::from_slice(data).map_err(failed)?;
    for version in schema.. {
        match steps().find(|step| step.from == version) {
            Some(step) => value = (step.lift)(value),
            None => break,
        }
    }
    serde_json::to_vec(&value).map(Some).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn renamed(mut value: Value) -> Value {
        value["new"] = value["old"].take();
        value
    }

    const STEPS: &[Upcaster] = &[Upcaster { event_type: "Sample", from: 1, lift: renamed }];

    #[test]
    fn an_old_payload_is_lifted_and_others_stay() {
        let lifted = lift_with(STEPS, "Sample", 1, br#"{"old":5}"#).unwrap().unwrap();
        let value: Value = serde_json::from_slice(&lifted).unwrap();
        assert_eq!(value["new"], 5);
        assert_eq!(lift_with(STEPS, "Other", 1, br#"{"old":5}"#).unwrap(), None);
    }

    #[test]
    fn a_newer_schema_is_refused_by_name() {
        let error = lift("CaseRegistered", SCHEMA_VERSION + 1, b"{}").unwrap_err();
        assert!(error.to_string().starts_with("CaseRegistered has schema version 2"));
        assert!(lift("CaseRegistered", 0, b"{}").is_err());
    }
}
