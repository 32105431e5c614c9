//! The reviews of a case: by whom, when, and what he makes of it.

use procedure::Title;

use super::{Course, Story, Went};
use crate::demo::act::CaseDeed;
use crate::demo::calendar::{DAY, Desk, MINUTE, Moment, at_one_of};
use crate::demo::fate::Fate;
use crate::demo::points::ReviewLine;
use crate::demo::words;

/// Within so many days whoever has a time limit, or is diligent, comes to a case.
const SOON: Moment = 12 * DAY;

/// Who reviews in a step, and when.
pub(super) struct Review<'a> {
    pub(super) officer: usize,
    desks: [&'a Desk; 2],
    /// Whether he comes to it within days.
    soon: bool,
    pub(super) limited: bool,
    pub(super) first: bool,
    last: bool,
}

impl<'a> Story<'a> {
    pub(super) fn review_step(&mut self, course: &mut Course<'a>, place: usize) -> Went {
        let review = self.reviewer(course.fate, place);
        let fate = course.fate;
        let stops = match fate {
            Fate::AtHamlet => review.first,
            Fate::AtCommune => review.last,
            _ => false,
        };
        if stops {
            self.hold(&review);
            return Went::Stays;
        }
        let here = match course.from {
            Some(0) => review.first,
            Some(1) => review.last,
            _ => false,
        };
        if here {
            course.from = None;
            if self.sends_back(course, &review) {
                return Went::Stays;
            }
        }
        self.review(course, &review);
        if review.first {
            self.reviewed_by = Some(review.officer);
            if self.withdraws(fate, true) {
                self.limited = false;
                return Went::Stays;
            }
        }
        Went::On
    }

    fn reviewer(&self, fate: Fate, place: usize) -> Review<'a> {
        let (world, desks) = (self.scene.world, self.scene.desks);
        let (posts, stop) = (&world.posts, &self.book.steps[place]);
        let family = self.book.title == Title::Family;
        let (officers, desks, soon) = match (self.subject().hamlet, self.hamlet()) {
            (Some(hamlet), Some(desk)) if stop.role == "hamlet-reviewer" => {
                let desks = match fate {
                    _ if !family => [&desk.review_bodies; 2],
                    Fate::AtHamlet | Fate::AtMeeting => [&desk.review_last; 2],
                    Fate::AtPosting => [&desk.review_late; 2],
                    _ => [&desk.review, &desk.review_late],
                };
                (vec![posts.reviewers[hamlet], posts.stand_by], desks, !family)
            }
            _ => {
                let mut officers = posts.commune_reviewers.clone();
                let turn = self.subject().hamlet.unwrap_or(self.subject);
                officers.rotate_left(turn % posts.commune_reviewers.len());
                (officers, [&desks.commune_review; 2], true)
            }
        };
        // Four reviewers for the commune, and a stand-by who lives elsewhere: one is impartial.
        let officer = world.impartial(&officers, self.subject).unwrap_or(posts.stand_by);
        let (first, last) = (place == 0, Some(place) == self.book.last_review());
        Review { officer, desks, soon, limited: stop.limited, first, last }
    }

    /// When the reviewer comes to it. A few cases are left lying for weeks.
    pub(super) fn review_at(&mut self, review: &Review<'_>) -> Moment {
        if !review.soon {
            return at_one_of(&review.desks, self.dice, self.at);
        }
        let lies = review.last && !self.scene.world.is_late(self.subject) && self.dice.chance(25);
        let from = if lies { self.at + 15 * DAY } else { self.at };
        let found = review.desks[0].within(self.dice, from, from + SOON);
        found.unwrap_or_else(|| at_one_of(&review.desks, self.dice, self.at))
    }

    fn review(&mut self, course: &mut Course<'_>, review: &Review<'_>) {
        let refused = course.fate == Fate::Refused;
        let lines = match refused && (review.last || self.voted_down) {
            true => course.score.review_down(self.dice, review.first),
            false => course.score.review(self.dice, review.first),
        };
        let at = self.review_at(review);
        self.intrudes(at, review, &lines);
        if self.is_ill(at, review) && self.stands_in(at, review, &lines) {
            return;
        }
        // Some take a case to themselves first; a few put it back and take it up again.
        if self.dice.chance(90) {
            self.act(at, review.officer, CaseDeed::Claim);
            if self.dice.chance(150) {
                self.act(at + 2 * MINUTE, review.officer, CaseDeed::Release);
            }
            let wait = self.dice.between(3, 25) * MINUTE;
            self.act(at + wait, review.officer, CaseDeed::Review(lines));
        } else {
            self.act(at, review.officer, CaseDeed::Review(lines));
        }
    }

    /// Now and then somebody tries to review who may not: his own subject, one that he reviewed
    /// before, or one that is not for his office.
    fn intrudes(&mut self, at: Moment, review: &Review<'_>, lines: &[ReviewLine]) {
        let posts = &self.scene.world.posts;
        let Some(hamlet) = self.subject().hamlet else { return };
        let reviewer = posts.reviewers[hamlet];
        let (by, code, permille) = match review.first {
            true if review.officer != reviewer => (reviewer, "case.own_subject", 250),
            true => return,
            false if self.reviewed_by == Some(posts.stand_by) => {
                (posts.stand_by, "case.steps_not_separate", 150)
            }
            false => (reviewer, "actor.not_appointed", 1),
        };
        if self.dice.chance(permille) {
            self.tried(at - MINUTE / 2, by, CaseDeed::Review(lines.to_vec()), code);
        }
    }

    fn is_ill(&self, at: Moment, review: &Review<'_>) -> bool {
        let absence = &self.scene.desks.absence;
        let ill = self.scene.world.posts.commune_reviewers[1];
        review.last && review.officer == ill && (absence.from..absence.until).contains(&at)
    }

    /// Another reviewer of the commune does the work of the one who is ill. What that one had taken
    /// to himself is taken over, or given to the other by the administrator.
    fn stands_in(&mut self, at: Moment, review: &Review<'_>, lines: &[ReviewLine]) -> bool {
        let (world, desks) = (self.scene.world, self.scene.desks);
        let others = world.posts.commune_reviewers.iter().copied();
        let mut others: Vec<_> = others.filter(|other| *other != review.officer).collect();
        self.dice.shuffle(&mut others);
        let Some(by) = world.impartial(&others, self.subject) else { return false };
        let held = desks.absence.before.after(self.dice, self.at);
        if let Some(held) = held.filter(|_| self.dice.chance(300)) {
            self.act(held, review.officer, CaseDeed::Claim);
            let administrator = world.impartial(&[world.posts.administrator], self.subject);
            match administrator.filter(|_| self.dice.chance(350)) {
                Some(administrator) => {
                    let reason = self.dice.pick(words::ASSIGNMENTS);
                    self.act(at, administrator, CaseDeed::Assign { to: by, reason });
                }
                None => {
                    let reason = self.dice.pick(words::TAKE_OVERS);
                    self.act(at, by, CaseDeed::TakeOver { reason });
                }
            }
        }
        let wait = self.dice.between(3, 25) * MINUTE;
        self.act(at + wait, by, CaseDeed::Review(lines.to_vec()));
        true
    }

    /// A case that waits: a few have been taken by somebody who has not come to it.
    fn hold(&mut self, review: &Review<'_>) {
        if self.dice.chance(120) {
            let at = self.review_at(review);
            self.act(at, review.officer, CaseDeed::Claim);
        }
    }
}
