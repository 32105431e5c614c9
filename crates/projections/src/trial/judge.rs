//! One case's points, judged by the definition that it is under and by the draft.
//!
//! An indicator that only the draft has got no points, so the draft judges twice: with nothing
//! there, and with its maximum. Deliberately absent: any rule of its own; `Outcome::judge` is the
//! only judge.

use std::collections::BTreeMap;

use procedure::definition::{Indicator, Judgement, Outcome};
use procedure::{Definition, IndicatorId};

use super::Change;
use super::gather::{Line, Numbered};

/// The most points that an indicator can give.
pub(super) fn most(indicator: &Indicator) -> u16 {
    indicator.maximum.value
}

/// An indicator of the draft.
struct Asked {
    /// Its number among those of the log; `None` if no case has it.
    number: Option<u16>,
    most: u16,
}

/// Judges case after case.
pub(super) struct Judge<'a> {
    names: &'a [IndicatorId],
    draft: &'a Outcome,
    /// The draft's indicators, in the order of the maps.
    asked: Vec<Asked>,
    /// Points by the definition that a case is under.
    old: BTreeMap<IndicatorId, u16>,
    /// Points by the draft, with nothing and with everything for what is not known.
    least: BTreeMap<IndicatorId, u16>,
    most: BTreeMap<IndicatorId, u16>,
}

/// What a case's points come to.
pub(super) struct Judged {
    pub(super) old: Judgement,
    pub(super) least: Judgement,
    /// `None` where the draft asks for nothing that is not known.
    pub(super) most: Option<Judgement>,
    /// Whether points were cut to a maximum of the draft.
    pub(super) cut: bool,
}

impl<'a> Judge<'a> {
    pub(super) fn new(draft: &'a Definition, indicators: &'a Numbered<IndicatorId>) -> Self {
        let by_id: BTreeMap<_, _> =
            draft.indicators().map(|indicator| (indicator.id.clone(), indicator)).collect();
        let asked = |indicator: &&Indicator| Asked {
            number: indicators.find(&indicator.id),
            most: most(indicator),
        };
        let nothing: BTreeMap<_, _> = by_id.keys().map(|id| (id.clone(), 0)).collect();
        Self {
            names: indicators.names(),
            draft: &draft.outcome,
            asked: by_id.values().map(asked).collect(),
            old: BTreeMap::new(),
            least: nothing.clone(),
            most: nothing,
        }
    }

    pub(super) fn judge(&mut self, under: &Outcome, lines: &[Line]) -> Judged {
        let (known, cut) = self.fill(lines);
        let named = lines.iter().filter_map(|(number, points)| {
            self.names.get(usize::from(*number)).map(|name| (name.clone(), *points))
        });
        self.old.clear();
        self.old.extend(named);
        Judged {
            old: under.judge(&self.old),
            least: self.draft.judge(&self.least),
            most: (!known).then(|| self.draft.judge(&self.most)),
            cut,
        }
    }

    /// Sets the draft's points: whether all were known, and whether some were cut.
    fn fill(&mut self, lines: &[Line]) -> (bool, bool) {
        let (mut known, mut cut) = (true, false);
        let maps = self.least.values_mut().zip(self.most.values_mut());
        for (asked, (least, most)) in self.asked.iter().zip(maps) {
            let given = lines.iter().find(|(number, _)| asked.number == Some(*number));
            let given = given.map(|(_, points)| *points);
            known &= given.is_some();
            cut |= given.is_some_and(|points| points > asked.most);
            *least = given.unwrap_or(0).min(asked.most);
            *most = given.unwrap_or(u16::MAX).min(asked.most);
        }
        (known, cut)
    }
}

impl Judged {
    /// Whether the title is reached by the draft; `None` where new indicators would decide.
    pub(super) fn reached_new(&self) -> Option<bool> {
        let least = self.least.reached();
        let most = self.most.as_ref().map_or(least, Judgement::reached);
        (least == most).then_some(least)
    }

    /// How the case changes, if it does.
    pub(super) fn change(&self) -> Option<Change> {
        match (self.old.reached(), self.reached_new()) {
            (_, None) => Some(Change::Unknown),
            (false, Some(true)) => Some(Change::Gain),
            (true, Some(false)) => Some(Change::Lose),
            (true, Some(true)) | (false, Some(false)) => None,
        }
    }
}
