//! Whether a subject can be registered for a title and year, by itself or by renewal.

use alloc::vec;
use alloc::vec::Vec;

use crate::case::command::Context;
use crate::case::decide::Acting;
use crate::case::decide::authority::must_hold_role;
use crate::case::error::Refusal;
use crate::case::event::{CaseRegistered, Claim, Event, Prefilled};
use crate::case::state::{Phase, State};
use crate::definition::{Definition, SeasonDay};
use crate::name::{CaseId, SubjectId};
use crate::refusal::Refused;

pub(super) fn register(
    state: &State,
    subject: SubjectId,
    year: i16,
    acting: &Acting<'_>,
) -> Result<Vec<Event>, Refused> {
    let definition = acting.definition();
    let title = definition.title;
    let registered = acting.context.also.subject.and_then(|state| state.registered.as_ref());
    let registered = registered.ok_or(Refusal::UnknownSubject { subject })?;
    let next = acting.context.first_assignment()?;
    if !acting.officer.owns(subject) {
        must_hold_role(&next, acting, acting.today())?;
    }
    if state.phase != Phase::Absent {
        return Err(Refusal::AlreadyRegistered { title, year }.into());
    }
    if registered.kind != title.subject_kind() {
        return Err(Refusal::WrongKind { title, kind: registered.kind }.into());
    }
    must_be_open(year, acting.context)?;
    Ok(vec![
        CaseRegistered {
            title,
            subject,
            year,
            procedure: definition.id.clone(),
            place: acting.context.path.to_vec(),
            renews: None,
            by: Some(acting.by),
            on: acting.today(),
            next,
        }
        .into(),
    ])
}

/// The program opens a case for the holder of a title that ends with the year, and puts in last
/// year's points as a draft, as far as this definition still asks for them.
pub(super) fn renew(
    state: &State,
    (subject, year, previous): (SubjectId, i16, CaseId),
    context: &Context<'_>,
) -> Result<Vec<Event>, Refused> {
    let its_own = |before: &&State| {
        before
            .registered
            .as_ref()
            .is_some_and(|case| case.subject == subject && case.title == context.definition.title)
    };
    let before = context.also.previous.filter(its_own);
    let ends = before.is_some_and(|before| ends_within(before, year, context));
    if state.phase != Phase::Absent || context.definition.renewal.is_none() || !ends {
        return Ok(vec![]);
    }
    must_be_open(year, context)?;
    let on = context.today;
    let registered = CaseRegistered {
        title: context.definition.title,
        subject,
        year,
        procedure: context.definition.id.clone(),
        place: context.path.to_vec(),
        renews: Some(previous),
        by: None,
        on,
        next: context.first_assignment()?,
    };
    let before = context.also.previous.into_iter().flat_map(|before| &before.claims);
    let lines = before.filter_map(|line| within(line, context.definition)).collect();
    Ok(vec![registered.into(), Prefilled { from: previous, lines, on }.into()])
}

/// Whether the case has a title that is in force today and ends within the year.
fn ends_within(case: &State, year: i16, context: &Context<'_>) -> bool {
    let in_force = case.title_in_force().filter(|days| days.contains(context.today));
    in_force.and_then(|days| days.until).is_some_and(|until| until.year() <= year)
}

fn within(line: &Claim, definition: &Definition) -> Option<Claim> {
    let maximum = definition.indicator(&line.indicator)?.maximum.value;
    Some(Claim { points: line.points.min(maximum), ..line.clone() })
}

fn must_be_open(year: i16, context: &Context<'_>) -> Result<(), Refused> {
    in_force(year, context)?;
    Ok(in_season(year, context)?)
}

fn in_force(year: i16, context: &Context<'_>) -> Result<(), Refused> {
    let (today, procedure) = (context.today, context.definition.id.clone());
    if let Some(date) = context.edition.retired.filter(|retired| *retired <= today) {
        return Err(crate::edition::Refusal::Retired { procedure, date }.into());
    }
    if !context.definition.in_force.contains(today) {
        return Err(Refusal::NotInForce { procedure, date: today }.into());
    }
    if !context.definition.covers(year) {
        return Err(Refusal::NotForYear { procedure, year }.into());
    }
    Ok(())
}

/// Never for a year that has not begun; otherwise between the days of the season.
fn in_season(year: i16, context: &Context<'_>) -> Result<(), Refusal> {
    let (today, season) = (context.today, &context.definition.season);
    let day = |day: &Option<SeasonDay>| day.as_ref().and_then(|day| day.of(year));
    let too_early = day(&season.registration_from).is_some_and(|from| today < from);
    let too_late = day(&season.registration_until).is_some_and(|until| until < today);
    if year > today.year() || too_early || too_late {
        return Err(Refusal::OutOfSeason { year, date: today });
    }
    Ok(())
}
