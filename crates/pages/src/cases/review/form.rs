//! The fields of a review, as they were typed: read into the input of the API, and written back where
//! something is wrong, so that nothing typed is lost.
//! Deliberately absent: judging points; the rules do.

use std::collections::BTreeMap;

use procedure::case::{Assessment, Finding};
use procedure::definition::Indicator;
use procedure::{Definition, IndicatorId};
use web::api::cases::review::{Review, ReviewLine};
use web::problem::Problem;

use crate::fields::{Fields, bad};
use crate::refusal::PageRefusal;

/// A line that is wrong, and what is wrong about it.
pub(in crate::cases) struct Wrong {
    pub(in crate::cases) indicator: String,
    /// `points`, `finding` or `note`.
    pub(in crate::cases) part: &'static str,
    pub(in crate::cases) message: String,
}

/// What stands in the form: every claim accepted where that was asked for, as typed, or as it begins.
pub(in crate::cases) struct Typed {
    fields: Option<Fields>,
    wrong: Option<Wrong>,
}

/// The fields of a line.
pub(in crate::cases) struct Own {
    pub(in crate::cases) points: String,
    /// A finding, or nothing: then it follows from the points.
    pub(in crate::cases) finding: String,
    pub(in crate::cases) note: String,
    /// What is wrong about it, and about which of the three.
    pub(in crate::cases) wrong: Option<(&'static str, String)>,
}

impl Own {
    /// Whether that part is the one that is wrong.
    pub(in crate::cases) fn is_wrong(&self, part: &str) -> bool {
        self.wrong.as_ref().is_some_and(|(wrong, _)| *wrong == part)
    }

    /// Whether the finding is this one.
    pub(in crate::cases) fn finds(&self, finding: &str) -> bool {
        self.finding == finding
    }
}

fn name(part: &str, indicator: &IndicatorId) -> String {
    format!("{part}-{indicator}")
}

/// A value as it was sent, spaces and all.
fn sent<'a>(fields: &'a Fields, name: &str) -> &'a str {
    let found = fields.0.iter().find(|(field, _)| field == name);
    found.map_or("", |(_, value)| value)
}

impl Typed {
    /// What was typed, and what is wrong about it.
    pub(in crate::cases) const fn new(fields: Option<Fields>, wrong: Option<Wrong>) -> Self {
        Self { fields, wrong }
    }

    /// A line as it was typed; else with the last points, and the finding to follow from them.
    pub(in crate::cases) fn line(
        &self,
        indicator: &Indicator,
        claimed: Option<u16>,
        latest: Option<&Assessment>,
    ) -> Own {
        let id = &indicator.id;
        let wrong = self.wrong.as_ref().filter(|wrong| wrong.indicator == id.as_str());
        let wrong = wrong.map(|wrong| (wrong.part, wrong.message.clone()));
        match &self.fields {
            Some(fields) if fields.get("accept").is_some() => Own {
                points: claimed.unwrap_or(0).to_string(),
                finding: Finding::Confirmed.as_str().to_owned(),
                note: sent(fields, &name("note", id)).to_owned(),
                wrong,
            },
            Some(fields) => Own {
                points: sent(fields, &name("points", id)).to_owned(),
                finding: sent(fields, &name("finding", id)).to_owned(),
                note: sent(fields, &name("note", id)).to_owned(),
                wrong,
            },
            None => {
                let points = latest.map(|line| line.points).or(claimed).unwrap_or(0);
                let (finding, note) = (String::new(), String::new());
                Own { points: points.to_string(), finding, note, wrong }
            }
        }
    }
}

/// The review that was typed, by the subject's claims.
///
/// # Errors
/// The first field that is missing or cannot be read.
pub(super) fn read(
    fields: &Fields,
    definition: &Definition,
    claimed: &BTreeMap<String, u16>,
) -> Result<Review, Problem> {
    let line = |indicator: &Indicator| {
        let id = &indicator.id;
        let points = points(fields, id)?;
        let finding = match fields.get(&name("finding", id)) {
            Some(text) => {
                let known = Finding::ALL.iter().find(|known| known.as_str() == text);
                *known.ok_or_else(|| bad(&name("finding", id), text))?
            }
            None if points == i64::from(claimed.get(id.as_str()).copied().unwrap_or(0)) => {
                Finding::Confirmed
            }
            None => Finding::Adjusted,
        };
        let note = fields.get(&name("note", id)).map(str::to_owned);
        Ok(ReviewLine { indicator: id.clone(), points, finding, note })
    };
    Ok(Review { lines: definition.indicators().map(line).collect::<Result<_, Problem>>()? })
}

fn points(fields: &Fields, id: &IndicatorId) -> Result<i64, Problem> {
    let field = name("points", id);
    let missing = || PageRefusal::MissingField { field: field.clone() };
    let text = fields.get(&field).ok_or_else(missing)?;
    text.parse().map_err(|_| bad(&field, text))
}

/// The line and the part that a problem is about, if it is about one.
pub(in crate::cases) fn about(
    problem: &Problem,
    definition: &Definition,
) -> Option<(String, &'static str)> {
    let part = match problem.code() {
        "case.note_missing" => "note",
        "case.finding_contradicts_points" => "finding",
        _ => "points",
    };
    if let Some(indicator) = problem.param("indicator") {
        return Some((indicator.to_owned(), part));
    }
    let field = problem.param("field")?;
    for part in ["points", "finding", "note"] {
        if let Some(indicator) = field.strip_prefix(part).and_then(|rest| rest.strip_prefix('-')) {
            return Some((indicator.to_owned(), part));
        }
    }
    let place = field.strip_prefix("lines[")?.split(']').next()?.parse().ok()?;
    definition.indicators().nth(place).map(|indicator| (indicator.id.to_string(), "note"))
}
