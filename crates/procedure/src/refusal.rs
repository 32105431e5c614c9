//! Refusals: named values with a stable code and one page of text each, in both languages.
//! Deliberately absent: HTTP, exit codes and severities of a server; a refusal is not an outage.

use alloc::borrow::ToOwned;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::text::Language;

/// What kind of rule stood in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// The officer has no appointment for this act here today.
    Authority,
    /// The officer has an interest in the matter.
    Conflict,
    /// The officer has already taken a step that must stay separate.
    Separation,
    /// The matter is not in a state in which this can be done.
    State,
    /// What was handed in breaks a rule.
    Input,
    /// What the command speaks of does not exist.
    Absent,
}

/// A named reason not to accept a command.
pub trait Refusal: fmt::Debug {
    /// Stable code, `area.what_is_wrong`.
    fn code(&self) -> &'static str;
    /// What kind of rule it is.
    fn class(&self) -> Class;
    /// The particulars, by the names that the page uses.
    fn params(&self) -> Vec<(&'static str, String)>;
    /// The page of this code, as written in `pages/<code>.md`.
    fn source(&self) -> &'static str;

    /// What is wrong, in one or two sentences with the particulars.
    fn message(&self, language: Language) -> String {
        Page::parse(self.source()).section(language).fill(&self.params())
    }
}

/// One page: what a code means and what to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page<'a> {
    /// The stable code.
    pub code: &'a str,
    /// In Vietnamese.
    pub vi: Section<'a>,
    /// In English.
    pub en: Section<'a>,
}

/// A page in one language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Section<'a> {
    /// A short name of what is wrong.
    pub title: &'a str,
    /// What is wrong, with `{name}` for each particular.
    pub message: &'a str,
    /// What to do, in Markdown.
    pub advice: &'a str,
}

impl<'a> Page<'a> {
    /// Reads `# code`, then a section `## title` for Vietnamese and one for English, each with
    /// the message as first paragraph and the advice after it. Missing parts are empty.
    #[must_use]
    pub fn parse(source: &'a str) -> Self {
        let mut parts = source.split("\n## ");
        let code = parts.next().unwrap_or_default().trim_start_matches('#').trim();
        Self { code, vi: Section::parse(parts.next()), en: Section::parse(parts.next()) }
    }

    /// Whether it has a name, a message and advice in both languages.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        [self.vi, self.en].iter().all(|section| {
            !section.title.is_empty() && !section.message.is_empty() && section.advice.len() > 60
        })
    }

    /// The page in a language.
    #[must_use]
    pub fn section(&self, language: Language) -> Section<'a> {
        match language {
            Language::Vietnamese => self.vi,
            Language::English => self.en,
        }
    }
}

impl<'a> Section<'a> {
    fn parse(part: Option<&'a str>) -> Self {
        let (title, rest) = part.unwrap_or_default().split_once('\n').unwrap_or_default();
        let (message, advice) = rest.trim().split_once("\n\n").unwrap_or((rest.trim(), ""));
        Self { title: title.trim(), message: message.trim(), advice: advice.trim() }
    }

