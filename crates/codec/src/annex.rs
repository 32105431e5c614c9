//! The annex of a decision (phụ lục danh sách): one line of JSON for each case, whose digest the
//! signature covers. Everything in it follows from the log, so anybody can write it again and
//! compare. Deliberately absent: names; who a subject is stands in its own stream, sealed.

use procedure::text::InvalidDigest;
use procedure::{BandId, CaseId, Date, Digest, SubjectId, UnitCode};
use serde::{Deserialize, Serialize};

use crate::digest::digest;

/// One case of an annex.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AnnexLine {
    /// The units of the case's place as filed, from the nation down.
    pub place: Vec<UnitCode>,
    /// The case.
    pub case: CaseId,
    /// The subject.
    pub subject: SubjectId,
    /// Points of the last review.
    pub total: u32,
    /// The band or level.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub band: Option<BandId>,
    /// First day of the title.
    pub from: Date,
    /// Last day of the title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// The annex as it is signed: lines in the order of place and case, each ended by a line feed.
///
/// # Errors
/// Never in practice: every field has a JSON form.
pub fn annex_bytes(lines: &mut [AnnexLine]) -> Result<Vec<u8>, serde_json::Error> {
    lines.sort_by(|one, other| (&one.place, one.case).cmp(&(&other.place, other.case)));
    let mut bytes = Vec::with_capacity(lines.len() * 240);
    for line in lines {
        serde_json::to_writer(&mut bytes, line)?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// SHA-256 of the annex.
///
/// # Errors
/// Never in practice: SHA-256 always has its form.
pub fn annex_digest(bytes: &[u8]) -> Result<Digest, InvalidDigest> {
    digest(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use procedure::Title;

    #[test]
    fn the_bytes_do_not_depend_on_the_order_and_are_pinned() {
        let line = |code: &str, hamlet: &str| {
            let subject = SubjectId::of_code(code);
            AnnexLine {
                place: ["VN", "25", "05158", hamlet].map(|code| code.parse().unwrap()).to_vec(),
                case: CaseId::of(Title::Family, subject, 2026),
                subject,
                total: 90,
                band: None,
                from: "2026-12-01".parse().unwrap(),
                until: Some("2027-11-30".parse().unwrap()),
            }
        };
        let mut one = [line("HB-1", "05158-02"), line("HB-2", "05158-01")];
        let mut other = [one[1].clone(), one[0].clone()];
        let bytes = annex_bytes(&mut one).unwrap();
        assert_eq!(bytes, annex_bytes(&mut other).unwrap());
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.starts_with(r#"{"place":["VN","25","05158","05158-01"],"case":""#), "{text}");
        assert!(text.ends_with("\"from\":\"2026-12-01\",\"until\":\"2027-11-30\"}\n"), "{text}");
        let pinned = "e1d91edb92a2f7f65e13d91a352242a812d5f2a0a8e02e6881216105805fe36a";
        assert_eq!(annex_digest(&bytes).unwrap().as_str(), pinned, "signatures cover these bytes");
    }
}
