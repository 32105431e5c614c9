//! When a title is reached, between which days, and for how long, in sentences.
//! Deliberately absent: any number that does not stand in the definition.

use procedure::definition::{Anchor, Definition, SeasonDay};

use super::cite::{Said, Sources};
use crate::format;

/// The rule of the result.
pub(super) fn outcome<'a>(definition: &'a Definition, sources: &mut Sources<'a>) -> Vec<Said> {
    let mut said = Vec::new();
    let outcome = &definition.outcome;
    if let Some(total) = &outcome.minimum_total {
        let most: u32 = definition.criteria.iter().map(|one| u32::from(one.maximum.value)).sum();
        let least = total.value;
        let text = match sources.t("vi", "en") {
            "vi" => format!("Đạt danh hiệu khi tổng điểm từ {least} trên {most} trở lên."),
            _ => format!("The title is reached with {least} points of {most} or more."),
        };
        said.push(sources.said(text, total.status, &total.source));
    }
    if let Some(each) = &outcome.minimum_each {
        let least = each.value;
        let text = match sources.t("vi", "en") {
            "vi" => format!("Không chỉ tiêu nào dưới {least} điểm."),
            _ => format!("No indicator has less than {least} points."),
        };
        said.push(sources.said(text, each.status, &each.source));
    }
    for band in &outcome.bands {
        let (name, from) = (band.name.get(sources.language), band.from);
        let text = match sources.t("vi", "en") {
            "vi" => format!("Xếp loại {name}: từ {from} điểm trở lên."),
            _ => format!("{name}: from {from} points."),
        };
        said.push(sources.said(text, band.status, &band.source));
    }
    levels(definition, sources, &mut said);
    said
}

fn levels<'a>(definition: &'a Definition, sources: &mut Sources<'a>, said: &mut Vec<Said>) {
    let mut below: Option<&str> = None;
    for level in &definition.outcome.levels {
        let name = level.name.get(sources.language);
        let targets: Vec<&str> = level.targets.iter().map(|target| target.as_str()).collect();
        let targets = targets.join(", ");
        let mut text = match (sources.t("vi", "en"), below) {
            ("vi", None) => format!("{name}: đạt đủ các chỉ tiêu {targets}."),
            ("vi", Some(below)) => {
                format!("{name}: đạt {below} và đạt thêm đủ các chỉ tiêu {targets}.")
            }
            (_, None) => format!("{name}: the targets {targets} are all met."),
            (_, Some(below)) => format!("{name}: {below}, and the targets {targets} are all met."),
        };
        if let (Some(months), Some(below)) = (level.months_after_below, below) {
            text.push_str(&match sources.t("vi", "en") {
                "vi" => format!(" Đang giữ {below} thì sau {months} tháng kể từ ngày quyết định mới được công nhận {name}."),
                _ => format!(" A holder of {below} waits {months} months from the day of its decision."),
            });
        }
        said.push(sources.said(text, level.status, &level.source));
        below = Some(name);
    }
}

/// The days of a year, how long a title lasts, and how it is striven for anew.
pub(super) fn season<'a>(definition: &'a Definition, sources: &mut Sources<'a>) -> Vec<Said> {
    let mut said = Vec::new();
    let season = &definition.season;
    let days = [
        (&season.registration_from, "Đăng ký từ ngày", "Registration begins on"),
        (&season.registration_until, "Đăng ký đến hết ngày", "Registration ends with"),
        (&season.recognition_from, "Quyết định công nhận từ ngày", "Titles are recognised from"),
    ];
    for (day, vi, en) in days {
        if let Some(day) = day {
            let text = format!("{} {}.", sources.t(vi, en), season_day(day, sources));
            said.push(sources.said(text, day.status, &day.source));
        }
    }
    let validity = &definition.validity;
    let months = validity.months;
    let text = match (sources.t("vi", "en"), validity.counted_from) {
        ("vi", Anchor::Decision) => {
            format!("Danh hiệu có giá trị {months} tháng kể từ ngày quyết định.")
        }
        ("vi", Anchor::YearEnd) => {
            format!(
                "Danh hiệu có giá trị từ ngày quyết định đến hết {months} tháng tính từ ngày 01/01 của năm sau năm xét."
            )
        }
        (_, Anchor::Decision) => {
            format!("The title is in force for {months} months from the day of the decision.")
        }
        (_, Anchor::YearEnd) => {
            format!(
                "The title is in force from the decision until {months} months after the end of the case’s year."
            )
        }
    };
    said.push(sources.said(text, validity.status, &validity.source));
    if let Some(renewal) = &definition.renewal {
        let days: Vec<String> = renewal.remind_days_before.iter().map(u16::to_string).collect();
        let days = days.join(", ");
        let mut text = sources.t(
            "Công nhận lại: đầu kỳ đăng ký của năm hết hạn, hồ sơ mới được mở với điểm năm trước làm bản nháp.",
            "Renewal: when registration begins in the year of its end, a case is opened with last year’s points as a draft.",
        ).to_owned();
        if !days.is_empty() {
            text.push_str(&match sources.t("vi", "en") {
                "vi" => format!(" Nhắc trước ngày cuối {days} ngày."),
                _ => format!(" Reminders come {days} days before a last day."),
            });
        }
        said.push(sources.said(text, renewal.status, &renewal.source));
    }
    said
}

/// `31/12 của năm xét`.
pub(super) fn season_day(day: &SeasonDay, sources: &Sources<'_>) -> String {
    let date = format!("{:02}/{:02}", day.day, day.month);
    match (sources.t("vi", "en"), day.years_after) {
        ("vi", 0) => format!("{date} của năm xét"),
        ("vi", 1) => format!("{date} của năm sau năm xét"),
        ("vi", years) => format!("{date}, {years} năm sau năm xét"),
        (_, 0) => format!("{date} of the case’s year"),
        (_, 1) => format!("{date} of the year after"),
        (_, years) => format!("{date}, {years} years after"),
    }
}

/// Since when and until when it holds, and from which year on.
pub(super) fn in_force<'a>(definition: &'a Definition, sources: &mut Sources<'a>) -> Vec<Said> {
    let rule = &definition.in_force;
    let from = format::day(rule.from);
    let text = match (sources.t("vi", "en"), rule.until.map(format::day)) {
        ("vi", None) => format!("Áp dụng cho hồ sơ đăng ký từ ngày {from}."),
        ("vi", Some(until)) => {
            format!("Áp dụng cho hồ sơ đăng ký từ ngày {from} đến hết ngày {until}.")
        }
        (_, None) => format!("For cases that are registered from {from}."),
        (_, Some(until)) => format!("For cases that are registered from {from} to {until}."),
    };
    let mut said = vec![sources.said(text, rule.status, &rule.source)];
    if let Some(transition) = &definition.transition {
        let (about, year) = (transition.about.get(sources.language), transition.first_year);
        let text = match sources.t("vi", "en") {
            "vi" => format!("Chuyển tiếp: {about} Năm xét đầu tiên: {year}."),
            _ => format!("Transition: {about} First year: {year}."),
        };
        said.push(sources.said(text, transition.status, &transition.source));
    }
    said
}
