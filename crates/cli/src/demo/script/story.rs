//! The story of one case, told forward from registration to where its fate leaves it, or to the
//! moment from which it could be recognised.

use procedure::definition::StepKind;
use procedure::{SubjectKind, Title};

use super::meetings::Meetings;
use super::public::Said;
use crate::demo::act::{Act, CaseDeed, Deed};
use crate::demo::book::Book;
use crate::demo::calendar::{DAY, Desk, MINUTE, Moment, NOW, at_one_of, moment};
use crate::demo::desks::{Desks, HamletDesks};
use crate::demo::dice::Dice;
use crate::demo::fate::Fate;
use crate::demo::points::Score;
use crate::demo::words;
use crate::demo::world::{Subject, World};

mod review;

use review::Review;

/// Where the stories take place.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub(super) world: &'a World,
    pub(super) desks: &'a Desks,
    pub(super) meetings: &'a Meetings,
}

/// One case being told.
pub(super) struct Story<'a> {
    pub(super) scene: Scene<'a>,
    book: &'a Book,
    pub(super) dice: &'a mut Dice,
    pub(super) subject: usize,
    /// When the last act was.
    pub(super) at: Moment,
    /// Whether the time of the step runs, which the program watches.
    limited: bool,
    /// Whether the meeting is against it.
    pub(super) voted_down: bool,
    /// The meeting that voted.
    pub(super) meeting: Option<usize>,
    /// How many have said something about it.
    pub(super) objections: u16,
    /// Who reviewed it in the hamlet.
    reviewed_by: Option<usize>,
    pub(super) acts: Vec<Act>,
}

/// Where a step leads.
pub(super) enum Went {
    /// To the next step.
    On,
    /// To the decision.
    ToDecision,
    /// Back to the review before.
    BackToReview,
    /// Nowhere.
    Stays,
}

/// What is settled about a case before it goes through its steps.
struct Course<'a> {
    fate: Fate,
    score: Score<'a>,
    /// Where it is sent back from: 0 and 1 are reviews, 2 the decision.
    from: Option<usize>,
    said: Option<Said>,
}

impl<'a> Story<'a> {
    pub(super) fn new(
        scene: Scene<'a>,
        book: &'a Book,
        dice: &'a mut Dice,
        subject: usize,
        entered: Moment,
    ) -> Self {
        Self {
            scene,
            book,
            dice,
            subject,
            at: entered,
            limited: false,
            voted_down: false,
            meeting: None,
            objections: 0,
            reviewed_by: None,
            acts: Vec::new(),
        }
    }

    /// Tells it all. Returns since when the case could be recognised, if it waits for that.
    pub(super) fn tell(&mut self, fate: Fate, said: Option<Said>) -> Option<Moment> {
        self.register();
        let left = self.dice.below(10);
        if fate == Fate::RegisteredOnly {
            self.is_reminded();
            return None;
        }
        if self.withdraws(fate, left < 4) {
            return None;
        }
        let quality = self.subject().quality;
        let mut score = Score::claim(self.book, self.dice, quality, fate != Fate::Refused);
        self.assess(&mut score, fate, said.is_some());
        if self.withdraws(fate, left < 8) {
            return None;
        }
        // Of those refused, some are families that their hamlet's meeting is against.
        self.voted_down = fate == Fate::Refused && self.dice.chance(500);
        let from = self.sent_back_from(fate, said.is_some());
        self.go_through(Course { fate, score, from, said })
    }

    fn go_through(&mut self, mut course: Course<'a>) -> Option<Moment> {
        let (fate, mut place) = (course.fate, 0);
        while let Some(stop) = self.book.steps.get(place) {
            self.limited = stop.limited;
            let went = match stop.kind {
                StepKind::Review => self.review_step(&mut course, place),
                StepKind::Meeting => self.meet(fate),
                StepKind::Posting => self.post(&mut course.said),
                StepKind::SelfAssessment | StepKind::Decision => Went::On,
            };
            match went {
                Went::On => place += 1,
                Went::ToDecision => break,
                Went::BackToReview => place = 0,
                Went::Stays => {
                    self.watched_until(self.now());
                    return None;
                }
            }
        }
        self.limited = self.book.decision_limited;
        self.conclude(fate, course.from == Some(2))
    }

