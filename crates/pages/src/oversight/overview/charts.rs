//! The charts of the overview. Deliberately absent: any number that the tables beside them lack.

use projections::query::load::Loads;

use super::WeekEnd;
use crate::page::Page;
use crate::svg::{About, Bar, Pair, bars, line, pairs};

/// Officers that the chart has room for.
const OFFICERS: usize = 12;

fn about<'a>(page: &Page, id: &'a str, (title, text): (&'a str, &'a str)) -> About<'a> {
    About { id, title, text, language: page.language }
}

/// `24/11`.
fn short(day: procedure::Date) -> String {
    crate::format::day(day).chars().take(5).collect()
}

/// What came and went week by week.
pub(super) fn flow(page: &Page, weeks: &[WeekEnd]) -> String {
    let texts = (
        page.t("Hồ sơ tiếp nhận và giải quyết theo tuần", "Cases in and out by week"),
        page.t(
            "Mỗi tuần hai cột: tiếp nhận và giải quyết. Số liệu ở bảng bên dưới.",
            "Two bars a week: in and out. The numbers are in the table below.",
        ),
    );
    let pair = |end: &WeekEnd| Pair {
        label: short(end.week.from),
        values: [end.week.entered, end.week.left].map(|cases| u64::try_from(cases).unwrap_or(0)),
    };
    let names = [page.t("Tiếp nhận", "In"), page.t("Giải quyết", "Out")];
    let weeks: Vec<_> = weeks.iter().map(pair).collect();
    pairs(&about(page, "flow", texts), names, &weeks)
}

/// What was open at the end of each week.
pub(super) fn open(page: &Page, weeks: &[WeekEnd]) -> String {
    let texts = (
        page.t("Hồ sơ còn đang giải quyết cuối mỗi tuần", "Cases open at the end of each week"),
        page.t(
            "Đường số hồ sơ tồn. Số liệu ở bảng bên dưới.",
            "A line of open cases. The numbers are in the table below.",
        ),
    );
    let point = |end: &WeekEnd| (short(end.week.until), u64::try_from(end.open).unwrap_or(0));
    line(&about(page, "open", texts), &weeks.iter().map(point).collect::<Vec<_>>())
}

/// What officers hold, the late part dark; nothing where nobody holds anything.
pub(super) fn load(page: &Page, loads: &Loads) -> String {
    let held: Vec<_> = loads.officers.iter().filter(|load| load.held > 0).take(OFFICERS).collect();
    if held.is_empty() {
        return String::new();
    }
    let texts = (
        page.t("Hồ sơ đang giữ theo cán bộ", "Cases held by officer"),
        page.t(
            "Thanh sáng là hồ sơ đang giữ, phần sẫm là quá hạn. Số liệu ở bảng bên dưới.",
            "Light bars are cases held, the dark part is late. The numbers are in the table below.",
        ),
    );
    let said = |held: u64, late: u64| match late {
        0 => page.number(held),
        late => {
            format!("{} ({} {})", page.number(held), page.number(late), page.t("quá hạn", "late"))
        }
    };
    let bar = |load: &&projections::query::load::Load| Bar {
        label: load.name.clone().unwrap_or_else(|| "–".to_owned()),
        value: load.held,
        part: load.breached,
        said: said(load.held, load.breached),
    };
    let most = held.iter().map(|load| load.held).max().unwrap_or(0);
    bars(&about(page, "load", texts), &held.iter().map(bar).collect::<Vec<_>>(), most)
}
