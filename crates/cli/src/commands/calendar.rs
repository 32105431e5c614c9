//! `calendar`: publish and show the working days.

use anyhow::Result;
use codec::calendar::{digest, parse};
use engine::Request;
use procedure::calendar::{CalendarDays, Command};
use procedure::{Date, Language};
use serde_json::json;
use uuid::Uuid;

use crate::args::{Calendar, Place};
use crate::commands::officer::operator;
use crate::commands::read;
use crate::failure::CliError;
use crate::home::Home;
use crate::official;
use crate::output::{answer, table};

pub(crate) async fn run(place: &Place, command: Calendar) -> Result<()> {
    match command {
        Calendar::Publish { file, json, .. } => {
            let days = match file {
                Some(file) => from_file(&file)?,
                None => official::calendar()?,
            };
            let home = Home::take(place).await?;
            let done = publish(&home.engine(), days).await?;
            let value = json!({ "events": done.events });
            answer(json.json, &value, |_| match done.events {
                0 => "the same calendar is published already".to_owned(),
                _ => "published; the last days of all open steps follow it".to_owned(),
            })
        }
        Calendar::Show { year, json } => show(place, year, json.json).await,
    }
}

fn from_file(file: &std::path::Path) -> Result<CalendarDays> {
    let name = file.display().to_string();
    let bytes = std::fs::read(file)
        .map_err(|error| CliError::File { file: name.clone(), detail: error.to_string() })?;
    parse(&name, &bytes).map_err(|findings| {
        for finding in &findings {
            eprintln!("{}", finding.line_in(Language::Vietnamese));
            eprintln!("  {}", finding.text(Language::English));
        }
        CliError::Findings { findings: findings.len() }.into()
    })
}

async fn publish(engine: &engine::Engine, days: CalendarDays) -> Result<engine::Done> {
    let digest = digest(&days)?;
    let request = Request::new(operator(), Uuid::now_v7());
    let command = Command::Publish { days: Box::new(days), digest };
    Ok(engine.set_calendar(&request, command).await?)
}

async fn show(place: &Place, year: Option<i16>, as_json: bool) -> Result<()> {
    let found = read::with(place, |reader| reader.published_calendar()).await?;
    let found = found.ok_or(CliError::NoCalendar)?;
    let year = year.unwrap_or_else(|| read::today().year());
    answer(as_json, &found, |found| {
        let of_year = |day: &Date| day.year() == year;
        let off = found.days.days_off.iter().filter(|day| of_year(&day.date)).map(|day| {
            [day.date.to_string(), day.name.vi.clone(), format!("{:?}", day.status).to_lowercase()]
        });
        let swaps = found.days.swaps.iter().filter(|swap| of_year(&swap.off)).map(|swap| {
            let what = format!("nghỉ, làm bù {}", swap.worked);
            [swap.off.to_string(), what, format!("{:?}", swap.status).to_lowercase()]
        });
        table(&["day off", "name", "status"], off.chain(swaps))
    })
}
