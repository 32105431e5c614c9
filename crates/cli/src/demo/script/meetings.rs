//! The meetings of the hamlets and the lists that they hang out: two of each in every hamlet.

use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use procedure::MeetingId;
use procedure::date::Period;
use procedure::name::NAMESPACE;
use uuid::Uuid;

use crate::demo::act::Meeting;
use crate::demo::calendar::{MINUTE, Moment, moment};
use crate::demo::dice::Dice;
use crate::demo::words;
use crate::demo::world::{HAMLETS, World};

/// Meetings of a hamlet.
const EACH: usize = 2;

/// A meeting and the list that follows from it.
pub(super) struct Gathering {
    pub(super) meeting: Meeting,
    /// When it begins.
    pub(super) begins: Moment,
    /// When its minutes are entered.
    pub(super) entered: Moment,
    /// When the list is hung out.
    pub(super) posted: Moment,
    /// The days on which it hangs.
    pub(super) days: Period,
    /// When the program closes the posting.
    pub(super) closed: Moment,
}

/// All meetings, by hamlet.
pub(super) struct Meetings(Vec<Gathering>);

impl Meetings {
    /// `days` is how long a list hangs out.
    pub(super) fn of(seed: u64, world: &World, days: u16) -> Self {
        let mut dice = Dice::new(seed, "meetings");
        let each = (0..HAMLETS).flat_map(|hamlet| (0..EACH).map(move |number| (hamlet, number)));
        let all = each.map(|(hamlet, number)| {
            let id = format!("demo/{seed}/meeting/{hamlet}/{number}");
            let id = MeetingId(Uuid::new_v5(&NAMESPACE, id.as_bytes()));
            let held = held(&mut dice, world.hamlets[hamlet].late, number);
            gathering(&mut dice, world, (id, hamlet), (held, days))
        });
        Self(all.collect())
    }

    /// The hamlet's next meeting that begins after a moment, by its place in the list.
    pub(super) fn after(&self, hamlet: usize, moment: Moment) -> Option<usize> {
        (hamlet * EACH..(hamlet + 1) * EACH).find(|place| self.0[*place].begins > moment)
    }

    pub(super) fn get(&self, place: usize) -> &Gathering {
        &self.0[place]
    }

    pub(super) fn into_meetings(self) -> Vec<Meeting> {
        self.0.into_iter().map(|gathering| gathering.meeting).collect()
    }
}

/// The day of a meeting. The second list of a late hamlet still hangs when the play ends.
fn held(dice: &mut Dice, late: bool, number: usize) -> Date {
    let (first, spread) = match (late, number) {
        (false, 0) => (date(2026, 10, 17), 5),
        (false, _) => (date(2026, 11, 4), 4),
        (true, 0) => (date(2026, 11, 12), 1),
        (true, _) => (date(2026, 11, 28), 0),
    };
    later(first, dice.between(0, spread))
}

fn gathering(
    dice: &mut Dice,
    world: &World,
    (id, hamlet): (MeetingId, usize),
    (held, days): (Date, u16),
) -> Gathering {
    let (first, last) = (later(held, 2), later(held, 1 + i64::from(days)));
    let present = present(dice, world, hamlet);
    let came = u32::try_from(present.len()).unwrap_or(u32::MAX);
    let convened = came + came * u32::try_from(dice.between(5, 60)).unwrap_or(0) / 100;
    Gathering {
        meeting: Meeting { id, hamlet, held_on: held.into(), convened, present },
        begins: moment(held, 19, 30),
        entered: moment(later(held, 1), 8, 0) + dice.between(0, 90) * MINUTE,
        posted: moment(first, 7, 0) + dice.between(0, 60) * MINUTE,
        days: Period { from: first.into(), until: Some(last.into()) },
        closed: moment(later(last, 1), 0, 10),
    }
}

/// 25 to 60 people, fewer in a hamlet that has not so many households.
fn present(dice: &mut Dice, world: &World, hamlet: usize) -> Vec<String> {
    let officer = |place: usize| &world.officers[place].name;
    let of_office = [
        (officer(world.posts.recorders[hamlet]), words::CHAIRS_MEETING),
        (officer(world.posts.reviewers[hamlet]), words::WRITES_MINUTES),
    ];
    let mut heads: Vec<_> =
        world.households(hamlet).map(|one| (&one.name, words::FOR_HOUSEHOLD)).collect();
    dice.shuffle(&mut heads);
    let others = usize::try_from(dice.between(23, 58)).unwrap_or(0);
    let all = of_office.into_iter().chain(heads.into_iter().take(others));
    all.map(|(name, capacity)| format!("{name}, {capacity}")).collect()
}

fn later(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap_or(day)
}
