//! The rounds of decisions: what the association lists, who signs, and what is left over.
//!
//! Each round has one decision for each title, with every case that is ready. The subjects that are
//! a signatory's own are decided singly by whoever stands in for him. The last draft is not signed:
//! whoever looks at the demonstration can do it.

use jiff::civil::date;
use procedure::name::NAMESPACE;
use procedure::{DecisionId, Title};
use uuid::Uuid;

use crate::demo::act::{Act, CaseDeed, Decision, DecisionDeed, Deed};
use crate::demo::calendar::{MINUTE, Moment, moment};
use crate::demo::desks::{Desks, Round};
use crate::demo::dice::Dice;
use crate::demo::fate::Fate;
use crate::demo::words;
use crate::demo::world::World;

/// One case is taken off a decision that has more than so many.
const LARGE: usize = 20;
/// One in so many of what waits for the decision at the end is not on the last draft.
const LEFT_OUT: usize = 12;

/// A case that could be recognised.
pub(super) struct Waiting {
    pub(super) subject: usize,
    pub(super) title: Title,
    /// Since when.
    pub(super) ready: Moment,
    pub(super) fate: Fate,
}

/// The rounds being written.
pub(super) struct Rounds<'a> {
    seed: u64,
    world: &'a World,
    desks: &'a Desks,
    dice: Dice,
    /// What is not decided yet.
    waiting: Vec<Waiting>,
    pub(super) acts: Vec<Act>,
    pub(super) decisions: Vec<Decision>,
}

impl<'a> Rounds<'a> {
    pub(super) fn new(
        seed: u64,
        world: &'a World,
        desks: &'a Desks,
        waiting: Vec<Waiting>,
    ) -> Self {
        let dice = Dice::new(seed, "rounds");
        Self { seed, world, desks, dice, waiting, acts: Vec::new(), decisions: Vec::new() }
    }

    pub(super) fn write(&mut self) {
        let desks = self.desks;
        for (number, round) in desks.rounds.iter().enumerate() {
            for (place, title) in Title::ALL.iter().enumerate() {
                self.round((number, round), (place, *title));
            }
        }
        self.last_draft();
    }

    /// The decision of a round for one title.
    fn round(&mut self, (number, round): (usize, &Round), (place, title): (usize, Title)) {
        let ready = |one: &mut Waiting| {
            one.title == title && one.ready < round.listed && one.fate != Fate::AtDecision
        };
        let here: Vec<Waiting> = self.waiting.extract_if(.., ready).collect();
        let posts = &self.world.posts;
        let hands = match round.by_vice_chair {
            true => vec![posts.vice_chair, posts.chair],
            false => vec![posts.chair],
        };
        let own = |one: &Waiting| {
            let owners = &self.world.subjects[one.subject].owners;
            owners.iter().any(|owner| hands.contains(owner))
        };
        let (own, mut listed): (Vec<_>, Vec<_>) = here.into_iter().partition(own);
        let later = i64::try_from(place).unwrap_or(0) * 7 * MINUTE;
        if !listed.is_empty() {
            let last = number + 1 == self.desks.rounds.len();
            let off = (listed.len() > LARGE && !last).then(|| self.dice.below(listed.len()));
            let subjects: Vec<_> = listed.iter().map(|one| one.subject).collect();
            let off = off.map(|place| listed.swap_remove(place));
            let mine = own.first().filter(|_| title == Title::Family).map(|one| one.subject);
            let decision = self.decision(&number.to_string(), title);
            let at = (round.listed + later, round.signed + later);
            self.list(decision, at.0, [subjects, mine.into_iter().collect()].concat());
            if let Some(off) = off {
                let reason = self.dice.pick(words::TAKEN_OFF);
                self.take_off(decision, at.0 + 20 * MINUTE, (off.subject, reason));
                // The next round has it.
                self.waiting.push(off);
            }
            self.sign(decision, at.1, (hands[0], mine));
        }
        for one in own {
            self.stands_in(&one, round.signed + later + 40 * MINUTE, hands[0]);
        }
    }

