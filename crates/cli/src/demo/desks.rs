//! When each officer does each kind of work in 2026.

use jiff::civil::{Date, date};
use procedure::Calendar;
use procedure::date::Period;

use super::calendar::{DAY, Desk, Moment, moment};
use super::dice::Dice;
use super::world::{HAMLETS, World};

/// The sittings of one hamlet's volunteers.
pub(super) struct HamletDesks {
    /// Enter households and clans.
    pub(super) enter: Desk,
    /// Register them, January to April.
    pub(super) register: Desk,
    /// Register the stragglers, May and June.
    pub(super) straggle: Desk,
    /// Take in self-assessments of families.
    pub(super) assess: Desk,
    /// Take in the late ones.
    pub(super) assess_late: Desk,
    /// Take in those of clans and of the community.
    pub(super) assess_bodies: Desk,
    /// Review families before the first meeting.
    pub(super) review: Desk,
    /// Review what came back, before the second.
    pub(super) review_late: Desk,
    /// Review what comes after the last meeting.
    pub(super) review_last: Desk,
    /// Review clans and the community.
    pub(super) review_bodies: Desk,
    /// Take in what the hamlet asked for.
    pub(super) supplement: Desk,
    /// Take in what the commune asked for.
    pub(super) supplement_late: Desk,
}

/// A round of decisions.
pub(super) struct Round {
    /// When the cases are put on the drafts.
    pub(super) listed: Moment,
    /// When the drafts are signed.
    pub(super) signed: Moment,
    /// Whether the vice-chair signs in the chair's place.
    pub(super) by_vice_chair: bool,
}

/// Days on which somebody is away, and when whatever he holds was taken to him at the latest.
pub(super) struct Absence {
    pub(super) from: Moment,
    pub(super) until: Moment,
    /// The afternoon before.
    pub(super) before: Desk,
}

/// Everybody's sittings.
pub(super) struct Desks {
    pub(super) hamlets: Vec<HamletDesks>,
    pub(super) administrator: Desk,
    /// Interests are noted once everything is entered.
    pub(super) interests: Desk,
    /// Organisations register in spring.
    pub(super) organisations: Desk,
    /// Organisations assess themselves in October.
    pub(super) organisations_assess: Desk,
    pub(super) commune_review: Desk,
    /// The commune takes in what organisations add.
    pub(super) commune_supplement: Desk,
    /// A reviewer of the commune is ill.
    pub(super) absence: Absence,
    pub(super) rounds: Vec<Round>,
    /// The nights in which the program goes through what a day may change.
    pub(super) nights: Vec<Moment>,
}

impl Desks {
    pub(super) fn of(seed: u64, calendar: &Calendar, world: &World) -> Self {
        let mut dice = Dice::new(seed, "desks");
        let hamlet = |hamlet: usize| {
            let late = world.hamlets[hamlet].late;
            HamletDesks::of((calendar, &mut dice), late)
        };
        let office =
            |from: (i8, i8), until: (i8, i8)| Desk::office(calendar, day(from), day(until));
        Self {
            hamlets: (0..HAMLETS).map(hamlet).collect(),
            administrator: office((1, 6), (1, 30)),
            interests: office((2, 3), (2, 6)),
            organisations: office((3, 2), (4, 24)),
            organisations_assess: office((10, 5), (10, 30)),
            commune_review: office((10, 6), (12, 4)),
            commune_supplement: office((10, 12), (11, 27)),
            absence: Absence {
                from: moment(day((11, 9)), 0, 0),
                until: moment(day((11, 14)), 0, 0),
                before: Desk::once(moment(day((11, 6)), 14, 0), moment(day((11, 6)), 16, 30)),
            },
            rounds: rounds(),
            nights: nights(),
        }
    }
}

/// The days on which the chair is away and the vice-chair decides in his place.
pub(super) fn delegation() -> Period {
    Period { from: day((11, 25)).into(), until: Some(day((11, 28)).into()) }
}

/// The cases are listed on the afternoon before, and on a Monday in the morning.
fn rounds() -> Vec<Round> {
    let round = |of: (i8, i8), listed: Moment| Round {
        listed,
        signed: moment(day(of), 10, 0),
        by_vice_chair: delegation().contains(day(of).into()),
    };
    let afternoon_before = |of| round(of, moment(day(of), 16, 0) - DAY);
    let mut rounds: Vec<_> =
        [(11, 4), (11, 12), (11, 19), (11, 26), (12, 2)].map(afternoon_before).into();
    rounds.push(round((12, 7), moment(day((12, 7)), 8, 0)));
    rounds
}

/// Tuesdays and Fridays from October on, half an hour after midnight.
fn nights() -> Vec<Moment> {
    let tuesdays = (0..10).map(|week| moment(day((10, 6)), 0, 30) + week * 7 * DAY);
    tuesdays.flat_map(|night| [night, night + 3 * DAY]).take(19).collect()
}

fn day((month, day): (i8, i8)) -> Date {
    date(2026, month, day)
}

impl HamletDesks {
    fn of((calendar, dice): (&Calendar, &mut Dice), late: bool) -> Self {
        let mut desk = |from, until, sittings| {
            Desk::volunteer((calendar, dice), day(from), day(until), sittings)
        };
        let either = |early: (i8, i8), later: (i8, i8)| if late { later } else { early };
        Self {
            enter: desk((1, 7), (1, 31), 9),
            register: desk((1, 12), (4, 29), 16),
            straggle: desk((5, 5), (6, 28), 5),
            assess: desk(either((9, 7), (10, 1)), either((9, 30), (10, 25)), 9),
            assess_late: desk(either((10, 1), (10, 28)), either((10, 9), (11, 10)), 4),
            assess_bodies: desk((10, 12), (10, 30), 6),
            review: desk(either((9, 24), (10, 26)), either((10, 14), (11, 6)), 8),
            review_late: desk(either((10, 24), (11, 14)), either((11, 1), (11, 25)), 4),
            review_last: desk((11, 29), (12, 5), 2),
            review_bodies: desk((10, 16), (11, 13), 10),
            supplement: desk((9, 28), (10, 21), 7),
            supplement_late: desk(either((11, 3), (11, 24)), either((11, 24), (12, 2)), 6),
        }
    }
}
