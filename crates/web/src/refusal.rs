//! The refusals of HTTP itself: what is wrong before or beside any rule of the procedure.
//! Deliberately absent: the refusals of the rules; they are the core's, and the engine's for texts.

use axum::http::StatusCode;
use procedure::refusals;

refusals! {
    /// Why a request failed at the border.
    HttpRefusal {
        /// No bearer token.
        NoToken = "http.no_token", Authority;
        /// A token that counts no more, or never did.
        BadToken = "http.bad_token", Authority;
        /// A header in a wrong form.
        BadHeader { header: &'static str, expected: &'static str } = "http.bad_header", Input;
        /// A part of the address in a wrong form.
        BadPath { value: String, expected: &'static str } = "http.bad_path", Input;
        /// A query parameter that is unknown or in a wrong form.
        BadQuery { problem: String } = "http.bad_query", Input;
        /// A page mark that was not given out.
        BadCursor = "http.bad_cursor", Input;
        /// Not JSON.
        BadJson { line: usize, column: usize, problem: String } = "http.bad_json", Input;
        /// JSON, but not what is wanted.
        BadField { line: usize, column: usize, problem: String } = "http.bad_field", Input;
        /// Bytes that are not UTF-8.
        NotUtf8 { place: usize } = "http.not_utf8", Input;
        /// Another media type.
        NotJson { content_type: String } = "http.not_json", Input;
        /// More bytes than are read.
        BodyTooLarge { maximum: usize } = "http.body_too_large", Input;
        /// The connection broke off.
        BodyBroken = "http.body_broken", Input;
        /// Nothing is there.
        NoSuchAddress { path: String } = "http.no_such_address", Absent;
        /// The address is for other methods.
        MethodNotAllowed { method: String } = "http.method_not_allowed", Input;
        /// Not done in time.
        Timeout { seconds: u64 } = "http.timeout", State;
        /// The caller decided on an older revision.
        Stale { expected: u64, actual: String } = "http.stale", State;
        /// The idempotency key stands for something else.
        KeyReused = "http.key_reused", Input;
        /// Too many at once.
        Contended = "http.contended", State;
        /// The store is away; nothing was done.
        Unavailable = "http.unavailable", State;
        /// The store is away; something may have been done.
        MaybeDone = "http.maybe_done", State;
        /// The read model has not got there.
        ReadBehind { position: String } = "http.read_behind", State;
        /// This server only reads; with the address of one that writes.
        ReadOnly { writer: String } = "http.read_only", State;
        /// A panic.
        Internal = "http.internal", State;
        /// What is stored cannot be read.
        Corrupt = "http.corrupt", State;
        /// No procedure to register under.
        NoProcedure { title: procedure::Title, date: procedure::Date }
            = "http.no_procedure_in_force", Input;
        /// More things in one request than are taken at once.
        TooManyItems { items: usize, maximum: usize } = "http.too_many_items", Input;
        /// The same thing twice in one request.
        ItemTwice { item: String } = "http.item_twice", Input;
        /// No calendar of working days.
        NoCalendar = "http.no_calendar", Absent;
        /// No page under that code.
        NoSuchCode { code: String } = "http.no_such_code", Absent;
    }
}

impl HttpRefusal {
    /// The status that goes with it.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NoToken | Self::BadToken => StatusCode::UNAUTHORIZED,
            Self::BadHeader { .. }
            | Self::BadPath { .. }
            | Self::BadQuery { .. }
            | Self::BadCursor
            | Self::BadJson { .. }
            | Self::NotUtf8 { .. }
            | Self::BodyBroken => StatusCode::BAD_REQUEST,
            Self::BadField { .. }
            | Self::KeyReused
            | Self::NoProcedure { .. }
            | Self::TooManyItems { .. }
            | Self::ItemTwice { .. } => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NotJson { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::BodyTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NoSuchAddress { .. } | Self::NoSuchCode { .. } | Self::NoCalendar => {
                StatusCode::NOT_FOUND
            }
            Self::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::Timeout { .. } => StatusCode::REQUEST_TIMEOUT,
            Self::Stale { .. } => StatusCode::PRECONDITION_FAILED,
            Self::Contended => StatusCode::CONFLICT,
            Self::Unavailable | Self::MaybeDone | Self::ReadBehind { .. } => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            // Not a matter of time: asking here again is of no use.
            Self::ReadOnly { .. } => StatusCode::MISDIRECTED_REQUEST,
            Self::Internal | Self::Corrupt => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use procedure::refusal::Page;

    use super::*;

    #[test]
    fn a_page_has_a_title_a_message_and_advice_in_both_languages() {
        for source in HttpRefusal::PAGES {
            let page = Page::parse(source);
            assert!(page.is_complete(), "{}", page.code);
        }
    }

    #[test]
    fn every_page_in_the_folder_belongs_to_a_code() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("pages");
        let files: BTreeSet<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        let codes: BTreeSet<_> = HttpRefusal::PAGES
            .iter()
            .map(|source| format!("{}.md", Page::parse(source).code))
            .collect();
        assert_eq!(files, codes);
    }
}
