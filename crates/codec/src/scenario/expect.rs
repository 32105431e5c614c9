//! The sentences of then, and whether what happened is what they say. Deliberately absent: an order
//! among them; each speaks of the whole answer.

use procedure::aggregate::EventSet as _;
use procedure::case::{Event, State};
use procedure::definition::Definition;
use procedure::refusal::Page;
use procedure::{BandId, Date, Refused, Role, StepId};

use super::place::{Said, after, meant, nearest, quote};
use super::words::{HAPPENINGS, Happening};

/// What has to come of the last sentence.
#[derive(Debug)]
pub(super) enum Expected {
    Happens(&'static Happening),
    HappensNot(&'static Happening),
    Refused(String),
    Quiet,
    Total(u32),
    Band(Option<BandId>),
    From(Date),
    Until(Date),
    Due(Date),
    DaysBefore(u16),
    MovesTo(StepId),
    StandsAt(StepId),
    Turn(Role),
}

/// The forms besides the words for events.
pub(super) const FORMS: &[&str] = &[
    "bị từ chối: <mã>",
    "không thay đổi gì",
    "không có: <việc>",
    "tổng điểm N",
    "xếp loại <mã hoặc tên>",
    "không xếp loại",
    "có hiệu lực từ D",
    "có hiệu lực đến D",
    "hạn cuối D",
    "nhắc trước N ngày",
    "chuyển sang bước <bước>",
    "ở bước <bước>",
    "đến lượt <vai trò>",
];

/// Reads an expectation whose words have one blank between them.
pub(super) fn read(text: &str, definition: &Definition) -> Result<Expected, Said> {
    if let Some(happening) = happening(text) {
        return Ok(Expected::Happens(happening));
    }
    match text {
        "không thay đổi gì" => return Ok(Expected::Quiet),
        "không xếp loại" => return Ok(Expected::Band(None)),
        _ => {}
    }
    named(text, definition).or_else(|| counted(text)).unwrap_or_else(|| Err(not_understood(text)))
}

type Found = Option<Result<Expected, Said>>;

/// What speaks of something that has a name.
fn named(text: &str, definition: &Definition) -> Found {
    let all = |rest: &str| rest.strip_prefix(':').unwrap_or(rest).trim().to_owned();
    if let Some(rest) = after(text, "bị từ chối") {
        return Some(code(&all(rest)));
    }
    if let Some(rest) = after(text, "không có") {
        let rest = all(rest);
        let happening = happening(&rest).ok_or_else(|| not_understood(&rest));
        return Some(happening.map(Expected::HappensNot));
    }
    if let Some(rest) = after(text, "xếp loại") {
        return Some(band(rest, definition).map(|band| Expected::Band(Some(band))));
    }
    if let Some(rest) = after(text, "chuyển sang bước") {
        return Some(step(rest, definition).map(Expected::MovesTo));
    }
    if let Some(rest) = after(text, "ở bước") {
        return Some(step(rest, definition).map(Expected::StandsAt));
    }
    after(text, "đến lượt").map(|rest| role(rest, definition).map(Expected::Turn))
}

/// What speaks of a number or a day.
fn counted(text: &str) -> Found {
    let date = |words: &str| after(text, words)?.parse::<Date>().ok();
    let days = || after(text, "nhắc trước")?.strip_suffix(" ngày")?.parse().ok();
    let total = after(text, "tổng điểm").and_then(|total| total.parse().ok());
    let found = total.map(Expected::Total);
    let found = found.or_else(|| date("có hiệu lực từ").map(Expected::From));
    let found = found.or_else(|| date("có hiệu lực đến").map(Expected::Until));
    let found = found.or_else(|| date("hạn cuối").map(Expected::Due));
    found.or_else(|| days().map(Expected::DaysBefore)).map(Ok)
}

fn happening(text: &str) -> Option<&'static Happening> {
    HAPPENINGS.iter().find(|happening| happening.words == text)
}

fn code(text: &str) -> Result<Expected, Said> {
    let codes = || Refused::pages().map(|source| Page::parse(source).code);
    if codes().any(|code| code == text) {
        return Ok(Expected::Refused(text.to_owned()));
    }
    let ((vi, en), text) = (meant(nearest(text, codes())), quote(text));
    Err((
        "unknown-code",
        format!("không có mã từ chối “{text}”{vi} Xem các mã: hieuhoc explain"),
        format!("there is no code “{text}”{en} All codes: hieuhoc explain"),
    ))
}

/// By id or Vietnamese name.
pub(super) fn band(text: &str, definition: &Definition) -> Result<BandId, Said> {
    let bands = definition.outcome.bands.iter().map(|band| (&band.id, band.name.vi.as_str()));
    let levels = definition.outcome.levels.iter().map(|level| (&level.id, level.name.vi.as_str()));
    of_these("xếp loại", "band", text, bands.chain(levels))
}

fn step(text: &str, definition: &Definition) -> Result<StepId, Said> {
    let steps = definition.steps.iter().map(|step| (&step.id, step.name.vi.as_str()));
    of_these("bước", "step", text, steps)
}

fn role(text: &str, definition: &Definition) -> Result<Role, Said> {
    let performers = definition.steps.iter().flat_map(|step| &step.performers);
    of_these("vai trò", "role", text, performers.map(|performer| (&performer.role, "")))
}

/// The thing of that id or name.
fn of_these<'a, T: Clone + ToString + 'a>(
    vi_kind: &str,
    en_kind: &str,
    text: &str,
    things: impl Iterator<Item = (&'a T, &'a str)>,
) -> Result<T, Said> {
    let things: Vec<_> = things.collect();
    let found = things.iter().find(|(id, name)| id.to_string() == text || *name == text);
    if let Some((id, _)) = found.filter(|_| !text.is_empty()) {
        return Ok((*id).clone());
    }
    let mut ids: Vec<_> = things.iter().map(|(id, _)| id.to_string()).collect();
    ids.dedup();
    let (vi, en) = meant(nearest(text, ids.iter().map(String::as_str)));
    let (text, ids) = (quote(text), ids.join(", "));
    Err((
        "unknown-name",
        format!("không có {vi_kind} “{text}”{vi} Có: {ids}"),
        format!("there is no {en_kind} “{text}”{en} There are: {ids}"),
    ))
}

fn not_understood(text: &str) -> Said {
    let events = || HAPPENINGS.iter().map(|happening| happening.words);
    let forms = || FORMS.iter().copied();
    let begun = forms().find(|form| after(text, stem(form)).is_some());
    let near = begun.or_else(|| nearest(text, events().chain(forms())));
    let ((vi, en), text) = (meant(near), quote(text));
    let all = events().chain(forms()).collect::<Vec<_>>().join(" | ");
    (
        "unknown-expectation",
        format!("không hiểu “{text}”{vi} Có thể mong đợi: {all}"),
        format!("“{text}” is not understood{en} What can be expected: {all}"),
    )
}

/// The words of a form before what is to be filled in.
fn stem(form: &str) -> &str {
    let words = form.split(['<', 'N', 'D']).next().unwrap_or(form);
    words.trim_end_matches([' ', ':'])
}

impl Expected {
    /// Whether that is what came of the sentence, after which the case is in that state.
    pub(super) fn is_met(&self, answer: &Result<Vec<Event>, Refused>, state: &State) -> bool {
        let stands = |step: &StepId| state.turn().is_some_and(|turn| turn.step == *step);
        match (self, answer) {
            (Self::StandsAt(step), _) => stands(step),
            (Self::Turn(role), _) => state.turn().is_some_and(|turn| turn.role == *role),
            (Self::Refused(code), Err(refused)) => refused.get().code() == code,
            (Self::Refused(_), Ok(_)) | (_, Err(_)) => false,
            (Self::Quiet, Ok(events)) => events.is_empty(),
            (Self::HappensNot(not), Ok(events)) => events.iter().all(|e| e.name() != not.name),
            (Self::MovesTo(step), Ok(events)) => {
                stands(step) && events.iter().any(|event| moves_to(event, step))
            }
            (other, Ok(events)) => events.iter().any(|event| other.is_of(event)),
        }
    }