    /// The message with the particulars filled in.
    #[must_use]
    pub fn fill(&self, params: &[(&'static str, String)]) -> String {
        params.iter().fold(self.message.to_owned(), |text, (name, value)| {
            text.replace(&alloc::format!("{{{name}}}"), value)
        })
    }
}

/// Declares an enum of refusals; the page of each code has to exist in the crate's `pages/`.
///
/// `Name { field: Type } = "area.code", Class;`
#[macro_export]
macro_rules! refusals {
    (
        $(#[$doc:meta])*
        $name:ident {
            $($(#[$vdoc:meta])* $variant:ident $({ $($field:ident: $type:ty),* $(,)? })?
                = $code:literal, $class:ident;)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum $name {
            $(
                $(#[$vdoc])*
                $variant $({ $(
                    #[doc = concat!("`{", stringify!($field), "}` of the page.")]
                    $field: $type
                ),* })?,
            )*
        }

        impl $name {
            /// The pages of all codes of this area.
            pub const PAGES: &'static [&'static str] = &[$(
                include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/pages/", $code, ".md"))
            ),*];
        }

        impl $crate::refusal::Refusal for $name {
            fn code(&self) -> &'static str {
                match self { $(Self::$variant $({ $($field: _),* })? => $code),* }
            }

            fn class(&self) -> $crate::refusal::Class {
                match self {
                    $(Self::$variant $({ $($field: _),* })? => $crate::refusal::Class::$class),*
                }
            }

            fn params(&self) -> $crate::refusal::Params {
                match self {
                    $(Self::$variant $({ $($field),* })? => $crate::refusal::params([
                        $($((stringify!($field), $field as &dyn core::fmt::Display)),*)?
                    ]),)*
                }
            }

            fn source(&self) -> &'static str {
                match self { $(Self::$variant $({ $($field: _),* })? => include_str!(concat!(
                    env!("CARGO_MANIFEST_DIR"), "/pages/", $code, ".md"
                ))),* }
            }
        }
    };
}

/// Particulars of a refusal, by name.
pub type Params = Vec<(&'static str, String)>;

/// Writes particulars as text.
#[must_use]
pub fn params<const N: usize>(named: [(&'static str, &dyn fmt::Display); N]) -> Params {
    use alloc::string::ToString;
    named.into_iter().map(|(name, value)| (name, value.to_string())).collect()
}

macro_rules! refused {
    ($($variant:ident($type:path)),* $(,)?) => {
        /// A refusal of any area.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each variant is an area of refusals")]
        pub enum Refused {
            $($variant($type)),*
        }

        $(impl From<$type> for Refused {
            fn from(refusal: $type) -> Self {
                Self::$variant(refusal)
            }
        })*

        impl Refused {
            /// The refusal itself.
            #[must_use]
            pub fn get(&self) -> &dyn Refusal {
                match self { $(Self::$variant(refusal) => refusal),* }
            }

            /// Every page that this crate owns.
            pub fn pages() -> impl Iterator<Item = &'static str> {
                let areas: [&'static [&'static str]; _] = [$(<$type>::PAGES),*];
                areas.into_iter().flatten().copied()
            }
        }
    };
}

refused!(
    Actor(crate::actor::Refusal),
    Calendar(crate::calendar::Refusal),
    Case(crate::case::Refusal),
    Decision(crate::decision::Refusal),
    Draft(crate::draft::Refusal),
    Edition(crate::edition::Refusal),
    Meeting(crate::meeting::Refusal),
    Officer(crate::officer::Refusal),
    Subject(crate::subject::Refusal),
    Territory(crate::territory::Refusal),
);

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.get().code(), self.get().message(Language::English))
    }
}

impl core::error::Error for Refused {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::string::ToString;

    #[test]
    fn a_page_has_a_title_a_message_and_advice_in_both_languages() {
        for source in Refused::pages() {
            let page = Page::parse(source);
            assert!(page.is_complete(), "{}", page.code);
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "lists the pages of this crate")]
    fn every_page_in_the_folder_belongs_to_a_code() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("pages");
        let files: BTreeSet<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        let codes: BTreeSet<_> = Refused::pages()
            .map(|source| std::format!("{}.md", Page::parse(source).code))
            .collect();
        assert_eq!(files, codes);
    }

    #[test]
    fn particulars_are_filled_in() {
        let refusal = crate::case::Refusal::PointsAboveMaximum {
            indicator: "1a".parse().unwrap(),
            points: 12,
            maximum: 10,
        };
        let refused = Refused::from(refusal);
        for language in [Language::Vietnamese, Language::English] {
            let message = refused.get().message(language);
            assert!(message.contains("1a") && message.contains("12") && message.contains("10"));
            assert!(!message.contains('{'), "{message}");
        }
        assert!(refused.to_string().starts_with("case.points_above_maximum: "));
    }
}
