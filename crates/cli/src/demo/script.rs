//! The whole year as a list of acts, in order of time.

use std::collections::BTreeSet;

use jiff::civil::date;
use procedure::{Calendar, SubjectKind, Title};

use super::act::{Act, CaseDeed, Decision, Deed, Meeting};
use super::book::Books;
use super::calendar::{Desk, Moment, at_one_of, moment};
use super::desks::{Desks, delegation};
use super::dice::Dice;
use super::fate::{self, Fate};
use super::world::World;
use crate::official::Reorganisation;

mod meetings;
mod public;
mod rounds;
mod story;

use meetings::Meetings;
use rounds::{Rounds, Waiting};
use story::{Scene, Story};

/// Everything that happens, and what the acts refer to.
pub(super) struct Script {
    pub(super) acts: Vec<Act>,
    pub(super) meetings: Vec<Meeting>,
    pub(super) decisions: Vec<Decision>,
}

/// Writes the year: the setting up, the story of each case, then the rounds of decisions.
pub(super) fn write(
    seed: u64,
    (world, calendar): (&World, &Calendar),
    books: &Books,
    official: &[Reorganisation],
    definitions: usize,
) -> anyhow::Result<Script> {
    let (mut dice, desks) = (Dice::new(seed, "script"), Desks::of(seed, calendar, world));
    let meetings = Meetings::of(seed, world, books.title(Title::Family)?.posting_days);
    let mut acts = Vec::new();
    law(&mut acts, official, definitions);
    officers(&mut acts, &mut dice, world, &desks);
    let fates = fate::of_all(seed, world);
    let mut said = public::said(seed, world, &fates);
    let mut waiting = Vec::new();
    let scene = Scene { world, desks: &desks, meetings: &meetings };
    for (subject, fate) in fates.into_iter().enumerate() {
        let entered = enter(&mut acts, &mut dice, world, &desks, subject);
        if fate != Fate::Unregistered {
            let title = title_of(world.subjects[subject].kind);
            let said = said.remove(&subject);
            let mut story = Story::new(scene, books.title(title)?, &mut dice, subject, entered);
            let ready = story.tell(fate, said);
            acts.append(&mut story.acts);
            waiting.extend(ready.map(|ready| Waiting { subject, title, ready, fate }));
        }
    }
    minutes(&mut acts, world, &meetings);
    let mut rounds = Rounds::new(seed, world, &desks, waiting);
    rounds.write();
    acts.append(&mut rounds.acts);
    // Stable: what happens at one moment stays as it was written.
    acts.sort_by_key(|act| act.at);
    let (decisions, meetings) = (rounds.decisions, meetings.into_meetings());
    Ok(Script { acts, meetings, decisions })
}

/// The title that a kind of subject strives for here.
pub(super) fn title_of(kind: SubjectKind) -> Title {
    match kind {
        SubjectKind::Household => Title::Family,
        SubjectKind::Clan => Title::Clan,
        SubjectKind::Community => Title::Community,
        SubjectKind::Organisation => Title::Organisation,
        SubjectKind::Citizen => Title::Citizen,
    }
}

/// The calendar, official units and definitions: what there is on 2 January, and later changes on
/// their days.
fn law(acts: &mut Vec<Act>, official: &[Reorganisation], definitions: usize) {
    let first = moment(date(2026, 1, 2), 7, 30);
    acts.push(Act::new(first, None, Deed::SetCalendar));
    for (place, one) in official.iter().enumerate() {
        let at = moment(one.effective.into(), 7, 30).max(first);
        acts.push(Act::new(at, None, Deed::Reorganise(place)));
    }
    let at = moment(date(2026, 1, 2), 8, 15);
    acts.extend((0..definitions).map(|place| Act::new(at, None, Deed::Publish(place))));
}

/// The operator enrols the administrator and the province's supervisor; the administrator all
/// others, and notes in February what is their own. In November the chair says who decides in his
/// place while he is away.
fn officers(acts: &mut Vec<Act>, dice: &mut Dice, world: &World, desks: &Desks) {
    let administrator = world.posts.administrator;
    let mut at = moment(date(2026, 1, 5), 8, 0);
    acts.push(Act::new(at, Some(administrator), Deed::ListHamlets));
    for (officer, member) in world.officers.iter().enumerate() {
        let by_operator = officer == administrator || officer == world.posts.supervisor;
        let (mut then, by) = match by_operator {
            true => (moment(date(2026, 1, 2), 9, 0), None),
            false => (at + dice.between(60, 180) * 1000, Some(administrator)),
        };
        acts.push(Act::new(then, by, Deed::Enrol { officer }));
        for role in 0..member.roles.len() {
            then += dice.between(5, 30) * 1000;
            acts.push(Act::new(then, by, Deed::Appoint { officer, role }));
        }
        if !by_operator {
            at = then;
        }
        for interest in 0..member.interests.len() {
            let at = at_one_of(&[&desks.interests], dice, at);
            let deed = Deed::DeclareInterest { officer, interest };
            acts.push(Act::new(at, Some(administrator), deed));
        }
    }
    let (chair, to) = (world.posts.chair, world.posts.vice_chair);
    let at = moment(date(2026, 11, 23), 16, 0);
    acts.push(Act::new(at, Some(chair), Deed::Delegate { to, term: delegation() }));
}

/// Heads of hamlets enter who lives there, the administrator the organisations.
fn enter(
    acts: &mut Vec<Act>,
    dice: &mut Dice,
    world: &World,
    desks: &Desks,
    subject: usize,
) -> Moment {
    let (by, desk): (usize, &Desk) = match world.subjects[subject].hamlet {
        Some(hamlet) => (world.posts.recorders[hamlet], &desks.hamlets[hamlet].enter),
        None => (world.posts.administrator, &desks.administrator),
    };
    let at = at_one_of(&[desk], dice, moment(date(2026, 1, 6), 12, 0));
    acts.push(Act::new(at, Some(by), Deed::Enter { subject }));
    at
}

/// The reviewer of a hamlet enters the minutes of each meeting that voted on some case.
fn minutes(acts: &mut Vec<Act>, world: &World, meetings: &Meetings) {
    let voted = acts.iter().filter_map(|act| match act.deed {
        Deed::Case { deed: CaseDeed::Vote { meeting, .. }, .. } => Some(meeting),
        _ => None,
    });
    let voted: BTreeSet<usize> = voted.collect();
    acts.extend(voted.into_iter().map(|place| {
        let gathering = meetings.get(place);
        let by = world.posts.reviewers[gathering.meeting.hamlet];
        Act::new(gathering.entered, Some(by), Deed::Minutes(place))
    }));
}
