//! The page of a case, with whatever was typed in its forms.
//! Deliberately absent: reading and judging; see [`super::file`].

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use engine::Draft;
use procedure::case::ObjectionKind;
use procedure::definition::StepKind;
use procedure::{CaseId, Date};
use projections::query::cases::CaseRow;
use projections::query::queue::SOON;
use projections::timeline::{MinutesView, ObjectionView};
use web::problem::Problem;

use crate::act::Act;
use crate::cases::ask::kind;
use crate::cases::blocks::Blocks;
use crate::cases::criteria::{Group, groups, reviews};
use crate::cases::file::File;
use crate::cases::review::form::{self, Typed, Wrong};
use crate::cases::story::{self, Line};
use crate::cases::sum::Sum;
use crate::desk::Desk;
use crate::failure::Told;
use crate::fields::Fields;
use crate::page::{Area, Page, show_as};

/// What was typed on the page, and what became of it.
#[derive(Default)]
pub(super) struct Filled {
    /// The review form.
    review: Option<Fields>,
    /// Another form, by the name of its act.
    act: Option<(&'static str, Fields)>,
    problem: Option<Problem>,
    /// The revision on which it was typed.
    since: Option<u64>,
    /// When it was kept as a draft.
    kept: Option<Date>,
}

impl Filled {
    /// What a draft keeps.
    pub(super) fn from_draft(draft: Option<Draft>) -> Self {
        let Some(draft) = draft else { return Self::default() };
        let fields = Fields::parse(draft.content.as_bytes());
        let since = fields.get("revision").and_then(|text| text.parse().ok());
        Self { since, review: Some(fields), kept: Some(draft.on), ..Self::default() }
    }

    /// What was sent as a review.
    pub(super) fn review(act: &Act, problem: Option<Problem>) -> Self {
        Self { review: Some(act.fields.clone()), since: act.revision, problem, ..Self::default() }
    }

    /// What was sent for another act.
    pub(super) fn act(act: &Act, name: &'static str, problem: Problem) -> Self {
        let typed = (name, act.fields.clone());
        Self { act: Some(typed), since: act.revision, problem: Some(problem), ..Self::default() }
    }
}

#[derive(Template)]
#[template(path = "cases/case.html")]
struct View {
    page: Page,
    told: Option<Told>,
    file: File,
    steps: Vec<Step>,
    kind: Option<StepKind>,
    days: Days,
    blocks: Option<Blocks>,
    groups: Vec<Group>,
    sum: Sum,
    /// The steps of earlier reviews, by what people call them.
    reviews: Vec<String>,
    /// Whether the form of the review is there.
    review: bool,
    kept: Option<Date>,
    /// What happened since the form was filled in.
    since: Vec<Line>,
    story: Vec<Line>,
    objections: Vec<(u16, ObjectionView)>,
    minutes: Option<MinutesView>,
    /// What was typed for another act.
    typed: Option<(&'static str, Fields)>,
    assignable: Vec<(String, String)>,
    next: Option<CaseId>,
}

/// A step of the definition on the way.
struct Step {
    name: String,
    done: bool,
    current: bool,
}

/// The ages of a case.
struct Days {
    in_step: i32,
    in_all: i32,
    /// What is left of the limit in words, with the badge for it.
    left: Option<(String, &'static str)>,
}

/// The page of a case.
pub(super) async fn show(desk: &Desk, row: CaseRow, filled: Filled) -> Result<Response, Problem> {
    let file = File::read(desk, row).await?;
    let status = filled.problem.as_ref().map_or(StatusCode::OK, Problem::status);
    let view = View::of(desk, file, filled);
    Ok(show_as(status, &view))
}

impl View {
    fn of(desk: &Desk, file: File, filled: Filled) -> Self {
        let Filled { review, act, problem, since, kept } = filled;
        // A draft waits until it is his turn again; what was just sent is shown in any case.
        let sent = review.is_some() && kept.is_none();
        let review_form = file.asked.review || sent;
        let review = review.filter(|_| review_form);
        let kept = kept.filter(|_| review.is_some());
        let wrong = problem.as_ref().and_then(|problem| wrong(problem, &file, desk));
        let typed = review_form.then(|| Typed::new(review, wrong));
        let reviews = reviews(&file.entries);
        let groups = groups(&file, &reviews, typed.as_ref());
        let meanwhile =
            file.entries.iter().filter(|entry| since.is_some_and(|s| entry.revision > s));
        let told = problem.as_ref().map(|problem| {
            let told = Told::of(problem, &desk.look);
            Told { message: readable(problem, &told.message, &file), ..told }
        });
        let assignable = file.asked.assignable.iter();
        let state = file.state();
        Self {
            page: page(desk, &file),
            told,
            steps: steps(&file),
            kind: state.and_then(|state| kind(state, &file.definition)),
            days: days(desk, &file),
            blocks: Blocks::of(&file),
            sum: Sum::of(&file, &groups),
            reviews: reviews.iter().map(|one| file.known.step(one.step.as_str())).collect(),
            review: review_form,
            kept,
            since: if typed.is_some() { story::lines(meanwhile, &file.known) } else { Vec::new() },
            story: story::lines(&file.entries, &file.known),
            objections: objections(&file),
            minutes: state.and_then(|state| state.minutes.clone()),
            typed: act,
            assignable: assignable.map(|id| (id.to_string(), file.known.officer(*id))).collect(),
            next: file.next,
            groups,
            file,
        }
    }

