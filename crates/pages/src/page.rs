//! What every page has around its content, and how a template becomes an answer.
//! Deliberately absent: any content.

use std::fmt::Display;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use procedure::{Date, Language};
use uuid::Uuid;

use crate::look::Look;
use crate::{format, words};

/// A place in the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Area {
    Home,
    Queue,
    Hamlet,
    Subjects,
    Decisions,
    Oversight,
    Audit,
    Administration,
    Procedures,
    Public,
    Mine,
}

/// A line of the menu.
pub(crate) struct Item {
    pub(crate) area: Area,
    pub(crate) path: &'static str,
    pub(crate) text: &'static str,
}

/// Who is signed in, as the head of a page says it.
pub(crate) struct User {
    pub(crate) name: String,
    /// His roles with their places.
    pub(crate) offices: Vec<String>,
}

/// What every page has.
pub(crate) struct Page {
    pub(crate) title: String,
    pub(crate) language: Language,
    pub(crate) here: String,
    pub(crate) area: Option<Area>,
    pub(crate) menu: Vec<Item>,
    pub(crate) user: Option<User>,
    pub(crate) notice: Option<String>,
    /// Whether the data are those of the demonstration.
    pub(crate) demo: bool,
    token: String,
    look: Look,
}

impl Page {
    /// A page under a title.
    pub(crate) fn new(look: &Look, title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            language: look.language,
            here: look.here.clone(),
            area: None,
            menu: Vec::new(),
            user: None,
            notice: look.notice.clone(),
            demo: !look.site.settings.personas.is_empty(),
            // One for all forms of a page: written anew each time, it would double the page.
            token: look.token(),
            look: look.clone(),
        }
    }

    /// One of two texts.
    pub(crate) fn t<'a>(&self, vi: &'a str, en: &'a str) -> &'a str {
        self.look.t(vi, en)
    }

    /// Whether it stands under a line of the menu.
    pub(crate) fn is_at(&self, area: &Area) -> bool {
        self.area == Some(*area)
    }

    /// Whether its address begins so.
    pub(crate) fn is_under(&self, path: &str) -> bool {
        self.here.starts_with(path)
    }

    /// The tag of the language.
    pub(crate) fn tag(&self) -> &'static str {
        self.t_static("vi", "en")
    }

    /// Whether it is read in English.
    pub(crate) fn is_english(&self) -> bool {
        self.language == Language::English
    }

    fn t_static(&self, vi: &'static str, en: &'static str) -> &'static str {
        if self.language == Language::English { en } else { vi }
    }

    /// Address that shows this page in the other language.
    pub(crate) fn other_language(&self) -> String {
        let back: String = form_urlencoded::byte_serialize(self.here.as_bytes()).collect();
        format!("/language/{}?back={back}", self.t("en", "vi"))
    }

    /// Address of the style sheet.
    pub(crate) fn style(&self) -> &str {
        self.look.site.assets.style()
    }

    /// Address of the script.
    pub(crate) fn script(&self) -> &str {
        self.look.site.assets.script()
    }

    /// Address of the icon.
    pub(crate) fn icon(&self) -> &str {
        self.look.site.assets.icon()
    }

    /// The hidden fields of a form that changes something: the session's token and an id under which
    /// sending it twice has one effect.
    pub(crate) fn form(&self) -> String {
        let (token, command) = (&self.token, Uuid::now_v7());
        format!(
            "<input type=\"hidden\" name=\"csrf\" value=\"{token}\">\
             <input type=\"hidden\" name=\"command\" value=\"{command}\">"
        )
    }

    /// The same for a form about something that was read at a revision.
    pub(crate) fn form_at(&self, revision: &u64) -> String {
        let fields = self.form();
        format!("{fields}<input type=\"hidden\" name=\"revision\" value=\"{revision}\">")
    }

    /// `24/11/2026`.
    pub(crate) fn day(&self, date: &Date) -> String {
        format::day(*date)
    }

    /// `24/11/2026`, or a dash.
    pub(crate) fn day_or_dash(&self, date: &Option<Date>) -> String {
        date.map_or_else(|| "–".to_owned(), format::day)
    }

    /// `09:05 24/11/2026`.
    pub(crate) fn time(&self, recorded: &str) -> String {
        format::time(recorded)
    }

    /// `1.234`.
    pub(crate) fn number(&self, value: impl Display) -> String {
        let text = value.to_string();
        text.parse().map_or(text, |value| format::number(value, self.language))
    }

    /// A share in percent.
    pub(crate) fn percent(&self, part: &u64, whole: &u64) -> String {
        format::percent(*part, *whole, self.language)
    }

    /// A title of our program's own, such as `family`, in words.
    pub(crate) fn word(&self, kind: &str, name: impl Display) -> String {
        words::word(kind, &name.to_string(), self.language)
    }
}

/// The answer that a template is.
pub(crate) fn show(template: &impl Template) -> Response {
    show_as(StatusCode::OK, template)
}

/// The same with a status.
pub(crate) fn show_as(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(text) => (status, Html(text)).into_response(),
        Err(error) => {
            tracing::error!(%error, "a page cannot be written");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}
