//! The officers of `docs/first-title` at work: each step of a case by whose turn it is.

use std::collections::BTreeMap;

use acceptance::api::Response;
use acceptance::{Api, Folder};
use serde_json::{Value, json};

/// The officers, by the role in which they act.
pub(crate) type Officers = BTreeMap<&'static str, Api>;

/// A definition under which cases are carried to their title.
pub(crate) struct Season {
    procedure: String,
    indicators: Vec<(String, u64)>,
    tokens: BTreeMap<&'static str, String>,
    today: String,
}

/// A fresh token of an officer; the folder must be free.
pub(crate) fn token(folder: &Folder, officer: &str) -> String {
    let answer = folder.must(&["officer", "token", officer, "--json"]).json();
    answer["token"].as_str().unwrap().to_owned()
}

impl Season {
    /// Reads the definition from the log and issues tokens; the folder must be free.
    pub(crate) fn of(folder: &Folder, procedure: &str) -> Self {
        let tokens =
            ["cb-01", "cb-02", "cb-03", "cb-04"].map(|officer| (officer, token(folder, officer)));
        let until = folder.must(&["officer", "token", "cb-01", "--days", "1", "--json"]).json();
        let export = folder.must(&["export", "-o", "-"]).out;
        let definition = export
            .lines()
            .map(|line| serde_json::from_str::<Value>(line).unwrap())
            .map(|event| event["data"]["definition"].clone())
            .find(|definition| definition["id"] == procedure)
            .unwrap();
        let indicators = definition["criteria"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|criterion| criterion["indicators"].as_array().unwrap())
            .map(|indicator| {
                let id = indicator["id"].as_str().unwrap().to_owned();
                (id, indicator["maximum"]["value"].as_u64().unwrap())
            })
            .collect();
        Self {
            procedure: procedure.to_owned(),
            indicators,
            tokens: tokens.into_iter().collect(),
            today: day_before(until["until"].as_str().unwrap()),
        }
    }

    /// Today in Viet Nam, as the program sees it.
    pub(crate) fn today(&self) -> &str {
        &self.today
    }

    /// The officers at a server.
    pub(crate) fn officers(&self, base: &str) -> Officers {
        self.tokens.iter().map(|(officer, token)| (*officer, Api::new(base, token))).collect()
    }

    /// One of the five commands of a life, under a key that follows from subject and step.
    pub(crate) fn step(
        &self,
        officers: &Officers,
        subject: &str,
        step: usize,
    ) -> Result<Response, ureq::Error> {
        let key = key(subject, step);
        if step == 0 {
            let year: i64 = self.today[..4].parse().unwrap();
            let body = json!({ "subject": subject, "year": year, "procedure": self.procedure });
            return officers["cb-01"].post("/api/v1/cases", &key, &body);
        }
        let case = self.case(officers, subject)?;
        let (officer, act, body) = match step {
            1 => ("cb-01", "self-assessment", self.lines(None)),
            2 => ("cb-02", "review", self.lines(Some("confirmed"))),
            3 => ("cb-03", "review", self.lines(Some("confirmed"))),
            _ => {
                let decision = json!({ "number": "1/QĐ-UBND", "date": self.today });
                ("cb-04", "recognition", json!({ "decision": decision }))
            }
        };
        officers[officer].post(&format!("/api/v1/cases/{case}/{act}"), &key, &body)
    }

    /// The case of a subject: registering again under the same key says which it is.
    fn case(&self, officers: &Officers, subject: &str) -> Result<String, ureq::Error> {
        let answer = self.step(officers, subject, 0)?;
        assert_eq!(answer.body["repeated"], true, "{}", answer.body);
        Ok(answer.body["id"].as_str().unwrap().to_owned())
    }

    fn lines(&self, finding: Option<&str>) -> Value {
        let line = |(indicator, points): &(String, u64)| {
            let mut line = json!({ "indicator": indicator, "points": points });
            if let Some(finding) = finding {
                line["finding"] = finding.into();
            }
            line
        };
        json!({ "lines": self.indicators.iter().map(line).collect::<Vec<_>>() })
    }
}

/// A UUID that follows from subject and step.
fn key(subject: &str, step: usize) -> String {
    format!("{}{step:04x}", &subject[..subject.len() - 4])
}

/// Tokens of one day end tomorrow in Viet Nam: so today is the day before.
fn day_before(date: &str) -> String {
    let number = |from: usize, to: usize| date[from..to].parse::<u32>().unwrap();
    let (year, month, day) = (number(0, 4), number(5, 7), number(8, 10));
    if day > 1 {
        return format!("{year:04}-{month:02}-{:02}", day - 1);
    }
    let (year, month) = if month > 1 { (year, month - 1) } else { (year - 1, 12) };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    format!("{year:04}-{month:02}-{days:02}")
}
