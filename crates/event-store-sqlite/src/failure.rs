//! What SQLite's errors mean for callers, and which of them end the process.
//!
//! After a failed flush the kernel may drop the pages it could not write and mark them clean, so
//! that the next flush "succeeds" without them. Nobody in the process can know any more what is on
//! disk. The only safe answer is to stop at once, acknowledge nothing, and read again from the disk
//! at the next start.

use event_store::StoreError;
use rusqlite::{Error, ErrorCode, ffi};

/// Why a transaction or a query did not succeed.
#[derive(Debug)]
pub(crate) enum Failure {
    Sqlite(Error),
    /// What is stored contradicts itself.
    Corrupt(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<Failure> for StoreError {
    /// For failures after which surely nothing was written.
    fn from(failure: Failure) -> Self {
        let error = match failure {
            Failure::Corrupt(detail) => return Self::corrupt(detail),
            Failure::Sqlite(error) => error,
        };
        let detail = describe(&error);
        match error.sqlite_error_code() {
            // The constraints only repeat what the writer has checked.
            Some(
                ErrorCode::DatabaseCorrupt
                | ErrorCode::NotADatabase
                | ErrorCode::ConstraintViolation
                | ErrorCode::TypeMismatch,
            ) => Self::Corrupt { detail },
            // A value of another type than the one we store.
            None => Self::Corrupt { detail },
            Some(_) => Self::Unavailable { maybe_written: false, detail },
        }
    }
}

/// One line for operators, with SQLite's extended code.
pub(crate) fn describe(error: &Error) -> String {
    match error.sqlite_error() {
        Some(inner) => format!("{error} (SQLite code {})", inner.extended_code),
        None => error.to_string(),
    }
}

/// Whether a write or a flush may have failed, outside a commit. Reading errors are harmless: the
/// transaction is rolled back and nothing was lost.
pub(crate) fn lost_a_write(error: &Error) -> bool {
    let harmless = [ffi::SQLITE_IOERR_READ, ffi::SQLITE_IOERR_SHORT_READ, ffi::SQLITE_IOERR_NOMEM];
    is_io(error)
        && !error.sqlite_error().is_some_and(|inner| harmless.contains(&inner.extended_code))
}

/// Whether the disk reported an error.
pub(crate) fn is_io(error: &Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::SystemIoFailure)
}

/// Ends the process after one line on the standard error. Never retry instead.
pub(crate) fn end_process(during: &str, error: &Error) -> ! {
    eprintln!(
        "hieuhoc: the disk failed during {during} of the event store: {}; the process ends \
         because nobody can know what was written",
        describe(error)
    );
    std::process::abort();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(code: i32) -> Error {
        Error::SqliteFailure(ffi::Error::new(code), None)
    }

    #[test]
    fn errors_are_sorted_by_what_to_do() {
        let sorted = |code| StoreError::from(Failure::Sqlite(error(code)));
        for code in [ffi::SQLITE_FULL, ffi::SQLITE_BUSY, ffi::SQLITE_IOERR_READ] {
            let unavailable =
                matches!(sorted(code), StoreError::Unavailable { maybe_written: false, .. });
            assert!(unavailable, "{code}");
        }
        for code in [ffi::SQLITE_CORRUPT, ffi::SQLITE_NOTADB, ffi::SQLITE_CONSTRAINT_UNIQUE] {
            assert!(matches!(sorted(code), StoreError::Corrupt { .. }), "{code}");
        }
    }

    #[test]
    fn failed_writes_and_flushes_are_fatal_and_failed_reads_are_not() {
        for code in [
            ffi::SQLITE_IOERR_FSYNC,
            ffi::SQLITE_IOERR_DIR_FSYNC,
            ffi::SQLITE_IOERR_WRITE,
            ffi::SQLITE_IOERR,
        ] {
            assert!(lost_a_write(&error(code)), "{code}");
        }
        for code in [ffi::SQLITE_IOERR_READ, ffi::SQLITE_FULL, ffi::SQLITE_CORRUPT] {
            assert!(!lost_a_write(&error(code)), "{code}");
        }
    }
}