    /// Text of another form's field as it was typed.
    fn typed(&self, act: &str, field: &str) -> &str {
        let typed = self.typed.as_ref().filter(|(name, _)| *name == act);
        typed.and_then(|(_, fields)| fields.get(field)).unwrap_or_default()
    }

    /// Whether that form is the one that was refused.
    fn is_refused(&self, act: &str) -> bool {
        self.typed.as_ref().is_some_and(|(name, _)| *name == act)
    }

    /// Whether an indicator was chosen to be supplemented.
    fn chosen(&self, indicator: &str) -> bool {
        let typed = self.typed.as_ref().filter(|(name, _)| *name == "return");
        typed.is_some_and(|(_, fields)| fields.all("indicator").any(|id| id == indicator))
    }

    fn is_kind(&self, kind: StepKind) -> bool {
        self.kind == Some(kind)
    }

    /// Columns of the table.
    fn columns(&self) -> usize {
        let (last, form) = (usize::from(self.file.last.is_some()), if self.review { 2 } else { 0 });
        4 + last + self.reviews.len() + form
    }

    /// Who holds it, by name.
    fn holder(&self) -> Option<String> {
        self.file.row.holder.map(|holder| self.file.known.officer(holder))
    }

    /// The name of the stamped definition.
    fn procedure(&self) -> &str {
        self.file.definition.name.get(self.page.language)
    }

    /// What its reader must know before trusting it.
    fn notice(&self) -> Option<&str> {
        self.file.definition.notice.as_ref().map(|notice| notice.get(self.page.language))
    }

    /// The hidden fields of a form about what is shown.
    fn form(&self) -> String {
        self.page.form_at(&self.file.revision())
    }

    fn said(&self, kind: &ObjectionKind) -> &str {
        match kind {
            ObjectionKind::Objection => self.page.t("Phản đối", "Objection"),
            ObjectionKind::Comment => self.page.t("Góp ý", "Comment"),
        }
    }
}

fn page(desk: &Desk, file: &File) -> Page {
    let row = &file.row;
    let name = row.subject_name.as_deref().or(row.subject_code.as_deref()).unwrap_or("–");
    let mut page = desk.page(Area::Queue, name, name);
    page.here = format!("/cases/{}", row.id);
    page
}

fn steps(file: &File) -> Vec<Step> {
    let turn = file.state().and_then(|state| state.turn.as_ref());
    let all = &file.definition.steps;
    let place = turn.and_then(|turn| all.iter().position(|step| step.id == turn.step));
    let withdrawn = file.state().is_some_and(|state| state.phase == "withdrawn");
    let step = |(index, step): (usize, &procedure::definition::Step)| Step {
        name: step.name.get(file.known.language).to_owned(),
        done: place.map_or(!withdrawn, |place| index < place),
        current: place == Some(index),
    };
    all.iter().enumerate().map(step).collect()
}

fn days(desk: &Desk, file: &File) -> Days {
    let row = &file.row;
    let limit = row.step.as_ref().and_then(|step| file.definition.step(step)?.limit.as_ref());
    Days {
        in_step: file.today.days_since(row.turn_since),
        in_all: file.today.days_since(row.filed_on),
        left: file.days_left.map(|left| {
            let days = if limit.is_some_and(|limit| limit.working_days.is_some()) {
                desk.t("ngày làm việc", "working days")
            } else {
                desk.t("ngày", "days")
            };
            match left {
                ..0 => {
                    (format!("{} {} {days}", desk.t("Quá hạn", "Late by"), -left), "badge--late")
                }
                left if left <= i64::from(SOON) => {
                    (format!("{} {left} {days}", desk.t("Còn", "Left:")), "badge--soon")
                }
                left => (format!("{} {left} {days}", desk.t("Còn", "Left:")), ""),
            }
        }),
    }
}

fn objections(file: &File) -> Vec<(u16, ObjectionView)> {
    let Some(state) = file.state() else { return Vec::new() };
    state.objections.iter().map(|(number, one)| (*number, one.clone())).collect()
}

fn wrong(problem: &Problem, file: &File, desk: &Desk) -> Option<Wrong> {
    let (indicator, part) = form::about(problem, &file.definition)?;
    let (_, message, _) = problem.explained(desk.look.language);
    let message = readable(problem, &message, file);
    Some(Wrong { indicator, part, message })
}

/// A message with names in the place of ids, and the field called as the page calls it.
fn readable(problem: &Problem, message: &str, file: &File) -> String {
    let message = file.known.readable(message);
    let (Some(field), Some((indicator, part))) =
        (problem.param("field"), form::about(problem, &file.definition))
    else {
        return message;
    };
    let vi = file.known.language == procedure::Language::Vietnamese;
    let part = match part {
        "points" if vi => "“điểm” của chỉ tiêu",
        "points" => "“points” of indicator",
        "finding" if vi => "“kết luận” của chỉ tiêu",
        "finding" => "“finding” of indicator",
        _ if vi => "“nhận xét” của chỉ tiêu",
        _ => "“note” of indicator",
    };
    message.replace(field, &format!("{part} {indicator}"))
}
