//! Errors, worded and decorated as the server does it.

use std::net::SocketAddr;

use tonic::metadata::{AsciiMetadataKey, MetadataMap};
use tonic::{Code, Status};

/// A status with metadata; what is no header is left out.
pub(super) fn decorated<'a>(
    code: Code,
    message: impl Into<String>,
    metadata: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Status {
    let mut map = MetadataMap::new();
    for (key, value) in metadata {
        if let (Ok(key), Ok(value)) = (key.parse::<AsciiMetadataKey>(), value.parse()) {
            map.insert(key, value);
        }
    }
    Status::with_metadata(code, message, map)
}

/// This node does not lead; that one does.
pub(super) fn not_leader(leader: SocketAddr) -> Status {
    let (host, port) = (leader.ip().to_string(), leader.port().to_string());
    let metadata = [
        ("exception", "not-leader"),
        ("leader-endpoint-host", host.as_str()),
        ("leader-endpoint-port", port.as_str()),
    ];
    decorated(Code::NotFound, "Leader info available", metadata)
}

/// This node does not lead, and knows of none that does.
pub(super) fn no_leader() -> Status {
    Status::unknown("No leader info available in response")
}

/// There is no leader to forward to.
pub(super) fn not_ready() -> Status {
    Status::unavailable("Server Is Not Ready")
}

/// The call needs a user, and has none or another.
pub(super) fn unauthenticated() -> Status {
    Status::unauthenticated("Unauthenticated")
}

/// An exception that the server does not translate.
pub(super) fn thrown() -> Status {
    Status::unknown("Exception was thrown by handler.")
}

/// The stream has a tombstone.
pub(super) fn stream_deleted(stream: &str) -> Status {
    let message = format!("Event stream '{stream}' is deleted.");
    let metadata = [("exception", "stream-deleted"), ("stream-name", stream)];
    decorated(Code::FailedPrecondition, message, metadata)
}

/// A delete whose expectation does not hold.
pub(super) fn wrong_expected_version(stream: &str, expected: i64, actual: i64) -> Status {
    let (wanted, found) = (expected.to_string(), actual.to_string());
    let message = format!(
        "Delete failed due to WrongExpectedVersion. Stream: {stream}, \
         Expected version: {expected}, Actual version: {actual}"
    );
    let metadata = [
        ("exception", "wrong-expected-version"),
        ("stream-name", stream),
        ("expected-version", wanted.as_str()),
        ("actual-version", found.as_str()),
    ];
    decorated(Code::FailedPrecondition, message, metadata)
}

/// The events of one append are too many bytes.
pub(super) fn append_too_large(limit: usize) -> Status {
    let size = limit.to_string();
    let message = format!("Maximum Append Size of {limit} Exceeded.");
    let metadata =
        [("exception", "maximum-append-size-exceeded"), ("maximum-append-size", size.as_str())];
    decorated(Code::InvalidArgument, message, metadata)
}

/// An event without its type or content type.
pub(super) fn property_missing(property: &str) -> Status {
    let message = format!("Required Metadata Property '{property}' is missing");
    let metadata = [
        ("exception", "missing-required-metadata-property"),
        ("required-metadata-properties", "type,content-type"),
    ];
    decorated(Code::InvalidArgument, message, metadata)
}

/// A position in `$all` at which no record begins.
pub(super) fn invalid_position(filtered: bool) -> Status {
    let result = if filtered { "FilteredReadAllResult" } else { "ReadAllResult" };
    Status::unknown(format!("Unexpected {result}: InvalidPosition"))
}

/// What the real server can do and this one does not play.
pub(super) fn not_played(what: &str) -> Status {
    Status::invalid_argument(format!("the fake does not play {what}"))
}
