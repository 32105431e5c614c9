//! `procedure`: check, try, test, publish, list and retire definitions.

use std::path::{Path, PathBuf};

use anyhow::Result;
use codec::definition::{Located, parse};
use engine::{Engine, Request};
use procedure::{Definition, Language, edition};
use serde_json::json;
use uuid::Uuid;

use crate::args::{Place, Procedure};
use crate::commands::officer::operator;
use crate::commands::read;
use crate::failure::CliError;
use crate::home::Home;
use crate::official;
use crate::output::{answer, table};

mod test;
mod trial;

pub(crate) async fn run(place: &Place, command: Procedure) -> Result<()> {
    match command {
        Procedure::Check { files, json } => check(&files, json.json),
        Procedure::Try(arguments) => trial::run(place, arguments).await,
        Procedure::Test(arguments) => test::run(arguments),
        Procedure::Publish { files, shipped, json } => {
            let definitions = if shipped { official::definitions()? } else { read_all(&files)? };
            let home = Home::take(place).await?;
            publish(&home.engine(), definitions, json.json).await
        }
        Procedure::Retire { id, json } => {
            let home = Home::take(place).await?;
            let request = Request::new(operator(), Uuid::now_v7());
            let done = home.engine().procedure(&request, &id, edition::Command::Retire).await?;
            let value = json!({ "procedure": id, "events": done.events });
            answer(json.json, &value, |_| format!("{id} is retired"))
        }
        Procedure::List(json) => list(place, json.json).await,
    }
}

fn load(file: &Path) -> Result<Result<Definition, Vec<Located>>> {
    let name = file.display().to_string();
    let bytes = std::fs::read(file)
        .map_err(|error| CliError::File { file: name.clone(), detail: error.to_string() })?;
    Ok(parse(&name, &bytes))
}

fn check(files: &[PathBuf], as_json: bool) -> Result<()> {
    let mut findings = Vec::new();
    for file in files {
        findings.extend(load(file)?.err().into_iter().flatten());
    }
    checked(files.len(), &findings, as_json)
}

/// Says what was found in so many files; an error if it was anything.
fn checked(files: usize, findings: &[Located], as_json: bool) -> Result<()> {
    let listed: Vec<_> = findings
        .iter()
        .map(|finding| {
            json!({
                "file": finding.file, "line": finding.line, "column": finding.column,
                "rule": finding.rule, "vi": finding.vi, "en": finding.en,
            })
        })
        .collect();
    let value = json!({ "files": files, "findings": listed });
    answer(as_json, &value, |_| told(files, findings))?;
    match findings.len() {
        0 => Ok(()),
        findings => Err(CliError::Findings { findings }.into()),
    }
}

fn told(files: usize, findings: &[Located]) -> String {
    if findings.is_empty() {
        return format!("{files} definitions, nothing to mend");
    }
    let lines = findings.iter().map(|finding| {
        format!("{}\n  {}", finding.line_in(Language::Vietnamese), finding.text(Language::English))
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn read_all(files: &[PathBuf]) -> Result<Vec<Definition>> {
    let mut definitions = Vec::with_capacity(files.len());
    for file in files {
        match load(file)? {
            Ok(definition) => definitions.push(definition),
            Err(findings) => {
                eprintln!("{}", told(1, &findings));
                return Err(CliError::Findings { findings: findings.len() }.into());
            }
        }
    }
    Ok(definitions)
}

async fn publish(engine: &Engine, definitions: Vec<Definition>, as_json: bool) -> Result<()> {
    let mut published = Vec::new();
    for definition in definitions {
        let (id, provisional) = (definition.id.clone(), definition.is_provisional());
        let done = official::publish(engine, &operator(), definition).await?;
        let new = !done.repeated && done.events > 0;
        published.push(json!({ "procedure": id, "new": new, "provisional": provisional }));
    }
    answer(as_json, &published, |published| {
        let line = |value: &serde_json::Value| {
            let state = if value["new"] == true { "published" } else { "already there" };
            let mark = if value["provisional"] == true { " (has provisional parts)" } else { "" };
            format!("{} {state}{mark}", value["procedure"].as_str().unwrap_or_default())
        };
        published.iter().map(line).collect::<Vec<_>>().join("\n")
    })
}

async fn list(place: &Place, as_json: bool) -> Result<()> {
    let procedures = read::with(place, |reader| reader.procedures()).await?;
    answer(as_json, &procedures, |procedures| {
        let rows = procedures.iter().map(|procedure| {
            [
                procedure.id.to_string(),
                procedure.title.to_string(),
                procedure.in_force_from.to_string(),
                procedure.retired_on.map(|on| on.to_string()).unwrap_or_default(),
                procedure.name_vi.clone(),
            ]
        });
        table(&["procedure", "title", "in force from", "retired", "name"], rows)
    })
}
