//! The story of one case, told forward from registration to where its fate leaves it.

use procedure::{SubjectKind, Title};

use crate::demo::act::{Act, CaseDeed, Deed};
use crate::demo::book::Book;
use crate::demo::calendar::{Desk, Moment, at_one_of};
use crate::demo::desks::{Desks, HamletDesks};
use crate::demo::dice::Dice;
use crate::demo::fate::Fate;
use crate::demo::points::Score;
use crate::demo::words;
use crate::demo::world::World;

/// The round of decisions that the vice-chair signs.
const ROUND_OF_VICE_CHAIR: usize = 2;
const MINUTE: Moment = 60_000;
const DAY: Moment = 24 * 60 * MINUTE;

/// One case being told.
pub(super) struct Story<'a> {
    world: &'a World,
    book: &'a Book,
    desks: &'a Desks,
    dice: &'a mut Dice,
    subject: usize,
    /// When the last act was.
    at: Moment,
    pub(super) acts: Vec<Act>,
}

/// Who reviews in a step, and when.
struct Review<'a> {
    officer: usize,
    desks: [&'a Desk; 2],
    first: bool,
    last: bool,
}

impl<'a> Story<'a> {
    pub(super) fn new(
        world: &'a World,
        book: &'a Book,
        desks: &'a Desks,
        dice: &'a mut Dice,
        subject: usize,
        entered: Moment,
    ) -> Self {
        Self { world, book, desks, dice, subject, at: entered, acts: Vec::new() }
    }

    /// Tells it all.
    pub(super) fn tell(&mut self, fate: Fate) {
        self.register();
        let left = self.dice.below(10);
        if fate == Fate::RegisteredOnly || self.withdraws(fate, left < 4) {
            return;
        }
        let quality = self.world.subjects[self.subject].quality;
        let mut score = Score::claim(self.book, self.dice, quality, fate != Fate::Refused);
        let claims = score.claims(self.dice);
        let late = self.dice.chance(60);
        let desk = match self.hamlet() {
            Some(hamlet) if late => [&hamlet.assess_late; 2],
            Some(hamlet) => [&hamlet.assess, &hamlet.assess_late],
            None => [&self.desks.organisations_assess; 2],
        };
        self.act_at(&desk, self.recorder(), CaseDeed::SelfAssess(claims));
        if self.withdraws(fate, left < 8) {
            return;
        }
        // Where a case that comes back comes back from: 0 and 1 are reviews, 2 the decision.
        let returns = fate == Fate::Returned || (fate != Fate::AtHamlet && self.dice.chance(45));
        let from = returns.then(|| self.dice.pick(&[0, 0, 0, 0, 0, 1, 1, 1, 1, 2]));
        let steps = self.book.reviews.len();
        for step in 0..steps {
            let review = self.reviewer(step);
            let stops = match fate {
                Fate::AtHamlet => review.first,
                Fate::AtCommune => review.last,
                _ => false,
            };
            if stops {
                self.hold(&review.desks, review.officer, 120);
                return;
            }
            let here = from.is_some_and(|from| from == step || (from < 2 && steps == 1));
            if here && self.sends_back(&mut score, &review, fate) {
                return;
            }
            self.review(&mut score, &review, fate);
            if review.first && self.withdraws(fate, true) {
                return;
            }
        }
        self.conclude(fate, from == Some(2));
    }

    fn register(&mut self) {
        let late = self.dice.chance(70);
        let desks = match self.hamlet() {
            Some(hamlet) if late => [&hamlet.straggle; 2],
            Some(hamlet) => [&hamlet.register, &hamlet.straggle],
            None => [&self.desks.organisations; 2],
        };
        self.act_at(&desks, self.recorder(), CaseDeed::Register);
    }

    fn withdraws(&mut self, fate: Fate, now: bool) -> bool {
        if fate != Fate::Withdrawn || !now {
            return false;
        }
        let reason = match self.book.title {
            Title::Family => self.dice.pick(words::WITHDRAWALS),
            _ => self.dice.pick(words::WITHDRAWALS_OF_BODIES),
        };
        let days = self.dice.between(2, 9) * DAY;
        let deed = CaseDeed::Withdraw { reason };
        self.act(self.at + days, self.recorder(), deed);
        true
    }

