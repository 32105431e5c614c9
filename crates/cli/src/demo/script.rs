//! The whole year as a list of acts, in order of time.

use jiff::civil::date;
use procedure::SubjectKind;

use super::act::{Act, Deed};
use super::book::Books;
use super::calendar::{Desk, Moment, at_one_of, moment};
use super::desks::Desks;
use super::dice::Dice;
use super::fate::{self, Fate};
use super::world::World;
use crate::official::Reorganisation;

mod story;

/// Writes the year: the setting up, then the story of each case.
pub(super) fn write(
    seed: u64,
    world: &World,
    books: &Books,
    official: &[Reorganisation],
    definitions: usize,
) -> anyhow::Result<Vec<Act>> {
    let (mut dice, desks) = (Dice::new(seed, "script"), Desks::of(seed));
    let mut acts = Vec::new();
    law(&mut acts, official, definitions);
    officers(&mut acts, &mut dice, world, &desks);
    let fates = fate::of_all(seed, world);
    for (subject, fate) in fates.into_iter().enumerate() {
        let entered = enter(&mut acts, &mut dice, world, &desks, subject);
        if fate != Fate::Unregistered {
            let book = books.title(title_of(world.subjects[subject].kind))?;
            let mut story = story::Story::new(world, book, &desks, &mut dice, subject, entered);
            story.tell(fate);
            acts.append(&mut story.acts);
        }
    }
    // Stable: what happens at one moment stays as it was written.
    acts.sort_by_key(|act| act.at);
    Ok(acts)
}

/// The title that a kind of subject strives for here.
pub(super) fn title_of(kind: SubjectKind) -> procedure::Title {
    match kind {
        SubjectKind::Household => procedure::Title::Family,
        SubjectKind::Clan => procedure::Title::Clan,
        SubjectKind::Community => procedure::Title::Community,
        SubjectKind::Organisation => procedure::Title::Organisation,
        SubjectKind::Citizen => procedure::Title::Citizen,
    }
}

/// Official units and definitions: what there is on 2 January, and later changes on their days.
fn law(acts: &mut Vec<Act>, official: &[Reorganisation], definitions: usize) {
    let first = moment(date(2026, 1, 2), 7, 30);
    for (place, one) in official.iter().enumerate() {
        let at = moment(one.effective.into(), 7, 30).max(first);
        acts.push(Act { at, by: None, deed: Deed::Reorganise(place) });
    }
    let at = moment(date(2026, 1, 2), 8, 15);
    acts.extend((0..definitions).map(|place| Act { at, by: None, deed: Deed::Publish(place) }));
}

/// The operator enrols the administrator and the province's supervisor; the administrator all
/// others, and notes in February what is their own.
fn officers(acts: &mut Vec<Act>, dice: &mut Dice, world: &World, desks: &Desks) {
    let administrator = world.posts.administrator;
    let mut at = moment(date(2026, 1, 5), 8, 0);
    acts.push(Act { at, by: Some(administrator), deed: Deed::ListHamlets });
    for (officer, member) in world.officers.iter().enumerate() {
        let by_operator = officer == administrator || officer == world.posts.supervisor;
        let (mut then, by) = match by_operator {
            true => (moment(date(2026, 1, 2), 9, 0), None),
            false => (at + dice.between(60, 180) * 1000, Some(administrator)),
        };
        acts.push(Act { at: then, by, deed: Deed::Enrol { officer } });
        for role in 0..member.roles.len() {
            then += dice.between(5, 30) * 1000;
            acts.push(Act { at: then, by, deed: Deed::Appoint { officer, role } });
        }
        if !by_operator {
            at = then;
        }
        for interest in 0..member.interests.len() {
            let at = at_one_of(&[&desks.interests], dice, at);
            let deed = Deed::DeclareInterest { officer, interest };
            acts.push(Act { at, by: Some(administrator), deed });
        }
    }
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
    acts.push(Act { at, by: Some(by), deed: Deed::Enter { subject } });
    at
}
