//! What a history of reorganisations means: each unit's names and kinds with their days.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use crate::date::Date;
use crate::name::UnitCode;
use crate::territory::event::{Change, Event, Instrument, UnitsReorganised};
use crate::territory::level::{UnitKind, UnitLevel};

/// The units of one stream.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    units: BTreeMap<UnitCode, Vec<Unit>>,
    carried_out: Vec<(Instrument, Date)>,
}

/// A unit as it is from a day on (đơn vị hành chính).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// First day.
    pub from: Date,
    /// Full name.
    pub name: String,
    /// Kind.
    pub kind: UnitKind,
    /// The unit that it is part of.
    pub parent: Option<UnitCode>,
}

impl State {
    /// The unit as it was on a day.
    #[must_use]
    pub fn unit(&self, code: &UnitCode, day: Date) -> Option<&Unit> {
        self.units.get(code)?.iter().rev().find(|unit| unit.from <= day)
    }

    /// The unit and all above it in this stream, from the top down, as they were on a day. Empty
    /// if the unit did not exist.
    #[must_use]
    pub fn path(&self, code: &UnitCode, day: Date) -> Vec<UnitCode> {
        let mut path = Vec::new();
        let mut next = Some(code);
        while let Some(code) = next {
            // A unit stands one level below its parent, so a path longer than the levels is a
            // circle; decide never lets one in.
            let Some(unit) = self.unit(code, day) else { break };
            if path.len() > UnitLevel::ALL.len() {
                return Vec::new();
            }
            path.push(code.clone());
            next = unit.parent.as_ref();
        }
        path.reverse();
        path
    }

    /// Every unit that exists on a day, by code.
    pub fn units(&self, day: Date) -> impl Iterator<Item = (&UnitCode, &Unit)> {
        self.units.iter().filter_map(move |(code, versions)| {
            versions.iter().rev().find(|unit| unit.from <= day).map(|unit| (code, unit))
        })
    }

    /// The last version of a unit, whenever it began.
    #[must_use]
    pub(crate) fn latest(&self, code: &UnitCode) -> Option<&Unit> {
        self.units.get(code)?.last()
    }

    /// Whether the instrument has been carried out from that day.
    #[must_use]
    pub(crate) fn has_carried_out(&self, instrument: &Instrument, effective: Date) -> bool {
        self.carried_out.iter().any(|(done, on)| done == instrument && *on == effective)
    }

    /// Whether the change has been made from that day.
    #[must_use]
    pub(crate) fn has_changed(&self, change: &Change, from: Date) -> bool {
        let mut versions = self.units.get(change.code()).into_iter().flatten();
        versions.any(|unit| {
            unit.from == from
                && match change {
                    Change::Founded { name, kind, parent, .. } => {
                        unit.name == *name && unit.kind == *kind && unit.parent == *parent
                    }
                    Change::Retyped { name, kind, .. } => unit.name == *name && unit.kind == *kind,
                }
        })
    }

    /// Applies one change; also used to try a reorganisation change by change.
    pub(crate) fn apply(&mut self, change: &Change, from: Date) {
        match change {
            Change::Founded { code, name, kind, parent } => {
                let unit = Unit { from, name: name.clone(), kind: *kind, parent: parent.clone() };
                self.units.entry(code.clone()).or_default().push(unit);
            }
            Change::Retyped { code, name, kind } => {
                let versions = self.units.entry(code.clone()).or_default();
                let parent = versions.last().and_then(|unit| unit.parent.clone());
                versions.push(Unit { from, name: name.clone(), kind: *kind, parent });
            }
        }
    }
}

/// What an event changes.
pub fn evolve(state: &mut State, event: &Event) {
    match event {
        Event::UnitsReorganised(UnitsReorganised { instrument, effective, changes, .. }) => {
            for change in changes {
                state.apply(change, *effective);
            }
            state.carried_out.push((instrument.clone(), *effective));
        }
    }
}
