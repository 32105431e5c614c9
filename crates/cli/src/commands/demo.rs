//! `demo`: plays the year and serves it, with tokens to look at it as each kind of officer.

use std::sync::Arc;
use std::time::Instant;

use anyhow::Result;
use engine::{Clock, Engine, OsEntropy, Principal, Request};
use event_store::{MemoryStore, first_of_history};
use jiff::Timestamp;
use procedure::{OfficerId, officer};
use uuid::Uuid;

use crate::args::{Demo, Place};
use crate::commands::serve::{How, Served};
use crate::copy::copy;
use crate::demo::{self, Applicant, Draft, Plan, Summary};
use crate::failure::CliError;
use crate::home::Home;
use crate::output::{answer, print, progress, table};

/// How long the tokens of a demonstration are good for, in days of its own clock.
const TOKEN_DAYS: i32 = 365;

pub(crate) async fn run(place: &Place, arguments: &Demo) -> Result<()> {
    let temporary = tempfile::Builder::new().prefix("hieuhoc-demo-").tempdir()?;
    let mut place = place.clone();
    place.data.get_or_insert_with(|| temporary.path().to_owned());
    let home = Home::take(&place).await?;
    if first_of_history(&*home.store).await?.is_some() {
        let folder = home.folder.display().to_string();
        return Err(CliError::FolderNotEmpty { folder }.into());
    }
    let summary = play(&home, arguments).await?;
    if arguments.no_serve {
        return answer(arguments.json.json, &summary, told);
    }
    serve(&home, arguments, &summary).await
}

/// Plays in memory, one act after the other, then writes the log to the folder's store.
async fn play(home: &Home, arguments: &Demo) -> Result<Summary> {
    let plan = Plan { seed: arguments.seed, households: arguments.households as usize };
    let bar = progress(0, "playing 2026");
    let tell = |done: usize, total: usize| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    };
    let played = Arc::new(MemoryStore::new());
    let summary = demo::play(&plan, played.clone(), home.keyring.clone(), &tell).await?;
    bar.set_message("writing the log");
    copy(&*played, &*home.store, home.in_order, &mut |_| {}).await?;
    bar.finish_and_clear();
    Ok(summary)
}

async fn serve(home: &Home, arguments: &Demo, summary: &Summary) -> Result<()> {
    let clock = Arc::new(DemoClock { start: demo::now(), since: Instant::now() });
    let engine = Arc::new(home.engine_with(clock, Arc::new(OsEntropy)));
    let tokens = issue_tokens(&engine, summary).await?;
    let mut settings = settings(summary);
    if let Some(applicant) = &summary.applicant {
        settings.personas.push(enrol(&engine, applicant).await?);
    }
    let how = How::at(arguments.listen, settings);
    let served = Served::start(home, engine, how).await?;
    let head = home.store.head().await?;
    served.runner().reach(head, |_| {}).await?;
    print(&format!("hieuhoc serves the demonstration at {}\n", served.base()))?;
    print(&told(summary))?;
    print(&to_try(&served.base(), summary, &tokens))?;
    served.until_told_to_stop().await
}

/// Whom anybody may be in the pages.
fn settings(summary: &Summary) -> pages::Settings {
    let persona = |persona: &demo::Persona| pages::Persona {
        key: persona.key.to_owned(),
        vi: persona.vi.to_owned(),
        en: persona.en.to_owned(),
        officer: persona.officer,
        name: persona.name.clone(),
    };
    let personas = summary.personas.iter().map(persona).collect();
    pages::Settings { secure: false, personas }
}

/// An account for a household's own people. It is made now and is no part of what the seed determines.
async fn enrol(engine: &Engine, applicant: &Applicant) -> Result<pages::Persona> {
    let code = format!("HO-{}", applicant.subject.0.simple());
    let officer = OfficerId::of_code(&code);
    let name = engine.sealer(officer.0)?.seal("name", &applicant.name)?;
    let unit = applicant.unit.clone();
    let own = officer::Command::DeclareInterest {
        subject: applicant.subject,
        relation: officer::Relation::Household,
    };
    for command in [officer::Command::Enrol { code, name, unit, sample: true }, own] {
        engine.officer(&operator(), officer, command).await?;
    }
    Ok(pages::Persona {
        key: "applicant".to_owned(),
        vi: "Người của hộ gia đình, tự nộp hồ sơ".to_owned(),
        en: "One of a family, who hands in its case".to_owned(),
        officer,
        name: applicant.name.clone(),
    })
}

fn operator() -> Request {
    Request::new(Principal::Operator("hieuhoc demo".into()), Uuid::now_v7())
}

