//! Random stories: who tries what, how many days later. Most attempts are sensible where the case
//! stands, so that stories get far; some are careless and some are meant badly.

use alloc::vec;
use alloc::vec::Vec;

use proptest::prelude::*;

use super::rights::competent;
use super::world::{World, decision_id, this_case};
use crate::case::spec::full::{leader, meeting, minutes, resolve, say};
use crate::case::spec::*;
use crate::case::{
    ClaimInput, Command, DecisionReference, Finding, Meeting, ObjectionKind, Phase, ReviewInput,
    Routine, State, Votes,
};
use crate::date::{Date, Period};
use crate::definition::Definition;
use crate::officer::{Delegated, DelegationEnded, InterestDeclared, Relation, Relieved};
use crate::territory::UnitLevel;
use crate::{decision, officer};

/// The commune decides until 30 June 2026, the province from 1 July.
pub(super) fn definition() -> Definition {
    let mut definition = sample::full();
    let commune = sample::performer("commune-chair", UnitLevel::Commune);
    let province = sample::performer("province-chair", UnitLevel::Province);
    definition.steps[5].performers = sample::passing(commune, date("2026-06-30"), province);
    definition.season.recognition_from = None;
    definition
}

const ROLES: [&str; 7] = [
    "hamlet-recorder",
    "hamlet-reviewer",
    "hamlet-leader",
    "commune-reviewer",
    "commune-chair",
    "province-chair",
    "administrator",
];

fn all_roles(code: &str, unit: &str) -> Officer {
    ROLES.iter().fold(officer(code), |by, role| by.with(role, unit))
}

/// Those who take the steps when everything goes its way.
const RECORDER: usize = 0;
const REVIEWER: usize = 1;
const LEADER: usize = 2;
const ASSOCIATION: usize = 3;
const CHAIR: usize = 4;
const PROVINCE: usize = 5;
/// The first of two who have no office.
const DEPUTY: usize = 15;

/// Officers whose appointments overlap in every way that could tempt somebody.
pub(super) fn cast() -> Vec<Officer> {
    let roles = |code: &str, unit: &str, roles: &[&str]| {
        roles.iter().fold(officer(code), |by, role| by.with(role, unit))
    };
    vec![
        recorder(),
        reviewer(),
        leader(),
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
        officer("former").for_term("commune-chair", "VN", "2026-01-01", Some("2026-05-31")),
        officer("deputy"),
        officer("nobody"),
    ]
}

/// One attempt.
#[derive(Clone, Debug)]
pub(super) struct Attempt {
    by: usize,
    other: usize,
    pub(super) days_later: u8,
    kind: u8,
    points: [i64; 3],
    /// Spoils the input in one of several ways; most numbers spoil nothing.
    spoil: u8,
    /// A choice among what would do.
    choice: u8,
    days_back: u8,
}

pub(super) fn story() -> impl Strategy<Value = Vec<Attempt>> {
    proptest::collection::vec(attempt(), 1..100)
}

fn attempt() -> impl Strategy<Value = Attempt> {
    let points = prop_oneof![
        6 => Just([40, 30, 30]),
        2 => Just([20, 15, 15]),
        1 => Just([10, 10, 4]),
        2 => [-1i64..42, 0i64..31, 0i64..31],
    ];
    let days_later = prop_oneof![60 => 0u8..5, 30 => 0u8..14, 8 => 0u8..60, 1 => 150u8..250];
    let days_back = prop_oneof![5 => Just(0u8), 1 => 0u8..60];
    let people = (0..cast().len(), 0..cast().len());
    (people, days_later, 0u8..64, points, (0u8..40, 0u8..12), days_back).prop_map(
        |((by, other), days_later, kind, points, (spoil, choice), days_back)| Attempt {
            by,
            other,
            days_later,
            kind,
            points,
            spoil,
            choice,
            days_back,
        },
    )
}

