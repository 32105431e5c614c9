//! The tables of the overview as files. Deliberately absent: the charts; they have no numbers of their own.

use axum::response::Response;
use web::HttpRefusal;
use web::problem::Problem;

use super::heat::Cell;
use super::{Found, WeekEnd};
use crate::format;
use crate::oversight::cases::line;
use crate::page::Page;
use crate::sheet::csv;

/// The table of a name.
pub(super) fn file(
    which: &str,
    page: &Page,
    found: &Found,
    heat: &[Cell],
    by_unit: &[Cell],
) -> Result<Response, Problem> {
    match which {
        "flow" => flow(page, found),
        "stays" => stays("stays", page, heat),
        "stays-by-unit" => stays("stays-by-unit", page, by_unit),
        "below" => below(page, found),
        "weeks" => weeks(page, &found.weeks),
        "load" => load(page, found),
        "oldest" => {
            csv("oldest", &line::header(page), found.oldest.iter().map(|line| line.cells(page)))
        }
        _ => Err(HttpRefusal::NoSuchAddress { path: format!("/oversight?csv={which}") }.into()),
    }
}

fn flow(page: &Page, found: &Found) -> Result<Response, Problem> {
    let (flow, now) = (&found.flow, &found.strip);
    let header = [
        page.t("từ ngày", "from"),
        page.t("đến ngày", "until"),
        page.t("tồn đầu kỳ", "opening"),
        page.t("tiếp nhận", "in"),
        page.t("giải quyết", "out"),
        page.t("tồn cuối kỳ", "closing"),
        page.t("mở lại", "reopened"),
        page.t("công nhận", "recognised"),
        page.t("không công nhận", "refused"),
        page.t("rút", "withdrawn"),
        page.t("đang giải quyết", "open now"),
        page.t("quá hạn", "late"),
        page.t("sắp đến hạn", "due soon"),
        page.t("chưa giao", "unassigned"),
        page.t("tạm dừng", "paused"),
    ];
    let mut row = vec![format::day(flow.from), format::day(flow.until)];
    let counts = [
        flow.opening,
        flow.entered,
        flow.left,
        flow.closing,
        flow.reopened,
        flow.recognised,
        flow.refused,
        flow.withdrawn,
    ];
    row.extend(counts.map(|count| count.to_string()));
    let counts = [now.open, now.breached, now.due_soon, now.unassigned, now.paused];
    row.extend(counts.map(|count| count.to_string()));
    csv("flow", &header, [row])
}

fn stays(name: &str, page: &Page, cells: &[Cell]) -> Result<Response, Problem> {
    let header = [
        page.t("danh hiệu", "title"),
        page.t("bước hoặc đơn vị", "step or unit"),
        page.t("cấp", "level"),
        page.t("đã qua", "finished"),
        "p50",
        "p90",
        page.t("lâu nhất", "longest"),
        page.t("đang ở", "open"),
        page.t("p50 đang ở", "open p50"),
        page.t("p90 đang ở", "open p90"),
        page.t("lâu nhất đang ở", "oldest open"),
        page.t("quá hạn", "late"),
        page.t("tạm dừng", "paused"),
    ];
    let rows = cells.iter().map(|cell| {
        let stay = &cell.stay;
        let mut row = vec![page.word("title", cell.title), cell.name.clone(), cell.level.clone()];
        row.push(stay.finished.to_string());
        row.extend([stay.p50, stay.p90, stay.longest].map(|days| days.to_string()));
        row.push(stay.open.to_string());
        row.extend([stay.open_p50, stay.open_p90].map(|days| days.to_string()));
        row.push(stay.oldest_open.map(|days| days.to_string()).unwrap_or_default());
        row.extend([stay.breached_open, stay.paused].map(|cases| cases.to_string()));
        row
    });
    csv(name, &header, rows)
}

fn below(page: &Page, found: &Found) -> Result<Response, Problem> {
    let header = [
        page.t("mã", "code"),
        page.t("đơn vị", "unit"),
        page.t("tồn đầu kỳ", "opening"),
        page.t("tiếp nhận", "in"),
        page.t("giải quyết", "out"),
        page.t("tồn cuối kỳ", "closing"),
        page.t("đang giải quyết", "open now"),
        page.t("quá hạn", "late"),
        page.t("sắp đến hạn", "due soon"),
        page.t("chưa giao", "unassigned"),
        page.t("tạm dừng", "paused"),
    ];
    let rows = found.below.iter().map(|part| {
        let directly =
            || (String::new(), page.t("Nộp thẳng ở cấp này", "Filed at this level").to_owned());
        let unit = part.unit.as_ref();
        let (code, name) =
            unit.map_or_else(directly, |(code, name)| (code.to_string(), name.clone()));
        let mut row = vec![code, name];
        let counts = [part.opening, part.entered, part.left, part.closing];
        row.extend(counts.map(|count| count.to_string()));
        let now = &part.now;
        let counts = [now.open, now.breached, now.due_soon, now.unassigned, now.paused];
        row.extend(counts.map(|count| count.to_string()));
        row
    });
    csv("units", &header, rows)
}

fn weeks(page: &Page, weeks: &[WeekEnd]) -> Result<Response, Problem> {
    let header = [
        page.t("từ ngày", "from"),
        page.t("đến ngày", "until"),
        page.t("tiếp nhận", "in"),
        page.t("giải quyết", "out"),
        page.t("tồn cuối tuần", "open at the end"),
    ];
    let rows = weeks.iter().map(|end| {
        let week = &end.week;
        let days = [week.from, week.until].map(format::day);
        let counts = [week.entered, week.left, end.open].map(|count| count.to_string());
        [days.as_slice(), counts.as_slice()].concat()
    });
    csv("weeks", &header, rows)
}

fn load(page: &Page, found: &Found) -> Result<Response, Problem> {
    let header = [
        page.t("cán bộ", "officer"),
        page.t("đang giữ", "held"),
        page.t("giữ lâu nhất (ngày)", "longest held (days)"),
        page.t("quá hạn", "late"),
        page.t("sắp đến hạn", "due soon"),
        page.t("việc trong 30 ngày", "acts in 30 days"),
    ];
    let rows = found.loads.officers.iter().map(|load| {
        let days = load.oldest_held_days.map(|days| days.to_string()).unwrap_or_default();
        let name = load.name.clone().unwrap_or_else(|| load.officer.to_string());
        vec![
            name,
            load.held.to_string(),
            days,
            load.breached.to_string(),
            load.due_soon.to_string(),
            load.acts_30_days.to_string(),
        ]
    });
    csv("load", &header, rows)
}
