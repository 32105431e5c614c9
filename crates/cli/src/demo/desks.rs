//! When each officer does each kind of work in 2026.

use jiff::civil::date;

use super::calendar::{Desk, moment};
use super::dice::Dice;
use super::world::HAMLETS;

/// The sittings of one hamlet's volunteers.
pub(super) struct HamletDesks {
    /// Enter households and clans.
    pub(super) enter: Desk,
    /// Register them, January to April.
    pub(super) register: Desk,
    /// Register the stragglers, May and June.
    pub(super) straggle: Desk,
    /// Take in self-assessments.
    pub(super) assess: Desk,
    /// Take in the late ones.
    pub(super) assess_late: Desk,
    /// Review.
    pub(super) review: Desk,
    /// Review what came back.
    pub(super) review_late: Desk,
    /// Take in supplements.
    pub(super) supplement: Desk,
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
    pub(super) commune_review_late: Desk,
    /// One sitting for each round of decisions.
    pub(super) decisions: Vec<Desk>,
}

impl Desks {
    pub(super) fn of(seed: u64) -> Self {
        let mut dice = Dice::new(seed, "desks");
        let hamlets = (0..HAMLETS).map(|_| HamletDesks::of(&mut dice)).collect();
        let round = |day| {
            let day = date(2026, 12, day);
            // The last round is signed on the morning on which the demonstration begins.
            let end = if day.day() == 8 { (8, 50) } else { (11, 30) };
            Desk::once(moment(day, 7, 30), moment(day, end.0, end.1))
        };
        Self {
            hamlets,
            administrator: Desk::office(date(2026, 1, 6), date(2026, 1, 30)),
            interests: Desk::office(date(2026, 2, 3), date(2026, 2, 6)),
            organisations: Desk::office(date(2026, 3, 2), date(2026, 4, 24)),
            organisations_assess: Desk::office(date(2026, 10, 5), date(2026, 10, 30)),
            commune_review: Desk::office(date(2026, 11, 10), date(2026, 11, 30)),
            commune_review_late: Desk::office(date(2026, 12, 1), date(2026, 12, 4)),
            decisions: [1, 2, 3, 4, 7, 8].map(round).into(),
        }
    }
}

impl HamletDesks {
    fn of(dice: &mut Dice) -> Self {
        let mut desk = |from: (i8, i8), until: (i8, i8), sittings| {
            let day = |(month, day)| date(2026, month, day);
            Desk::volunteer(dice, day(from), day(until), sittings)
        };
        Self {
            enter: desk((1, 7), (1, 31), 9),
            register: desk((1, 12), (4, 29), 16),
            straggle: desk((5, 5), (6, 28), 5),
            assess: desk((10, 1), (10, 31), 9),
            assess_late: desk((11, 2), (11, 13), 4),
            review: desk((11, 2), (11, 20), 8),
            review_late: desk((11, 21), (11, 27), 3),
            supplement: desk((11, 6), (11, 25), 7),
        }
    }
}
