//! `signs`: signs of formalism, each with its rule. Deliberately absent: anything that follows
//! from one.

use std::collections::BTreeMap;

use anyhow::Result;
use procedure::UnitCode;
use projections::query::signs::{QUESTION_EN, QUESTION_VI, Sign, SignsFilter, Thresholds};
use serde::Serialize;

use crate::args::{Place, Signs};
use crate::commands::read;
use crate::output::{answer, table};

#[derive(Serialize)]
struct Answer {
    question_vi: &'static str,
    question_en: &'static str,
    thresholds: Thresholds,
    signs: Vec<Line>,
}

/// A sign with the name of its unit.
#[derive(Serialize)]
struct Line {
    #[serde(flatten)]
    sign: Sign,
    unit_name: Option<String>,
}

pub(crate) async fn run(place: &Place, arguments: Signs) -> Result<()> {
    let filter = SignsFilter {
        territory: vec!["VN".parse::<UnitCode>()?],
        units: arguments.unit.into_iter().collect(),
        title: arguments.title,
        year: arguments.year,
    };
    let thresholds = Thresholds::default();
    let signs = read::with(place, move |reader| {
        let (today, mut lines) = (read::today(), Vec::new());
        let calendar = reader.calendar()?;
        for sign in reader.signs(&filter, &thresholds, &|day| calendar.is_working_day(day))? {
            let unit_name = reader.unit(&sign.unit, today)?.map(|unit| unit.name);
            lines.push(Line { sign, unit_name });
        }
        Ok(lines)
    })
    .await?;
    let (question_vi, question_en) = (QUESTION_VI, QUESTION_EN);
    let found = Answer { question_vi, question_en, thresholds, signs };
    answer(arguments.json.json, &found, told)
}

fn told(found: &Answer) -> String {
    let question = format!("{}\n{}", found.question_vi, found.question_en);
    if found.signs.is_empty() {
        return format!("{question}\n\nkhông có dấu hiệu nào / no sign");
    }
    let header = ["sign", "officer", "unit", "name", "step", "count", "of", "%", "days"];
    let rules: BTreeMap<_, _> =
        found.signs.iter().map(|line| (line.sign.name, rule(&line.sign))).collect();
    let rules: Vec<_> = rules.into_values().collect();
    let table = table(&header, found.signs.iter().map(row));
    format!("{question}\n\n{table}\n\n{}", rules.join("\n"))
}

fn row(line: &Line) -> [String; 9] {
    let sign = &line.sign;
    [
        sign.name.to_string(),
        sign.officer_name.clone().unwrap_or_else(|| "–".to_owned()),
        sign.unit.to_string(),
        line.unit_name.clone().unwrap_or_default(),
        sign.step.to_string(),
        sign.count.to_string(),
        sign.of.to_string(),
        sign.percent.to_string(),
        format!("{} – {}", sign.first_day, sign.last_day),
    ]
}

fn rule(sign: &Sign) -> String {
    format!("{}\n  {}\n  {}", sign.name, sign.rule_vi, sign.rule_en)
}
