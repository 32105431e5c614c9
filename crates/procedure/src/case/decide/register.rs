//! Whether a subject can be registered for a title and year.

use alloc::vec;
use alloc::vec::Vec;

use crate::case::decide::Acting;
use crate::case::decide::authority::must_hold_role;
use crate::case::error::Refusal;
use crate::case::event::{CaseRegistered, Event};
use crate::case::state::{Phase, State};
use crate::definition::SeasonDay;
use crate::name::SubjectId;
use crate::refusal::Refused;

pub(super) fn register(
    state: &State,
    subject: SubjectId,
    year: i16,
    acting: &Acting<'_>,
) -> Result<Vec<Event>, Refused> {
    let definition = acting.definition();
    let title = definition.title;
    let registered = acting.context.subject.and_then(|state| state.registered.as_ref());
    let registered = registered.ok_or(Refusal::UnknownSubject { subject })?;
    let next = acting.first_assignment()?;
    if !acting.officer.owns(subject) {
        must_hold_role(&next, acting, acting.today())?;
    }
    if state.phase != Phase::Absent {
        return Err(Refusal::AlreadyRegistered { title, year }.into());
    }
    if registered.kind != title.subject_kind() {
        return Err(Refusal::WrongKind { title, kind: registered.kind }.into());
    }
    in_force(acting)?;
    in_season(year, acting)?;
    Ok(vec![
        CaseRegistered {
            title,
            subject,
            year,
            procedure: definition.id.clone(),
            place: acting.context.path.to_vec(),
            by: acting.by,
            on: acting.today(),
            next,
        }
        .into(),
    ])
}

fn in_force(acting: &Acting<'_>) -> Result<(), Refused> {
    let (today, procedure) = (acting.today(), acting.definition().id.clone());
    if let Some(date) = acting.context.edition.retired.filter(|retired| *retired <= today) {
        return Err(crate::edition::Refusal::Retired { procedure, date }.into());
    }
    if !acting.definition().in_force.contains(today) {
        return Err(Refusal::NotInForce { procedure, date: today }.into());
    }
    Ok(())
}

/// Never for a year that has not begun, or that was over before the definition came into force;
/// otherwise between the days of the season.
fn in_season(year: i16, acting: &Acting<'_>) -> Result<(), Refusal> {
    let (today, season) = (acting.today(), &acting.definition().season);
    let day = |day: &Option<SeasonDay>| day.as_ref().and_then(|day| day.of(year));
    let too_early = day(&season.registration_from).is_some_and(|from| today < from);
    let too_late = day(&season.registration_until).is_some_and(|until| until < today);
    let not_yet = year > today.year();
    let before_the_rules = year < acting.definition().in_force.from.year();
    if not_yet || before_the_rules || too_early || too_late {
        return Err(Refusal::OutOfSeason { year, date: today });
    }
    Ok(())
}
