//! What is to be done, as the read models have it. Each question names cases that may have something
//! to be done about them; the core decides whether they have.

use procedure::{CaseId, Date, DecisionId, Definition, Title};
use projections::query::agenda::Renewable;
use projections::{ReadError, Reader};

/// Decisions whose cases have not all followed.
pub(crate) fn decisions(reader: &Reader<'_>) -> Result<Vec<DecisionId>, ReadError> {
    reader.unsettled_decisions()
}

/// Cases whose time is to be warned of or is over, or whose posting is over.
pub(crate) fn clocks(
    reader: &Reader<'_>,
    today: Date,
    limit: usize,
) -> Result<Vec<CaseId>, ReadError> {
    reader.cases_to_watch(today, limit)
}

/// Cases whose competence has passed to somebody else, or whose subject is to be reminded.
pub(crate) fn to_watch(
    reader: &Reader<'_>,
    today: Date,
    limit: usize,
) -> Result<Vec<CaseId>, ReadError> {
    let mut cases = Vec::new();
    for definition in definitions(reader)? {
        cases.extend(reader.cases_to_hand_over(&definition, today, limit)?);
        cases.extend(reader.cases_to_remind(&definition, today, limit)?);
    }
    cases.sort_unstable();
    cases.dedup();
    Ok(cases)
}

/// Titles whose last day is over.
pub(crate) fn to_lapse(
    reader: &Reader<'_>,
    today: Date,
    limit: usize,
) -> Result<Vec<CaseId>, ReadError> {
    reader.titles_to_lapse(today, limit)
}

/// Titles that end with the year, under the definitions that cases are registered under today.
pub(crate) fn to_renew(
    reader: &Reader<'_>,
    today: Date,
    limit: usize,
) -> Result<Vec<Renewable>, ReadError> {
    let mut titles = Vec::new();
    for title in Title::ALL {
        let Some(id) = reader.procedure_in_force(*title, (today, today.year()))? else { continue };
        let Some((_, definition)) = reader.procedure(&id)? else { continue };
        titles.extend(reader.titles_to_renew(&definition, today, limit)?);
    }
    Ok(titles)
}

fn definitions(reader: &Reader<'_>) -> Result<Vec<Definition>, ReadError> {
    let mut definitions = Vec::new();
    for row in reader.procedures()? {
        definitions.extend(reader.procedure(&row.id)?.map(|(_, definition)| definition));
    }
    Ok(definitions)
}
