//! Every claim has a listed source, and nothing unseen passes for seen.
//! Deliberately absent: whether a source says what is claimed; only people can check that.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Findings, Rule};
use crate::definition::{Definition, Status};
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

fn claims(definition: &Definition) -> Vec<Claim<'_>> {
    let mut claims = Vec::new();
    let mut add = |path: String, status: Status, source, points: bool| {
        claims.push(Claim { path, status, source, points });
    };
    let in_force = &definition.in_force;
    add("in_force".to_string(), in_force.status, &in_force.source, false);
    for (l, basis) in definition.legal_basis.iter().enumerate() {
        add(format!("legal_basis[{l}]"), basis.status, &basis.source, false);
    }
    for (name, day) in super::season::days(&definition.season) {
        add(format!("season.{name}"), day.status, &day.source, false);
    }
    let validity = &definition.validity;
    add("validity".to_string(), validity.status, &validity.source, false);
    for (c, criterion) in definition.criteria.iter().enumerate() {
        let path = format!("criteria[{c}]");
        add(format!("{path}.text"), criterion.text.status, &criterion.text.source, false);
        add(format!("{path}.maximum"), criterion.maximum.status, &criterion.maximum.source, false);
        for (i, indicator) in criterion.indicators.iter().enumerate() {
            let path = format!("{path}.indicators[{i}]");
            let (text, maximum) = (&indicator.text, &indicator.maximum);
            add(format!("{path}.text"), text.status, &text.source, false);
            add(format!("{path}.maximum"), maximum.status, &maximum.source, true);
        }
    }
    let total = &definition.outcome.minimum_total;
    add("outcome.minimum_total".to_string(), total.status, &total.source, true);
    if let Some(each) = &definition.outcome.minimum_each {
        add("outcome.minimum_each".to_string(), each.status, &each.source, true);
    }
    for (b, band) in definition.outcome.bands.iter().enumerate() {
        add(format!("outcome.bands[{b}]"), band.status, &band.source, true);
    }
    for (s, step) in definition.steps.iter().enumerate() {
        add(format!("steps[{s}]"), step.status, &step.source, false);
    }
    claims
}
