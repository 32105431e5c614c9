//! Every claim has a listed source, and nothing unseen passes for seen.
//! Deliberately absent: whether a source says what is claimed; only people can check that.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Findings, Rule};
use crate::definition::{Criterion, Definition, Outcome, Status, Step};
use crate::name::SourceId;

/// Something that names a source.
struct Claim<'a> {
    /// Where it stands.
    path: String,
    status: Status,
    source: &'a SourceId,
    /// Whether it decides how many points a subject gets or needs. The maximum of a criterion
    /// does not: it is the sum of its indicators.
    points: bool,
}

pub(super) fn check(definition: &Definition, findings: &mut Findings) {
    let claims = claims(definition);
    for claim in &claims {
        let Some(source) = definition.sources.get(claim.source) else {
            unknown(claim, findings);
            continue;
        };
        let verified = claim.status == Status::Verified;
        if verified && !source.seen {
            unseen(claim, findings);
        }
        if claim.points && !definition.sample && !(verified && source.seen) {
            points_of_a_sample(claim, findings);
        }
    }
    listed(definition, &claims, findings);
}

fn listed(definition: &Definition, claims: &[Claim<'_>], findings: &mut Findings) {
    let used: BTreeSet<_> = claims.iter().map(|claim| claim.source).collect();
    for (id, source) in &definition.sources {
        if !used.contains(id) {
            findings.add(
                Rule::UnusedSource,
                format!("sources.{id}"),
                format!("nguồn {id} không được dùng ở đâu; hãy bỏ hoặc dẫn chiếu đến nó"),
                format!("nothing cites the source {id}; remove it or cite it"),
            );
        }
        // Pages turn addresses into links, and a link may only lead to the web.
        let web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
        if source.url.as_ref().is_some_and(|url| !web(url)) {
            findings.add(
                Rule::SourceUrl,
                format!("sources.{id}.url"),
                "địa chỉ phải bắt đầu bằng https:// hoặc http://".to_string(),
                "the address has to begin with https:// or http://".to_string(),
            );
        }
    }
}

fn unknown(claim: &Claim<'_>, findings: &mut Findings) {
    let id = claim.source;
    findings.add(
        Rule::UnknownSource,
        format!("{}.source", claim.path),
        format!("nguồn {id} không có trong danh mục [sources]"),
        format!("the source {id} is not listed in [sources]"),
    );
}

fn unseen(claim: &Claim<'_>, findings: &mut Findings) {
    let id = claim.source;
    findings.add(
        Rule::UnseenSource,
        format!("{}.status", claim.path),
        format!("ghi là đã xác minh nhưng nguồn {id} chưa được đọc (seen = false)"),
        format!("this is called verified, but the source {id} was not seen (seen = false)"),
    );
}

fn points_of_a_sample(claim: &Claim<'_>, findings: &mut Findings) {
    findings.add(
        Rule::SamplePoints,
        claim.path.clone(),
        "số điểm này chưa được đọc trong nguồn, nên cả bộ phải ghi sample = true".to_string(),
        "these points were not seen in a source, so the whole has to say sample = true".to_string(),
    );
}

/// Everything that names a source, in the order of the definition's parts.
fn claims(definition: &Definition) -> Vec<Claim<'_>> {
    let mut claims = Claims::default();
    claims.frame(definition);
    for (c, criterion) in definition.criteria.iter().enumerate() {
        claims.criterion(&format!("criteria[{c}]"), criterion);
    }
    claims.outcome(&definition.outcome);
    for (s, step) in definition.steps.iter().enumerate() {
        claims.step(&format!("steps[{s}]"), step);
    }
    claims.0
}

#[derive(Default)]
struct Claims<'a>(Vec<Claim<'a>>);

impl<'a> Claims<'a> {
    fn add(&mut self, path: impl Into<String>, status: Status, source: &'a SourceId) {
        self.0.push(Claim { path: path.into(), status, source, points: false });
    }

    fn points(&mut self, path: impl Into<String>, status: Status, source: &'a SourceId) {
        self.0.push(Claim { path: path.into(), status, source, points: true });
    }

    /// What stands around criteria and steps.
    fn frame(&mut self, definition: &'a Definition) {
        let in_force = &definition.in_force;
        self.add("in_force", in_force.status, &in_force.source);
        if let Some(transition) = &definition.transition {
            self.add("transition", transition.status, &transition.source);
        }
        for (l, basis) in definition.legal_basis.iter().enumerate() {
            self.add(format!("legal_basis[{l}]"), basis.status, &basis.source);
        }
        for (name, day) in super::season::days(&definition.season) {
            self.add(format!("season.{name}"), day.status, &day.source);
        }
        let validity = &definition.validity;
        self.add("validity", validity.status, &validity.source);
        if let Some(renewal) = &definition.renewal {
            self.add("renewal", renewal.status, &renewal.source);
        }
    }

    fn criterion(&mut self, path: &str, criterion: &'a Criterion) {
        let (text, maximum) = (&criterion.text, &criterion.maximum);
        self.add(format!("{path}.text"), text.status, &text.source);
        self.add(format!("{path}.maximum"), maximum.status, &maximum.source);
        for (i, indicator) in criterion.indicators.iter().enumerate() {
            let (text, maximum) = (&indicator.text, &indicator.maximum);
            self.add(format!("{path}.indicators[{i}].text"), text.status, &text.source);
            let path = format!("{path}.indicators[{i}].maximum");
            self.points(path, maximum.status, &maximum.source);
        }
    }

    fn outcome(&mut self, outcome: &'a Outcome) {
        if let Some(total) = &outcome.minimum_total {
            self.points("outcome.minimum_total", total.status, &total.source);
        }
        if let Some(each) = &outcome.minimum_each {
            self.points("outcome.minimum_each", each.status, &each.source);
        }
        for (b, band) in outcome.bands.iter().enumerate() {
            self.points(format!("outcome.bands[{b}]"), band.status, &band.source);
        }
        for (l, level) in outcome.levels.iter().enumerate() {
            self.points(format!("outcome.levels[{l}]"), level.status, &level.source);
        }
    }

    fn step(&mut self, path: &str, step: &'a Step) {
        self.add(path, step.status, &step.source);
        if let Some(rule) = &step.meeting {
            let (quorum, majority) = (&rule.quorum_percent, &rule.majority_percent);
            self.add(format!("{path}.meeting.quorum_percent"), quorum.status, &quorum.source);
            self.add(format!("{path}.meeting.majority_percent"), majority.status, &majority.source);
        }
        if let Some(rule) = &step.posting {
            self.add(format!("{path}.posting.days"), rule.days.status, &rule.days.source);
        }
        if let Some(limit) = &step.limit {
            self.add(format!("{path}.limit"), limit.status, &limit.source);
            if let Some(day) = &limit.by {
                self.add(format!("{path}.limit.by"), day.status, &day.source);
            }
        }
    }
}
