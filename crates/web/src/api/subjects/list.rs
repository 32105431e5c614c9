//! `GET /subjects`: search.

use axum::Json;
use procedure::{SubjectKind, UnitCode};
use projections::query::subjects::SubjectsFilter;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Subject;
use crate::api::names;
use crate::paging;
use crate::params::Params;
use crate::problem::Problem;
use crate::read::Reading;

/// Which subjects.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub struct SubjectsQuery {
    /// Part of the name, accents and case or not (`duc` finds `Đức`), or the whole local code.
    pub text: Option<String>,
    /// Only of this kind.
    #[param(value_type = Option<names::SubjectKind>)]
    pub kind: Option<SubjectKind>,
    /// Only in this administrative unit or below it, by its code.
    #[param(value_type = Option<String>)]
    pub unit: Option<UnitCode>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Lines of the page, 1 to 200; 50 by default.
    pub limit: Option<usize>,
}

/// A page of subjects, by local code.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubjectsPage {
    /// The lines.
    items: Vec<Subject>,
    /// Mark of the next page for `after`; null at the end.
    next: Option<String>,
}

/// Searches the subjects of the asker's territory.
#[utoipa::path(
    get, path = "/subjects", tag = "subjects", params(SubjectsQuery),
    responses((status = 200, description = "A page", body = SubjectsPage))
)]
pub async fn list_subjects(
    reading: Reading,
    Params(query): Params<SubjectsQuery>,
) -> Result<Json<SubjectsPage>, Problem> {
    let filter = SubjectsFilter {
        territory: reading.territory.clone(),
        units: query.unit.into_iter().collect(),
        kind: query.kind,
        text: query.text,
    };
    let (after, limit) = (query.after, paging::limit(query.limit));
    let page =
        reading.read(move |reader| reader.subjects(&filter, after.as_deref(), limit)).await?;
    let items = page.items.into_iter().map(Subject::from).collect();
    Ok(Json(SubjectsPage { items, next: page.next }))
}
