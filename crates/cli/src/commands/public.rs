//! `objections` and `reminders`: what concerns the public.

use anyhow::Result;

use crate::args::{Concerning, Place};
use crate::commands::read;
use crate::output::{answer, table};

pub(crate) async fn objections(place: &Place, concerning: Concerning) -> Result<()> {
    let (territory, limit) = (vec![concerning.unit], concerning.limit as usize);
    let look = move |reader: &projections::Reader<'_>| reader.open_objections(&territory, limit);
    let found = read::with(place, look).await?;
    answer(concerning.json.json, &found, |found| {
        let rows = found.iter().map(|row| {
            let (case, number) = (row.case.to_string(), row.number.to_string());
            [case, number, row.kind.clone(), row.filed_on.to_string()]
        });
        table(&["case", "number", "kind", "filed on"], rows)
    })
}

pub(crate) async fn reminders(place: &Place, concerning: Concerning) -> Result<()> {
    let (territory, limit) = (vec![concerning.unit], concerning.limit as usize);
    let found = read::with(place, move |reader| reader.reminders(&territory, read::today(), limit));
    answer(concerning.json.json, &found.await?, |found| {
        let rows = found.iter().map(|row| {
            let (until, sent) = (row.until.to_string(), row.sent_on.to_string());
            [row.case.to_string(), row.about.clone(), until, sent]
        });
        table(&["case", "about", "last day", "sent on"], rows)
    })
}
