//! The refusals of the pages themselves: signing in, and forms. Deliberately absent: the rules' own.

use axum::http::StatusCode;
use procedure::refusals;
use web::problem::Problem;

refusals! {
    /// Why a page did not take what was sent.
    PageRefusal {
        /// Account and password do not belong together.
        WrongPassword = "sign_in.wrong_password", Authority;
        /// Too many wrong passwords.
        Locked { seconds: u64 } = "sign_in.locked", State;
        /// Another site sent the form.
        CrossSite = "form.cross_site", Authority;
        /// The form is not of this session.
        ForeignForm = "form.foreign", Authority;
        /// A field is missing.
        MissingField { field: String } = "form.missing_field", Input;
        /// A field cannot be read.
        BadField { field: String, value: String } = "form.bad_field", Input;
        /// Nothing is ticked in a list.
        NothingChosen = "form.nothing_chosen", Input;
        /// What is signed was not confirmed.
        NotConfirmed { cases: String } = "form.not_confirmed", Input;
        /// It is not the password that he has.
        WrongOldPassword = "password.wrong_old", Authority;
        /// The new password was typed in two ways.
        PasswordsDiffer = "password.not_the_same", Input;
        /// A file is too large.
        FileTooLarge { maximum: usize } = "upload.too_large", Input;
        /// A file is not a text in UTF-8.
        NotText = "upload.not_text", Input;
        /// Not a form.
        NotAForm = "form.not_a_form", Input;
    }
}

impl From<PageRefusal> for Problem {
    fn from(refusal: PageRefusal) -> Self {
        let status = match refusal {
            PageRefusal::WrongPassword
            | PageRefusal::WrongOldPassword
            | PageRefusal::CrossSite
            | PageRefusal::ForeignForm => StatusCode::FORBIDDEN,
            PageRefusal::Locked { .. } => StatusCode::TOO_MANY_REQUESTS,
            PageRefusal::MissingField { .. }
            | PageRefusal::BadField { .. }
            | PageRefusal::NothingChosen
            | PageRefusal::NotConfirmed { .. }
            | PageRefusal::PasswordsDiffer
            | PageRefusal::NotText => StatusCode::UNPROCESSABLE_ENTITY,
            PageRefusal::FileTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            PageRefusal::NotAForm => StatusCode::BAD_REQUEST,
        };
        Self::new(&refusal, status)
    }
}

#[cfg(test)]
mod tests {
    use procedure::refusal::Page;

    use super::*;

    #[test]
    fn every_page_is_complete() {
        for source in PageRefusal::PAGES {
            assert!(Page::parse(source).is_complete(), "{source}");
        }
    }
}
