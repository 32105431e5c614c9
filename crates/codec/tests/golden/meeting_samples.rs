//! Samples of what can happen to a meeting.

use procedure::OfficerId;
use procedure::meeting::{Event, MeetingRecorded};
use uuid::Uuid;

use crate::values::{date, digest, officer, sealed};

pub(crate) fn events() -> Vec<Event> {
    let absent = OfficerId(Uuid::from_u128(0x0ff1_ce00_0000_5000_8000_0000_0000_0002));
    let recorded = MeetingRecorded {
        procedure: "family.sample-2026".parse().unwrap(),
        step: "hamlet_meeting".parse().unwrap(),
        unit: "05158-01".parse().unwrap(),
        held_on: date("2026-05-08"),
        convened: 40,
        present: vec![sealed("present"), sealed("present")],
        minutes: sealed("minutes"),
        paper: Some(digest()),
        by: officer(),
        in_place_of: Some(absent),
        on: date("2026-05-10"),
    };
    vec![
        recorded.clone().into(),
        MeetingRecorded { paper: None, in_place_of: None, ..recorded }.into(),
    ]
}
