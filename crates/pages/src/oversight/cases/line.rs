//! A case as supervisors see it, with every age and name: on the page and in the file.
//! Deliberately absent: what it contains; the case's own page has that.

use std::sync::Arc;

use procedure::definition::{Limit, Status};
use procedure::territory::UnitLevel;
use procedure::{Date, Language, Role, Title};
use projections::query::CaseState;
use projections::query::queue::{QueueRow, SOON, WaitingOn};
use projections::{ReadError, Reader};

use crate::names::{Officers, Units};
use crate::page::Page;
use crate::{format, words};

/// A case with the names that belong to it.
pub(in crate::oversight) struct Line {
    pub(in crate::oversight) row: QueueRow,
    pub(in crate::oversight) step: String,
    /// How long the step may take, in words; empty without a limit.
    pub(in crate::oversight) limit: String,
    pub(in crate::oversight) limit_provisional: bool,
    /// Its place by the names of the day on which it was filed.
    pub(in crate::oversight) filed: String,
    /// The same by today's names.
    pub(in crate::oversight) now: String,
    pub(in crate::oversight) holder: Option<String>,
    /// The level at which the work lies.
    pub(in crate::oversight) level: Option<UnitLevel>,
    pub(in crate::oversight) side: Option<WaitingOn>,
    pub(in crate::oversight) late: bool,
    pub(in crate::oversight) soon: bool,
}

impl Line {
    /// Whether its place is called otherwise today.
    pub(in crate::oversight) fn renamed(&self) -> bool {
        self.filed != self.now
    }

    /// Whether there is anything to notice about it.
    pub(in crate::oversight) fn is_flagged(&self) -> bool {
        let case = &self.row.case;
        let stopped = case.paused.is_some() || case.objections > 0 || case.decision.is_some();
        self.late || self.soon || stopped || case.escalated_to.is_some()
    }
}

/// Makes lines, with names that are read once for all of them.
pub(in crate::oversight) struct Lines {
    language: Language,
    today: Date,
    units: Units,
    officers: Officers,
}

impl Lines {
    pub(in crate::oversight) fn new(language: Language, today: Date) -> Self {
        Self { language, today, units: Units::default(), officers: Officers::default() }
    }

    /// The lines of some cases.
    pub(in crate::oversight) fn of(
        &mut self,
        reader: &Reader<'_>,
        rows: Vec<QueueRow>,
    ) -> Result<Vec<Line>, ReadError> {
        let soon = reader.calendar()?.add_working_days(self.today, SOON);
        rows.into_iter().map(|row| self.line(reader, row, soon)).collect()
    }

    fn line(
        &mut self,
        reader: &Reader<'_>,
        row: QueueRow,
        soon: Option<Date>,
    ) -> Result<Line, ReadError> {
        let (case, language, today) = (&row.case, self.language, self.today);
        let definition = reader.definition(&case.procedure)?;
        let step = match (&definition, &case.step) {
            (Some(definition), Some(step)) => Arc::as_ref(definition).step(step),
            _ => None,
        };
        let limit = step.and_then(|step| step.limit.as_ref());
        let name = step.map(|step| step.name.get(language).to_owned());
        let holder = match case.holder {
            Some(holder) => {
                let name = self.officers.name(reader, holder)?;
                Some(name.unwrap_or_else(|| holder.to_string()))
            }
            None => None,
        };
        let unit = case.unit.as_ref().map(|unit| reader.unit(unit, today)).transpose()?.flatten();
        let late = case.due.is_some_and(|due| due < today);
        Ok(Line {
            step: name.or_else(|| case.step.as_ref().map(ToString::to_string)).unwrap_or_default(),
            limit: limit.map(|limit| limit_words(limit, case.year, language)).unwrap_or_default(),
            limit_provisional: limit.is_some_and(|limit| limit.status == Status::Provisional),
            filed: self.units.place(reader, &case.place, case.filed_on)?,
            now: self.units.place(reader, &case.place, today)?,
            holder,
            level: unit.map(|unit| unit.level),
            side: WaitingOn::of(case.state),
            late,
            soon: !late && case.due.zip(soon).is_some_and(|(due, soon)| due <= soon),
            row,
        })
    }
}

