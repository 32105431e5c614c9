//! From TOML to scenarios, with everything that is wrong at its line. Deliberately absent: what
//! sentences mean ([`sentence`], [`expect`]).

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use procedure::aggregate::Aggregate as _;
use procedure::case::OtherTitle;
use procedure::date::Period;
use procedure::officer::{self, Relation};
use procedure::territory::UnitLevel;
use procedure::{Calendar, Date, Definition, Role, SubjectKind, UnitCode};
use serde::Deserialize;
use toml::Spanned;

use super::place::{Page, Said, after, meant, nearest, plain, quote};
use super::sentence::{PROGRAM, Reading};
use super::{CALENDAR, Expectation, Known, People, Scenario, Sentence, Suite, expect, sentence};
use crate::definition::{Located, SIZE_MAX};
use crate::digest::digest;

/// Levels of administrative units.
const LEVELS: usize = 4;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "thu_tuc")]
    procedure: Spanned<String>,
    #[serde(rename = "nam")]
    year: i16,
    #[serde(rename = "dia_ban")]
    units: Spanned<Vec<String>>,
    #[serde(rename = "lich")]
    calendar: Option<Spanned<String>>,
    #[serde(rename = "can_bo")]
    people: BTreeMap<String, Spanned<Person>>,
    /// With what every scenario begins.
    #[serde(rename = "cho", default)]
    given: Vec<Spanned<String>>,
    #[serde(rename = "tinh_huong", default)]
    scenarios: Vec<WrittenScenario>,
}

#[derive(Deserialize)]
#[serde(
    untagged,
    expecting = "một vai trò, hoặc { vai_tro = …, tu = \"2026-01-01\", den = \"2026-12-31\", cua_minh = true } (one role, or such a table)"
)]
enum Person {
    Role(String),
    Full(WrittenPerson),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPerson {
    #[serde(rename = "vai_tro")]
    roles: Roles,
    #[serde(rename = "tu")]
    from: Option<String>,
    #[serde(rename = "den")]
    until: Option<String>,
    #[serde(rename = "cua_minh", default)]
    own: bool,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Roles {
    One(String),
    Many(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenScenario {
    #[serde(rename = "ten")]
    name: Spanned<String>,
    #[serde(rename = "dang_co")]
    held: Option<Spanned<Held>>,
    #[serde(rename = "cho", default)]
    given: Vec<Spanned<String>>,
    #[serde(rename = "khi")]
    when: Spanned<String>,
    #[serde(rename = "thi")]
    then: Spanned<Vec<Spanned<String>>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Held {
    #[serde(rename = "muc")]
    band: Option<String>,
    #[serde(rename = "quyet_dinh")]
    decided: String,
    #[serde(rename = "nam")]
    year: Option<i16>,
    #[serde(rename = "den")]
    until: Option<String>,
}

/// Reads a test file. `file` only names the findings.
///
/// # Errors
/// Everything that is wrong, from the top of the file down: what is not understood, and whatever is
/// named that is not there. A file that is not TOML of this form is reported for that alone.
pub fn parse<'a>(file: &str, bytes: &[u8], known: Known<'a>) -> Result<Suite<'a>, Vec<Located>> {
    let text = decode(bytes)
        .map_err(|(before, said)| vec![Page { file, text: before }.at(before.len(), said)])?;
    let page = Page { file, text };
    let written: File = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(text.len(), |span| span.start);
        vec![page.at(at, shape(error.message()))]
    })?;
    let definition = definition(&written.procedure, known)
        .map_err(|said| vec![page.at(written.procedure.span().start, said)])?;
    let annex = digest(bytes).map_err(|error| vec![page.at(0, shape(&error.to_string()))])?;
    let mut reader = Reader { page, definition, findings: Vec::new() };
    let calendar = reader.calendar(written.calendar.as_ref(), known);
    let path = reader.path(&written.units);
    let people = reader.people(&written.people, &path);
    let mut last = None;
    let given = reader.sentences(&written.given, &people, &mut last);
    let scenarios = reader.scenarios(&written.scenarios, &people, last);
    let mut findings = reader.findings;
    findings.sort_by_key(|finding| (finding.line, finding.column));
    match path.last().cloned().filter(|_| findings.is_empty()) {
        Some(home) => Ok(Suite {
            file: file.to_owned(),
            definition,
            calendar,
            year: written.year,
            path,
            home,
            people,
            annex,
            given,
            scenarios,
        }),
        None => Err(findings),
    }
}

/// The text of a file, without the mark that some editors put before it; or what is before the
/// place that cannot be read.
fn decode(bytes: &[u8]) -> Result<&str, (&str, Said)> {
    if bytes.len() > SIZE_MAX {
        let size = bytes.len();
        let vi = format!("tệp có {size} byte; tệp tình huống không được quá {SIZE_MAX} byte");
        let en = format!("the file has {size} bytes; a test file has at most {SIZE_MAX}");
        return Err(("", ("too-large", vi, en)));
    }
    let text = core::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let vi = "tệp không phải UTF-8; hãy lưu lại tệp với bảng mã UTF-8".to_owned();
        let en = "the file is not UTF-8; save it as UTF-8".to_owned();
        (core::str::from_utf8(before).unwrap_or_default(), ("not-utf8", vi, en))
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match text.find(|c| matches!(c, '\u{300}'..='\u{36f}')) {
        None => Ok(text),
        Some(at) => {
            let vi =
                "dấu thanh được viết rời (Unicode tổ hợp); hãy lưu tệp bằng Unicode dựng sẵn (NFC)";
            let en = "the marks are apart from their letters; save the file in composed form (NFC)";
            let said = ("decomposed-text", vi.to_owned(), en.to_owned());
            Err((text.get(..at).unwrap_or_default(), said))
        }
    }
}

/// What keeps a file from being a test file.
fn shape(said: &str) -> Said {
    let en = quote(said);
    let (rule, vi) = if let Some(field) = en.strip_prefix("missing field ") {
        ("missing-field", format!("thiếu mục {field}"))
    } else if let Some(field) = en.strip_prefix("unknown field ") {
        ("unknown-field", format!("không có mục {}", field.replace("expected", "chỉ có")))
    } else {
        let advice = "kiểm tra dấu nháy, dấu ngoặc, dấu phẩy; ngày và câu đặt trong dấu nháy";
        ("not-a-test-file", format!("không đọc được ({en}); hãy {advice}"))
    };
    (rule, vi, en)
}

fn definition<'a>(id: &Spanned<String>, known: Known<'a>) -> Result<&'a Definition, Said> {
    let id = id.get_ref().trim();
    let mut all = known.definitions.iter();
    if let Some(definition) = all.find(|definition| definition.id.as_str() == id) {
        return Ok(definition);
    }
    let ids = || known.definitions.iter().map(|definition| definition.id.as_str());
    let (vi, en) = meant(nearest(id, ids()));
    let (id, ids) = (quote(id), ids().collect::<Vec<_>>().join(", "));
    Err((
        "unknown-procedure",
        format!("không có bộ thủ tục “{id}”{vi} Có: {ids}"),
        format!("there is no procedure “{id}”{en} There are: {ids}"),
    ))
}

