//! The points of one case: what the subject claims, and what reviewers make of it.

use procedure::case::Finding;

use super::book::Book;
use super::dice::Dice;
use super::words;

/// A claim for one indicator, by its place in the book.
#[derive(Clone, Debug)]
pub(super) struct ClaimLine {
    pub(super) indicator: usize,
    pub(super) points: u16,
    pub(super) evidence: Option<&'static str>,
    pub(super) note: Option<&'static str>,
}

/// A reviewer's line; one for each indicator, in the order of the book.
#[derive(Clone, Debug)]
pub(super) struct ReviewLine {
    pub(super) points: u16,
    pub(super) finding: Finding,
    pub(super) note: Option<&'static str>,
}

/// The points of a case as it goes on.
pub(super) struct Score<'a> {
    book: &'a Book,
    claimed: Vec<u16>,
    /// Points of the last review, or the claims.
    now: Vec<u16>,
    /// The reviewer's remark where points are lower.
    remarks: Vec<Option<(Finding, &'static str)>>,
}

impl<'a> Score<'a> {
    /// What a subject of that quality claims; below the threshold if it will not reach it.
    pub(super) fn claim(book: &'a Book, dice: &mut Dice, quality: usize, reaches: bool) -> Self {
        let minimum = i64::from(book.minimum);
        let full: i64 = book.indicators.iter().map(|item| i64::from(item.maximum)).sum();
        let total = if reaches {
            let spread = i64::try_from(quality).unwrap_or(0);
            let aimed = minimum + 3 + (full - 2 - minimum) * spread / 1000;
            (aimed + dice.between(-3, 3)).clamp(minimum + 3, full)
        } else {
            minimum + dice.between(-6, 6)
        };
        let mut claimed: Vec<u16> = book.indicators.iter().map(|item| item.maximum).collect();
        let mut over = full - total;
        while over > 0 {
            let place = dice.below(claimed.len());
            // Nobody claims next to nothing.
            if claimed[place] * 10 > book.indicators[place].maximum * 3 {
                claimed[place] -= 1;
                over -= 1;
            }
        }
        let remarks = vec![None; claimed.len()];
        Self { book, now: claimed.clone(), claimed, remarks }
    }

    /// The self-assessment.
    pub(super) fn claims(&self, dice: &mut Dice) -> Vec<ClaimLine> {
        let line = |(indicator, points): (usize, &u16)| {
            let item = &self.book.indicators[indicator];
            let shown = *points > 0 && (item.evidence_required || dice.chance(220));
            ClaimLine {
                indicator,
                points: *points,
                evidence: shown.then(|| dice.pick(item.evidence)),
                note: dice
                    .chance(15)
                    .then(|| words::choose(dice, words::CLAIM_NOTES, item.own.claim)),
            }
        };
        self.claimed.iter().enumerate().map(line).collect()
    }

    /// What the subject adds for some indicators: evidence and a word, now and then a point.
    pub(super) fn supplement(&mut self, dice: &mut Dice, indicators: &[usize]) -> Vec<ClaimLine> {
        let mut lines = Vec::with_capacity(indicators.len());
        for &indicator in indicators {
            let item = &self.book.indicators[indicator];
            if self.claimed[indicator] < item.maximum && dice.chance(250) {
                self.claimed[indicator] += 1;
            }
            let points = self.claimed[indicator];
            self.now[indicator] = points;
            self.remarks[indicator] = None;
            let evidence = Some(dice.pick(item.evidence));
            let note = words::choose(dice, words::SUPPLEMENT_NOTES, item.own.supplement);
            lines.push(ClaimLine { indicator, points, evidence, note: Some(note) });
        }
        lines
    }

    /// A review that leaves the title within reach.
    pub(super) fn review(&mut self, dice: &mut Dice, first: bool) -> Vec<ReviewLine> {
        let lowers = if first { dice.chance(300) } else { dice.chance(80) };
        if lowers {
            for _ in 0..dice.between(1, 3) {
                let place = dice.below(self.now.len());
                let drop = u16::from(dice.chance(400)) + 1;
                if self.total() >= u32::from(self.book.minimum + drop) {
                    self.lower(dice, place, drop);
                }
            }
        }
        self.lines(dice, first)
    }

    /// A review after which the title is out of reach.
    pub(super) fn review_down(&mut self, dice: &mut Dice, first: bool) -> Vec<ReviewLine> {
        let mut below = u32::from(self.book.minimum).saturating_sub(1);
        if self.total() > below {
            below = below.saturating_sub(u32::from(dice.chance(500)) * 4);
        }
        while self.total() > below {
            let place = dice.below(self.now.len());
            let drop = u16::from(dice.chance(500)) + 1;
            self.lower(dice, place, drop);
        }
        self.lines(dice, first)
    }

    pub(super) fn total(&self) -> u32 {
        self.now.iter().map(|points| u32::from(*points)).sum()
    }

    fn lower(&mut self, dice: &mut Dice, place: usize, drop: u16) {
        self.now[place] = self.now[place].saturating_sub(drop);
        if self.now[place] == self.claimed[place] {
            return;
        }
        let own = self.book.indicators[place].own;
        let (finding, general, own) = match dice.chance(300) {
            true => (Finding::Unsupported, words::UNSUPPORTED, own.unsupported),
            false => (Finding::Adjusted, words::ADJUSTED, own.adjusted),
        };
        let remark = (finding, words::choose(dice, general, own));
        self.remarks[place].get_or_insert(remark);
    }

    fn lines(&self, dice: &mut Dice, first: bool) -> Vec<ReviewLine> {
        let line = |(place, points): (usize, &u16)| {
            let (finding, note) = match self.remarks[place] {
                Some((finding, note)) if *points < self.claimed[place] => {
                    let agreed = !first && dice.chance(400);
                    (finding, Some(if agreed { dice.pick(words::AGREED) } else { note }))
                }
                _ => {
                    let praised = dice.chance(8);
                    (Finding::Confirmed, praised.then(|| dice.pick(words::CONFIRMED)))
                }
            };
            ReviewLine { points: *points, finding, note }
        };
        self.now.iter().enumerate().map(line).collect()
    }
}