/// `5 ngày làm việc`.
fn limit_words(limit: &Limit, year: i16, language: Language) -> String {
    let t = |vi: &str, en: &str| if language == Language::English { en } else { vi }.to_owned();
    match (limit.working_days, limit.days, &limit.by) {
        (Some(days), _, _) => format!("{days} {}", t("ngày làm việc", "working days")),
        (None, Some(days), _) => format!("{days} {}", t("ngày", "days")),
        (None, None, Some(by)) => {
            let day = by.of(year).map_or_else(|| "–".to_owned(), format::day);
            format!("{} {day}", t("đến", "until"))
        }
        (None, None, None) => String::new(),
    }
}

/// The words that lines in files need, apart from the page.
pub(in crate::oversight) struct Words(Language);

impl Words {
    pub(in crate::oversight) fn of(page: &Page) -> Self {
        Self(page.language)
    }

    fn title(&self, title: Title) -> String {
        words::word("title", title.as_str(), self.0)
    }

    fn role(&self, role: &Role) -> String {
        words::role(role.as_str(), self.0)
    }

    fn yes(&self, yes: bool) -> String {
        let word = if self.0 == Language::English { "yes" } else { "có" };
        if yes { word.to_owned() } else { String::new() }
    }
}

/// The heads of the columns of a file.
pub(in crate::oversight) fn header(page: &Page) -> [&str; 25] {
    [
        page.t("mã hồ sơ", "case"),
        page.t("đối tượng", "subject"),
        page.t("mã đối tượng", "subject code"),
        page.t("danh hiệu", "title"),
        page.t("năm", "year"),
        page.t("địa bàn khi nộp", "place as filed"),
        page.t("địa bàn hiện nay", "place as today"),
        page.t("trạng thái", "state"),
        page.t("đang chờ", "waiting on"),
        page.t("bước", "step"),
        page.t("ngày nộp", "filed on"),
        page.t("ngày ở bước", "days in step"),
        page.t("ngày với người giữ", "days with holder"),
        page.t("ngày từ khi nộp", "days since filing"),
        page.t("thời hạn", "limit"),
        page.t("hạn cuối", "due"),
        page.t("còn lại", "days left"),
        page.t("người giữ", "holder"),
        page.t("cấp", "level"),
        page.t("số lần trả lại", "times returned"),
        page.t("quá hạn", "late"),
        page.t("báo cáo cấp trên", "put before"),
        page.t("tạm dừng ở bước", "paused at step"),
        page.t("ý kiến chưa trả lời", "open objections"),
        page.t("dữ liệu mẫu", "sample"),
    ]
}

impl Line {
    /// The cells of a file.
    pub(in crate::oversight) fn cells(&self, page: &Page) -> Vec<String> {
        self.cells_with(&Words::of(page))
    }

    /// The same without the page.
    pub(in crate::oversight) fn cells_with(&self, words: &Words) -> Vec<String> {
        let (row, case) = (&self.row, &self.row.case);
        let said = |kind: &str, name: &str| words::word(kind, name, words.0);
        vec![
            case.id.to_string(),
            case.subject_name.clone().unwrap_or_default(),
            case.subject_code.clone().unwrap_or_default(),
            words.title(case.title),
            case.year.to_string(),
            self.filed.clone(),
            self.now.clone(),
            said("state", CaseState::as_str(case.state)),
            self.side.map(|side| said("waiting", side.as_str())).unwrap_or_default(),
            self.step.clone(),
            format::day(case.filed_on),
            row.days_in_step.to_string(),
            row.days_with_holder.map(|days| days.to_string()).unwrap_or_default(),
            row.days_since_filing.to_string(),
            self.limit.clone(),
            case.due.map(format::day).unwrap_or_default(),
            row.days_left.map(|days| days.to_string()).unwrap_or_default(),
            self.holder.clone().unwrap_or_default(),
            self.level.map(|level| said("level", level.as_str())).unwrap_or_default(),
            case.returns.to_string(),
            words.yes(self.late),
            case.escalated_to.as_ref().map(|role| words.role(role)).unwrap_or_default(),
            case.paused.as_ref().map(ToString::to_string).unwrap_or_default(),
            case.objections.to_string(),
            words.yes(case.sample),
        ]
    }
}