/// Collects what is wrong while it reads.
struct Reader<'a> {
    page: Page<'a>,
    definition: &'a Definition,
    findings: Vec<Located>,
}

impl Reader<'_> {
    fn say(&mut self, at: usize, said: Said) {
        self.findings.push(self.page.at(at, said));
    }

    /// What was read, or `None` with what was wrong.
    fn kept<T>(&mut self, at: usize, read: Result<T, Said>) -> Option<T> {
        read.map_err(|said| self.say(at, said)).ok()
    }

    fn calendar(&mut self, asked: Option<&Spanned<String>>, known: Known<'_>) -> Calendar {
        let Some(asked) = asked else { return Calendar::default() };
        match known.calendar.filter(|_| asked.get_ref().trim() == CALENDAR) {
            Some(calendar) => calendar.clone(),
            None => {
                let name = quote(asked.get_ref());
                let vi =
                    format!("không có lịch “{name}”; viết lich = \"{CALENDAR}\" hoặc bỏ dòng này");
                let en = format!(
                    "there is no calendar “{name}”; write lich = \"{CALENDAR}\" or leave it out"
                );
                self.say(asked.span().start, ("unknown-calendar", vi, en));
                Calendar::default()
            }
        }
    }

    fn path(&mut self, units: &Spanned<Vec<String>>) -> Vec<UnitCode> {
        let (at, codes) = (units.span().start, units.get_ref());
        let path: Vec<UnitCode> =
            codes.iter().filter_map(|code| code.trim().parse().ok()).collect();
        if path.is_empty() || path.len() > LEVELS || path.len() < codes.len() {
            let vi = "dia_ban là mã các đơn vị từ cả nước xuống, như [\"VN\", \"25\", \"05158\", \"05158-01\"]";
            let en = "dia_ban has the codes of units from the nation down, such as [\"VN\", \"25\", \"05158\", \"05158-01\"]";
            self.say(at, ("bad-units", vi.to_owned(), en.to_owned()));
        }
        path
    }

    fn people(&mut self, written: &BTreeMap<String, Spanned<Person>>, path: &[UnitCode]) -> People {
        let mut people = People::default();
        for (name, person) in written {
            let at = person.span().start;
            let name = plain(name);
            if let Err(said) = must_be_a_name(&name) {
                self.say(at, said);
                continue;
            }
            match people.0.entry(name) {
                Entry::Occupied(entry) => self.say(at, twice(entry.key())),
                Entry::Vacant(entry) => {
                    let state = officer_of(person.get_ref(), self.definition, path);
                    entry.insert(self.kept(at, state).unwrap_or_default());
                }
            }
        }
        people
    }

    fn scenarios(
        &mut self,
        written: &[WrittenScenario],
        people: &People,
        last: Option<Date>,
    ) -> Vec<Scenario> {
        if written.is_empty() {
            let vi = "tệp không có tình huống nào; thêm [[tinh_huong]]";
            let en = "the file has no scenario; add [[tinh_huong]]";
            self.say(self.page.text.len(), ("no-scenario", vi.to_owned(), en.to_owned()));
        }
        let mut names = BTreeSet::new();
        let mut scenarios = Vec::new();
        for one in written {
            let name = plain(one.name.get_ref());
            if name.is_empty() || !names.insert(name.clone()) {
                self.say(one.name.span().start, twice(&name));
            }
            scenarios.extend(self.scenario(one, name, people, last));
        }
        scenarios
    }

    fn scenario(
        &mut self,
        written: &WrittenScenario,
        name: String,
        people: &People,
        mut last: Option<Date>,
    ) -> Option<Scenario> {
        let spot = self.page.spot(written.name.span().start);
        let held = written.held.as_ref().map(|held| {
            let title = title(held.get_ref(), self.definition);
            self.kept(held.span().start, title)
        });
        let given = self.sentences(&written.given, people, &mut last);
        let when = self.sentence(&written.when, people, &mut last);
        let then = self.then(&written.then);
        Some(Scenario { name: quote(&name), spot, given, when: when?, then, held: held.flatten() })
    }

    fn sentences(
        &mut self,
        written: &[Spanned<String>],
        people: &People,
        last: &mut Option<Date>,
    ) -> Vec<Sentence> {
        written.iter().filter_map(|text| self.sentence(text, people, last)).collect()
    }

    /// A sentence on a day not before the last one.
    fn sentence(
        &mut self,
        written: &Spanned<String>,
        people: &People,
        last: &mut Option<Date>,
    ) -> Option<Sentence> {
        let (at, text) = (written.span().start, plain(written.get_ref()));
        let reading = Reading { definition: self.definition, people };
        let (day, by, act) = self.kept(at, sentence::read(&text, reading))?;
        if let Some(last) = last.filter(|last| day < *last) {
            let vi = format!(
                "ngày {day} ở trước ngày {last} của câu trên; viết các câu theo thứ tự ngày"
            );
            let en =
                format!("{day} is before {last} of the sentence above; write them in their order");
            self.say(at, ("dates-backwards", vi, en));
        }
        *last = Some(day);
        Some(Sentence { spot: self.page.spot(at), text, day, by, act })
    }

    fn then(&mut self, written: &Spanned<Vec<Spanned<String>>>) -> Vec<Expectation> {
        if written.get_ref().is_empty() {
            let vi = "tình huống phải mong đợi ít nhất một điều trong thi";
            let en = "a scenario expects at least one thing in thi";
            self.say(written.span().start, ("nothing-expected", vi.to_owned(), en.to_owned()));
        }
        let mut then = Vec::new();
        for one in written.get_ref() {
            let (at, text) = (one.span().start, plain(one.get_ref()));
            let read = expect::read(&text, self.definition);
            if let Some(expected) = self.kept(at, read) {
                then.push(Expectation { spot: self.page.spot(at), text, expected });
            }
        }
        then
    }
}

