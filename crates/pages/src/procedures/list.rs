//! `GET /procedures`: every definition that was published, with what it is now.
//! Deliberately absent: drafts; they are not in the log.

use askama::Template;
use axum::response::Response;
use procedure::{Date, Title};
use projections::query::procedures::ProcedureRow;
use web::problem::Problem;

use super::view::View;
use crate::desk::Desk;
use crate::format;
use crate::look::Look;
use crate::page::{Area, Page, show};
use crate::public;

#[derive(Template)]
#[template(path = "procedures/list.html")]
struct List {
    page: Page,
    groups: Vec<(Title, Vec<Line>)>,
    may_publish: bool,
}

/// A line.
struct Line {
    row: ProcedureRow,
    unseen: usize,
    /// The edition for the same title that took force before it.
    before: Option<String>,
    state: (String, &'static str),
}

impl Line {
    fn name(&self, page: &Page) -> String {
        page.t(&self.row.name_vi, &self.row.name_en).to_owned()
    }
}

/// What a definition is on a day, in words, and how the badge looks.
pub(super) fn state(row: &ProcedureRow, today: Date, english: bool) -> (String, &'static str) {
    let day = format::day;
    let from = day(row.in_force_from);
    match (row.retired_on, row.in_force_until) {
        (Some(on), _) if english => (format!("retired on {}", day(on)), "badge"),
        (Some(on), _) => (format!("ngừng áp dụng từ {}", day(on)), "badge"),
        (None, Some(until)) if until < today && english => {
            (format!("ended on {}", day(until)), "badge")
        }
        (None, Some(until)) if until < today => {
            (format!("hết hiệu lực ngày {}", day(until)), "badge")
        }
        _ if today < row.in_force_from && english => {
            (format!("in force from {from}"), "badge badge--main")
        }
        _ if today < row.in_force_from => (format!("sẽ áp dụng từ {from}"), "badge badge--main"),
        (None, Some(until)) if english => {
            (format!("in force {from} to {}", day(until)), "badge badge--ok")
        }
        (None, Some(until)) => {
            (format!("đang áp dụng, {from} đến {}", day(until)), "badge badge--ok")
        }
        (None, None) if english => (format!("in force since {from}"), "badge badge--ok"),
        (None, None) => (format!("đang áp dụng từ {from}"), "badge badge--ok"),
    }
}

/// `GET /procedures`.
pub(super) async fn list(look: Look) -> Result<Response, Problem> {
    let (today, language) = (look.site.app.engine.today(), look.language);
    let english = language == procedure::Language::English;
    let read = public::read(&look, move |reader| {
        let mut lines = Vec::new();
        for row in reader.procedures()? {
            let definition = reader.definition(&row.id)?;
            let unseen = definition.map_or(0, |definition| View::of(&definition, language).unseen);
            let state = state(&row, today, english);
            lines.push(Line { row, unseen, before: None, state });
        }
        Ok(lines)
    });
    let mut lines = read.await?;
    lines.sort_by(|one, other| {
        let key = |line: &Line| (line.row.in_force_from, line.row.id.clone());
        key(one).cmp(&key(other))
    });
    let mut groups: Vec<(Title, Vec<Line>)> =
        Title::ALL.iter().map(|title| (*title, Vec::new())).collect();
    for mut line in lines {
        let Some((_, group)) = groups.iter_mut().find(|(title, _)| *title == line.row.title) else {
            continue;
        };
        line.before = group.last().map(|before: &Line| before.row.id.to_string());
        group.push(line);
    }
    groups.retain(|(_, group)| !group.is_empty());
    groups.iter_mut().for_each(|(_, group)| group.reverse());
    let may_publish = Desk::of(look.clone()).await?.is_some_and(|desk| desk.administers_nation());
    let mut page = public::page(&look, "Thủ tục và căn cứ", "Procedures and their basis").await?;
    page.area = Some(Area::Procedures);
    Ok(show(&List { page, groups, may_publish }))
}
