//! The parts that an area is made of, each with what came, went and is open. They add up to the whole,
//! because what lies in none of them stands on a line of its own.
//! Deliberately absent: ranks; units differ in size.

use procedure::{Date, UnitCode};
use projections::query::AreaFilter;
use projections::query::flow::Flow;
use projections::query::load::Strip;
use projections::query::queue::SOON;
use projections::query::units::UnitRow;
use projections::{ReadError, Reader};

/// A part of the area.
pub(super) struct Below {
    /// The unit; nothing for what was filed at the level of the area itself.
    pub(super) unit: Option<(UnitCode, String)>,
    /// Open before the period.
    pub(super) opening: i64,
    /// Came in the period.
    pub(super) entered: i64,
    /// Went in the period.
    pub(super) left: i64,
    /// Open after the period.
    pub(super) closing: i64,
    /// As it is now.
    pub(super) now: Strip,
}

impl Below {
    fn new(unit: Option<(UnitCode, String)>, flow: &Flow, now: Strip) -> Self {
        let Flow { opening, entered, left, closing, .. } = *flow;
        Self { unit, opening, entered, left, closing, now }
    }

    fn is_nothing(&self) -> bool {
        [self.opening, self.entered, self.left, self.closing] == [0; 4] && self.now.open == 0
    }

    fn take(&mut self, part: &Self) {
        self.opening -= part.opening;
        self.entered -= part.entered;
        self.left -= part.left;
        self.closing -= part.closing;
        let (now, less) = (&mut self.now, &part.now);
        now.open = now.open.saturating_sub(less.open);
        now.breached = now.breached.saturating_sub(less.breached);
        now.due_soon = now.due_soon.saturating_sub(less.due_soon);
        now.unassigned = now.unassigned.saturating_sub(less.unassigned);
        now.paused = now.paused.saturating_sub(less.paused);
    }
}

/// The parts, and the rest if there is any.
pub(super) fn read(
    reader: &Reader<'_>,
    filter: &AreaFilter,
    units: &[UnitRow],
    (from, until, today): (Date, Date, Date),
) -> Result<Vec<Below>, ReadError> {
    if units.is_empty() {
        return Ok(Vec::new());
    }
    let part = |filter: &AreaFilter, unit| -> Result<Below, ReadError> {
        let flow = reader.flow(filter, from, until)?;
        Ok(Below::new(unit, &flow, reader.strip(filter, today, SOON)?))
    };
    let mut rest = part(filter, None)?;
    let mut parts = Vec::new();
    for unit in units {
        let filter = AreaFilter { units: vec![unit.code.clone()], ..filter.clone() };
        let found = part(&filter, Some((unit.code.clone(), unit.name.clone())))?;
        rest.take(&found);
        parts.push(found);
    }
    if !rest.is_nothing() {
        parts.push(rest);
    }
    Ok(parts)
}