fn must_be_a_name(name: &str) -> Result<(), Said> {
    let is_reserved = after(name, PROGRAM).is_some();
    if !name.is_empty() && !is_reserved && !name.contains([':', ',']) {
        return Ok(());
    }
    let name = quote(name);
    Err((
        "bad-name",
        format!(
            "tên “{name}” không dùng được: tên không rỗng, không có dấu hai chấm, dấu phẩy và không bắt đầu bằng “{PROGRAM}”"
        ),
        format!(
            "“{name}” is no name here: a name is not empty, has no colon or comma, and does not begin with “{PROGRAM}”"
        ),
    ))
}

fn twice(name: &str) -> Said {
    let name = quote(name);
    (
        "duplicate-name",
        format!("tên “{name}” đã có hoặc để trống; mỗi tên chỉ dùng một lần"),
        format!("the name “{name}” is there already or is empty; each is used once"),
    )
}

/// An officer with the person's appointments.
fn officer_of(
    person: &Person,
    definition: &Definition,
    path: &[UnitCode],
) -> Result<officer::State, Said> {
    let (roles, from, until, own) = match person {
        Person::Role(role) => (core::slice::from_ref(role), None, None, false),
        Person::Full(full) => {
            let roles = match &full.roles {
                Roles::One(role) => core::slice::from_ref(role),
                Roles::Many(roles) => roles.as_slice(),
            };
            (roles, full.from.as_deref(), full.until.as_deref(), full.own)
        }
    };
    let from = from.map_or(Ok(beginning(definition)), date)?;
    let term = Period { from, until: until.map(date).transpose()? };
    let mut state = officer::State::default();
    for role in roles {
        for unit in units_of(role.trim(), definition, path)? {
            let role = role.trim().parse().map_err(|_| unknown_role(role, definition))?;
            state.evolve(&officer::Appointed { role, unit, term }.into());
        }
    }
    if own {
        let (subject, relation) = (super::subject(), relation(definition));
        state.evolve(&officer::InterestDeclared { subject, relation, on: from }.into());
    }
    Ok(state)
}

