//! How errors are told: code, Vietnamese, English, place, and where to read on.
//! Deliberately absent: errors themselves, but for those of files and folders that no crate below
//! knows.

use std::process::ExitCode;

use engine::EngineError;
use procedure::{Language, Refusal, refusals};

refusals! {
    /// What is wrong with a file, an argument or the data folder.
    CliError {
        /// The data folder or store is in use.
        Held { detail: String } = "cli.held", State;
        /// No store of that kind.
        BadStoreUrl { url: String } = "cli.bad_store_url", Input;
        /// A connection string that cannot be used.
        BadCluster { url: String, detail: String } = "cli.bad_cluster", Input;
        /// A log with events, and no keys to read them with.
        KeysMissing { folder: String } = "cli.keys_missing", State;
        /// The store cannot be opened.
        StoreNotOpened { detail: String } = "cli.store_not_opened", State;
        /// Nothing has been set up in the folder.
        NothingThere { folder: String } = "cli.nothing_there", Absent;
        /// The demonstration wants an empty folder.
        FolderNotEmpty { folder: String } = "cli.folder_not_empty", State;
        /// A file cannot be read or written.
        File { file: String, detail: String } = "cli.file", Input;
        /// A file is larger than is taken in.
        FileTooLarge { file: String, bytes: u64, maximum: u64 } = "import.file_too_large", Input;
        /// A file is not UTF-8.
        NotUtf8 { line: u64, byte: u64 } = "import.not_utf8", Input;
        /// A file has no line of column names.
        NoHeader = "import.no_header", Input;
        /// A column that is not known.
        UnknownColumn { column: String, known: String } = "import.unknown_column", Input;
        /// A column named twice.
        ColumnTwice { column: String } = "import.column_twice", Input;
        /// A column that must be there.
        MissingColumn { column: String } = "import.missing_column", Input;
        /// A row with more or fewer fields than columns.
        FieldCount { found: usize, expected: usize } = "import.field_count", Input;
        /// A field that must be filled.
        EmptyField { column: String } = "import.empty_field", Input;
        /// A field that is not of its kind.
        BadField { column: String, value: String, allowed: String } = "import.bad_field", Input;
        /// The same again.
        DuplicateRow { value: String, line: u64 } = "import.duplicate_row", Input;
        /// Rows that contradict each other.
        Contradiction { column: String, line: u64 } = "import.contradiction", Input;
        /// No rows.
        NoRows = "import.no_rows", Input;
        /// Rows that were not taken; with how many were.
        NotTaken { wrong: usize, taken: usize } = "import.not_taken", Input;
        /// Findings in definition files.
        Findings { findings: usize } = "cli.findings", Input;
        /// Scenarios that did not pass, and test files that could not be read.
        ScenariosFailed { scenarios: usize, failed: usize, unread: usize }
            = "cli.scenarios_failed", Input;
        /// Checks that a store did not pass.
        StoreFailed { failed: usize } = "cli.store_failed", State;
        /// A copy whose target has other events.
        CopyForeign { position: String, stream: String, revision: u64 } = "cli.copy_foreign", State;
        /// A copy that is not the same as what was copied.
        CopyDiffers { from: String, to: String } = "cli.copy_differs", State;
        /// Read models as followed and as rebuilt are not the same.
        ReadModelsDiffer = "cli.read_models_differ", State;
        /// No such code.
        UnknownCode { code: String } = "cli.unknown_code", Absent;
        /// No such officer.
        UnknownOfficer { officer: String } = "cli.unknown_officer", Absent;
        /// No such subject.
        UnknownSubject { subject: String } = "cli.unknown_subject", Absent;
        /// No such decision.
        UnknownDecision { decision: String } = "cli.unknown_decision", Absent;
        /// No calendar has been published.
        NoCalendar = "cli.no_calendar", Absent;
        /// No token to call the server with.
        NoToken = "cli.no_token", Input;
        /// The server cannot be reached.
        NotReached { server: String, detail: String } = "cli.not_reached", State;
        /// The server refused.
        Answered { status: u16 } = "cli.answered", State;
        /// No such case.
        UnknownCase { case: String } = "cli.unknown_case", Absent;
    }
}

impl std::fmt::Display for CliError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code(), self.message(Language::English))
    }
}

impl std::error::Error for CliError {}

/// The named refusal in an error, if it is one.
pub(crate) fn coded(error: &anyhow::Error) -> Option<&dyn Refusal> {
    if let Some(error) = error.downcast_ref::<CliError>() {
        return Some(error);
    }
    match error.downcast_ref::<EngineError>()? {
        EngineError::Refused(refused) => Some(refused.get()),
        EngineError::Text(text) => Some(text),
        EngineError::Password(refusal) => Some(refusal),
        EngineError::Evidence(refusal) => Some(refusal),
        _ => None,
    }
}

/// A refusal in two lines.
pub(crate) fn lines(refusal: &dyn Refusal, place: &str) -> String {
    let (vi, en) = (refusal.message(Language::Vietnamese), refusal.message(Language::English));
    format!("{place}{}\n  {vi}\n  {en}", refusal.code())
}

/// Says on standard error what went wrong.
pub(crate) fn report(error: &anyhow::Error) -> ExitCode {
    match coded(error) {
        Some(refusal) => {
            eprintln!("lỗi / error: {}", lines(refusal, ""));
            eprintln!("  hieuhoc explain {}", refusal.code());
        }
        None => eprintln!("lỗi / error: {error:#}"),
    }
    ExitCode::FAILURE
}

#[cfg(test)]
mod tests {
    use super::*;
    use procedure::refusal::Page;

    #[test]
    fn every_code_has_a_page_in_both_languages() {
        for source in CliError::PAGES {
            let page = Page::parse(source);
            assert!(page.is_complete(), "{}", page.code);
        }
    }
}