/// What is tried.
pub(super) enum Try {
    /// Something with the case, by somebody of the cast.
    Officer { by: usize, command: Command },
    /// What the program does by itself.
    Program(Routine),
    /// Something with one of the decisions.
    Decision { by: usize, number: usize, command: decision::Command },
    /// Something that happens to one of the cast.
    Appointment { of: usize, event: officer::Event },
}

impl Attempt {
    /// What the state asks for in half of the cases, anything otherwise.
    pub(super) fn choose(&self, world: &World) -> Try {
        let (state, today) = (&world.scene.state, world.today);
        let command = match self.kind {
            0..32 => return self.fitting(world),
            32 => Command::Claim,
            33 => Command::Release,
            34 => Command::Assign { reason: None },
            35 => Command::TakeOver { reason: words("why") },
            36 => register(),
            37 => self.self_assess(),
            38 => self.supplement(),
            39 => self.review(state),
            40 => send_back(),
            41 => Command::TakeOver { reason: words("why") },
            42 => self.vote(today),
            43 => self.post(today),
            44 | 45 => self.object(),
            46 => self.resolve(state),
            47 => Command::ClosePosting,
            48 => Command::Recognise { decision: self.decision(today) },
            49 => self.refuse(today),
            50 if self.spoil < 8 => withdraw(),
            50 | 51 => return Try::Program(Routine::Lapse),
            52..54 => return Try::Program(Routine::Watch),
            54 => return self.follow(world),
            55 | 56 => return self.bulk(world),
            57..60 => return self.delegated(world),
            60 => return self.delegation_ended(world),
            61 if self.spoil < 20 => return self.relieved(world),
            62 if self.spoil < 8 => return self.grown_fond(),
            _ => return self.fitting(world),
        };
        Try::Officer { by: self.somebody(world), command }
    }

    fn fitting(&self, world: &World) -> Try {
        let (state, today) = (&world.scene.state, world.today);
        let command = match &state.phase {
            Phase::Absent => register(),
            Phase::Returned { .. } => self.supplement(),
            Phase::Open { turn, .. } => match turn.step.as_str() {
                "self_assessment" if self.choice == 0 => return Try::Program(Routine::Watch),
                "self_assessment" => self.self_assess(),
                "hamlet_meeting" => self.vote(today),
                "posting" => return self.public(world),
                "decision" if state.placed.is_some() || self.choice < 7 => return self.bulk(world),
                "decision" if self.choice == 7 => send_back(),
                "decision" if self.choice == 8 => self.refuse(today),
                "decision" if self.choice == 9 => return Try::Program(Routine::Watch),
                "decision" => Command::Recognise { decision: self.decision(today) },
                _ if self.choice == 0 => send_back(),
                _ if self.choice < 3 => return Try::Program(Routine::Watch),
                _ => self.review(state),
            },
            Phase::Recognised { .. } => return self.titled(world),
            Phase::Refused { .. } | Phase::Withdrawn { .. } => Command::Claim,
        };
        Try::Officer { by: self.somebody(world), command }
    }

    /// Who tries: anybody, whose turn it is, or somebody in his place.
    fn somebody(&self, world: &World) -> usize {
        let state = &world.scene.state;
        let step = match &state.phase {
            Phase::Open { turn, .. } | Phase::Returned { turn, .. } => turn.step.as_str(),
            Phase::Absent => "self_assessment",
            _ => "decision",
        };
        let (role, _) = competent(step, world.today);
        let holds = |by: &usize| Some(world.cast[*by].id) == state.holder();
        match self.spoil % 8 {
            0 | 1 => self.by,
            2..5 => {
                let stands_in = |by: &usize| {
                    let mut passed = world.cast[*by].state.delegations.iter();
                    passed.any(|one| one.role.as_str() == role && one.term.contains(world.today))
                };
                let all = 0..world.cast.len();
                all.rev().find(stands_in).unwrap_or_else(|| self.natural(step, world.today))
            }
            5 => (0..world.cast.len()).find(holds).unwrap_or(self.by),
            _ => self.natural(step, world.today),
        }
    }

