//! Fields of a case's state and their values in words.
//! Deliberately absent: which of them are shown where.

use procedure::{Date, Definition, Language, OfficerId};
use projections::ReadError;
use projections::query::cases::CaseRow;
use projections::timeline::Change;
use serde_json::Value;

use crate::audit::names::Names;
use crate::{format, words};

type Words = &'static [(&'static str, &'static str, &'static str)];

const FIELDS: Words = &[
    ("phase", "Trạng thái", "State"),
    ("title", "Danh hiệu", "Title"),
    ("subject", "Đối tượng", "Subject"),
    ("year", "Năm", "Year"),
    ("procedure", "Thủ tục", "Procedure"),
    ("turn", "Đến lượt", "Turn"),
    ("turn_since", "Đến lượt từ ngày", "Turn since"),
    ("holder", "Người giữ", "Holder"),
    ("reason", "Lý do", "Reason"),
    ("decision", "Số quyết định", "Decision number"),
    ("band", "Mức đạt", "Level reached"),
    ("in_force", "Hiệu lực", "In force"),
    ("returns", "Số lần trả lại", "Times returned"),
    ("claims", "Tự chấm", "Claimed"),
    ("claimed", "Tổng điểm tự chấm", "Points claimed"),
    ("assessments", "Thẩm định", "Reviewed"),
    ("reviewed", "Tổng điểm thẩm định", "Points reviewed"),
    ("prefill", "Điền sẵn", "Filled in"),
    ("minutes", "Biên bản họp", "Minutes"),
    ("posted", "Niêm yết", "Posting"),
    ("objections", "Ý kiến", "Objection"),
    ("placed", "Dự thảo quyết định", "Draft decision"),
    ("alarm", "Thời hạn", "Time limit"),
    ("escalated", "Báo cấp trên", "Put before"),
    ("ended", "Danh hiệu chấm dứt", "Title ended"),
    ("taken", "Người đã làm từng bước", "Who took which step"),
    ("step", "bước", "step"),
    ("role", "vai trò", "role"),
    ("unit", "đơn vị", "unit"),
    ("from", "từ ngày", "from"),
    ("until", "đến ngày", "until"),
    ("points", "điểm", "points"),
    ("evidence", "minh chứng", "evidence"),
    ("note", "ghi chú", "note"),
    ("finding", "kết luận", "finding"),
    ("meeting", "cuộc họp", "meeting"),
    ("held_on", "ngày họp", "held on"),
    ("convened", "được mời", "convened"),
    ("present", "có mặt", "present"),
    ("votes", "phiếu", "votes"),
    ("for", "đồng ý", "for"),
    ("against", "không đồng ý", "against"),
    ("abstained", "không ý kiến", "abstained"),
    ("agreed", "kết quả", "result"),
    ("kind", "loại", "kind"),
    ("name", "người nêu", "by"),
    ("text", "nội dung", "content"),
    ("upheld", "kết luận", "found"),
    ("answer", "trả lời", "answer"),
    ("how", "cách", "how"),
    ("ground", "căn cứ", "ground"),
];

const VALUES: Words = &[
    ("absent", "Chưa có", "Not there"),
    ("warned", "Đã báo sắp đến hạn", "Warned"),
    ("breached", "Quá hạn", "Overdue"),
    ("comment", "Góp ý", "Comment"),
    ("objection", "Kiến nghị", "Objection"),
    ("lapsed", "Hết hạn", "Lapsed"),
    ("revoked", "Bị thu hồi", "Revoked"),
];

/// A field that is different, in words.
pub(in crate::audit) struct Difference {
    pub(in crate::audit) field: String,
    pub(in crate::audit) before: Option<String>,
    pub(in crate::audit) after: Option<String>,
}

/// Words for the state of one case.
pub(super) struct Wording<'n, 'a, 'b> {
    pub(super) names: &'n mut Names<'a, 'b>,
    pub(super) definition: Option<&'n Definition>,
    case: &'n CaseRow,
    /// The day on which units are named.
    on: Option<Date>,
}

impl<'n, 'a, 'b> Wording<'n, 'a, 'b> {
    pub(super) fn new(
        names: &'n mut Names<'a, 'b>,
        definition: Option<&'n Definition>,
        case: &'n CaseRow,
        recorded_at: &str,
    ) -> Self {
        Self { names, definition, case, on: format::day_of(recorded_at) }
    }

    /// Changes in words; those that nobody would see (nothing, and an empty list) are left out.
    pub(super) fn differences(&mut self, changes: &[Change]) -> Result<Vec<Difference>, ReadError> {
        let mut differences = Vec::new();
        for change in changes {
            let before = self.value(&change.path, &change.before)?;
            let after = self.value(&change.path, &change.after)?;
            if before != after {
                let field = self.field(&change.path);
                differences.push(Difference { field, before, after });
            }
        }
        Ok(differences)
    }

