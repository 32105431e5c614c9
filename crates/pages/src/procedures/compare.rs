//! `GET /procedures/{id}/compare/{other}`: what differs between two editions for the same title, side by
//! side. Deliberately absent: editions for two titles; everything would differ.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use procedure::{Definition, ProcedureId};
use web::problem::Problem;

use super::difference::{self, Piece};
use super::lines::{Line, lines};
use super::unknown;
use crate::look::Look;
use crate::page::{Area, Page, show};
use crate::public;

#[derive(Template)]
#[template(path = "procedures/compare.html")]
struct Compare {
    page: Page,
    old: Edition,
    new: Edition,
    rows: Vec<Row>,
    /// How many lines are the same in both.
    same: usize,
}

/// One of the two.
struct Edition {
    id: String,
    name: String,
    sample: bool,
}

/// A line that differs.
struct Row {
    label: String,
    old: Vec<Piece>,
    new: Vec<Piece>,
}

impl Compare {
    fn editions(&self) -> [&Edition; 2] {
        [&self.old, &self.new]
    }
}

impl Edition {
    fn of(definition: &Definition, page: &Page) -> Self {
        Self {
            id: definition.id.to_string(),
            name: definition.name.get(page.language).to_owned(),
            sample: definition.sample,
        }
    }
}

/// `GET /procedures/{id}/compare/{other}`.
pub(super) async fn compare(
    Path((id, other)): Path<(ProcedureId, ProcedureId)>,
    look: Look,
) -> Result<Response, Problem> {
    let read = public::read(&look, move |reader| {
        Ok((reader.definition(&id)?, reader.definition(&other)?))
    });
    let (Some(old), Some(new)) = read.await? else { return Err(unknown()) };
    if old.title != new.title {
        return Err(unknown());
    }
    let mut page = public::page(&look, "So sánh hai phiên bản", "Two editions compared").await?;
    page.area = Some(Area::Procedures);
    let (rows, same) = rows(lines(&old, &page), lines(&new, &page));
    let (old, new) = (Edition::of(&old, &page), Edition::of(&new, &page));
    Ok(show(&Compare { page, old, new, rows, same }))
}

/// The lines that differ in the order of the newer edition, those that it left out where they stood.
fn rows(old: Vec<Line>, new: Vec<Line>) -> (Vec<Row>, usize) {
    let texts = |lines: &[Line]| {
        let pairs = lines.iter().map(|line| (line.key.clone(), line.text.clone()));
        pairs.collect::<BTreeMap<_, _>>()
    };
    let (before, after) = (texts(&old), texts(&new));
    let mut order: Vec<(String, String)> = Vec::new();
    let mut gone = old.into_iter().peekable();
    for line in new {
        // What the newer one left out comes before the next line that both have.
        if before.contains_key(&line.key) {
            while let Some(left) = gone.next_if(|left| left.key != line.key) {
                if !after.contains_key(&left.key) {
                    order.push((left.key, left.label));
                }
            }
            gone.next_if(|left| left.key == line.key);
        }
        order.push((line.key, line.label));
    }
    order.extend(
        gone.filter(|left| !after.contains_key(&left.key)).map(|left| (left.key, left.label)),
    );
    let (mut rows, mut same) = (Vec::new(), 0);
    for (key, label) in order {
        let text = |side: &BTreeMap<String, String>| side.get(&key).cloned().unwrap_or_default();
        let (old, new) = (text(&before), text(&after));
        if old == new {
            same += 1;
            continue;
        }
        let (old, new) = difference::words(&old, &new);
        rows.push(Row { label, old, new });
    }
    (rows, same)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(pairs: &[(&str, &str)]) -> Vec<Line> {
        let line = |(key, text): &(&str, &str)| Line {
            key: (*key).to_owned(),
            label: (*key).to_owned(),
            text: (*text).to_owned(),
        };
        pairs.iter().map(line).collect()
    }

    #[test]
    fn each_line_is_met_once_wherever_it_stands() {
        let old = side(&[("a", "1"), ("b", "2"), ("c", "3"), ("z", "9")]);
        let new = side(&[("c", "3"), ("a", "1 x"), ("n", "5")]);
        let (rows, same) = rows(old, new);
        let mut labels: Vec<_> = rows.iter().map(|row| row.label.as_str()).collect();
        labels.sort_unstable();
        assert_eq!((labels, same), (vec!["a", "b", "n", "z"], 1));
    }
}