    /// A new decision; its place in the list.
    fn decision(&mut self, name: &str, title: Title) -> usize {
        let name = format!("demo/{}/decision/{name}/{title}", self.seed);
        let id = DecisionId(Uuid::new_v5(&NAMESPACE, name.as_bytes()));
        self.decisions.push(Decision { id, title });
        self.decisions.len() - 1
    }

    /// The association drafts a decision and puts cases on it.
    fn list(&mut self, decision: usize, at: Moment, subjects: Vec<usize>) {
        let by = self.world.posts.commune_reviewers[0];
        self.act(at - 10 * MINUTE, by, decision, DecisionDeed::Draft);
        self.act(at, by, decision, DecisionDeed::List(subjects));
    }

    fn take_off(&mut self, decision: usize, at: Moment, (subject, reason): (usize, &'static str)) {
        let by = self.world.posts.commune_reviewers[0];
        self.act(at, by, decision, DecisionDeed::TakeOff { subject, reason });
    }

    /// It is signed, at the second attempt if a subject on it is the signatory's own, and the cases
    /// follow.
    fn sign(&mut self, decision: usize, mut at: Moment, (by, own): (usize, Option<usize>)) {
        if let Some(subject) = own {
            let deed = Deed::Decision { decision, deed: DecisionDeed::Sign };
            self.acts.push(Act::new(at, Some(by), deed).refused("decision.case_not_ready"));
            at += 15 * MINUTE;
            self.take_off(decision, at - MINUTE, (subject, words::TAKEN_OFF_FOR_CONFLICT));
        }
        self.act(at, by, decision, DecisionDeed::Sign);
        let deed = Deed::Decision { decision, deed: DecisionDeed::Settle };
        self.acts.push(Act::new(at + MINUTE / 2, None, deed));
    }

    /// Somebody else decides about what is a signatory's own, who tried it himself where it was not
    /// taken off his list.
    fn stands_in(&mut self, one: &Waiting, at: Moment, signatory: usize) {
        let at = at + self.dice.between(0, 40) * MINUTE;
        let substitute = self.world.posts.substitute;
        let recognise = || Deed::Case { subject: one.subject, deed: CaseDeed::Recognise };
        if one.title != Title::Family {
            let tried = Act::new(at - 5 * MINUTE, Some(signatory), recognise());
            self.acts.push(tried.refused("case.own_subject"));
        }
        self.acts.push(Act::new(at, Some(substitute), recognise()));
    }

    /// The families that are left stand on a draft which nobody has signed yet, but for a few.
    fn last_draft(&mut self) {
        let families = self.waiting.extract_if(.., |one| one.title == Title::Family);
        let left: Vec<usize> = families.map(|one| one.subject).collect();
        let (world, chair) = (self.world, self.world.posts.chair);
        let (own, left): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|place| !world.subjects[*place].owners.is_empty());
        let (mut listed, mut out) = (Vec::new(), Vec::new());
        for (number, subject) in left.into_iter().enumerate() {
            let to = if number % LEFT_OUT == 0 { &mut out } else { &mut listed };
            to.push(subject);
        }
        listed.extend(own.into_iter().filter(|own| !world.subjects[*own].owners.contains(&chair)));
        // The chair has taken some of those left out to himself, to look into them.
        for subject in out.into_iter().skip(1).step_by(2) {
            let at = moment(date(2026, 12, 7), 14, 0) + self.dice.between(0, 120) * MINUTE;
            let deed = Deed::Case { subject, deed: CaseDeed::Claim };
            self.acts.push(Act::new(at, Some(chair), deed));
        }
        let Some(first) = listed.first().copied() else { return };
        let many = listed.len() > LARGE;
        let decision = self.decision("last", Title::Family);
        self.list(decision, moment(date(2026, 12, 7), 15, 0), listed);
        if many {
            let reason = self.dice.pick(words::TAKEN_OFF);
            self.take_off(decision, moment(date(2026, 12, 8), 8, 15), (first, reason));
        }
    }

    fn act(&mut self, at: Moment, by: usize, decision: usize, deed: DecisionDeed) {
        self.acts.push(Act::new(at, Some(by), Deed::Decision { decision, deed }));
    }
}
