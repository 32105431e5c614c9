//! `GET /signs`: signs of formalism, each with its rule and its numbers.
//! Deliberately absent: anything that follows from one; a sign is a question.

use axum::Json;
use procedure::{Title, UnitCode};
use projections::query::signs::{QUESTION_EN, QUESTION_VI, Sign, SignsFilter, Thresholds};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::api::names;
use crate::params::Params;
use crate::problem::Problem;
use crate::read::Reading;

/// Which acts.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SignsQuery {
    /// Only in this administrative unit or below it, by its code.
    #[param(value_type = Option<String>)]
    pub unit: Option<UnitCode>,
    /// Only for this title.
    #[param(value_type = Option<names::Title>)]
    pub title: Option<Title>,
    /// Only cases of this calendar year.
    pub year: Option<i16>,
}

/// A sign of formalism (dấu hiệu hình thức): a question about an officer's acts in one place.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignOfFormalism {
    /// What it says.
    #[schema(value_type = names::SignName)]
    name: String,
    /// The rule with its numbers, in Vietnamese.
    rule_vi: String,
    /// The rule with its numbers, in English.
    rule_en: String,
    /// The officer whose acts they are.
    officer: Uuid,
    /// His name; null where it was erased.
    officer_name: Option<String>,
    /// Code of the hamlet, or of the commune where the rule counts by commune.
    unit: String,
    /// At which step.
    step: String,
    /// How many reviews, acts or lines the rule speaks of.
    count: u64,
    /// Out of how many.
    of: u64,
    /// The one as a percentage of the other, rounded down.
    percent: u64,
    /// How many it takes for a sign; ours, no law's.
    at_least: u64,
    /// The day of the first of them.
    #[schema(format = Date)]
    first_day: String,
    /// The day of the last of them.
    #[schema(format = Date)]
    last_day: String,
    /// Some of the cases, at most ten.
    cases: Vec<Uuid>,
}

/// Signs, with what they are.
#[derive(Debug, Serialize, ToSchema)]
pub struct Signs {
    /// What a sign is, in Vietnamese; to be shown wherever signs are.
    question_vi: &'static str,
    /// What a sign is, in English.
    question_en: &'static str,
    /// The lines, the most striking first.
    items: Vec<SignOfFormalism>,
}

impl From<Sign> for SignOfFormalism {
    fn from(sign: Sign) -> Self {
        Self {
            name: sign.name.to_string(),
            rule_vi: sign.rule_vi,
            rule_en: sign.rule_en,
            officer: sign.officer.0,
            officer_name: sign.officer_name,
            unit: sign.unit.to_string(),
            step: sign.step.to_string(),
            count: sign.count,
            of: sign.of,
            percent: sign.percent,
            at_least: sign.at_least,
            first_day: sign.first_day.to_string(),
            last_day: sign.last_day.to_string(),
            cases: sign.cases.into_iter().map(|case| case.0).collect(),
        }
    }
}

/// Lists signs of formalism in the asker's territory, the most striking first.
///
/// A sign is a question to talk over with the officer, not an accusation, and it blocks nothing.
#[utoipa::path(
    get, path = "/signs", tag = "signs", params(SignsQuery),
    responses((status = 200, description = "The signs", body = Signs))
)]
pub async fn list_signs(
    reading: Reading,
    Params(query): Params<SignsQuery>,
) -> Result<Json<Signs>, Problem> {
    let filter = SignsFilter {
        territory: reading.territory.clone(),
        units: query.unit.into_iter().collect(),
        title: query.title,
        year: query.year,
    };
    let read = reading.read(move |reader| {
        let calendar = reader.calendar()?;
        reader.signs(&filter, &Thresholds::default(), &|day| calendar.is_working_day(day))
    });
    let items = read.await?.into_iter().map(SignOfFormalism::from).collect();
    Ok(Json(Signs { question_vi: QUESTION_VI, question_en: QUESTION_EN, items }))
}
