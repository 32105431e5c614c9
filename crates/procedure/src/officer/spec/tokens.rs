//! Secrets that speak for an officer, until a day or until they are revoked.

use super::*;
use crate::text::Digest;

fn digest(digit: &str) -> Digest {
    digit.repeat(64).try_into().unwrap()
}

pub(super) fn issue(digit: &str, until: &str) -> Command {
    let label = "phone".to_string();
    Command::IssueToken { digest: digest(digit), label, until: date(until) }
}

pub(super) fn revoke(digit: &str) -> Command {
    Command::RevokeToken { digest: digest(digit) }
}

#[test]
fn a_token_is_issued_with_its_last_day_and_revoked() {
    let state = given([enrol_in("05158"), issue("a", "2026-12-31"), issue("b", DAY)]);
    assert_eq!(state.tokens.get(&digest("a")), Some(&day("2026-12-31")));
    let state = given([enrol_in("05158"), issue("a", DAY), issue("b", DAY), revoke("a")]);
    assert!(!state.tokens.contains_key(&digest("a")) && state.tokens.contains_key(&digest("b")));
}

#[test]
fn its_last_day_lies_from_today_to_two_years_on() {
    for until in [DAY, "2028-03-01"] {
        assert_eq!(when(&known(), issue("a", until)).unwrap().len(), 1);
    }
    for until in ["2026-02-28", "2028-03-02", "9999-12-31"] {
        refused(&known(), issue("a", until), Refusal::BadTokenEnd { until: day(until) });
    }
}

#[test]
fn the_same_token_again_is_quiet() {
    let state = given([enrol_in("05158"), issue("a", DAY)]);
    assert_eq!(when(&state, issue("a", DAY)), Ok(vec![]));
}

#[test]
fn a_token_that_is_not_there_is_not_revoked() {
    refused(&known(), revoke("a"), Refusal::UnknownToken);
    let state = given([enrol_in("05158"), issue("a", DAY), revoke("a")]);
    refused(&state, revoke("a"), Refusal::UnknownToken);
}

#[test]
fn a_label_says_something_that_can_be_printed() {
    let labelled = |label: &str| Command::IssueToken {
        digest: digest("a"),
        label: label.to_string(),
        until: date(DAY),
    };
    assert_eq!(when(&known(), labelled("máy ở văn phòng xã")).unwrap().len(), 1);
    for label in ["", " phone", "a\u{7}", "a\u{202E}b", &"x".repeat(101)] {
        let label = label.to_string();
        let shown = label.chars().take(80).collect();
        refused(&known(), labelled(&label), Refusal::BadLabel { label: shown });
    }
}