/// A token for each persona. They are issued now and are no part of what the seed determines.
async fn issue_tokens(engine: &Engine, summary: &Summary) -> Result<Vec<String>> {
    let until = engine.today().plus_days(TOKEN_DAYS).unwrap_or_else(|| engine.today());
    let mut tokens = Vec::new();
    for persona in &summary.personas {
        let secret = web::secret_text(engine.secret());
        let digest = web::token_digest(&secret)?;
        let label = "hieuhoc demo".to_owned();
        let command = officer::Command::IssueToken { digest, label, until };
        engine.officer(&operator(), persona.officer, command).await?;
        tokens.push(secret);
    }
    Ok(tokens)
}

/// Begins where the play ended and goes on from there.
struct DemoClock {
    start: Timestamp,
    since: Instant,
}

impl Clock for DemoClock {
    fn now(&self) -> Timestamp {
        self.start.checked_add(self.since.elapsed()).unwrap_or(self.start)
    }
}

fn told(summary: &Summary) -> String {
    let mut states: Vec<&String> =
        summary.cases.values().flat_map(|states| states.keys()).collect();
    states.sort();
    states.dedup();
    let mut header = vec!["title"];
    header.extend(states.iter().map(|state| state.as_str()));
    let rows = summary.cases.iter().map(|(title, counts)| {
        let count = |state: &&String| counts.get(*state).copied().unwrap_or(0).to_string();
        std::iter::once(title.clone()).chain(states.iter().map(count)).collect::<Vec<_>>()
    });
    let subjects: Vec<_> =
        summary.subjects.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
    format!(
        "Dữ liệu mẫu / sample data: Xã Mường Bi (05158), năm 2026, hạt giống / seed {}\n\
         {} hamlets, {} officers, {}\n\
         {} meetings, {} comments and objections, {} decisions, {} cases overdue, {} refused acts\n\
         {} commands, {} events, log digest {}\n{}",
        summary.seed,
        summary.hamlets,
        summary.officers,
        subjects.join(", "),
        summary.meetings,
        summary.objections,
        summary.decisions,
        summary.overdue,
        summary.refused_acts,
        summary.commands,
        summary.events,
        summary.log_digest,
        table(&header, rows),
    )
}

fn to_try(base: &str, summary: &Summary, tokens: &[String]) -> String {
    let rows = summary.personas.iter().zip(tokens).map(|(persona, token)| {
        [persona.vi.to_owned(), persona.name.clone(), persona.unit.to_string(), token.clone()]
    });
    let of = |key: &str| {
        let place = summary.personas.iter().position(|persona| persona.key == key);
        place.and_then(|place| tokens.get(place)).cloned().unwrap_or_default()
    };
    let case = |key: &str| {
        let example = summary.examples.iter().find(|example| example.key == key);
        example.map(|example| example.case.to_string()).unwrap_or_default()
    };
    let (reviewer, chair, auditor) = (of("commune-reviewer"), of("commune-chair"), of("auditor"));
    let (waiting, supplemented) = (case("decision"), case("supplemented"));
    let today = engine::civil_date(demo::now());
    let sign = summary.draft.as_ref().map(|draft| {
        let Draft { decision, cases } = draft;
        format!(
            "Ký một quyết định, công nhận {cases} gia đình / sign a decision, recognise {cases} \
             families:\n  \
             curl -H 'Authorization: Bearer {chair}' -H 'Content-Type: application/json' \
             -d '{{\"number\":\"200/QĐ-UBND\",\"date\":\"{today}\"}}' \
             {base}/api/v1/decisions/{decision}/signature\n\n"
        )
    });
    let sign = sign.unwrap_or_default();
    let who = table(&["ai / who", "tên / name", "địa bàn / unit", "mã truy cập / token"], rows);
    format!(
        "{who}\n\n\
         {sign}\
         Công nhận một gia đình / recognise one family:\n  \
         curl -H 'Authorization: Bearer {chair}' -H 'Content-Type: application/json' \
         -d '{{\"decision\":{{\"number\":\"201/QĐ-UBND\",\"date\":\"{today}\"}}}}' \
         {base}/api/v1/cases/{waiting}/recognition\n\n\
         Xem / look:\n  \
         curl -H 'Authorization: Bearer {reviewer}' '{base}/api/v1/queue?limit=5'\n  \
         curl -H 'Authorization: Bearer {auditor}' '{base}/api/v1/totals?unit=05158'\n  \
         curl -H 'Authorization: Bearer {auditor}' '{base}/api/v1/titles?unit=05158&limit=5'\n  \
         curl -H 'Authorization: Bearer {auditor}' '{base}/api/v1/cases/{supplemented}/timeline'\n  \
         curl '{base}/api/v1/openapi.json'\n\n\
         Ctrl-C: thôi / end",
    )
}
