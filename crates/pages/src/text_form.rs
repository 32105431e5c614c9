//! The form in which a text is pasted or chosen as a file, with what is wrong with it in place: the first
//! step of publishing a definition or a calendar.
//! Deliberately absent: what is read out of the text, and what comes after.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use codec::definition::Located;
use web::problem::Problem;

use crate::desk::Desk;
use crate::failure::Told;
use crate::findings::{SourceLine, excerpt};
use crate::page::{Area, Page, show_as};
use crate::upload::{TEXT_MAX, Upload};

/// What is published; each pair of texts is Vietnamese and English.
pub(crate) struct Kind {
    pub(crate) title: (&'static str, &'static str),
    /// Where published ones are looked at, and how that place is called.
    pub(crate) home: &'static str,
    pub(crate) place: (&'static str, &'static str),
    pub(crate) what: (&'static str, &'static str),
    /// Name of the text in its findings; people do not see it.
    pub(crate) file: &'static str,
}

#[derive(Template)]
#[template(path = "parts/text-form.html")]
struct Form {
    page: Page,
    kind: &'static Kind,
    told: Option<Told>,
    text: String,
    lines: Vec<SourceLine>,
    findings: usize,
    most: usize,
}

impl Kind {
    /// The empty form.
    pub(crate) fn form(&'static self, desk: &Desk) -> Response {
        self.again(desk, String::new(), &[], None)
    }

    /// The form with what is wrong.
    pub(crate) fn again(
        &'static self,
        desk: &Desk,
        text: String,
        findings: &[Located],
        problem: Option<&Problem>,
    ) -> Response {
        let page = desk.page(Area::Procedures, self.title.0, self.title.1);
        let lines = excerpt(&text, findings, desk.look.language);
        let told = problem.map(|problem| Told::of(problem, &desk.look));
        let status = match problem {
            Some(problem) => problem.status(),
            None if findings.is_empty() => StatusCode::OK,
            None => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let (findings, most) = (findings.len(), TEXT_MAX / 1024);
        show_as(status, &Form { page, kind: self, told, text, lines, findings, most })
    }

    /// What the text says, with the text; or the form with what is wrong with it.
    pub(crate) fn read<T>(
        &'static self,
        upload: &Upload,
        parse: impl FnOnce(&str, &[u8]) -> Result<T, Vec<Located>>,
    ) -> Result<(T, String), Box<Response>> {
        let desk = &upload.0.desk;
        let text = match upload.text() {
            Ok(text) => text.to_owned(),
            Err(problem) => {
                return Err(self.again(desk, String::new(), &[], Some(&problem)).into());
            }
        };
        match parse(self.file, text.as_bytes()) {
            Ok(read) => Ok((read, text)),
            Err(findings) => Err(self.again(desk, text, &findings, None).into()),
        }
    }
}