    /// Whether an event says that.
    fn is_of(&self, event: &Event) -> bool {
        match (self, event) {
            (Self::Happens(happening), event) => event.name() == happening.name,
            (Self::Total(total), event) => total_of(event) == Some(*total),
            (Self::Band(band), Event::TitleRecognised(event)) => event.band == *band,
            (Self::From(day), Event::TitleRecognised(event)) => event.in_force.from == *day,
            (Self::Until(day), Event::TitleRecognised(event)) => event.in_force.until == Some(*day),
            (Self::Due(day), Event::DeadlineWarned(event)) => event.due == *day,
            (Self::Due(day), Event::DeadlineBreached(event)) => event.due == *day,
            (Self::DaysBefore(days), Event::Reminded(event)) => event.days_before == *days,
            _ => false,
        }
    }
}

fn total_of(event: &Event) -> Option<u32> {
    match event {
        Event::SelfAssessed(event) => Some(event.total),
        Event::Supplemented(event) => Some(event.total),
        Event::Reviewed(event) => Some(event.total),
        Event::TitleRecognised(event) => Some(event.total),
        Event::RecognitionRefused(event) => Some(event.total),
        _ => None,
    }
}

fn moves_to(event: &Event, step: &StepId) -> bool {
    let next = match event {
        Event::StepCompleted(event) => &event.next,
        Event::SentBackForReview(event) => &event.next,
        Event::Supplemented(event) => &event.next,
        Event::ReturnedForSupplement(event) => &event.next,
        Event::RecognitionAnnulled(event) => &event.next,
        Event::CaseRegistered(event) => &event.next,
        _ => return false,
    };
    next.step == *step
}
