//! The criteria of the stamped definition, line by line: what was claimed and shown, last year's points,
//! what earlier reviewers found, and the fields of the reviewer whose turn it is.
//! Deliberately absent: sums; see [`super::sum`].

use procedure::case::{Assessment, Claim, Prefilled, Reviewed, SelfAssessed, Supplemented};
use procedure::definition::{Criterion, Indicator, Status};
use projections::timeline::Entry;
use serde::de::DeserializeOwned;

use crate::cases::file::File;
use crate::cases::review::form::{Own, Typed};
use crate::words;

/// A criterion with its indicators.
pub(super) struct Group {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) maximum: u16,
    pub(super) provisional: bool,
    pub(super) lines: Vec<Line>,
}

/// An indicator.
pub(super) struct Line {
    pub(super) id: String,
    pub(super) text: String,
    pub(super) help: Option<String>,
    pub(super) maximum: u16,
    pub(super) provisional: bool,
    pub(super) claimed: Option<u16>,
    /// In the subject's own words.
    pub(super) note: Option<String>,
    pub(super) evidence: Vec<Evidence>,
    /// Points without the evidence that the definition asks for.
    pub(super) unshown: bool,
    pub(super) last: Option<u16>,
    /// What is claimed more or less than last year.
    pub(super) difference: Option<String>,
    /// What the review of each step found; nothing where it had no such line.
    pub(super) given: Vec<Option<Given>>,
    /// What the reviewer fills in.
    pub(super) own: Option<Own>,
}

/// Something that shows a claim.
pub(super) struct Evidence {
    pub(super) label: String,
    /// Address of the file.
    pub(super) file: Option<String>,
}

/// What an earlier review found.
pub(super) struct Given {
    pub(super) points: u16,
    pub(super) finding: String,
    pub(super) confirmed: bool,
    pub(super) note: Option<String>,
}

/// The last review of each step, in their order.
pub(super) fn reviews(entries: &[Entry]) -> Vec<Reviewed> {
    let mut reviews: Vec<Reviewed> = Vec::new();
    for entry in entries.iter().filter(|entry| entry.event_type == "Reviewed") {
        let Some(review) = opened::<Reviewed>(entry) else { continue };
        reviews.retain(|earlier| earlier.step != review.step);
        reviews.push(review);
    }
    reviews
}

/// What the subject has handed in last, or the draft of its renewal. Texts in it are open, as the
/// timeline gives them.
fn claims(entries: &[Entry]) -> Vec<Claim> {
    let handed = |entry: &Entry| match entry.event_type.as_str() {
        "SelfAssessed" => opened::<SelfAssessed>(entry).map(|event| event.lines),
        "Supplemented" => opened::<Supplemented>(entry).map(|event| event.lines),
        "Prefilled" => opened::<Prefilled>(entry).map(|event| event.lines),
        _ => None,
    };
    entries.iter().rev().find_map(handed).unwrap_or_default()
}

fn opened<T: DeserializeOwned>(entry: &Entry) -> Option<T> {
    let read = serde_json::from_value(entry.event.clone());
    read.inspect_err(|error| tracing::error!(%error, "an event of a case cannot be shown")).ok()
}

/// All criteria; with fields where somebody fills them in.
pub(super) fn groups(file: &File, reviews: &[Reviewed], typed: Option<&Typed>) -> Vec<Group> {
    let build = Build { file, typed, claims: claims(&file.entries), reviews };
    file.definition.criteria.iter().map(|criterion| build.group(criterion)).collect()
}

struct Build<'a> {
    file: &'a File,
    typed: Option<&'a Typed>,
    claims: Vec<Claim>,
    reviews: &'a [Reviewed],
}

impl Build<'_> {
    fn group(&self, criterion: &Criterion) -> Group {
        let unseen = |status| status == Status::Provisional;
        Group {
            id: criterion.id.to_string(),
            text: criterion.text.get(self.file.known.language).to_owned(),
            maximum: criterion.maximum.value,
            provisional: unseen(criterion.text.status) || unseen(criterion.maximum.status),
            lines: criterion.indicators.iter().map(|indicator| self.line(indicator)).collect(),
        }
    }

    fn line(&self, indicator: &Indicator) -> Line {
        let language = self.file.known.language;
        let claim = self.claims.iter().find(|claim| claim.indicator == indicator.id);
        let claimed = claim.map(|claim| claim.points);
        let last = self.file.last.as_ref();
        let last = last.and_then(|last| last.points.get(indicator.id.as_str()).copied());
        let shown = claim.map(|claim| claim.evidence.as_slice()).unwrap_or_default();
        Line {
            id: indicator.id.to_string(),
            text: indicator.text.get(language).to_owned(),
            help: indicator.help.as_ref().map(|help| help.get(language).to_owned()),
            maximum: indicator.maximum.value,
            provisional: indicator.is_provisional(),
            claimed,
            note: claim.and_then(|claim| Some(claim.note.as_ref()?.as_str().to_owned())),
            unshown: indicator.evidence_required && claimed > Some(0) && shown.is_empty(),
            evidence: shown.iter().map(|evidence| self.evidence(evidence)).collect(),
            difference: difference(claimed, last),
            last,
            given: self.given(indicator),
            own: self.typed.map(|typed| typed.line(indicator, claimed, self.latest(indicator))),
        }
    }

    fn evidence(&self, evidence: &procedure::case::Evidence) -> Evidence {
        let file = |digest| format!("/cases/{}/evidence/{digest}", self.file.row.id);
        Evidence {
            label: evidence.label.as_str().to_owned(),
            file: evidence.digest.as_ref().map(file),
        }
    }

    fn given(&self, indicator: &Indicator) -> Vec<Option<Given>> {
        let known = &self.file.known;
        let found = |review: &Reviewed| {
            let line = review.lines.iter().find(|line| line.indicator == indicator.id)?;
            Some(Given {
                points: line.points,
                finding: words::word("finding", line.finding.as_str(), known.language),
                confirmed: line.finding == procedure::case::Finding::Confirmed,
                note: line.note.as_ref().map(|note| note.as_str().to_owned()),
            })
        };
        self.reviews.iter().map(found).collect()
    }

    fn latest(&self, indicator: &Indicator) -> Option<&Assessment> {
        let lines = &self.reviews.last()?.lines;
        lines.iter().find(|line| line.indicator == indicator.id)
    }
}

fn difference(claimed: Option<u16>, last: Option<u16>) -> Option<String> {
    let difference = i32::from(claimed?) - i32::from(last?);
    match difference {
        0 => None,
        more if more > 0 => Some(format!("+{more}")),
        less => Some(format!("−{}", less.unsigned_abs())),
    }
}
