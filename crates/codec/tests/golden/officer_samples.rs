//! Samples of what can happen to an officer.

use procedure::officer::{
    Appointed, Delegated, DelegationEnded, Event, InterestDeclared, OfficerEnrolled, PasswordSet,
    Relation, Relieved, SessionEnded, SessionsEnded, TokenIssued, TokenRevoked,
};

use crate::values::{absent, date, digest, period, sealed, subject};

pub(crate) fn events() -> Vec<Event> {
    let enrolled = OfficerEnrolled {
        code: "cb-07".into(),
        name: sealed("name"),
        unit: "05158".parse().unwrap(),
        sample: true,
        on: date("2026-01-05"),
    };
    let appointed = Appointed {
        role: "commune-chair".parse().unwrap(),
        unit: "05158".parse().unwrap(),
        term: period("2026-01-01", Some("2030-12-31")),
    };
    let relieved = Relieved {
        role: "commune-chair".parse().unwrap(),
        unit: "05158".parse().unwrap(),
        from: date("2026-06-01"),
    };
    let declared =
        |relation| InterestDeclared { subject: subject(), relation, on: date("2026-01-06") };
    let delegated = Delegated {
        delegator: absent(),
        role: "commune-chair".parse().unwrap(),
        unit: "05158".parse().unwrap(),
        term: period("2026-11-01", Some("2026-11-15")),
        on: date("2026-10-30"),
    };
    let ended = DelegationEnded {
        delegator: absent(),
        role: "commune-chair".parse().unwrap(),
        unit: "05158".parse().unwrap(),
        from: date("2026-11-10"),
        on: date("2026-11-09"),
    };
    let issued = TokenIssued {
        digest: digest(),
        label: "điện thoại".into(),
        until: date("2026-12-31"),
        on: date("2026-01-05"),
    };
    let mut events: Vec<Event> = vec![
        enrolled.clone().into(),
        OfficerEnrolled { sample: false, ..enrolled }.into(),
        appointed.clone().into(),
        Appointed { term: period("2026-01-01", None), ..appointed }.into(),
        relieved.into(),
        delegated.into(),
        ended.into(),
        issued.into(),
        TokenRevoked { digest: digest(), on: date("2026-02-01") }.into(),
        PasswordSet { verifier: sealed("verifier"), on: date("2026-01-05") }.into(),
        SessionEnded { session: absent().0, on: date("2026-01-07") }.into(),
        SessionsEnded { on: date("2026-01-08") }.into(),
    ];
    events.extend(Relation::ALL.iter().map(|relation| declared(*relation).into()));
    events
}
