//! `/calendar/publish`: the working days are pasted or chosen as a file, checked, compared with those in
//! use, and published in their place.
//! Deliberately absent: an address of the API; so far whoever holds the machine, or an administrator of the
//! nation at a screen, does this.

use askama::Template;
use axum::response::Response;
use codec::calendar::{digest, parse};
use procedure::calendar::Command;
use procedure::{CalendarId, Date};
use projections::query::queue::QueueFilter;
use projections::{ReadError, Reader};
use web::HttpRefusal;
use web::command::Nothing;
use web::problem::Problem;

use super::changes::{Change, changes};
use super::months::weekday;
use crate::desk::Desk;
use crate::page::{Area, Page, show};
use crate::public;
use crate::text_form::Kind;
use crate::upload::Upload;

/// The working days, as a text to be published.
static KIND: Kind = Kind {
    title: ("Công bố lịch ngày làm việc", "Publish the working days"),
    home: "/calendar",
    place: ("Lịch ngày làm việc", "Working days"),
    what: (
        "Chọn tệp TOML có mọi ngày nghỉ của các năm (như tệp vn.toml đi kèm), hoặc dán nội dung.",
        "Choose a TOML file with all days off of its years (like the vn.toml that comes along), or paste \
         its text.",
    ),
    file: "calendar.toml",
};

#[derive(Template)]
#[template(path = "calendar/preview.html")]
struct Preview {
    page: Page,
    text: String,
    years: (i16, i16),
    /// How many days were not seen in their source.
    unseen: usize,
    changes: Vec<Change>,
    /// The open cases that are due on the first of these days or later.
    touched: u64,
}

impl Preview {
    fn weekday(&self, day: &Date) -> &'static str {
        weekday(*day, &self.page)
    }
}

/// `GET /calendar/publish`.
pub(super) async fn form(desk: Desk) -> Result<Response, Problem> {
    desk.must_administer_nation()?;
    Ok(KIND.form(&desk))
}

/// `POST /calendar/publish/preview`.
pub(super) async fn preview(upload: Upload) -> Result<Response, Problem> {
    let desk = &upload.0.desk;
    desk.must_administer_nation()?;
    let (days, text) = match KIND.read(&upload, parse) {
        Ok(checked) => checked,
        Err(response) => return Ok(*response),
    };
    let years = (days.first_year, days.last_year);
    let off =
        days.days_off.iter().map(|off| off.status).chain(days.swaps.iter().map(|swap| swap.status));
    let unseen = off.filter(|status| *status == procedure::definition::Status::Provisional).count();
    let (language, today) = (desk.look.language, desk.reading.today);
    let read = desk.read(move |reader| {
        let before = reader.published_calendar()?;
        let changes = changes(before.as_ref().map(|row| &row.days), &days, language);
        let touched = match changes.first() {
            Some(first) => due_from(reader, first.day, today)?,
            None => 0,
        };
        Ok((changes, touched))
    });
    let (changes, touched) = read.await?;
    let page = desk.page(Area::Procedures, "Xem trước lịch mới", "Look at the new calendar");
    Ok(show(&Preview { page, text, years, unseen, changes, touched }))
}

/// How many open cases have their last day on `day` or later; no other can change.
fn due_from(reader: &Reader<'_>, day: Date, today: Date) -> Result<u64, ReadError> {
    let count = |due_by: Option<Date>| -> Result<u64, ReadError> {
        let territory = public::nation().into_iter().collect();
        let filter = QueueFilter { territory, due_by, ..QueueFilter::default() };
        Ok(reader.queue_counts(&filter, today)?.iter().map(|count| count.cases).sum())
    };
    // Cases without a last day have the last of the calendar in its place.
    let limited = count(Date::MAX.day_before())?;
    Ok(limited.saturating_sub(count(day.day_before())?))
}

/// `POST /calendar/publish`.
pub(super) async fn publish(upload: Upload) -> Result<Response, Problem> {
    let (days, text) = match KIND.read(&upload, parse) {
        Ok(checked) => checked,
        Err(response) => return Ok(*response),
    };
    let act = &upload.0;
    let digest = digest(&days).map_err(|_| HttpRefusal::Internal)?;
    let command = act.command(Nothing {});
    let publication = Command::Publish { days: Box::new(days), digest };
    match command.engine().set_calendar(&command.request, publication).await {
        Ok(done) => {
            let answer = command.done(CalendarId, done).await?;
            let notice = act.desk.t(
                "Đã công bố lịch. Thời hạn của các hồ sơ đang mở được tính lại theo lịch này.",
                "The working days are published. The limits of open cases are counted by them anew.",
            );
            Ok(act.done(&answer, "/calendar", notice))
        }
        Err(error) => Ok(KIND.again(&act.desk, text, &[], Some(&error.into()))),
    }
}

/// `POST /calendar/publish/edit`: back from the preview with the text.
pub(super) async fn edit(upload: Upload) -> Result<Response, Problem> {
    let desk = &upload.0.desk;
    desk.must_administer_nation()?;
    Ok(KIND.again(desk, upload.text()?.to_owned(), &[], None))
}
