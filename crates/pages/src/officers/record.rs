//! An officer as his own page and the administrators' page show him: with names for what the read models
//! have as codes. Deliberately absent: HTML, and who may see him.

use procedure::{Date, OfficerId, Role, SubjectId, UnitCode};
use projections::query::officers::{DelegationRow, OfficerRow};
use projections::{ReadError, Reader};

use crate::units;

/// Whether the days of a term are over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum When {
    Past,
    Now,
    Coming,
}

impl When {
    fn of(from: Date, until: Option<Date>, today: Date) -> Self {
        if today < from {
            Self::Coming
        } else if until.is_none_or(|until| today <= until) {
            Self::Now
        } else {
            Self::Past
        }
    }

    /// In words.
    pub(crate) fn text(self, english: bool) -> &'static str {
        match (self, english) {
            (Self::Past, false) => "đã hết",
            (Self::Past, true) => "over",
            (Self::Now, false) => "đang giữ",
            (Self::Now, true) => "in force",
            (Self::Coming, false) => "sắp tới",
            (Self::Coming, true) => "to come",
        }
    }

    /// The look of its badge.
    pub(crate) fn look(self) -> &'static str {
        match self {
            Self::Past => "badge",
            Self::Now => "badge badge--ok",
            Self::Coming => "badge badge--main",
        }
    }

    /// Whether it can still be ended.
    pub(crate) fn is_open(self) -> bool {
        self != Self::Past
    }
}

/// A role over a territory for a term.
pub(crate) struct Office {
    pub(crate) role: Role,
    pub(crate) unit: UnitCode,
    pub(crate) place: String,
    pub(crate) from: Date,
    pub(crate) until: Option<Date>,
    pub(crate) when: When,
    /// The first day on which it can be ended.
    pub(crate) end: Date,
}

/// A power that was passed on.
pub(crate) struct Passed {
    /// Who acts.
    pub(crate) to: OfficerId,
    /// In whose place.
    pub(crate) delegator: OfficerId,
    /// The one of the two whose record this is not.
    pub(crate) other: String,
    pub(crate) office: Office,
}

/// A subject of his own.
pub(crate) struct Own {
    /// Name and code; nothing where the reader may not see it.
    pub(crate) name: Option<String>,
    pub(crate) relation: String,
}

/// An officer.
pub(crate) struct Record {
    pub(crate) id: OfficerId,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) unit: UnitCode,
    pub(crate) place: String,
    pub(crate) sample: bool,
    pub(crate) offices: Vec<Office>,
    /// Powers of others that he has.
    pub(crate) received: Vec<Passed>,
    /// His powers that others have.
    pub(crate) given: Vec<Passed>,
    pub(crate) interests: Vec<Own>,
}

/// Who looks: at himself, or at the officers of the units that he administers.
pub(crate) struct Looker {
    pub(crate) today: Date,
    pub(crate) territory: Vec<UnitCode>,
    pub(crate) himself: bool,
}

impl Record {
    /// The officer as of today, the newest terms first.
    pub(crate) fn of(
        reader: &Reader<'_>,
        row: OfficerRow,
        looker: &Looker,
    ) -> Result<Self, ReadError> {
        let today = looker.today;
        let mut offices = Vec::new();
        for held in row.appointments.iter().filter(|held| was(held.from, held.until)) {
            let term = (held.from, held.until);
            offices.push(office(reader, (&held.role, &held.unit), term, today)?);
        }
        offices.sort_by_key(|office| (office.when == When::Past, core::cmp::Reverse(office.from)));
        let mut received = Vec::new();
        for power in row.delegations.iter().filter(|power| was(power.from, power.until)) {
            let parties = (row.id, power.delegator);
            received.push(passed(reader, power, parties, power.delegator, today)?);
        }
        let mut given = Vec::new();
        let passed_on = reader.passed_on(row.id)?.into_iter();
        for passed_on in passed_on.filter(|passed| was(passed.power.from, passed.power.until)) {
            let parties = (passed_on.to, row.id);
            given.push(passed(reader, &passed_on.power, parties, passed_on.to, today)?);
        }
        let mut interests = Vec::new();
        for own in &row.interests {
            let name = own_name(reader, own.subject, looker)?;
            interests.push(Own { name, relation: own.relation.to_string() });
        }
        Ok(Self {
            place: units::name(reader, &row.unit, today)?,
            name: row.name.unwrap_or_else(|| row.code.clone()),
            id: row.id,
            code: row.code,
            unit: row.unit,
            sample: row.sample,
            offices,
            received,
            given,
            interests,
        })
    }
}

/// Whether a term ever was: one that was ended by its first day has its last before it.
fn was(from: Date, until: Option<Date>) -> bool {
    until.is_none_or(|until| from <= until)
}

/// `Đinh Công Đức (HB-1), Xóm mẫu 01`, if whoever looks may see the subject.
fn own_name(
    reader: &Reader<'_>,
    subject: SubjectId,
    looker: &Looker,
) -> Result<Option<String>, ReadError> {
    let Some(row) = reader.subject(subject)? else { return Ok(None) };
    let nation = looker.territory.iter().any(|unit| unit.as_str() == "VN");
    let within =
        row.place.iter().any(|unit| looker.territory.iter().any(|own| own.as_str() == unit));
    if !(looker.himself || nation || within) {
        return Ok(None);
    }
    let place = units::place(reader, &row.place, looker.today)?;
    let name = row.name.unwrap_or_else(|| "–".to_owned());
    Ok(Some(format!("{name} ({}), {place}", row.code)))
}

fn office(
    reader: &Reader<'_>,
    (role, unit): (&Role, &UnitCode),
    (from, until): (Date, Option<Date>),
    today: Date,
) -> Result<Office, ReadError> {
    Ok(Office {
        role: role.clone(),
        unit: unit.clone(),
        place: units::name(reader, unit, today)?,
        from,
        until,
        when: When::of(from, until, today),
        end: from.max(today),
    })
}

fn passed(
    reader: &Reader<'_>,
    power: &DelegationRow,
    (to, delegator): (OfficerId, OfficerId),
    other: OfficerId,
    today: Date,
) -> Result<Passed, ReadError> {
    let found = reader.officer(other)?;
    let name = |row: OfficerRow| match row.name {
        Some(name) => format!("{name} ({})", row.code),
        None => row.code,
    };
    let term = (power.from, power.until);
    let office = office(reader, (&power.role, &power.unit), term, today)?;
    Ok(Passed { to, delegator, other: found.map(name).unwrap_or_default(), office })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_has_both_its_ends() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let when = |today: &str| When::of(day("2026-03-01"), Some(day("2026-03-31")), day(today));
        assert_eq!(when("2026-02-28"), When::Coming);
        assert_eq!((when("2026-03-01"), when("2026-03-31")), (When::Now, When::Now));
        assert_eq!(when("2026-04-01"), When::Past);
        assert_eq!(When::of(day("2026-03-01"), None, day("9999-01-01")), When::Now);
    }
}
