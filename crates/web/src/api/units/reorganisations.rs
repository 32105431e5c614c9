//! `POST /units/{root}/reorganisations`: an instrument changes units from a day on.

use axum::response::Response;
use procedure::territory::{Change, Command as Act, Instrument, UnitKind};
use procedure::{Date, UnitCode};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::names;
use crate::command::{Accepted, Command};
use crate::params::Segment;
use crate::problem::Problem;

/// A reorganisation of administrative units (sắp xếp đơn vị hành chính).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reorganisation {
    /// By what right.
    pub instrument: InstrumentInput,
    /// First day on which it holds.
    #[schema(value_type = String, format = Date)]
    pub effective: Date,
    /// Made up for demonstration.
    #[serde(default)]
    pub sample: bool,
    /// What changes, in order.
    pub changes: Vec<ChangeInput>,
}

/// A legal instrument (văn bản).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InstrumentInput {
    /// Kind and number.
    #[schema(example = "Quyết định 19/2025/QĐ-TTg")]
    pub number: String,
    /// When it was issued, if known.
    #[schema(value_type = Option<String>, format = Date)]
    pub issued: Option<Date>,
}

/// One change of one unit.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(tag = "change", rename_all = "snake_case", deny_unknown_fields)]
pub enum ChangeInput {
    /// A unit begins.
    Founded {
        /// Its official code; for a hamlet the commune's code, a hyphen and a number.
        #[schema(value_type = String)]
        code: UnitCode,
        /// Its full name, kind included.
        name: String,
        /// Its kind.
        #[schema(value_type = names::UnitKind)]
        kind: UnitKind,
        /// The unit that it is part of; absent for the nation.
        #[schema(value_type = Option<String>)]
        parent: Option<UnitCode>,
    },
    /// A unit goes on under the same code with another kind and full name.
    Retyped {
        /// Its official code.
        #[schema(value_type = String)]
        code: UnitCode,
        /// Its full name from now on.
        name: String,
        /// Its kind from now on.
        #[schema(value_type = names::UnitKind)]
        kind: UnitKind,
    },
}

impl From<ChangeInput> for Change {
    fn from(input: ChangeInput) -> Self {
        match input {
            ChangeInput::Founded { code, name, kind, parent } => {
                Self::Founded { code, name, kind, parent }
            }
            ChangeInput::Retyped { code, name, kind } => Self::Retyped { code, name, kind },
        }
    }
}

/// Carries out an instrument on the units of a list.
///
/// The list is `VN` for provinces and communes, or a commune's code for its hamlets. For
/// administrators over it.
#[utoipa::path(
    post, path = "/units/{root}/reorganisations", tag = "units", request_body = Reorganisation,
    params(("root" = String, Path, description = "`VN`, or the code of a commune")),
    responses((status = 200, description = "Carried out", body = Accepted))
)]
pub async fn reorganise(
    Segment(root): Segment<UnitCode>,
    command: Command<Reorganisation>,
) -> Result<Response, Problem> {
    let input = &command.input;
    let InstrumentInput { number, issued } = &input.instrument;
    let act = Act::Reorganise {
        instrument: Instrument { number: number.clone(), issued: *issued },
        effective: input.effective,
        sample: input.sample,
        changes: input.changes.iter().cloned().map(Change::from).collect(),
    };
    let done = command.engine().reorganise(&command.request, &root, act).await?;
    command.done(&root, done).await
}
