//! The sentences of given and when: `<day> <who> <what>`. Each has one entry in [`VERBS`], which
//! the reader, the messages and the README share. Deliberately absent: whether it may be done; that
//! is the rules' to say.

use core::str::FromStr;

use procedure::case::{ObjectionKind, Votes};
use procedure::{Date, Definition, IndicatorId, OfficerId, StepId};

use super::lines::{self, Line};
use super::place::{Said, after, distance, meant, nearest, quote, word};
use super::{By, People};

/// What a sentence says.
#[derive(Debug)]
pub(super) enum Act {
    Case(Deed),
    Decision(OnDecision),
    Program(Duty),
}

/// What an officer does with the case.
#[derive(Debug)]
pub(super) enum Deed {
    Register(Option<i16>),
    SelfAssess(Vec<Line>),
    Supplement(Vec<Line>),
    Claim,
    Release,
    Assign(OfficerId, Option<String>),
    TakeOver(String),
    Review(Vec<Line>),
    Return(Vec<IndicatorId>, String),
    Minutes(Minutes),
    Post { from: Option<Date>, until: Date, place: String },
    Object(ObjectionKind, String, String),
    Resolve { objection: u16, upheld: bool, reason: String },
    ClosePosting,
    Recognise(Cited),
    Refuse(Cited, String),
    Withdraw(String),
    Revoke { from: Date, cited: Cited, ground: String },
}

/// What is done with a decision over many cases, of which the scenario's is one.
#[derive(Debug)]
pub(super) enum OnDecision {
    Place,
    TakeOff(String),
    Discard(String),
    Sign(Cited),
    Cancel(Cited, String),
}

/// What the program does.
#[derive(Clone, Copy, Debug)]
pub(super) enum Duty {
    Watch,
    Lapse,
    Renew,
}

/// An act's number, and its day where that is not the day of the sentence.
#[derive(Debug)]
pub(super) struct Cited {
    pub(super) number: String,
    pub(super) date: Option<Date>,
}

/// What the minutes of a meeting say.
#[derive(Debug)]
pub(super) struct Minutes {
    /// The first step of the procedure that is a meeting.
    pub(super) step: StepId,
    pub(super) convened: u32,
    pub(super) present: u32,
    pub(super) votes: Votes,
    pub(super) held_on: Option<Date>,
}

/// What a sentence can speak of.
#[derive(Clone, Copy)]
pub(super) struct Reading<'a> {
    pub(super) definition: &'a Definition,
    pub(super) people: &'a People,
}

/// Why a sentence was not understood.
pub(super) enum Wrong {
    /// It does not have the form of its verb.
    Form,
    /// Something else.
    Said(Said),
}

impl From<Said> for Wrong {
    fn from(said: Said) -> Self {
        Self::Said(said)
    }
}

pub(super) type Read<T> = Result<T, Wrong>;