    fn reviewer(&mut self, step: usize) -> Review<'a> {
        let (world, desks) = (self.world, self.desks);
        let posts = &world.posts;
        let last = step + 1 == self.book.reviews.len();
        let hamlet = world.subjects[self.subject].hamlet;
        let hamlet_step = self.book.reviews[step] == "hamlet-reviewer";
        let (officers, desks) = match hamlet {
            Some(hamlet) if hamlet_step => {
                let desk = &desks.hamlets[hamlet];
                (vec![posts.reviewers[hamlet], posts.stand_by], [&desk.review, &desk.review_late])
            }
            _ => {
                let mut officers = posts.commune_reviewers.clone();
                officers
                    .rotate_left(hamlet.unwrap_or(self.subject) % posts.commune_reviewers.len());
                (officers, [&desks.commune_review, &desks.commune_review_late])
            }
        };
        // Four reviewers for the commune, and a stand-by who lives elsewhere: one is impartial.
        let officer = world.impartial(&officers, self.subject).unwrap_or(posts.stand_by);
        Review { officer, desks, first: step == 0, last }
    }

    fn review(&mut self, score: &mut Score<'_>, review: &Review<'_>, fate: Fate) {
        let down = fate == Fate::Refused && (review.last || self.dice.chance(500));
        let lines = match down {
            true => score.review_down(self.dice, review.first),
            false => score.review(self.dice, review.first),
        };
        let at = at_one_of(&review.desks, self.dice, self.at);
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

    /// Sends the case back; true if it stays there.
    fn sends_back(&mut self, score: &mut Score<'_>, review: &Review<'_>, fate: Fate) -> bool {
        let indicators = self.return_to(&review.desks, review.officer);
        if fate == Fate::Returned {
            return true;
        }
        let lines = score.supplement(self.dice, &indicators);
        let desks = match self.hamlet() {
            Some(hamlet) => [&hamlet.supplement; 2],
            None => [&self.desks.commune_review; 2],
        };
        self.act_at(&desks, self.recorder(), CaseDeed::Supplement(lines));
        false
    }

    fn return_to(&mut self, desks: &[&Desk], officer: usize) -> Vec<usize> {
        let (mut indicators, reason) = self.asked();
        // Now and then a second indicator.
        let second = self.dice.below(self.book.indicators.len());
        if self.dice.chance(200) && !indicators.contains(&second) {
            indicators.push(second);
        }
        let returned = CaseDeed::Return { reason, indicators: indicators.clone() };
        self.act_at(desks, officer, returned);
        indicators
    }

    /// What is asked for, and about which indicator.
    fn asked(&mut self) -> (Vec<usize>, &'static str) {
        if self.book.title == Title::Family && self.dice.chance(600) {
            let (id, reason) = self.dice.pick(words::RETURNS_OF_FAMILIES);
            let mut items = self.book.indicators.iter();
            if let Some(place) = items.position(|item| item.id.as_str() == id) {
                return (vec![place], reason);
            }
        }
        let any = self.dice.below(self.book.indicators.len());
        (vec![any], self.dice.pick(words::RETURNS))
    }

    /// A case that waits: a few have been taken by somebody who has not come to it.
    fn hold(&mut self, desks: &[&Desk], officer: usize, permille: usize) {
        if self.dice.chance(permille) {
            self.act_at(desks, officer, CaseDeed::Claim);
        }
    }

    fn conclude(&mut self, fate: Fate, returned: bool) {
        let round = self.round();
        let posts = &self.world.posts;
        let mut officers = [posts.chair, posts.vice_chair];
        if round == ROUND_OF_VICE_CHAIR {
            officers.reverse();
        }
        let signs = self.world.impartial(&officers, self.subject).unwrap_or(officers[0]);
        let desk = [&self.desks.decisions[round]];
        match fate {
            Fate::AtDecision => self.hold(&desk, signs, 30),
            Fate::Returned if returned => {
                self.return_to(&desk, signs);
            }
            Fate::Refused => {
                let reason = self.dice.pick(words::REFUSALS);
                self.act_at(&desk, signs, CaseDeed::Refuse { reason });
            }
            _ => self.act_at(&desk, signs, CaseDeed::Recognise),
        }
    }

    /// The round of decisions that the case's hamlet is in, or a later one if it was not ready.
    fn round(&mut self) -> usize {
        let hamlets = self.desks.hamlets.len();
        let rounds = self.desks.decisions.len();
        let planned = match self.world.subjects[self.subject].hamlet {
            Some(hamlet) => hamlet * (rounds - 1) / hamlets,
            None => rounds - 2,
        };
        let ready = |round: &usize| {
            // A decision bears a day after that of the last review.
            self.desks.decisions[*round].starts().is_some_and(|start| start > self.at + DAY / 2)
        };
        (planned..rounds).find(ready).unwrap_or(rounds - 1)
    }

    fn hamlet(&self) -> Option<&'a HamletDesks> {
        self.world.subjects[self.subject].hamlet.map(|hamlet| &self.desks.hamlets[hamlet])
    }

    fn recorder(&self) -> usize {
        let subject = &self.world.subjects[self.subject];
        match (subject.kind, subject.hamlet) {
            (SubjectKind::Organisation, _) | (_, None) => self.world.posts.organisation_recorder,
            (_, Some(hamlet)) => self.world.posts.recorders[hamlet],
        }
    }

    fn act_at(&mut self, desks: &[&Desk], by: usize, deed: CaseDeed) {
        let at = at_one_of(desks, self.dice, self.at);
        self.act(at, by, deed);
    }

    fn act(&mut self, at: Moment, by: usize, deed: CaseDeed) {
        self.at = at;
        let deed = Deed::Case { subject: self.subject, deed };
        self.acts.push(Act { at, by: Some(by), deed });
    }
}
