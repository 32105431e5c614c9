//! `refused-acts`: what was refused for who asked.

use anyhow::Result;
use procedure::{OfficerId, UnitCode};
use projections::query::refused::{RefusedFilter, RefusedRow};

use crate::args::{Place, RefusedActs};
use crate::commands::read;
use crate::output::{answer, table};

pub(crate) async fn run(place: &Place, arguments: RefusedActs) -> Result<()> {
    let officer = arguments.officer.as_deref();
    let filter = RefusedFilter {
        territory: vec!["VN".parse::<UnitCode>()?],
        about: arguments.about,
        officer: officer.map(|text| text.parse().unwrap_or_else(|_| OfficerId::of_code(text))),
        from: arguments.from,
        until: arguments.until,
    };
    let page = arguments.page;
    let (cursor, limit) = (page.cursor, page.limit as usize);
    let look = move |reader: &projections::Reader<'_>| {
        reader.refused_acts(&filter, cursor.as_deref(), limit)
    };
    let found = read::with(place, look).await?;
    answer(page.json.json, &found, |found| {
        let more = match &found.next {
            Some(next) => format!("\nmore: --cursor {next}"),
            None => String::new(),
        };
        let header = ["on", "officer", "act", "refused by", "about", "particulars"];
        table(&header, found.items.iter().map(line)) + &more
    })
}

fn line(row: &RefusedRow) -> [String; 6] {
    let params = row.params.iter().map(|(name, value)| format!("{name} {value}"));
    [
        row.on.to_string(),
        row.officer_name.clone().unwrap_or_else(|| row.officer.to_string()),
        row.act.clone(),
        row.code.clone(),
        row.about.to_string(),
        params.collect::<Vec<_>>().join(", "),
    ]
}
