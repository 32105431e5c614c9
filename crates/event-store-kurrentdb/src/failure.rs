//! What is known after a call failed, above all: whether it can have had an effect.
//!
//! Read out of the client (`types.rs`, `Error::from_grpc`; `grpc.rs`) and the server
//! (`RpcExceptions.cs`); docs/kurrentdb.md has the table. Whatever is not known to have had no effect
//! may have had one. Deliberately absent: what to do about it.

use event_store::StoreError;
use kurrentdb::{CurrentRevision, Error};
use tonic::Code;

/// Why a call did not do as asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The stream is not at the expected revision.
    Conflict(Option<u64>),
    /// There is no such stream.
    NotFound,
    /// The stream was deleted for ever.
    Deleted,
    /// Another node leads. The client goes there for its next call.
    Elsewhere,
    /// The request itself is wrong.
    Wrong(String),
    /// Whoever asked has no right to it.
    Denied,
    /// It was not sent, or was turned away before it was looked at.
    Unsent(String),
    /// Nobody knows.
    Doubtful(String),
}

impl Fault {
    /// Whether the same call may be made again at once, its effect being the same: where it had
    /// none, or where it can have none.
    pub(crate) fn passes(&self, harmless: bool) -> bool {
        match self {
            Self::Elsewhere | Self::Unsent(_) => true,
            Self::Doubtful(_) => harmless,
            Self::Conflict(_) | Self::NotFound | Self::Deleted | Self::Wrong(_) | Self::Denied => {
                false
            }
        }
    }

    /// Whether the client is of no use any more. It keeps to a node that does not answer, and once it
    /// has found no node it finds none for ever.
    pub(crate) fn is_of_connection(&self) -> bool {
        matches!(self, Self::Unsent(_) | Self::Doubtful(_))
    }

    /// The error of the port, after a call that can have had an effect (`writes`) or none.
    pub(crate) fn into_store_error(self, writes: bool) -> StoreError {
        let unavailable = |maybe_written, detail| StoreError::Unavailable { maybe_written, detail };
        match self {
            Self::Conflict(actual) => StoreError::Conflict { actual },
            Self::NotFound => unavailable(false, "KurrentDB does not know the stream".into()),
            Self::Deleted => StoreError::invalid("the stream was deleted in KurrentDB"),
            Self::Elsewhere => unavailable(false, "the cluster is choosing a leader".into()),
            Self::Wrong(detail) => StoreError::Invalid { detail },
            Self::Denied => unavailable(
                false,
                "access denied: wrong user or password, or no right to these streams".into(),
            ),
            Self::Unsent(detail) => unavailable(false, detail),
            Self::Doubtful(detail) => unavailable(writes, detail),
        }
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        let detail = error.to_string();
        match error {
            Error::WrongExpectedVersion { current, .. } => Self::Conflict(match current {
                CurrentRevision::Current(revision) => Some(revision),
                CurrentRevision::NoStream => None,
            }),
            Error::ResourceNotFound => Self::NotFound,
            Error::ResourceDeleted => Self::Deleted,
            Error::NotLeaderException(_) => Self::Elsewhere,
            Error::Grpc {
                code: Code::InvalidArgument | Code::OutOfRange | Code::ResourceExhausted,
                ..
            } => Self::Wrong(detail),
            // Before a node was asked.
            Error::ConnectionClosed
            | Error::GrpcConnectionError(_)
            | Error::InitializationError(_)
            | Error::UnsupportedFeature => Self::Unsent(detail),
            Error::AccessDenied => Self::Denied,
            // A node that cannot be reached says the same as one that fails in the middle.
            Error::ServerError(_)
            | Error::DeadlineExceeded
            | Error::Grpc { .. }
            | Error::ResourceAlreadyExists
            | Error::InternalParsingError(_)
            | Error::InternalClientError
            | Error::IllegalStateError(_) => Self::Doubtful(detail),
        }
    }
}

#[cfg(test)]
mod tests {
    use kurrentdb::{Endpoint, GrpcConnectionError, StreamState};

    use super::*;

    fn grpc(code: Code) -> Error {
        Error::Grpc { code, message: "said so".into() }
    }

    #[test]
    fn whatever_may_have_had_an_effect_is_doubtful() {
        for error in [
            Error::ServerError("gone".into()),
            Error::DeadlineExceeded,
            grpc(Code::Aborted),
            grpc(Code::Cancelled),
            grpc(Code::FailedPrecondition),
            Error::InternalClientError,
        ] {
            let fault = Fault::from(error.clone());
            assert!(matches!(fault, Fault::Doubtful(_)), "{error:?}");
            assert!(!fault.passes(false) && fault.passes(true) && fault.is_of_connection());
            let told = fault.clone().into_store_error(true);
            assert!(
                matches!(told, StoreError::Unavailable { maybe_written: true, .. }),
                "{told:?}"
            );
            let told = fault.into_store_error(false);
            assert!(
                matches!(told, StoreError::Unavailable { maybe_written: false, .. }),
                "{told:?}"
            );
        }
    }

    #[test]
    fn what_was_not_looked_at_has_had_no_effect() {
        let leader = Endpoint { host: "a".into(), port: 1 };
        for error in [
            Error::NotLeaderException(leader),
            Error::ConnectionClosed,
            Error::GrpcConnectionError(GrpcConnectionError::MaxDiscoveryAttemptReached(3)),
            Error::UnsupportedFeature,
        ] {
            let fault = Fault::from(error.clone());
            assert!(fault.passes(false), "{error:?}");
            let told = fault.into_store_error(true);
            assert!(
                matches!(told, StoreError::Unavailable { maybe_written: false, .. }),
                "{told:?}"
            );
        }
    }

    #[test]
    fn a_wrong_password_is_not_tried_again() {
        let fault = Fault::from(Error::AccessDenied);
        assert!(!fault.passes(true) && !fault.is_of_connection());
        let told = fault.into_store_error(true);
        assert!(matches!(told, StoreError::Unavailable { maybe_written: false, .. }), "{told:?}");
    }

    #[test]
    fn what_is_wrong_stays_wrong() {
        for error in [grpc(Code::InvalidArgument), grpc(Code::ResourceExhausted)] {
            let fault = Fault::from(error);
            assert!(!fault.passes(true) && !fault.is_of_connection());
            assert!(matches!(fault.into_store_error(true), StoreError::Invalid { .. }));
        }
        let current = CurrentRevision::Current(7);
        let error = Error::WrongExpectedVersion { expected: StreamState::NoStream, current };
        assert_eq!(
            Fault::from(error).into_store_error(true),
            StoreError::Conflict { actual: Some(7) }
        );
    }
}
