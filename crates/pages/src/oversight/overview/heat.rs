//! How long cases stay, as a table whose cells are the darker the longer. The shades are ours and only
//! lead the eye; every number stands in its cell.
//! Deliberately absent: the limits; editions of a definition differ in them.

use procedure::{StepId, Title, UnitCode};
use projections::query::stays::Stay;
use projections::query::units::UnitRow;

use crate::names::Steps;
use crate::page::Page;

/// From so many days on a cell has the next shade.
const DAYS: [u32; 5] = [2, 4, 6, 11, 21];
/// From so many of a hundred on a cell of late cases has the next shade.
const PERCENT: [u64; 5] = [1, 6, 11, 21, 41];

/// A line of the table.
pub(super) struct Cell {
    pub(super) title: Title,
    pub(super) step: StepId,
    /// The step by its name, or the unit.
    pub(super) name: String,
    /// The level at which the work lies, in words.
    pub(super) level: String,
    pub(super) unit: Option<UnitCode>,
    pub(super) stay: Stay,
}

impl Cell {
    /// The shade of so many days.
    pub(super) fn days(&self, days: &u32) -> String {
        shade(DAYS.iter().filter(|from| days >= from).count())
    }

    /// The shade of the late ones among those that are open.
    pub(super) fn late(&self) -> String {
        let percent = (self.stay.breached_open * 100).div_ceil(self.stay.open.max(1));
        shade(PERCENT.iter().filter(|from| percent >= **from).count())
    }
}

fn shade(step: usize) -> String {
    format!("h{step}")
}

/// By step and level, in the order of the procedures.
pub(super) fn by_level(stays: &[Stay], steps: &Steps, page: &Page) -> Vec<Cell> {
    let cell = |stay: &Stay| Cell {
        title: stay.title,
        step: stay.step.clone(),
        name: steps.name(stay.title, &stay.step, page.language),
        level: stay.level.map(|level| page.word("level", level)).unwrap_or_default(),
        unit: None,
        stay: stay.clone(),
    };
    let mut cells: Vec<_> = stays.iter().map(cell).collect();
    cells.sort_by_key(|cell| (cell.title, steps.place(cell.title, &cell.step), cell.stay.level));
    cells
}

/// By unit, for one step.
pub(super) fn by_unit(stays: &[Stay], units: &[UnitRow], page: &Page) -> Vec<Cell> {
    let named = |code: &UnitCode| {
        let unit = units.iter().find(|unit| unit.code == *code);
        unit.map_or_else(|| code.to_string(), |unit| unit.name.clone())
    };
    let cell = |stay: &Stay| Cell {
        title: stay.title,
        step: stay.step.clone(),
        name: stay.unit.as_ref().map(named).unwrap_or_default(),
        level: page.word("title", stay.title),
        unit: stay.unit.clone(),
        stay: stay.clone(),
    };
    stays.iter().map(cell).collect()
}