    /// Where a case that comes back comes back from.
    fn sent_back_from(&mut self, fate: Fate, said: bool) -> Option<usize> {
        let waits = matches!(fate, Fate::AtHamlet | Fate::AtMeeting | Fate::AtPosting);
        let by_chance = !waits && self.dice.chance(45);
        let returns = (fate == Fate::Returned || by_chance) && !said;
        let from = returns.then(|| self.dice.pick(&[0, 0, 0, 0, 0, 1, 1, 1, 1, 2]));
        // A late hamlet has no time to ask, take in and review anew before its meeting.
        let no_time = self.scene.world.is_late(self.subject) && fate != Fate::Returned;
        from.filter(|from| *from > 0 || !no_time)
    }

    fn register(&mut self) {
        let desks = &self.scene.desks;
        let late = self.dice.chance(70);
        let desks = match self.hamlet() {
            Some(hamlet) if late => [&hamlet.straggle; 2],
            Some(hamlet) => [&hamlet.register, &hamlet.straggle],
            None => [&desks.organisations; 2],
        };
        self.act_at(&desks, self.recorder(), CaseDeed::Register);
    }

    /// Whoever has not assessed himself in December is reminded that the year ends.
    fn is_reminded(&mut self) {
        let nights = &self.scene.desks.nights;
        let december = nights.iter().find(|night| **night > self.now() - 6 * DAY);
        if let Some(night) = december.filter(|_| self.book.reminds) {
            self.routine(*night);
        }
    }

    fn assess(&mut self, score: &mut Score<'_>, fate: Fate, said: bool) {
        let claims = score.claims(self.dice);
        let late = match self.scene.world.is_late(self.subject) {
            true => fate == Fate::AtPosting,
            false => self.dice.chance(60) && !said,
        };
        let family = self.book.title == Title::Family;
        let desk = match self.hamlet() {
            Some(hamlet) if !family => [&hamlet.assess_bodies; 2],
            Some(hamlet) if late => [&hamlet.assess_late; 2],
            Some(hamlet) => [&hamlet.assess, &hamlet.assess_late],
            None => [&self.scene.desks.organisations_assess; 2],
        };
        self.act_at(&desk, self.recorder(), CaseDeed::SelfAssess(claims));
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

    /// Sends the case back; true if it stays there.
    fn sends_back(&mut self, course: &mut Course<'_>, review: &Review<'_>) -> bool {
        let at = self.review_at(review);
        let indicators = self.return_at(at, review.officer);
        self.limited = false;
        if course.fate == Fate::Returned {
            return true;
        }
        let lines = course.score.supplement(self.dice, &indicators);
        let family = self.book.title == Title::Family;
        let desk = match self.hamlet() {
            Some(hamlet) if family && review.first => &hamlet.supplement,
            Some(hamlet) => &hamlet.supplement_late,
            None => &self.scene.desks.commune_supplement,
        };
        let supplemented = desk.within(self.dice, self.at, self.at + 9 * DAY);
        let at = supplemented.unwrap_or(self.at + DAY);
        self.act(at, self.recorder(), CaseDeed::Supplement(lines));
        self.limited = review.limited;
        false
    }

    fn return_at(&mut self, at: Moment, officer: usize) -> Vec<usize> {
        let (mut indicators, reason) = self.asked();
        // Now and then a second indicator.
        let second = self.dice.below(self.book.indicators.len());
        if self.dice.chance(200) && !indicators.contains(&second) {
            indicators.push(second);
        }
        let returned = CaseDeed::Return { reason, indicators: indicators.clone() };
        self.act(at, officer, returned);
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

    /// What ends otherwise than by a title is decided singly, in the round that comes next; the
    /// others wait for the lists of a round.
    fn conclude(&mut self, fate: Fate, returned: bool) -> Option<Moment> {
        let rounds = &self.scene.desks.rounds;
        let single = fate == Fate::Refused || (fate == Fate::Returned && returned);
        if !single {
            let (ready, title) = (self.at, self.book.title);
            let next = rounds.iter().map(|round| round.listed).find(|listed| *listed > ready);
            let last = (fate != Fate::AtDecision).then_some(next).flatten();
            self.watched_until(last.unwrap_or_else(|| self.now()));
            let waits = fate != Fate::AtDecision || title == Title::Family;
            return waits.then_some(ready);
        }
        let round = rounds.iter().find(|round| round.signed > self.at)?;
        let at = round.signed + self.dice.between(60, 110) * MINUTE;
        let posts = &self.scene.world.posts;
        let signatory = if round.by_vice_chair { posts.vice_chair } else { posts.chair };
        let owners = &self.subject().owners;
        let own = owners.contains(&signatory) || owners.contains(&posts.chair);
        let by = if own { posts.substitute } else { signatory };
        if fate == Fate::Refused {
            let reasons = match self.voted_down && self.meeting.is_some() {
                true => words::REFUSALS_BY_MEETING,
                false => words::REFUSALS,
            };
            let reason = self.dice.pick(reasons);
            self.act(at, by, CaseDeed::Refuse { reason });
        } else {
            self.return_at(at, by);
        }
        None
    }

    pub(super) fn subject(&self) -> &'a Subject {
        &self.scene.world.subjects[self.subject]
    }

    fn hamlet(&self) -> Option<&'a HamletDesks> {
        self.subject().hamlet.map(|hamlet| &self.scene.desks.hamlets[hamlet])
    }

