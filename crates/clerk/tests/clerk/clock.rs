//! Time limits: what is due when, warned of, breached and put before a role above.

use engine::Request;
use engine::kit::{by, id, operator};
use procedure::calendar::{CalendarDays, Command, DayOff};
use procedure::definition::{Source, Status};
use procedure::{Bilingual, CaseId, Date};
use projections::query::queue::{QueueCount, QueueFilter, QueueRow};

use crate::desk::Desk;

/// A case that came to the commune's review on Monday, 23 November 2026: ten working days.
async fn at_commune_review(desk: &Desk) -> CaseId {
    let case = desk.commune.assessed(1).await;
    let request = by("hamlet", "review");
    desk.commune.engine.case(&request, case, desk.commune.review()).await.unwrap();
    case
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn everywhere() -> QueueFilter {
    QueueFilter { territory: vec!["VN".parse().unwrap()], ..QueueFilter::default() }
}

async fn queue(desk: &Desk, today: &str) -> (QueueRow, QueueCount) {
    desk.caught_up().await;
    let today = date(today);
    let look = move |reader: &projections::Reader<'_>| {
        let mut rows = reader.queue(&everywhere(), today, None, 10)?.items;
        let mut counts = reader.queue_counts(&everywhere(), today)?;
        Ok((rows.remove(0), counts.remove(0)))
    };
    desk.runner.models().read(look).await.unwrap()
}

/// A calendar on which Tuesday, 24 November, is a day off.
async fn publish(desk: &Desk) {
    let source: procedure::SourceId = "test".parse().unwrap();
    let listed = Source { title: "test".into(), url: None, seen: true };
    let name = Bilingual { vi: "Ngày nghỉ".into(), en: "Day off".into() };
    let day =
        DayOff { date: date("2026-11-24"), name, status: Status::Verified, source: source.clone() };
    let days = CalendarDays {
        first_year: 2026,
        last_year: 2026,
        sources: [(source, listed)].into(),
        days_off: vec![day],
        swaps: Vec::new(),
    };
    let digest = codec::calendar::digest(&days).unwrap();
    let request = Request::new(operator(), id("calendar"));
    let command = Command::Publish { days: Box::new(days), digest };
    desk.commune.engine.set_calendar(&request, command).await.unwrap();
}

#[tokio::test]
async fn a_step_is_due_warned_of_breached_and_escalated_once_each() {
    let desk = Desk::new().await;
    let case = at_commune_review(&desk).await;
    let (row, _) = queue(&desk, "2026-11-23").await;
    assert_eq!((row.case.due, row.days_left), (Some(date("2026-12-07")), Some(10)));
    publish(&desk).await;
    let (row, _) = queue(&desk, "2026-11-24").await;
    assert_eq!((row.case.due, row.days_left), (Some(date("2026-12-08")), Some(10)));
    assert_eq!(desk.sweep().await.changed, 0, "nothing is said early");

    desk.set_day("2026-12-03");
    assert_eq!(desk.sweep().await.changed, 1);
    assert_eq!(desk.sweep().await.changed, 0);
    let (row, count) = queue(&desk, "2026-12-03").await;
    assert_eq!((row.days_left, row.case.breached, count.due_soon), (Some(3), false, 1));

    desk.set_day("2026-12-09");
    assert_eq!(desk.sweep().await.changed, 1);
    assert_eq!(desk.sweep().await.changed, 0);
    let (row, count) = queue(&desk, "2026-12-09").await;
    assert_eq!((row.days_left, row.case.breached), (Some(-1), true));
    assert_eq!((count.breached, count.due_soon), (1, 0));
    assert_eq!(row.case.escalated_to.unwrap().as_str(), "commune-chair");
    let events = desk.events(case).await;
    let said: Vec<_> = events.iter().skip(5).map(String::as_str).collect();
    assert_eq!(said, ["DeadlineWarned", "DeadlineBreached", "Escalated"]);
    let escalated = desk
        .runner
        .models()
        .read(|reader| reader.escalated(&vec!["05158".parse().unwrap()], date("2026-12-09"), 10));
    assert_eq!(escalated.await.unwrap().len(), 1);
}

#[tokio::test]
async fn time_stands_still_while_a_supplement_is_awaited() {
    let desk = Desk::new().await;
    let case = at_commune_review(&desk).await;
    let engine = &desk.commune.engine;
    desk.set_day("2026-11-25");
    let reason = engine.sealer(engine.subject_of(case).await.unwrap().0).unwrap();
    let reason = reason.seal("reason", "Thiếu giấy khen").unwrap();
    let back = procedure::case::Command::Return { reason, indicators: Vec::new() };
    engine.case(&by("commune", "back"), case, back).await.unwrap();
    let (row, count) = queue(&desk, "2026-11-25").await;
    assert_eq!((row.case.due, row.days_left, count.paused), (None, None, 1));
    assert_eq!(row.case.paused.unwrap().as_str(), "commune_review");
    desk.set_day("2027-01-20");
    assert_eq!(desk.sweep().await.changed, 0, "no time runs out meanwhile");
    let procedure::case::Command::SelfAssess { mut lines, .. } = desk.commune.claims() else {
        unreachable!()
    };
    lines.truncate(1);
    lines[0].points -= 1;
    let more = procedure::case::Command::Supplement { lines, declarant: None };
    engine.case(&by("recorder", "more"), case, more).await.unwrap();
    // Two of ten working days were used; eight are left from Wednesday, 20 January 2027.
    let (row, _) = queue(&desk, "2027-01-20").await;
    assert_eq!((row.case.due, row.days_left), (Some(date("2027-02-01")), Some(8)));
}
