//! What the form of a case is made of: the case, its definition, its history so far, and its draft.
//! Deliberately absent: what somebody has typed since.

use engine::Draft;
use procedure::definition::StepKind;
use procedure::{CaseId, Date, Definition};
use projections::query::cases::CaseRow;
use projections::timeline::Entry;
use web::problem::Problem;
use web::read::failed;

use super::draft;
use super::lines::{self, Line};
use crate::desk::Desk;
use crate::fields::Fields;
use crate::words;

/// Which of the two forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    SelfAssessment,
    Supplement,
}

impl Form {
    /// Its name in addresses and of its draft.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::SelfAssessment => "self-assessment",
            Self::Supplement => "supplement",
        }
    }

    /// The form of that name.
    pub(crate) fn named(name: &str) -> Self {
        if name == Self::Supplement.name() { Self::Supplement } else { Self::SelfAssessment }
    }

    /// Its address.
    pub(crate) fn path(self, id: CaseId) -> String {
        format!("/cases/{id}/{}", self.name())
    }

    /// Whether it mends what was handed in.
    pub(crate) fn mends(&self) -> bool {
        *self == Self::Supplement
    }
}

/// A case that is being filled in.
pub(super) struct Work {
    pub(super) form: Form,
    pub(super) case: CaseRow,
    pub(super) definition: Definition,
    /// What stood there before: last year's points, or those that were handed in.
    pub(super) before: Vec<Line>,
    /// Why it was returned, and on which day.
    pub(super) returned: Option<(String, String)>,
    pub(super) draft: Option<Draft>,
    pub(super) revision: u64,
    entries: Vec<Entry>,
}

impl Work {
    /// The case, if the reader may see it.
    pub(super) async fn of(desk: &Desk, form: Form, id: CaseId) -> Result<Self, Problem> {
        let case = desk.case(id).await?;
        let app = &desk.look.site.app;
        let entries = app.history.timeline(id).await.map_err(failed)?;
        let procedure = case.procedure.clone();
        let found = desk.read(move |reader| reader.procedure(&procedure)).await?;
        let (_, definition) = found.ok_or_else(web::api::cases::unknown)?;
        let types: &[&str] = match form {
            Form::SelfAssessment => &["Prefilled"],
            Form::Supplement => &["SelfAssessed", "Supplemented"],
        };
        let last = entries.last();
        let reason = last.filter(|entry| entry.state.phase == "returned");
        let reason = reason.and_then(|entry| entry.state.reason.clone());
        Ok(Self {
            form,
            before: lines::last(&entries, types),
            returned: reason.map(|reason| (reason, crate::format::day(case.turn_since))),
            draft: app.engine.draft(&draft::of(form, id)?).await?,
            revision: last.map_or(case.revision, |entry| entry.revision),
            case,
            definition,
            entries,
        })
    }

    /// What the form begins with, and where that is from: the draft, or what stood there before.
    pub(super) async fn begun(&self, desk: &Desk) -> Result<(Fields, Option<String>), Problem> {
        if let Some(saved) = &self.draft {
            let by = saved.by;
            let who = desk.read(move |reader| reader.officer(by)).await?;
            let who = who.map(|officer| officer.name.unwrap_or(officer.code)).unwrap_or_default();
            let day = crate::format::day(saved.on);
            let from = match desk.t("vi", "en") {
                "vi" => format!("Đang mở bản nháp do {who} lưu ngày {day}."),
                _ => format!("This is the draft that {who} saved on {day}."),
            };
            return Ok((draft::fields(&saved.content), Some(from)));
        }
        let prefilled = self.form == Form::SelfAssessment && !self.before.is_empty();
        let from = prefilled.then(|| {
            desk.t(
                "Đã điền sẵn theo hồ sơ năm trước. Anh chị xem lại từng chỉ tiêu và sửa cho đúng năm nay.",
                "Filled in from last year’s case. Look at each indicator and make it right for this year.",
            )
            .to_owned()
        });
        Ok((lines::fields(&self.before), from))
    }

    /// The last day of registration, while the subject has not assessed itself yet.
    pub(super) fn until(&self) -> Option<Date> {
        let step = self.case.step.as_ref().and_then(|step| self.definition.step(step))?;
        let until = self.definition.season.registration_until.as_ref()?.of(self.case.year)?;
        (step.kind == StepKind::SelfAssessment).then_some(until)
    }

    /// What happened to the case after a revision, in words.
    pub(super) fn since(&self, revision: u64, desk: &Desk) -> Vec<String> {
        let later = self.entries.iter().filter(|entry| entry.revision > revision);
        let told = later.map(|entry| {
            let event = words::word("event", &entry.event_type, desk.look.language);
            format!("{event}, {}", crate::format::time(&entry.recorded_at))
        });
        told.collect()
    }
}