/// Before anything happens.
fn beginning(definition: &Definition) -> Date {
    Date::new(1900, 1, 1).unwrap_or(definition.in_force.from)
}

/// The units over which the definition wants a role; the administrator has all of the place.
fn units_of(role: &str, definition: &Definition, path: &[UnitCode]) -> Result<Vec<UnitCode>, Said> {
    if role == Role::ADMINISTRATOR {
        return Ok(path.first().cloned().into_iter().collect());
    }
    let wanted: BTreeSet<_> =
        roles(definition).filter(|(known, _)| known.as_str() == role).collect();
    if wanted.is_empty() {
        return Err(unknown_role(role, definition));
    }
    // What belongs to a commune as a whole has no hamlet; its work lies with the commune.
    let unit = |level: UnitLevel| path.get(level as usize).or(path.last()).cloned();
    Ok(wanted.into_iter().filter_map(|(_, level)| unit(level)).collect())
}

/// The roles of the definition with their levels.
fn roles(definition: &Definition) -> impl Iterator<Item = (&Role, UnitLevel)> {
    definition.steps.iter().flat_map(|step| {
        let takes = step.performers.iter().map(|performer| (&performer.role, performer.level));
        let told = step.limit.as_ref().and_then(|limit| limit.escalate_to.as_ref());
        takes.chain(told.map(|told| (&told.role, told.level)))
    })
}

fn unknown_role(role: &str, definition: &Definition) -> Said {
    let known: BTreeSet<_> = roles(definition).map(|(role, _)| role.as_str()).collect();
    let (vi, en) = meant(nearest(role, known.iter().copied()));
    let (role, known) = (quote(role), known.into_iter().collect::<Vec<_>>().join(", "));
    (
        "unknown-role",
        format!("bộ thủ tục không có vai trò “{role}”{vi} Có: {known}, administrator"),
        format!("the procedure has no role “{role}”{en} There are: {known}, administrator"),
    )
}

/// How the one subject is an officer's own.
fn relation(definition: &Definition) -> Relation {
    match definition.title.subject_kind() {
        SubjectKind::Household => Relation::Household,
        SubjectKind::Clan => Relation::Clan,
        SubjectKind::Community => Relation::Community,
        SubjectKind::Organisation => Relation::Organisation,
        SubjectKind::Citizen => Relation::Person,
    }
}

/// A title of the subject from another year.
fn title(held: &Held, definition: &Definition) -> Result<OtherTitle, Said> {
    let decided = date(&held.decided)?;
    let year = held.year.unwrap_or(decided.year());
    let lasts = definition.validity.period(decided, year).and_then(|period| period.until);
    let until = held.until.as_deref().map(date).transpose()?.or(lasts);
    let band =
        held.band.as_deref().map(|band| expect::band(band.trim(), definition)).transpose()?;
    Ok(OtherTitle { year, band, decided, in_force: Period { from: decided, until } })
}

fn date(text: &str) -> Result<Date, Said> {
    text.trim().parse().map_err(|_| {
        let text = quote(text);
        (
            "bad-date",
            format!("“{text}” không phải ngày; viết ngày như 2026-03-01"),
            format!("“{text}” is no day; write days as 2026-03-01"),
        )
    })
}
