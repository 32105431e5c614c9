//! `GET /officers/{id}`: an officer with his terms, delegations, subjects and tokens, and the forms about
//! each. Deliberately absent: his cases; the queue has them by holder.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::{Redirect, Response};
use procedure::officer::Relation;
use procedure::{Date, OfficerId, UnitCode};
use projections::query::officers::TokenRow;
use projections::query::queue::{Holder, QueueFilter};
use projections::query::units::UnitRow;
use projections::{ReadError, Reader};
use web::problem::Problem;

use super::record::{Looker, Passed, Record};
use super::{choices, kept, unknown};
use crate::desk::Desk;
use crate::fields::Fields;
use crate::page::{Area, Page, show_as};
use crate::typed::Typed;

#[derive(Template)]
#[template(path = "officers/read.html")]
struct OfficerPage {
    page: Page,
    seen: Seen,
    /// Whether he can sign in with a password.
    has_password: bool,
    /// What units were looked for.
    find: String,
    typed: Typed,
    today: Date,
}

impl OfficerPage {
    fn relations(&self) -> &'static [Relation] {
        Relation::ALL
    }

    /// The powers of others that he has, and those of his that others have, under their headings.
    fn passed(&self) -> [(&str, &[Passed]); 2] {
        let record = &self.seen.record;
        [
            (self.page.t("Làm thay", "Acts in the place of"), &record.received),
            (self.page.t("Người làm thay", "Is stood in for by"), &record.given),
        ]
    }

    /// Whether a token counts.
    fn counts(&self, token: &TokenRow) -> bool {
        token.revoked_on.is_none() && self.today <= token.until
    }
}

/// What is read for the page, in one snapshot.
struct Seen {
    record: Record,
    roles: Vec<String>,
    units: Vec<UnitRow>,
    tokens: Vec<TokenRow>,
    /// The open cases that he holds.
    held: u64,
}

/// `GET /officers/{id}`.
pub(super) async fn read(
    Path(id): Path<OfficerId>,
    desk: Desk,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let asked = Fields::parse(query.unwrap_or_default().as_bytes());
    let find = asked.get("find").unwrap_or_default().to_owned();
    page(&desk, id, find, Typed::default(), StatusCode::OK).await
}

/// `GET` of an address that a form was sent to, as from the switch of the language: the officer again.
pub(super) async fn back(Path(id): Path<OfficerId>) -> Redirect {
    Redirect::to(&format!("/officers/{id}"))
}

/// The page, with what was typed into one of its forms.
pub(super) async fn page(
    desk: &Desk,
    id: OfficerId,
    find: String,
    typed: Typed,
    status: StatusCode,
) -> Result<Response, Problem> {
    let (territory, today) = (desk.must_administer()?, desk.reading.today);
    let chosen = typed.value("appointment", "unit", "");
    let wanted = if chosen.is_empty() { find.clone() } else { chosen };
    let looker = Looker { today, territory, himself: false };
    let seen = desk.read(move |reader| seen(reader, id, &looker, &wanted)).await?;
    let seen = seen.ok_or_else(unknown)?;
    let access = desk.look.site.app.engine.access(id).await?;
    let name = seen.record.name.clone();
    let mut page = desk.page(Area::Administration, "", "");
    page.title = name;
    let has_password = access.is_some_and(|access| access.has_password);
    Ok(show_as(status, &OfficerPage { page, seen, has_password, find, typed, today }))
}

fn seen(
    reader: &Reader<'_>,
    id: OfficerId,
    looker: &Looker,
    wanted: &str,
) -> Result<Option<Seen>, ReadError> {
    let (territory, today) = (&looker.territory, looker.today);
    let Some(row) = kept(reader, id, (territory, today))? else { return Ok(None) };
    let home: UnitCode = row.unit.clone();
    let record = Record::of(reader, row, looker)?;
    let filter = QueueFilter {
        territory: territory.clone(),
        holder: Holder::Officer(id),
        ..QueueFilter::default()
    };
    let held = reader.queue_counts(&filter, today)?.iter().map(|count| count.cases).sum();
    Ok(Some(Seen {
        record,
        roles: choices::roles(reader)?,
        units: choices::units_for(reader, territory, (Some(&home), wanted), today)?,
        tokens: reader.tokens(id)?,
        held,
    }))
}
