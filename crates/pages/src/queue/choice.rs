//! Which part of the queue is looked at, as the address says it.
//! Deliberately absent: what is outside of the territory; it cannot be asked for.

use procedure::{Date, Role, UnitCode};
use projections::query::queue::{Holder, QueueFilter, SOON};
use projections::query::units::UnitRow;
use web::problem::Problem;

use crate::desk::Desk;
use crate::fields::Fields;

/// Parameters that say which part it is.
const NAMES: [&str; 7] = ["role", "title", "step", "unit", "year", "holder", "due"];

/// A part of the queue.
pub(super) struct Choice {
    pub(super) filter: QueueFilter,
    /// What was asked for.
    asked: Fields,
    /// The units that can be chosen, below those of the territory.
    pub(super) units: Vec<UnitRow>,
    /// Whether it is what waits for his own role, because he did not say otherwise.
    pub(super) own_role: bool,
    /// The roles that can be chosen.
    pub(super) roles: Vec<Role>,
}

impl Choice {
    pub(super) async fn of(desk: &Desk, asked: &Fields) -> Result<Self, Problem> {
        let (territory, today) = (desk.reading.territory.clone(), desk.reading.today);
        let over = territory.clone();
        let read = desk.read(move |reader| {
            let mut units = Vec::new();
            for unit in &over {
                units.extend(reader.children(unit, today)?);
            }
            let soon = reader.calendar()?.add_working_days(today, SOON).unwrap_or(today);
            Ok((units, soon))
        });
        let (units, soon) = read.await?;
        let mut roles: Vec<Role> = desk.roles().cloned().collect();
        roles.sort();
        roles.dedup();
        roles.retain(takes_steps);
        let own = match roles.as_slice() {
            [role] => Some(role.clone()),
            _ => None,
        };
        let role = match asked.get("role") {
            Some("all") => None,
            Some(_) => asked.some("role")?,
            None => own.clone(),
        };
        let filter = QueueFilter {
            units: asked.some::<UnitCode>("unit")?.into_iter().collect(),
            role,
            step: asked.some("step")?,
            state: None,
            waiting_on: None,
            title: asked.some("title")?,
            year: asked.some("year")?,
            holder: match asked.get("holder") {
                Some("nobody") => Holder::Nobody,
                Some("me") => Holder::Officer(desk.session.officer),
                _ => Holder::Any,
            },
            due_by: due_by(asked.get("due"), today, soon),
            territory,
        };
        let asked = Fields(
            asked.0.iter().filter(|(name, _)| NAMES.contains(&name.as_str())).cloned().collect(),
        );
        Ok(Self { filter, asked, units, own_role: own.is_some(), roles })
    }

    /// The same without what the tiles above the list choose: holder and day.
    pub(super) fn whole(&self) -> QueueFilter {
        QueueFilter { holder: Holder::Any, due_by: None, ..self.filter.clone() }
    }

    /// What was asked for under a name.
    pub(super) fn get(&self, name: &str) -> &str {
        self.asked.get(name).unwrap_or_default()
    }

    /// Whether a choice of a list stands.
    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == value
    }

    /// The query of this choice with some of it made anew; empty values take it away.
    pub(super) fn query(&self, changed: &[(&str, &str)]) -> String {
        let mut fields = self.asked.clone();
        fields.0.retain(|(name, value)| {
            !value.is_empty() && !changed.iter().any(|(other, _)| other == name)
        });
        let some = changed.iter().filter(|(_, value)| !value.is_empty());
        fields.0.extend(some.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        fields.query()
    }

    /// Address of the list with holder and day chosen.
    pub(super) fn tile(&self, holder: &str, due: &str) -> String {
        format!("/queue?{}", self.query(&[("holder", holder), ("due", due)]))
    }

    /// Whether that is the choice that stands.
    pub(super) fn is_tile(&self, holder: &str, due: &str) -> bool {
        self.is("holder", holder) && self.is("due", due)
    }
}

/// Whether cases ever wait for a role. Who only looks has no queue of his own.
fn takes_steps(role: &Role) -> bool {
    let looks = [Role::ADMINISTRATOR, Role::REGISTRAR, "auditor", "supervisor"];
    !looks.contains(&role.as_str())
}

/// Late is what had to be done before today; soon, what has to be done by a day.
fn due_by(asked: Option<&str>, today: Date, soon: Date) -> Option<Date> {
    match asked {
        Some("late") => today.day_before(),
        Some("soon") => Some(soon),
        _ => None,
    }
}
