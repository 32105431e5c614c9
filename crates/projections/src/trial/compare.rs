//! From the cases to the answer: judged one after the other, counted in each unit of their place.
//! Deliberately absent: the judging itself ([`judge`](super::judge)).

use procedure::Definition;

use super::gather::{Gathered, Kept, Line};
use super::judge::{Judge, Judged};
use super::{Basis, Change, Changed, Counts, Difference, End, Scope, Trial, difference};
use crate::error::ReadError;

pub(super) fn compare(
    gathered: Gathered,
    draft: &Definition,
    scope: &Scope,
) -> Result<Trial, ReadError> {
    let gathered = gathered.sorted();
    let under = editions(&gathered)?;
    let mut judge = Judge::new(draft, &gathered.indicators);
    let mut counts = vec![Counts::default(); gathered.places.len()];
    let mut here = counts.clone();
    let mut cases = Vec::new();
    for case in &gathered.cases {
        let points = points(case);
        let outcome = &under[usize::from(case.procedure)].outcome;
        let judged = points.map(|(basis, lines)| (basis, judge.judge(outcome, lines)));
        let judged = judged.as_ref().map(|(basis, judged)| (*basis, judged));
        here[case.place as usize].add(case, judged);
        for place in gathered.places.up(case.place) {
            counts[place as usize].add(case, judged);
        }
        if let Some((basis, judged)) = judged.filter(|_| cases.len() < scope.listed)
            && let Some(change) = judged.change()
        {
            cases.push(changed(&gathered, case, (basis, judged), change));
        }
    }
    let unit = gathered.places.tree(&mut counts, &mut here);
    Ok(Trial {
        procedure: draft.id.clone(),
        title: draft.title,
        year: scope.year,
        differences: differences(&gathered, &under, draft)?,
        unit: unit.ok_or_else(|| ReadError::corrupt("no unit"))?,
        cases,
    })
}

/// The definitions that cases are under, by number.
fn editions(gathered: &Gathered) -> Result<Vec<&Definition>, ReadError> {
    let names = gathered.procedures.names().iter();
    let found = names.map(|id| {
        let found = gathered.editions.get(id);
        found.ok_or_else(|| ReadError::corrupt(format!("{id} was not published")))
    });
    found.collect()
}

/// What is different from each definition that cases are under, by its id.
fn differences(
    gathered: &Gathered,
    under: &[&Definition],
    draft: &Definition,
) -> Result<Vec<Difference>, ReadError> {
    let mut cases = vec![0; under.len()];
    for case in &gathered.cases {
        cases[usize::from(case.procedure)] += 1;
    }
    let each = under.iter().zip(cases);
    let mut found = each
        .map(|(old, cases)| difference::between(old, draft, cases))
        .collect::<Result<Vec<_>, _>>()?;
    found.sort_by(|one, other| one.procedure.cmp(&other.procedure));
    Ok(found)
}

/// The points that a case is judged by, if it is: those of the last review, or else its own.
fn points(case: &Kept) -> Option<(Basis, &[Line])> {
    if case.end == End::Withdrawn {
        return None;
    }
    let reviewed = case.reviewed.as_deref().map(|lines| (Basis::Review, lines));
    reviewed.or_else(|| case.claimed.as_deref().map(|lines| (Basis::Claims, lines)))
}

fn changed(
    gathered: &Gathered,
    case: &Kept,
    (basis, judged): (Basis, &Judged),
    change: Change,
) -> Changed {
    let most = judged.most.as_ref().unwrap_or(&judged.least);
    let band = judged.least.band.clone().filter(|band| most.band.as_ref() == Some(band));
    Changed {
        case: case.id,
        place: gathered.place(case),
        procedure: gathered.procedures.names()[usize::from(case.procedure)].clone(),
        end: case.end,
        basis,
        change,
        total_old: judged.old.total,
        total_new: judged.least.total,
        total_new_most: most.total,
        band_old: judged.old.band.clone(),
        band_new: band,
    }
}

impl Counts {
    fn add(&mut self, case: &Kept, judged: Option<(Basis, &Judged)>) {
        self.cases += 1;
        match case.end {
            End::Open => {}
            End::Recognised => self.recognised += 1,
            End::Refused => self.refused += 1,
            End::Withdrawn => self.withdrawn += 1,
        }
        let Some((basis, judged)) = judged else {
            self.unjudged += u32::from(case.end != End::Withdrawn);
            return;
        };
        self.judged += 1;
        self.on_claims += u32::from(basis == Basis::Claims);
        self.cut += u32::from(judged.cut);
        self.reached_old += u32::from(judged.old.reached());
        self.reached_new += u32::from(judged.reached_new() == Some(true));
        match judged.change() {
            Some(Change::Gain) => self.gain += 1,
            Some(Change::Lose) => self.lose += 1,
            Some(Change::Unknown) => self.unknown += 1,
            None => {}
        }
    }
}