    pub(super) fn recorder(&self) -> usize {
        let posts = &self.scene.world.posts;
        match (self.subject().kind, self.subject().hamlet) {
            (SubjectKind::Organisation, _) | (_, None) => posts.organisation_recorder,
            (_, Some(hamlet)) => posts.recorders[hamlet],
        }
    }

    /// When the play ends.
    pub(super) fn now(&self) -> Moment {
        moment(NOW.0, NOW.1, 0)
    }

    /// The program looks at the case in every night up to then, while its time runs.
    fn watched_until(&mut self, until: Moment) {
        if !self.limited {
            return;
        }
        let nights = &self.scene.desks.nights;
        let first = nights.partition_point(|night| *night <= self.at);
        let between = nights[first..].iter().take_while(|night| **night < until);
        between.for_each(|night| self.acts.push(watch(*night, self.subject)));
    }

    /// The program does what the day asks for.
    pub(super) fn routine(&mut self, at: Moment) {
        self.at = at;
        self.acts.push(watch(at, self.subject));
    }

    fn act_at(&mut self, desks: &[&Desk], by: usize, deed: CaseDeed) {
        let at = at_one_of(desks, self.dice, self.at);
        self.act(at, by, deed);
    }

    pub(super) fn act(&mut self, at: Moment, by: usize, deed: CaseDeed) {
        self.watched_until(at);
        self.at = at;
        let deed = Deed::Case { subject: self.subject, deed };
        self.acts.push(Act::new(at, Some(by), deed));
    }

    /// Somebody tries what he may not.
    fn tried(&mut self, at: Moment, by: usize, deed: CaseDeed, code: &'static str) {
        let deed = Deed::Case { subject: self.subject, deed };
        self.acts.push(Act::new(at, Some(by), deed).refused(code));
    }
}

fn watch(at: Moment, subject: usize) -> Act {
    Act::new(at, None, Deed::Case { subject, deed: CaseDeed::Watch })
}
