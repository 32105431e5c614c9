//! The case that an officer goes on to: the next one in the order of waiting that is for a role of his,
//! that nobody else holds, and that is not his own subject's.
//! Deliberately absent: earlier steps of his own; the case says so itself when he comes to it.

use procedure::{CaseId, OfficerId, Role, SubjectId, UnitCode};
use projections::query::cases::CaseRow;
use projections::query::queue::QueueFilter;
use projections::query::{CaseState, Territory};
use projections::{ReadError, Reader};

use crate::desk::Desk;

/// How far down the queue is looked.
const REACH: usize = 60;

/// What has to be known of an officer.
pub(super) struct Seeker {
    officer: OfficerId,
    territory: Territory,
    today: procedure::Date,
    /// His roles with the units that they are over.
    offices: Vec<(Role, UnitCode)>,
    own: Vec<SubjectId>,
}

impl Seeker {
    pub(super) fn of(desk: &Desk) -> Self {
        let (officer, today) = (&desk.reading.officer, desk.reading.today);
        let held = officer.appointments.iter().filter(|held| held.on(today));
        let passed = officer.delegations.iter().filter(|passed| passed.on(today));
        let held = held.map(|held| (held.role.clone(), held.unit.clone()));
        let passed = passed.map(|passed| (passed.role.clone(), passed.unit.clone()));
        Self {
            officer: officer.id,
            territory: desk.reading.territory.clone(),
            today,
            offices: held.chain(passed).collect(),
            own: officer.interests.iter().map(|own| own.subject).collect(),
        }
    }

    /// The case after this one; after the last one the first. Of the same role, if that is his.
    pub(super) fn after(
        &self,
        reader: &Reader<'_>,
        case: CaseId,
        role: Option<&Role>,
    ) -> Result<Option<CaseId>, ReadError> {
        let role = role.filter(|role| self.offices.iter().any(|(own, _)| own == *role));
        let filter = QueueFilter {
            territory: self.territory.clone(),
            role: role.cloned(),
            ..QueueFilter::default()
        };
        let rows = reader.queue(&filter, self.today, None, REACH)?.items;
        let place = rows.iter().position(|row| row.case.id == case);
        let (before, after) = rows.split_at(place.unwrap_or(0));
        let mut rows = after.iter().chain(before).map(|row| &row.case);
        Ok(rows.find(|row| row.id != case && self.is_for(row)).map(|row| row.id))
    }

    fn is_for(&self, case: &CaseRow) -> bool {
        let free = case.holder.is_none_or(|holder| holder == self.officer);
        let his = self.offices.iter().any(|(role, unit)| {
            case.role.as_ref() == Some(role) && case.place.iter().any(|code| code == unit.as_str())
        });
        free && his && case.state != CaseState::Returned && !self.own.contains(&case.subject)
    }
}
