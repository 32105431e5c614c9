//! How a case stands, in words that a family understands. Deliberately absent: points of reviewers.

use procedure::definition::StepKind;
use procedure::{Date, Language, SubjectId};
use projections::query::CaseState;
use projections::query::cases::CaseRow;
use projections::query::history::TitleYear;
use projections::{ReadError, Reader};

use crate::look::Look;
use crate::{format, units, words};

/// A case as it was read, with what its definition and the register say.
pub(crate) struct Stood {
    pub(crate) case: CaseRow,
    /// Name of the step, in both languages.
    step: Option<(String, String)>,
    /// The last day to assess itself.
    until: Option<Date>,
    /// Name of the unit whose turn it is.
    unit: Option<String>,
    title: Option<TitleYear>,
}

/// How a case stands.
pub(crate) struct Standing {
    pub(crate) case: CaseRow,
    /// What is so now.
    pub(crate) now: String,
    /// What comes next, and from whom.
    pub(crate) awaited: Option<String>,
    pub(crate) reason: Option<String>,
    /// Whether the subject's side is to fill something in.
    pub(crate) form: Option<&'static str>,
    pub(crate) can_withdraw: bool,
}

/// The cases of a subject, the latest year first.
pub(crate) fn of_subject(
    reader: &Reader<'_>,
    id: SubjectId,
    today: Date,
) -> Result<Vec<Stood>, ReadError> {
    let titles = reader.title_history(id, None)?;
    let stood = reader.cases_of_subject(id)?.into_iter().map(|case| {
        let procedure = reader.procedure(&case.procedure)?.map(|(_, definition)| definition);
        let step = procedure.as_ref().zip(case.step.as_ref());
        let step = step.and_then(|(procedure, step)| procedure.step(step));
        let fills = step.is_some_and(|step| step.kind == StepKind::SelfAssessment);
        let until = procedure.as_ref().filter(|_| fills);
        let until = until.and_then(|procedure| procedure.season.registration_until.as_ref());
        let unit = case.unit.as_ref().map(|unit| units::name(reader, unit, today)).transpose()?;
        let title = titles.iter().rev().find(|year| year.case == case.id);
        Ok(Stood {
            step: step.map(|step| (step.name.vi.clone(), step.name.en.clone())),
            until: until.and_then(|until| until.of(case.year)),
            unit,
            title: title.filter(|year| year.valid_from.is_some()).cloned(),
            case,
        })
    });
    stood.collect()
}

impl Standing {
    /// In the language of who looks.
    pub(crate) fn of(stood: Stood, reason: Option<String>, look: &Look) -> Self {
        let state = stood.case.state;
        let open = stood.case.step.is_some() && stood.case.decision.is_none();
        let returned = state == CaseState::Returned;
        Self {
            now: now(&stood, look),
            awaited: awaited(&stood, look),
            reason,
            form: match state {
                CaseState::Registered => Some("self-assessment"),
                CaseState::Returned => Some("supplement"),
                _ => None,
            },
            can_withdraw: open || returned,
            case: stood.case,
        }
    }
}

fn now(stood: &Stood, look: &Look) -> String {
    let english = look.language == Language::English;
    let mut text = words::word("state", stood.case.state.as_str(), look.language);
    if let Some(year) = &stood.title {
        let number = year.decision_number.as_deref().unwrap_or("–");
        let date = year.decision_date.map(format::day).unwrap_or_default();
        text.push_str(&match english {
            true => format!(" by Decision {number} of {date}"),
            false => format!(" theo Quyết định số {number} ngày {date}"),
        });
        let ended = year.ended_from.map(format::day);
        let until = year.valid_until.map(format::day);
        match (ended, until) {
            (Some(ended), _) if english => text.push_str(&format!("; ended on {ended}")),
            (Some(ended), _) => text.push_str(&format!("; hết hiệu lực từ {ended}")),
            (None, Some(until)) if english => text.push_str(&format!("; in force until {until}")),
            (None, Some(until)) => text.push_str(&format!("; có hiệu lực đến hết {until}")),
            (None, None) => {}
        }
    }
    if let Some(until) = stood.case.posted_until.filter(|_| stood.case.state == CaseState::Posted) {
        let until = format::day(until);
        text.push_str(&match english {
            true => format!(", until {until}"),
            false => format!(", đến hết {until}"),
        });
    }
    text
}

/// From whom what is awaited, and until when.
fn awaited(stood: &Stood, look: &Look) -> Option<String> {
    let english = look.language == Language::English;
    match stood.case.state {
        CaseState::Registered => {
            let until = stood.until.map(format::day);
            Some(match (english, until) {
                (true, Some(until)) => format!("Awaited from you: the self-assessment, by {until}"),
                (true, None) => "Awaited from you: the self-assessment".to_owned(),
                (false, Some(until)) => format!("Chờ anh chị tự đánh giá, trước hết ngày {until}"),
                (false, None) => "Chờ anh chị tự đánh giá".to_owned(),
            })
        }
        CaseState::Returned => Some(match english {
            true => format!(
                "Awaited from you: a supplement, since {}",
                format::day(stood.case.turn_since)
            ),
            false => format!("Chờ anh chị bổ sung, từ ngày {}", format::day(stood.case.turn_since)),
        }),
        _ => {
            let (vi, en) = stood.step.as_ref()?;
            let unit = stood.unit.as_deref().unwrap_or_default();
            let role = stood.case.role.as_ref()?;
            let role = words::role(role.as_str(), look.language);
            let due = stood.case.due.map(format::day);
            let step = if english { en } else { vi };
            let mut text = match english {
                true => format!("Awaited from {role}, {unit}: {step}"),
                false => format!("Chờ {role}, {unit}: {step}"),
            };
            if let Some(due) = due {
                text.push_str(&if english {
                    format!(", by {due}")
                } else {
                    format!(", trước hết ngày {due}")
                });
            }
            Some(text)
        }
    }
}
