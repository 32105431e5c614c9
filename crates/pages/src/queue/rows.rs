//! The lines of the queue and the counts above them, with names for what the read models have as codes.
//! Deliberately absent: HTML.

use procedure::{Date, Language, OfficerId, ProcedureId, StepId};
use projections::query::cases::CaseRow;
use projections::query::queue::{Holder, QueueFilter, QueueRow};
use projections::{ReadError, Reader};

use crate::names::{Officers, Steps, Units};

/// A line.
pub(super) struct Line {
    pub(super) case: CaseRow,
    pub(super) name: String,
    pub(super) step: String,
    pub(super) place: String,
    /// Who holds it, if it is not the reader himself.
    pub(super) holder: Option<String>,
    pub(super) own: bool,
    pub(super) since_filing: i32,
    pub(super) in_step: i32,
    /// Days left in words, with the look of the badge.
    pub(super) left: String,
    pub(super) look: &'static str,
}

/// A step where cases wait.
pub(super) struct StepCount {
    pub(super) title: String,
    pub(super) step: String,
    pub(super) name: String,
    pub(super) cases: u64,
}

/// The counts above the list.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) open: u64,
    pub(super) held: u64,
    pub(super) unassigned: u64,
    pub(super) breached: u64,
    pub(super) due_soon: u64,
    pub(super) paused: u64,
    pub(super) steps: Vec<StepCount>,
}

impl Tally {
    pub(super) fn of(
        reader: &Reader<'_>,
        whole: &QueueFilter,
        officer: OfficerId,
        today: Date,
        language: Language,
    ) -> Result<Self, ReadError> {
        let mut tally = Self::default();
        let steps = Steps::read(reader)?;
        for count in reader.queue_counts(whole, today)? {
            tally.open += count.cases;
            tally.unassigned += count.unassigned;
            tally.breached += count.breached;
            tally.due_soon += count.due_soon;
            tally.paused += count.paused;
            tally.add(&steps, (count.title, count.step, count.cases), language);
        }
        let own = QueueFilter { holder: Holder::Officer(officer), ..whole.clone() };
        tally.held = reader.queue_counts(&own, today)?.iter().map(|count| count.cases).sum();
        Ok(tally)
    }

    fn add(
        &mut self,
        steps: &Steps,
        (title, step, cases): (String, String, u64),
        language: Language,
    ) {
        let known = self.steps.iter_mut().find(|known| known.title == title && known.step == step);
        if let Some(known) = known {
            known.cases += cases;
            return;
        }
        let name = match (title.parse(), step.parse()) {
            (Ok(title), Ok(id)) => steps.name(title, &id, language),
            _ => step.clone(),
        };
        self.steps.push(StepCount { title, step, name, cases });
    }
}

/// What names were looked up for a page.
struct Names<'a, 'b> {
    reader: &'a Reader<'b>,
    today: Date,
    language: Language,
    units: Units,
    officers: Officers,
}

impl Names<'_, '_> {
    fn unit(&mut self, code: &str) -> Result<String, ReadError> {
        match code.parse() {
            Ok(unit) => self.units.name(self.reader, &unit, self.today),
            Err(_) => Ok(code.to_owned()),
        }
    }

    fn step(&self, procedure: &ProcedureId, step: &StepId) -> Result<String, ReadError> {
        let definition = self.reader.definition(procedure)?;
        let step = definition.as_ref().and_then(|definition| definition.step(step));
        Ok(step.map(|step| step.name.get(self.language).to_owned()).unwrap_or_default())
    }
}

/// The lines with their names.
pub(super) fn lines(
    reader: &Reader<'_>,
    rows: Vec<QueueRow>,
    officer: OfficerId,
    today: Date,
    language: Language,
) -> Result<Vec<Line>, ReadError> {
    let (units, officers) = (Units::default(), Officers::default());
    let mut names = Names { reader, today, language, units, officers };
    rows.into_iter().map(|row| line(&mut names, row, officer)).collect()
}

fn line(names: &mut Names<'_, '_>, row: QueueRow, officer: OfficerId) -> Result<Line, ReadError> {
    let (left, look) = left(&row, names.language);
    let QueueRow { case, days_since_filing, days_in_step, .. } = row;
    let own = case.holder == Some(officer);
    let holder =
        case.holder.filter(|_| !own).map(|holder| names.officers.called(names.reader, holder));
    let holder = holder.transpose()?;
    let step = case.step.as_ref().map(|step| names.step(&case.procedure, step)).transpose()?;
    let place = case.place.last().map(|unit| names.unit(unit)).transpose()?;
    Ok(Line {
        name: case.subject_name.clone().unwrap_or_else(|| "–".to_owned()),
        step: step.unwrap_or_default(),
        place: place.unwrap_or_default(),
        holder,
        own,
        since_filing: days_since_filing,
        in_step: days_in_step,
        left,
        look,
        case,
    })
}

/// How many days are left, in words, and how the badge looks.
fn left(row: &QueueRow, language: Language) -> (String, &'static str) {
    let english = language == Language::English;
    let soon = i64::from(projections::query::queue::SOON);
    match row.days_left {
        _ if row.case.paused.is_some() => {
            ((if english { "paused" } else { "tạm dừng" }).to_owned(), "badge")
        }
        None => ("–".to_owned(), ""),
        Some(days) if days < 0 => {
            let days = days.unsigned_abs();
            let text = if english { format!("{days} late") } else { format!("trễ {days} ngày") };
            (text, "badge badge--late")
        }
        Some(0) => ((if english { "today" } else { "hôm nay" }).to_owned(), "badge badge--soon"),
        Some(days) => {
            let text = if english { format!("{days} left") } else { format!("còn {days} ngày") };
            (text, if days <= soon { "badge badge--soon" } else { "badge" })
        }
    }
}