    fn natural(&self, step: &str, today: Date) -> usize {
        match (step, competent(step, today).0) {
            ("self_assessment", _) => RECORDER,
            ("hamlet_review", _) => REVIEWER,
            ("hamlet_meeting" | "posting", _) => LEADER,
            ("commune_review", _) => ASSOCIATION,
            (_, "commune-chair") => CHAIR,
            _ => PROVINCE,
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
        Command::SelfAssess { lines: self.lines(), declarant: None }
    }

    fn supplement(&self) -> Command {
        let mut lines = self.lines();
        lines.truncate(usize::from(self.choice % 4));
        supplements(lines)
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

    fn vote(&self, today: Date) -> Command {
        let (convened, present) = if self.spoil == 0 { (40, 19) } else { (40, 30) };
        let in_favour = if self.choice < 2 { present / 2 } else { present };
        let against = if self.spoil == 1 { 3 } else { present - in_favour };
        let meeting = Meeting { held_on: self.earlier(today), convened, present, ..meeting() };
        minutes(meeting, Votes { in_favour, against, abstained: 0 })
    }

    /// What a posting asks for.
    fn public(&self, world: &World) -> Try {
        let (state, today) = (&world.scene.state, world.today);
        let hangs = state.posted.is_some();
        let command = match self.choice {
            0 => send_back(),
            1 | 2 => self.object(),
            3..6 if state.open_objection().is_some() => self.resolve(state),
            3..6 if hangs => Command::ClosePosting,
            _ if hangs => return Try::Program(Routine::Watch),
            _ => self.post(today),
        };
        Try::Officer { by: self.somebody(world), command }
    }

    fn post(&self, today: Date) -> Command {
        let until = today.plus_days(4 + i32::from(self.choice) - i32::from(self.spoil == 0));
        Command::Post { days: Period { from: self.earlier(today), until }, place: "x".into() }
    }

    fn object(&self) -> Command {
        let comment = self.spoil.is_multiple_of(3);
        say(if comment { ObjectionKind::Comment } else { ObjectionKind::Objection })
    }

    fn resolve(&self, state: &State) -> Command {
        let open = state.open_objection().map_or(u16::from(self.choice), |open| open.number);
        resolve(open, self.spoil.is_multiple_of(4))
    }

    fn earlier(&self, today: Date) -> Date {
        today.plus_days(-i32::from(self.days_back)).unwrap()
    }

    fn decision(&self, today: Date) -> DecisionReference {
        let number = if self.spoil == 0 { " " } else { "125/QĐ-UBND" };
        // Nobody but the program speaks for a decision over many cases.
        let id = (self.spoil == 1).then(|| decision_id(0));
        DecisionReference { number: number.into(), date: self.earlier(today), id }
    }

    fn refuse(&self, today: Date) -> Command {
        Command::Refuse { decision: self.decision(today), reason: words("why") }
    }

    /// To whom a case is given, where it is.
    pub(super) fn assignee(&self, world: &World) -> usize {
        let turn = world.scene.state.turn().map(|turn| turn.step.as_str());
        match turn {
            Some(step) if self.choice < 8 => self.natural(step, world.today),
            _ => self.other,
        }
    }

    /// What a title asks for.
    fn titled(&self, world: &World) -> Try {
        let today = world.today;
        let command = match self.choice {
            11 => Command::Revoke {
                decision: self.decision(today),
                from: self.earlier(today),
                ground: words("why"),
            },
            0..6 => return self.bulk(world),
            6..9 => return Try::Program(Routine::Lapse),
            _ => return Try::Program(Routine::Watch),
        };
        Try::Officer { by: self.somebody(world), command }
    }

    fn follow(&self, world: &World) -> Try {
        let number = usize::from(self.choice) % world.decisions.len();
        Try::Program(Routine::FollowDecision { decision: decision_id(number) })
    }

    /// The next thing on the way of a decision over many cases.
    fn bulk(&self, world: &World) -> Try {
        let (last, today) = (world.decisions.len() - 1, world.today);
        let draft = &world.decisions[last];
        let placed = world.scene.state.placed.is_some();
        let (reason, number) = (words("why"), "9/QĐ-UBND".into());
        let cancelled = self.choice < 3 && !draft.is_draft() && last > 0;
        let command = match self.spoil {
            0..3 if draft.is_draft() => decision::Command::Discard { reason },
            3..6 if draft.is_draft() => decision::Command::TakeOff { case: this_case(), reason },
            _ if cancelled => {
                let command = decision::Command::Cancel { number, date: today, reason };
                return Try::Decision { by: self.somebody(world), number: last - 1, command };
            }
            _ if !draft.is_draft() && last > 0 && self.choice < 9 => {
                let decision = decision_id(last - 1);
                return Try::Program(Routine::FollowDecision { decision });
            }
            _ if !draft.is_draft() => {
                decision::Command::Draft { year: 2026, unit: world.deciding_unit() }
            }
            _ if !draft.lists(this_case()) => decision::Command::List { cases: vec![this_case()] },
            _ if !placed => {
                return Try::Program(Routine::FollowDecision { decision: decision_id(last) });
            }
            _ => {
                let annex = "a".repeat(64).try_into().unwrap();
                decision::Command::Sign { number, date: self.earlier(today), annex }
            }
        };
        Try::Decision { by: self.somebody(world), number: last, command }
    }

    /// One of the cast passes a power on, which he may not even have.
    fn delegated(&self, world: &World) -> Try {
        // Mostly by those who take the steps, to one of two who have nothing of their own.
        let from = if self.spoil < 12 { self.other } else { self.other % 6 };
        let held = &world.cast[from].state.appointments;
        let choice = usize::from(self.choice);
        let (role, unit) = match held.get(choice % held.len().max(1)) {
            Some(held) if self.spoil > 5 => (held.role.clone(), held.unit.clone()),
            _ => (ROLES[choice % 7].parse().unwrap(), PLACE[choice % 4].parse().unwrap()),
        };
        let on = self.earlier(world.today);
        let term = Period { from: on, until: on.plus_days(i32::from(self.spoil) * 4) };
        let delegator = world.cast[from].id;
        let event = Delegated { delegator, role, unit, term, on }.into();
        let of = match self.choice {
            0..5 => DEPUTY,
            5..9 => DEPUTY + 1,
            _ => self.by,
        };
        Try::Appointment { of, event }
    }

    fn delegation_ended(&self, world: &World) -> Try {
        let Some((of, passed)) = passed_on(world, self.choice) else {
            return self.fitting(world);
        };
        let (delegator, role, unit) = (passed.delegator, passed.role.clone(), passed.unit.clone());
        let (from, on) = (self.earlier(world.today), world.today);
        Try::Appointment { of, event: DelegationEnded { delegator, role, unit, from, on }.into() }
    }

    /// Somebody who has passed a power on loses the office that it comes from.
    fn relieved(&self, world: &World) -> Try {
        let Some((_, passed)) = passed_on(world, self.choice) else { return self.fitting(world) };
        let of = world.cast.iter().position(|officer| officer.id == passed.delegator).unwrap();
        let (role, unit) = (passed.role.clone(), passed.unit.clone());
        Try::Appointment { of, event: Relieved { role, unit, from: world.today }.into() }
    }

    /// Somebody marries into the family.
    fn grown_fond(&self) -> Try {
        let (subject, relation) = (family(), Relation::Clan);
        let event = InterestDeclared { subject, relation, on: date("2026-03-01") };
        Try::Appointment { of: self.by, event: event.into() }
    }
}

/// One of the powers that were passed on, and to whom.
fn passed_on(world: &World, choice: u8) -> Option<(usize, &officer::Delegation)> {
    let all = world.cast.iter().enumerate();
    let passed = all
        .flat_map(|(of, officer)| officer.state.delegations.iter().map(move |passed| (of, passed)));
    let all: Vec<_> = passed.collect();
    all.get(usize::from(choice) % all.len().max(1)).copied()
}