    /// Where it stands, such as `Tự chấm 1a: điểm`.
    pub(super) fn field(&self, path: &str) -> String {
        let language = self.names.language;
        let parts: Vec<&str> = path.split('/').collect();
        let named = |part: &&str| look_up(FIELDS, part, language).unwrap_or(part).to_owned();
        match parts.as_slice() {
            // These are by indicator or number.
            [first @ ("claims" | "assessments" | "prefill" | "objections"), key, rest @ ..] => {
                let rest: Vec<_> = rest.iter().map(named).collect();
                format!("{} {key}: {}", named(first), rest.join(", "))
            }
            [first] => named(first),
            [first, rest @ ..] => {
                let rest: Vec<_> = rest.iter().map(named).collect();
                format!("{}: {}", named(first), rest.join(", "))
            }
            [] => String::new(),
        }
    }

    /// A value; nothing where it is not there or empty.
    pub(super) fn value(&mut self, path: &str, value: &Value) -> Result<Option<String>, ReadError> {
        Ok(match value {
            Value::Null => None,
            Value::Bool(yes) => Some(self.yes_or_no(path, *yes)),
            Value::String(text) => Some(self.text(path, text)?),
            Value::Array(items) => {
                let mut texts = Vec::with_capacity(items.len());
                for item in items {
                    texts.extend(self.value(path, item)?);
                }
                Some(texts.join("; ")).filter(|text| !text.is_empty())
            }
            other => Some(other.to_string()),
        })
    }

    fn yes_or_no(&self, path: &str, yes: bool) -> String {
        let (vi, en) = match (path.ends_with("/agreed"), yes) {
            (true, true) => ("tán thành", "agreed"),
            (true, false) => ("không tán thành", "not agreed"),
            (false, true) => ("có cơ sở", "upheld"),
            (false, false) => ("không có cơ sở", "not upheld"),
        };
        self.names.t(vi, en).to_owned()
    }

    fn text(&mut self, path: &str, text: &str) -> Result<String, ReadError> {
        let language = self.names.language;
        let (first, last) = (path.split('/').next(), path.rsplit('/').next().unwrap_or(path));
        Ok(match (first.unwrap_or(path), last) {
            ("phase", _) if text != "absent" => words::word("state", text, language),
            ("title", _) => words::word("title", text, language),
            ("subject", _) if *text == self.case.subject.to_string() => {
                self.case.subject_name.clone().unwrap_or_else(|| text.to_owned())
            }
            ("procedure", _) => {
                let definition = self.definition.filter(|found| found.id.as_str() == text);
                definition.map_or_else(|| text.to_owned(), |d| d.name.get(language).to_owned())
            }
            ("holder", _) => self.officer(text)?,
            ("taken", _) => match text.split_once('/') {
                Some((step, officer)) => format!("{}: {}", self.step(step), self.officer(officer)?),
                None => text.to_owned(),
            },
            ("band", _) => self.band(text),
            (_, "step") => self.step(text),
            (_, "role") => words::role(text, language),
            (_, "unit") => match self.on {
                Some(on) => self.names.unit_text(text, on)?,
                None => text.to_owned(),
            },
            (_, "finding") => words::word("finding", text, language),
            (_, "turn_since" | "from" | "until" | "held_on") => format::date_text(text),
            ("phase" | "alarm", _) | (_, "kind" | "how") => {
                look_up(VALUES, text, language).unwrap_or(text).to_owned()
            }
            _ => text.to_owned(),
        })
    }

    fn officer(&mut self, id: &str) -> Result<String, ReadError> {
        match id.parse::<OfficerId>() {
            Ok(id) => self.names.officer(id),
            Err(_) => Ok(id.to_owned()),
        }
    }

    fn step(&self, id: &str) -> String {
        let mut steps = self.definition.iter().flat_map(|definition| &definition.steps);
        let found = steps.find(|step| step.id.as_str() == id);
        found.map_or_else(|| id.to_owned(), |step| step.name.get(self.names.language).to_owned())
    }

    fn band(&self, id: &str) -> String {
        let outcome = self.definition.map(|definition| &definition.outcome);
        let bands = outcome.iter().flat_map(|outcome| &outcome.bands);
        let levels = outcome.iter().flat_map(|outcome| &outcome.levels);
        let bands = bands.map(|band| (band.id.as_str(), &band.name));
        let mut all = bands.chain(levels.map(|level| (level.id.as_str(), &level.name)));
        let found = all.find(|(known, _)| *known == id);
        found.map_or_else(|| id.to_owned(), |(_, name)| name.get(self.names.language).to_owned())
    }
}

fn look_up(words: Words, name: &str, language: Language) -> Option<&'static str> {
    let (_, vi, en) = words.iter().find(|(known, _, _)| *known == name)?;
    Some(if language == Language::English { en } else { vi })
}