/// A thing that can be done.
pub(super) struct Verb {
    pub(super) words: &'static str,
    /// The whole sentence after the person.
    pub(super) form: &'static str,
    read: fn(&str, Reading<'_>) -> Read<Act>,
}

const fn verb(
    words: &'static str,
    form: &'static str,
    read: fn(&str, Reading<'_>) -> Read<Act>,
) -> Verb {
    Verb { words, form, read }
}

/// What the officers do.
pub(super) const VERBS: &[Verb] = &[
    verb("đăng ký", "đăng ký [năm N]", register),
    verb("tự chấm", "tự chấm: 1a 10, 1b 8, còn lại 7", |rest, reading| {
        deed(Deed::SelfAssess(lines::claims(reason(rest)?, reading)?))
    }),
    verb("bổ sung", "bổ sung: 1b 9", |rest, reading| {
        deed(Deed::Supplement(lines::claims(reason(rest)?, reading)?))
    }),
    verb("nhận xử lý", "nhận xử lý", |rest, _| alone(rest, Act::Case(Deed::Claim))),
    verb("trả lại hàng chờ", "trả lại hàng chờ", |rest, _| {
        alone(rest, Act::Case(Deed::Release))
    }),
    verb("giao cho", "giao cho <người>[: <lý do>]", assign),
    verb("tiếp nhận thay", "tiếp nhận thay: <lý do>", |rest, _| {
        deed(Deed::TakeOver(reason(rest)?.to_owned()))
    }),
    verb(
        "thẩm định",
        "thẩm định: 1a 8 (<nhận xét>), còn lại như tự chấm",
        |rest, reading| deed(Deed::Review(lines::review(reason(rest)?, reading)?)),
    ),
    verb("trả lại để bổ sung", "trả lại để bổ sung [1a, 1b]: <lý do>", send_back),
    verb(
        "ghi biên bản họp",
        "ghi biên bản họp: mời 40, có mặt 30, đồng ý 28, không đồng ý 2[, ý kiến khác 0][, họp ngày D]",
        minutes,
    ),
    verb("niêm yết", "niêm yết [từ D] đến D tại <nơi>", post),
    verb(
        "ghi phản đối của",
        "ghi phản đối của <người nói>: <nội dung>",
        |rest, _| object(ObjectionKind::Objection, rest),
    ),
    verb("ghi góp ý của", "ghi góp ý của <người nói>: <nội dung>", |rest, _| {
        object(ObjectionKind::Comment, rest)
    }),
    verb("trả lời phản đối", "trả lời phản đối N: [không ]chấp nhận, <lý do>", resolve),
    verb("kết thúc niêm yết", "kết thúc niêm yết", |rest, _| {
        alone(rest, Act::Case(Deed::ClosePosting))
    }),
    verb(
        "công nhận theo quyết định",
        "công nhận theo quyết định <số> [ngày D]",
        |rest, _| deed(Deed::Recognise(cited(rest)?)),
    ),
    verb(
        "không công nhận theo quyết định",
        "không công nhận theo quyết định <số> [ngày D]: <lý do>",
        |rest, _| {
            let (act, why) = before_reason(rest)?;
            deed(Deed::Refuse(cited(act)?, why.to_owned()))
        },
    ),
    verb("rút hồ sơ", "rút hồ sơ: <lý do>", |rest, _| {
        deed(Deed::Withdraw(reason(rest)?.to_owned()))
    }),
    verb("thu hồi từ", "thu hồi từ D theo quyết định <số> [ngày D]: <căn cứ>", revoke),
    verb(
        "đưa vào dự thảo quyết định",
        "đưa vào dự thảo quyết định",
        |rest, _| alone(rest, Act::Decision(OnDecision::Place)),
    ),
    verb(
        "đưa ra khỏi dự thảo quyết định",
        "đưa ra khỏi dự thảo quyết định: <lý do>",
        |rest, _| Ok(Act::Decision(OnDecision::TakeOff(reason(rest)?.to_owned()))),
    ),
    verb(
        "bỏ dự thảo quyết định",
        "bỏ dự thảo quyết định: <lý do>",
        |rest, _| Ok(Act::Decision(OnDecision::Discard(reason(rest)?.to_owned()))),
    ),
    verb("ký quyết định", "ký quyết định <số> [ngày D]", |rest, _| {
        Ok(Act::Decision(OnDecision::Sign(cited(rest)?)))
    }),
    verb(
        "hủy quyết định bằng quyết định",
        "hủy quyết định bằng quyết định <số> [ngày D]: <lý do>",
        |rest, _| {
            let (act, why) = before_reason(rest)?;
            Ok(Act::Decision(OnDecision::Cancel(cited(act)?, why.to_owned())))
        },
    ),
];

/// What the program does.
pub(super) const DUTIES: &[Verb] = &[
    verb("kiểm tra thời hạn", "kiểm tra thời hạn", |rest, _| {
        alone(rest, Act::Program(Duty::Watch))
    }),
    verb("kiểm tra hiệu lực", "kiểm tra hiệu lực", |rest, _| {
        alone(rest, Act::Program(Duty::Lapse))
    }),
    verb("mở hồ sơ công nhận lại", "mở hồ sơ công nhận lại", |rest, _| {
        alone(rest, Act::Program(Duty::Renew))
    }),
];

/// The word for the program.
pub(super) const PROGRAM: &str = "hệ thống";

/// Reads a sentence whose words have one blank between them.
pub(super) fn read(text: &str, reading: Reading<'_>) -> Result<(Date, By, Act), Said> {
    let (first, rest) = word(text);
    let day = Date::from_str(first).map_err(|_| no_day(first))?;
    let (by, rest) = who(rest, reading.people)?;
    let verbs = if by == By::Program { DUTIES } else { VERBS };
    let fits = verbs.iter().filter_map(|verb| Some((verb, after(rest, verb.words)?)));
    let Some((verb, rest)) = fits.max_by_key(|(verb, _)| verb.words.len()) else {
        return Err(not_understood(rest, by, verbs));
    };
    match (verb.read)(rest, reading) {
        Ok(act) => Ok((day, by, act)),
        Err(Wrong::Said(said)) => Err(said),
        Err(Wrong::Form) => Err(form(verb)),
    }
}

/// Who acts. The program need not be named, because nobody else does what it does.
fn who<'a>(text: &'a str, people: &People) -> Result<(By, &'a str), Said> {
    if let Some((id, rest)) = people.at_start(text) {
        return Ok((By::Officer(id), rest));
    }
    if let Some(rest) = after(text, PROGRAM) {
        return Ok((By::Program, rest));
    }
    if DUTIES.iter().any(|verb| after(text, verb.words).is_some()) {
        return Ok((By::Program, text));
    }
    Err(nobody(text, people))
}

fn nobody(text: &str, people: &People) -> Said {
    let leads = |name: &str| (distance(&leading(text, name), name), name.to_owned());
    let near = people.names().map(leads).min();
    let near = near.filter(|(far, name)| *far <= (name.chars().count() / 3).max(1));
    let (vi, en) = meant(near.as_ref().map(|(_, name)| name.as_str()));
    let known = people.names().map(quote).collect::<Vec<_>>().join(", ");
    let text = quote(text);
    (
        "unknown-person",
        format!(
            "sau ngày phải là một người trong [can_bo], hoặc “{PROGRAM}”, mà đây là “{text}”{vi} Trong [can_bo] có: {known}"
        ),
        format!(
            "after the day comes one of [can_bo] or “{PROGRAM}”, but here is “{text}”{en} [can_bo] has: {known}"
        ),
    )
}

fn no_day(first: &str) -> Said {
    let first = quote(first);
    (
        "bad-date",
        format!("câu phải bắt đầu bằng một ngày có thật, viết như 2026-03-01, mà đây là “{first}”"),
        format!(
            "a sentence begins with a day of the calendar such as 2026-03-01, but here is “{first}”"
        ),
    )
}

fn not_understood(text: &str, by: By, verbs: &[Verb]) -> Said {
    let near = verbs.iter().map(|verb| (distance(&leading(text, verb.words), verb.words), verb));
    let near = near.min_by_key(|(far, _)| *far);
    let near = near.filter(|(far, verb)| *far <= verb.words.chars().count() / 3);
    let (vi, en) = meant(near.map(|(_, verb)| verb.form));
    let forms = verbs.iter().map(|verb| verb.form).collect::<Vec<_>>().join(" | ");
    let (vi_who, en_who) = match by {
        By::Program => ("hệ thống", "the program"),
        By::Officer(_) => ("cán bộ", "an officer"),
    };
    let text = quote(text);
    (
        "unknown-sentence",
        format!("không hiểu “{text}”{vi} Các câu của {vi_who}: {forms}"),
        format!("“{text}” is not understood{en} The sentences of {en_who}: {forms}"),
    )
}

/// As many words from the start of a text as some words have.
fn leading(text: &str, words: &str) -> String {
    let words = text.split(' ').take(words.split(' ').count()).collect::<Vec<_>>().join(" ");
    words.trim_end_matches([':', ',']).to_owned()
}

fn form(verb: &Verb) -> Said {
    let form = verb.form;
    (
        "sentence-form",
        format!("câu này phải viết theo mẫu “{form}”"),
        format!("this sentence has the form “{form}”"),
    )
}

fn deed(deed: Deed) -> Read<Act> {
    Ok(Act::Case(deed))
}

fn alone(rest: &str, act: Act) -> Read<Act> {
    if rest.is_empty() { Ok(act) } else { Err(Wrong::Form) }
}

/// What stands after a colon.
fn reason(rest: &str) -> Read<&str> {
    let text = rest.strip_prefix(':').map(str::trim).filter(|text| !text.is_empty());
    text.ok_or(Wrong::Form)
}

/// What stands before a colon and after it.
fn before_reason(rest: &str) -> Read<(&str, &str)> {
    let (before, why) = rest.split_once(':').ok_or(Wrong::Form)?;
    let (before, why) = (before.trim(), why.trim());
    if before.is_empty() || why.is_empty() { Err(Wrong::Form) } else { Ok((before, why)) }
}

fn value<T: FromStr>(text: &str) -> Read<T> {
    text.parse().map_err(|_| Wrong::Form)
}

fn register(rest: &str, _: Reading<'_>) -> Read<Act> {
    match after(rest, "năm") {
        Some(year) => deed(Deed::Register(Some(value(year)?))),
        None => alone(rest, Act::Case(Deed::Register(None))),
    }
}

fn assign(rest: &str, reading: Reading<'_>) -> Read<Act> {
    let Some((to, rest)) = reading.people.at_start(rest) else {
        let (vi, en) = meant(nearest(rest, reading.people.names()));
        let text = quote(rest);
        let said = (
            "unknown-person",
            format!("trong [can_bo] không có “{text}”{vi}"),
            format!("[can_bo] has no “{text}”{en}"),
        );
        return Err(said.into());
    };
    let why = if rest.is_empty() { None } else { Some(reason(rest)?.to_owned()) };
    deed(Deed::Assign(to, why))
}

fn send_back(rest: &str, reading: Reading<'_>) -> Read<Act> {
    let (ids, why) = rest.split_once(':').ok_or(Wrong::Form)?;
    let ids = ids.split(',').map(str::trim).filter(|id| !id.is_empty());
    let ids = ids.map(|id| Ok(lines::indicator(id, reading)?.id.clone()));
    let ids = ids.collect::<Read<Vec<_>>>()?;
    lines::must_be_single(&ids)?;
    match why.trim() {
        "" => Err(Wrong::Form),
        why => deed(Deed::Return(ids, why.to_owned())),
    }
}

fn minutes(rest: &str, reading: Reading<'_>) -> Read<Act> {
    let meets = reading.definition.steps.iter().find(|step| step.meeting.is_some());
    let step = meets.map(|step| step.id.clone()).ok_or_else(no_meeting)?;
    let keys = ["mời", "có mặt", "đồng ý", "không đồng ý", "ý kiến khác"];
    let mut numbers: [Option<u32>; 5] = [None; 5];
    let mut held_on = None;
    for item in reason(rest)?.split(',').map(str::trim) {
        if let Some(day) = after(item, "họp ngày") {
            held_on = Some(value(day)?);
            continue;
        }
        let mut all = keys.iter().zip(&mut numbers);
        let fits = all.find_map(|(key, number)| Some((after(item, key)?, number)));
        match fits {
            Some((count, number @ None)) => *number = Some(value(count)?),
            Some((_, Some(_))) | None => return Err(Wrong::Form),
        }
    }
    let [Some(convened), Some(present), Some(in_favour), against, abstained] = numbers else {
        return Err(Wrong::Form);
    };
    let (against, abstained) = (against.unwrap_or(0), abstained.unwrap_or(0));
    let votes = Votes { in_favour, against, abstained };
    deed(Deed::Minutes(Minutes { step, convened, present, votes, held_on }))
}

fn no_meeting() -> Said {
    (
        "no-meeting",
        "thủ tục này không có bước họp, nên không có biên bản".to_owned(),
        "this procedure has no meeting, so there are no minutes".to_owned(),
    )
}

fn post(rest: &str, _: Reading<'_>) -> Read<Act> {
    let (from, rest) = match after(rest, "từ").map(word) {
        Some((from, rest)) => (Some(value(from)?), rest),
        None => (None, rest),
    };
    let (until, rest) = word(after(rest, "đến").ok_or(Wrong::Form)?);
    let place = after(rest, "tại").filter(|place| !place.is_empty()).ok_or(Wrong::Form)?;
    deed(Deed::Post { from, until: value(until)?, place: place.to_owned() })
}

fn object(kind: ObjectionKind, rest: &str) -> Read<Act> {
    let (name, text) = before_reason(rest)?;
    deed(Deed::Object(kind, name.to_owned(), text.to_owned()))
}

fn resolve(rest: &str, _: Reading<'_>) -> Read<Act> {
    let (number, answer) = before_reason(rest)?;
    let objection = value(number)?;
    let (answer, why) = answer.split_once(',').ok_or(Wrong::Form)?;
    let upheld = match answer.trim() {
        "chấp nhận" => true,
        "không chấp nhận" => false,
        _ => return Err(Wrong::Form),
    };
    match why.trim() {
        "" => Err(Wrong::Form),
        why => deed(Deed::Resolve { objection, upheld, reason: why.to_owned() }),
    }
}

/// `<number> [ngày D]`.
fn cited(text: &str) -> Read<Cited> {
    let (number, date) = match text.rsplit_once(" ngày ") {
        Some((number, date)) => (number, Some(value(date)?)),
        None => (text, None),
    };
    match number.trim() {
        "" => Err(Wrong::Form),
        number => Ok(Cited { number: number.to_owned(), date }),
    }
}

fn revoke(rest: &str, _: Reading<'_>) -> Read<Act> {
    let (from, rest) = word(rest);
    let rest = after(rest, "theo quyết định").ok_or(Wrong::Form)?;
    let (act, ground) = before_reason(rest)?;
    deed(Deed::Revoke { from: value(from)?, cited: cited(act)?, ground: ground.to_owned() })
}
