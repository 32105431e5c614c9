//! The lines of a self-assessment between the history, the fields of the form, and the command.
//!
//! An indicator has the fields `points.X`, `note.X`, and for each row of evidence `label.X` and
//! `digest.X`, in their order; `drop.X` names digests of rows that are to go.
//! Deliberately absent: whether points are right; [`super::check`] and the rules say that.

use procedure::{Definition, Digest};
use projections::timeline::Entry;
use serde::Deserialize;
use web::api::cases::{ClaimLine, EvidenceInput};

use crate::fields::Fields;

/// A line as an event has it, texts opened.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) indicator: String,
    pub(super) points: u16,
    #[serde(default)]
    pub(super) evidence: Vec<Shown>,
    #[serde(default)]
    pub(super) note: Option<String>,
}

/// A row of evidence.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) label: String,
    #[serde(default)]
    pub(super) digest: Option<Digest>,
}

/// The lines of the last event of one of these types.
pub(super) fn last(entries: &[Entry], types: &[&str]) -> Vec<Line> {
    let of_type = |entry: &&Entry| types.contains(&entry.event_type.as_str());
    let lines = entries.iter().rev().find(of_type).and_then(|entry| entry.event.get("lines"));
    lines.and_then(|lines| serde_json::from_value(lines.clone()).ok()).unwrap_or_default()
}

/// The fields that stand for lines.
pub(super) fn fields(lines: &[Line]) -> Fields {
    let mut fields = Vec::new();
    for line in lines {
        let mut add = |name: &str, value: String| {
            fields.push((format!("{name}.{}", line.indicator), value));
        };
        add("points", line.points.to_string());
        for evidence in &line.evidence {
            add("label", evidence.label.clone());
            add("digest", evidence.digest.as_ref().map(ToString::to_string).unwrap_or_default());
        }
        add("note", line.note.clone().unwrap_or_default());
    }
    Fields(fields)
}

/// The rows of evidence of an indicator that stand in a form, without those that are empty or are to go.
pub(super) fn evidence(fields: &Fields, indicator: &str) -> Vec<Shown> {
    let (label, digest) = (format!("label.{indicator}"), format!("digest.{indicator}"));
    let drop = format!("drop.{indicator}");
    let labels: Vec<_> = fields.all(&label).collect();
    let digests: Vec<_> = fields.all(&digest).collect();
    let gone: Vec<_> = fields.all(&drop).collect();
    let row = |at: usize| {
        let digest = digests.get(at).copied().filter(|digest| !gone.contains(digest));
        let dropped = digests.get(at).is_some_and(|digest| gone.contains(digest));
        let label = labels.get(at).copied().unwrap_or_default();
        let digest: Option<Digest> = digest.and_then(|digest| digest.parse().ok());
        let empty = label.is_empty() && digest.is_none();
        (!dropped && !empty).then(|| Shown { label: label.to_owned(), digest })
    };
    (0..labels.len().max(digests.len())).filter_map(row).collect()
}

/// Puts a file into the evidence of an indicator: to a row that waits for one, or in a row of its own.
pub(crate) fn attach(fields: &mut Fields, indicator: &str, name: &str, digest: &Digest) {
    let mut rows = evidence(fields, indicator);
    if rows.iter().any(|row| row.digest.as_ref() == Some(digest)) {
        return;
    }
    match rows.last_mut().filter(|row| row.digest.is_none()) {
        Some(row) => row.digest = Some(digest.clone()),
        None => rows.push(Shown { label: name.to_owned(), digest: Some(digest.clone()) }),
    }
    let names = ["label", "digest", "drop"].map(|field| format!("{field}.{indicator}"));
    fields.0.retain(|(name, _)| !names.contains(name));
    for row in rows {
        let digest = row.digest.map(|digest| digest.to_string()).unwrap_or_default();
        fields.0.push((format!("label.{indicator}"), row.label));
        fields.0.push((format!("digest.{indicator}"), digest));
    }
}

/// The lines of a form whose points have been found to be numbers.
pub(super) fn claims(fields: &Fields, definition: &Definition) -> Vec<ClaimLine> {
    let lines = definition.indicators().map(|indicator| {
        let name = indicator.id.as_str();
        let evidence = evidence(fields, name).into_iter();
        ClaimLine {
            indicator: indicator.id.clone(),
            points: points(fields, name).unwrap_or_default(),
            evidence: evidence
                .map(|row| EvidenceInput { label: labelled(&row), digest: row.digest })
                .collect(),
            note: fields.get(&format!("note.{name}")).map(str::to_owned),
        }
    });
    lines.collect()
}

fn labelled(row: &Shown) -> String {
    if row.label.is_empty() { "Tệp minh chứng".to_owned() } else { row.label.clone() }
}

/// The points that were filled in, if they are a whole number.
pub(super) fn points(fields: &Fields, indicator: &str) -> Option<i64> {
    fields.get(&format!("points.{indicator}"))?.parse().ok()
}

/// Whether a claim says something else than the line before it.
pub(super) fn differs(claim: &ClaimLine, before: &[Line]) -> bool {
    let before = before.iter().find(|line| line.indicator == claim.indicator.as_str());
    before.is_none_or(|before| {
        let evidence: Vec<_> = claim.evidence.iter().map(|row| (&row.label, &row.digest)).collect();
        let was: Vec<_> = before.evidence.iter().map(|row| (&row.label, &row.digest)).collect();
        claim.points != i64::from(before.points)
            || claim.note.as_deref().unwrap_or_default()
                != before.note.as_deref().unwrap_or_default().trim()
            || evidence != was
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn digest(letter: char) -> Digest {
        letter.to_string().repeat(64).parse().unwrap()
    }

    #[test]
    fn a_file_goes_to_the_row_that_waits_for_it() {
        let text = format!("label.1a=Gi%E1%BA%A5y&digest.1a=&label.1b=x&digest.1b={}", digest('b'));
        let mut fields = Fields::parse(text.as_bytes());
        attach(&mut fields, "1a", "IMG.jpg", &digest('a'));
        attach(&mut fields, "1b", "IMG.jpg", &digest('c'));
        attach(&mut fields, "1b", "IMG.jpg", &digest('c'));
        let rows = |name: &str| evidence(&fields, name);
        assert_eq!(rows("1a"), [Shown { label: "Giấy".into(), digest: Some(digest('a')) }]);
        assert_eq!(rows("1b").len(), 2);
        assert_eq!(rows("1b")[1], Shown { label: "IMG.jpg".into(), digest: Some(digest('c')) });
    }

    #[test]
    fn rows_go_when_they_are_empty_or_dropped() {
        let (a, b) = (digest('a'), digest('b'));
        let text =
            format!("label.1=x&digest.1={a}&label.1=&digest.1=&label.1=y&digest.1={b}&drop.1={a}");
        let rows = evidence(&Fields::parse(text.as_bytes()), "1");
        assert_eq!(rows, [Shown { label: "y".into(), digest: Some(b) }]);
    }

    #[test]
    fn only_what_is_different_is_a_supplement() {
        let line =
            Line { indicator: "1a".into(), points: 7, evidence: vec![], note: Some("x".into()) };
        let claim = |points, note: Option<&str>| ClaimLine {
            indicator: "1a".parse().unwrap(),
            points,
            evidence: vec![],
            note: note.map(str::to_owned),
        };
        let before = [line];
        assert!(!differs(&claim(7, Some("x")), &before));
        assert!(differs(&claim(8, Some("x")), &before) && differs(&claim(7, None), &before));
        assert!(differs(&claim(7, Some("x")), &[]));
    }
}
