//! Which acts are looked at, as the address says it.
//! Deliberately absent: what is outside of the territory; it cannot be asked for.

use procedure::{Date, OfficerId, Title, UnitCode};
use projections::query::Territory;
use projections::query::deeds::DeedFilter;
use projections::query::refused::RefusedFilter;
use projections::{ReadError, Reader, search};
use web::problem::Problem;

use crate::desk::Desk;
use crate::fields::{Fields, bad};
use crate::words;

/// Parameters that say which acts.
const NAMES: [&str; 7] = ["tab", "officer", "unit", "from", "until", "event", "title"];
/// Officers of one name that are offered.
const OFFERED: usize = 20;

/// Which acts.
#[derive(Clone)]
pub(super) struct Choice {
    asked: Fields,
    pub(super) filter: DeedFilter,
    /// The same for refused acts; nothing where the unit is not in the territory.
    pub(super) attempts: Option<RefusedFilter>,
    /// Whether the refused acts are looked at.
    pub(super) refused: bool,
    pub(super) sought: Sought,
    /// Units that can be chosen: code, name.
    pub(super) units: Vec<(String, String)>,
    /// Kinds of event that can be chosen: name, words.
    pub(super) events: Vec<(&'static str, &'static str)>,
}

/// Whose acts.
#[derive(Clone)]
pub(super) enum Sought {
    Anybody,
    One(OfficerId),
    /// Several have that name: who, what he is called.
    Several(Vec<(OfficerId, String)>),
    Nobody,
}

impl Choice {
    pub(super) async fn of(desk: &Desk, asked: &Fields) -> Result<Self, Problem> {
        let events = words::all("event", desk.look.language);
        let event = asked.get("event").map(str::to_owned);
        if let Some(event) = event.as_ref().filter(|e| !events.iter().any(|(name, _)| name == e)) {
            return Err(bad("event", event));
        }
        let (from, until) = (asked.day("from")?, asked.day("until")?);
        if let (Some(from), Some(until)) = (from, until)
            && until < from
        {
            return Err(bad("until", &until.to_string()));
        }
        let (unit, title) = (asked.some::<UnitCode>("unit")?, asked.some::<Title>("title")?);
        let (territory, today) = (desk.reading.territory.clone(), desk.reading.today);
        let (over, chosen) = (territory.clone(), unit.clone());
        let text = asked.get("officer").map(str::to_owned);
        let read = desk.read(move |reader| {
            let sought = sought(reader, text.as_deref(), &over, today)?;
            Ok((
                sought,
                units(reader, &over, chosen.as_ref(), today)?,
                within(reader, over, chosen, today)?,
            ))
        });
        let (sought, units, place) = read.await?;
        let officer = if let Sought::One(officer) = sought { Some(officer) } else { None };
        let attempts =
            place.map(|territory| RefusedFilter { territory, officer, from, until, about: None });
        let filter = DeedFilter {
            territory,
            officer,
            unit,
            from,
            until,
            event_type: event,
            about: None,
            title,
        };
        let own = asked.0.iter().filter(|(name, _)| NAMES.contains(&name.as_str()));
        let (asked, refused) =
            (Fields(own.cloned().collect()), asked.get("tab") == Some("refused"));
        Ok(Self { asked, filter, attempts, refused, sought, units, events })
    }

    /// What was asked for under a name.
    pub(super) fn get(&self, name: &str) -> &str {
        self.asked.get(name).unwrap_or_default()
    }

    /// Whether a choice of a list stands.
    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == value
    }

    /// A day that was asked for, as browsers write it.
    pub(super) fn day(&self, day: &Option<Date>) -> String {
        day.map(|day| day.to_string()).unwrap_or_default()
    }

    /// Whether anything was asked for.
    pub(super) fn is_narrow(&self) -> bool {
        NAMES.iter().any(|name| *name != "tab" && !self.get(name).is_empty())
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

    /// Address of the same with one thing made anew.
    pub(super) fn with(&self, name: &str, value: impl ToString) -> String {
        format!("/audit/acts?{}", self.query(&[(name, &value.to_string())]))
    }
}

/// By id, by the code of the local list, or by a part of the name of whoever has his record here.
fn sought(
    reader: &Reader<'_>,
    text: Option<&str>,
    territory: &Territory,
    today: Date,
) -> Result<Sought, ReadError> {
    let Some(text) = text else { return Ok(Sought::Anybody) };
    if let Ok(id) = text.parse() {
        return Ok(Sought::One(id));
    }
    if let Some(id) = reader.officer_by_code(text)? {
        return Ok(Sought::One(id));
    }
    let wanted = search::key(text);
    let all = reader.officers(territory, today)?;
    let named = all.into_iter().filter_map(|officer| {
        let name = officer.name?;
        search::key(&name)
            .contains(&wanted)
            .then(|| (officer.id, format!("{name} ({})", officer.code)))
    });
    let mut found: Vec<_> = named.take(OFFERED).collect();
    Ok(match (found.len(), found.pop()) {
        (_, None) => Sought::Nobody,
        (1, Some((id, _))) => Sought::One(id),
        (_, Some(last)) => {
            found.push(last);
            Sought::Several(found)
        }
    })
}

/// The units of the territory and those below, and the chosen one with those below it.
fn units(
    reader: &Reader<'_>,
    territory: &Territory,
    chosen: Option<&UnitCode>,
    today: Date,
) -> Result<Vec<(String, String)>, ReadError> {
    let mut units = Vec::new();
    for unit in territory.iter().chain(chosen) {
        units.extend(reader.unit(unit, today)?);
        units.extend(reader.children(unit, today)?);
    }
    let mut units: Vec<_> =
        units.into_iter().map(|unit| (unit.code.to_string(), unit.name)).collect();
    units.sort();
    units.dedup();
    Ok(units)
}

/// What lies both in the territory and in the unit.
fn within(
    reader: &Reader<'_>,
    territory: Territory,
    unit: Option<UnitCode>,
    today: Date,
) -> Result<Option<Territory>, ReadError> {
    let Some(unit) = unit else { return Ok(Some(territory)) };
    let path = reader.path(&unit, today)?;
    if path.iter().any(|above| territory.contains(&above.code)) {
        return Ok(Some(vec![unit]));
    }
    let mut below = Vec::new();
    for own in territory {
        let path = reader.path(&own, today)?;
        if path.iter().any(|above| above.code == unit) {
            below.push(own);
        }
    }
    Ok(Some(below).filter(|below| !below.is_empty()))
}
