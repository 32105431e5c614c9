//! Random stories: who tries what, how many days later. Most attempts are sensible where the case
//! stands, so that stories get far; some are careless and some are meant badly.

use alloc::vec;
use alloc::vec::Vec;

use proptest::prelude::*;

use crate::case::spec::*;
use crate::case::{ClaimInput, Command, DecisionReference, Finding, Phase, ReviewInput, State};
use crate::date::Date;
use crate::definition::{Definition, Performer};
use crate::officer::Relation;
use crate::territory::UnitLevel;

/// The commune decides until 14 November 2026, the province from the 15th.
pub(super) fn definition() -> Definition {
    let mut definition = sample::definition();
    let commune = Performer {
        until: Some(date("2026-11-14")),
        ..sample::performer("commune-chair", UnitLevel::Commune)
    };
    let province = Performer {
        from: Some(date("2026-11-15")),
        ..sample::performer("province-chair", UnitLevel::Province)
    };
    definition.steps[3].performers = vec![commune, province];
    definition.season.recognition_from = None;
    definition
}

const ROLES: [&str; 6] = [
    "hamlet-recorder",
    "hamlet-reviewer",
    "commune-reviewer",
    "commune-chair",
    "province-chair",
    "administrator",
];

fn all_roles(code: &str, unit: &str) -> Officer {
    ROLES.iter().fold(officer(code), |by, role| by.with(role, unit))
}

/// Officers whose appointments overlap in every way that could tempt somebody.
pub(super) fn cast() -> Vec<Officer> {
    let roles = |code: &str, unit: &str, roles: &[&str]| {
        roles.iter().fold(officer(code), |by, role| by.with(role, unit))
    };
    vec![
        recorder(),
        reviewer(),
        association(),
        chair(),
        officer("province").with("province-chair", "25"),
        all_roles("mandarin", "VN"),
        all_roles("second-mandarin", "25"),
        all_roles("cousin", "VN").owning(family(), Relation::Clan),
        officer("head").owning(family(), Relation::Household),
        roles("small-king", "05158-01", &ROLES),
        roles("clerk", "05158", &["hamlet-recorder", "hamlet-reviewer", "commune-reviewer"]),
        all_roles("elsewhere", "05159"),
        officer("short").for_term("hamlet-reviewer", "VN", "2026-03-01", Some("2026-06-30")),
        officer("former").for_term("commune-chair", "VN", "2026-01-01", Some("2026-10-31")),
        officer("nobody"),
    ]
}

/// One attempt.
#[derive(Clone, Debug)]
pub(super) struct Attempt {
    pub(super) by: usize,
    pub(super) days_later: u8,
    kind: u8,
    points: [i64; 3],
    /// Spoils the input in one of several ways; most numbers spoil nothing.
    spoil: u8,
    days_back: u8,
}

pub(super) fn story() -> impl Strategy<Value = Vec<Attempt>> {
    proptest::collection::vec(attempt(), 1..60)
}

fn attempt() -> impl Strategy<Value = Attempt> {
    let points = prop_oneof![
        6 => Just([40, 30, 30]),
        2 => Just([20, 15, 15]),
        1 => Just([10, 10, 4]),
        2 => [-1i64..42, 0i64..31, 0i64..31],
    ];
    let days_later = prop_oneof![6 => 0u8..10, 2 => 0u8..60];
    let days_back = prop_oneof![5 => Just(0u8), 1 => 0u8..60];
    (0..cast().len(), days_later, 0u8..24, points, 0u8..40, days_back).prop_map(
        |(by, days_later, kind, points, spoil, days_back)| Attempt {
            by,
            days_later,
            kind,
            points,
            spoil,
            days_back,
        },
    )
}

impl Attempt {
    /// What is tried: what the state asks for in half of the cases, anything otherwise.
    pub(super) fn command(&self, state: &State, today: Date) -> Command {
        match self.kind {
            0..8 => self.fitting(state, today),
            8..10 => Command::Claim,
            10..12 => Command::Release,
            12 => register(),
            13 => self.self_assess(),
            14 | 15 => self.supplement(),
            16 | 17 => self.review(state),
            18..21 => send_back(),
            21 => Command::Recognise { decision: self.decision(today) },
            22 => self.refuse(today),
            _ if self.spoil < 12 => withdraw(),
            _ => self.fitting(state, today),
        }
    }

    fn fitting(&self, state: &State, today: Date) -> Command {
        match &state.phase {
            Phase::Absent => register(),
            Phase::Returned { .. } => self.supplement(),
            Phase::Open { turn, .. } => match turn.step.as_str() {
                "self_assessment" => self.self_assess(),
                "decision" if self.spoil.is_multiple_of(3) => self.refuse(today),
                "decision" => Command::Recognise { decision: self.decision(today) },
                _ => self.review(state),
            },
            Phase::Recognised { .. } | Phase::Refused { .. } | Phase::Withdrawn { .. } => {
                Command::Claim
            }
        }
    }

    fn lines(&self) -> Vec<ClaimInput> {
        let ids = sample::INDICATORS.iter().map(|(id, _)| *id);
        let mut lines: Vec<_> =
            ids.zip(self.points).map(|(id, points)| claim_line(id, points)).collect();
        match self.spoil {
            0 => drop(lines.pop()),
            1 => lines.push(claim_line("1a", 1)),
            2 => lines.push(claim_line("9z", 1)),
            3 => lines.iter_mut().for_each(|line| line.evidence.clear()),
            _ => {}
        }
        lines
    }

    fn self_assess(&self) -> Command {
        Command::SelfAssess { lines: self.lines() }
    }

    fn supplement(&self) -> Command {
        let mut lines = self.lines();
        lines.truncate(usize::from(self.spoil % 4));
        Command::Supplement { lines }
    }

    fn review(&self, state: &State) -> Command {
        let ids = sample::INDICATORS.iter().map(|(id, _)| *id);
        let mut lines: Vec<_> = ids
            .zip(self.points)
            .map(|(id, points)| {
                let claimed = state.claimed(&id.parse().unwrap()).unwrap_or(0);
                review_line(id, i64::from(claimed), points)
            })
            .collect();
        match self.spoil {
            0 => drop(lines.pop()),
            1 => lines.push(review_line("2a", 0, 0)),
            2 => lines.iter_mut().for_each(|line| line.finding = Finding::Unsupported),
            3 => lines.iter_mut().for_each(|line: &mut ReviewInput| line.note = None),
            _ => {}
        }
        Command::Review { lines }
    }

    fn decision(&self, today: Date) -> DecisionReference {
        let day = (0..self.days_back).try_fold(today, |day, _| day.day_before());
        let number = if self.spoil == 0 { " " } else { "125/QĐ-UBND" };
        DecisionReference { number: number.into(), date: day.unwrap_or(today) }
    }

    fn refuse(&self, today: Date) -> Command {
        Command::Refuse { decision: self.decision(today), reason: words("why") }
    }
}
