//! What can be written on the command line. Deliberately absent: what it does.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use procedure::{CaseId, Date, DecisionId, OfficerId, ProcedureId, Role, Title, UnitCode};

mod officer;
mod server;

pub(crate) use officer::Officer;
pub(crate) use server::{Check, Copy, Serve, Store};

/// Carries the learning titles of Viet Nam from registration to recognition.
#[derive(Debug, Parser)]
#[command(name = "hieuhoc", version, max_term_width = 100, after_help = EXAMPLES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) place: Place,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXAMPLES: &str = "\
Examples:
  hieuhoc demo                                a living year of one commune at http://127.0.0.1:8387
  hieuhoc --data kho import units --official  found the 34 provinces and 3,321 communes
  hieuhoc --data kho procedure publish --shipped
  hieuhoc --data kho import officers can-bo.csv
  hieuhoc --data kho serve
  hieuhoc explain case.steps_not_separate     what an error code means and what to do";

/// Where everything is kept.
#[derive(Args, Clone, Debug)]
pub(crate) struct Place {
    /// Folder of keys, evidence files and read models, and of the event store unless --store names another
    /// [default: data; demo: a temporary one].
    #[arg(long, global = true, value_name = "DIR", env = "HIEUHOC_DATA")]
    pub(crate) data: Option<PathBuf>,
    /// Event store: sqlite:PATH, or the connection string of a KurrentDB cluster (docs/kurrentdb.md)
    /// [default: sqlite:DIR/events.db].
    #[arg(long, global = true, value_name = "URL", env = "HIEUHOC_STORE", hide_env_values = true)]
    pub(crate) store: Option<String>,
}

impl Place {
    /// The folder.
    pub(crate) fn folder(&self) -> &Path {
        self.data.as_deref().unwrap_or(Path::new("data"))
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Play a year in one commune on real units and serve it. Sample people, nothing to set up.
    Demo(Demo),
    /// Serve the API on the data folder.
    Serve(Serve),
    /// Take in units, officers or subjects from a CSV file: all of it, or nothing.
    #[command(subcommand)]
    Import(Import),
    /// Officers: passwords and tokens to sign in with.
    #[command(subcommand)]
    Officer(Officer),
    /// One case.
    #[command(subcommand)]
    Case(Case),
    /// Cases that wait for somebody.
    Queue(Queue),
    /// The register of titles, now or as of a date.
    Titles(Titles),
    /// A title's history as one line through the years.
    #[command(after_help = "Example:\n  hieuhoc history HB-12")]
    History {
        /// The subject's code in the local list, or its UUID.
        subject: String,
        #[command(flatten)]
        json: Json,
    },
    /// Decisions over many cases: drafts, what stands on them, annexes.
    #[command(subcommand)]
    Decision(Decision),
    /// Objections and comments on posted cases that wait for an answer.
    Objections(Concerning),
    /// Reminders sent whose last day is not over.
    Reminders(Concerning),
    /// Acts that were refused for want of authority, conflict of interest or separation of steps.
    RefusedActs(RefusedActs),
    /// Signs of formalism: questions to an officer about his reviews and decisions.
    Signs(Signs),
    /// Subjects, registrations and titles per administrative unit.
    Totals(Totals),
    /// The calendar of working days.
    #[command(subcommand)]
    Calendar(Calendar),
    /// Do what the day asks for, once: decisions to follow, time that runs out, titles to renew or to
    /// end. A server does it by itself.
    Clerk(Json),
    /// Call the API of a running server as an officer.
    Call(Call),
    /// Procedure definitions.
    #[command(subcommand)]
    Procedure(Procedure),
    /// Event stores.
    #[command(subcommand)]
    Store(Store),
    /// Build all read models anew from the log.
    Rebuild(Rebuild),
    /// Write the whole log as JSON Lines, one event a line, in log order, byte-exact.
    #[command(after_help = "Example:\n  hieuhoc --data kho export -o nhat-ky.jsonl")]
    Export {
        /// The file to write; - for standard output.
        #[arg(short, long, value_name = "FILE")]
        output: PathBuf,
    },
    /// What an error code means and what to do about it.
    Explain {
        /// The code, such as case.closed; all codes if absent.
        code: Option<String>,
    },
    /// Completions for a shell.
    #[command(after_help = "Example:\n  hieuhoc completions bash > \
                            ~/.local/share/bash-completion/completions/hieuhoc")]
    Completions {
        /// The shell.
        shell: Shell,
    },
}

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Json {
    /// Answer in JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args, Debug)]
#[command(
    after_help = "Examples:\n  hieuhoc --data kho rebuild\n  hieuhoc --data kho rebuild --check"
)]
pub(crate) struct Rebuild {
    /// Only compare: the read models as followed with a rebuild, which is thrown away.
    #[arg(long)]
    pub(crate) check: bool,
    #[command(flatten)]
    pub(crate) json: Json,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  hieuhoc demo\n  hieuhoc demo --no-serve --json --seed 7\n  \
                        hieuhoc --data thu demo --households 300   keep it in the folder thu")]
pub(crate) struct Demo {
    /// The same seed gives the same log, byte for byte.
    #[arg(long, default_value_t = 387)]
    pub(crate) seed: u64,
    /// How many households the commune has; the national average is 8,100.
    #[arg(long, default_value_t = 8_100, value_parser = clap::value_parser!(u32).range(100..=200_000))]
    pub(crate) households: u32,
    /// Address to serve at.
    #[arg(long, default_value = "127.0.0.1:8387")]
    pub(crate) listen: SocketAddr,
    /// Play the year, print the counts, and end.
    #[arg(long)]
    pub(crate) no_serve: bool,
    #[command(flatten)]
    pub(crate) json: Json,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct ImportFile {
    /// CSV, UTF-8; comma, semicolon or tab; the first line names the columns.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Take the rows that are right, and name the others.
    #[arg(long)]
    pub(crate) partial: bool,
    /// Mark what comes in as made up for demonstration.
    #[arg(long)]
    pub(crate) sample: bool,
    #[command(flatten)]
    pub(crate) json: Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Import {
    /// Administrative units by an instrument: the official list, or columns code,name,kind,parent.
    #[command(after_help = "Examples:\n  hieuhoc import units --official\n  hieuhoc import units \
                            thon.csv --instrument '12/NQ-HĐND' --effective 2026-01-01\n\nKinds: \
                            province city commune ward special_zone hamlet residential_group.\n\
                            A hamlet's code is its commune's, a hyphen and a number: 05158-01.")]
    Units(ImportUnits),
    /// Officers: columns code,name,unit,role,role_unit,from,until,own_household,own_clan,
    /// own_organisation; one line per appointment.
    #[command(after_help = "Example line:\n  cb-01,Bùi Văn Đức,05158,commune-chair,05158,\
                            2026-01-01,,HB-12,,")]
    Officers(ImportFile),
    /// Subjects: columns code,kind,unit,name,address.
    #[command(after_help = "Example line:\n  HB-12,household,05158-01,Bùi Văn Đức,Xóm Lầm\n\n\
                            Kinds: household clan community organisation citizen.")]
    Subjects(ImportFile),
}

#[derive(Args, Debug)]
pub(crate) struct ImportUnits {
    /// CSV with the columns code,name,kind,parent.
    #[arg(value_name = "FILE", required_unless_present = "official")]
    pub(crate) file: Option<PathBuf>,
    /// The list that comes with the program: 34 provinces and 3,321 communes from 1 July 2025,
    /// with what changed until 20 September 2026.
    #[arg(long, conflicts_with_all = ["file", "instrument", "effective"])]
    pub(crate) official: bool,
    /// Kind and number of the instrument.
    #[arg(long, required_unless_present = "official")]
    pub(crate) instrument: Option<String>,
    /// First day on which it holds.
    #[arg(long, value_name = "YYYY-MM-DD", required_unless_present = "official")]
    pub(crate) effective: Option<Date>,
    /// When it was issued.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) issued: Option<Date>,
    /// Mark what comes in as made up for demonstration.
    #[arg(long)]
    pub(crate) sample: bool,
    #[command(flatten)]
    pub(crate) json: Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Case {
    /// Where a case stands.
    Show {
        /// The case.
        case: CaseId,
        #[command(flatten)]
        json: Json,
    },
    /// Everything that happened to a case: who, when, why, and the state after each event.
    Replay {
        /// The case.
        case: CaseId,
        #[command(flatten)]
        json: Json,
    },
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  hieuhoc queue --unit 05158 --role commune-reviewer\n  \
                        hieuhoc queue --unit 05158-03 --nobody --json")]
pub(crate) struct Queue {
    /// Only in this administrative unit and below.
    #[arg(long)]
    pub(crate) unit: Option<UnitCode>,
    /// Only for this role.
    #[arg(long)]
    pub(crate) role: Option<Role>,
    /// Only at this step.
    #[arg(long)]
    pub(crate) step: Option<String>,
    /// Only for this title.
    #[arg(long)]
    pub(crate) title: Option<Title>,
    /// Only of this year.
    #[arg(long)]
    pub(crate) year: Option<i16>,
    /// Only those that this officer holds.
    #[arg(long, conflicts_with = "nobody")]
    pub(crate) holder: Option<OfficerId>,
    /// Only those that nobody holds.
    #[arg(long)]
    pub(crate) nobody: bool,
    /// Only those whose last day in time is this one or before.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) due_by: Option<Date>,
    /// Only those whose delay was put before a role above.
    #[arg(long)]
    pub(crate) escalated: bool,
    #[command(flatten)]
    pub(crate) page: Page,
}

#[derive(Args, Clone, Debug)]
pub(crate) struct Page {
    /// At most so many lines.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=200))]
    pub(crate) limit: u32,
    /// Go on where the last answer ended.
    #[arg(long)]
    pub(crate) cursor: Option<String>,
    #[command(flatten)]
    pub(crate) json: Json,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  hieuhoc titles --unit 05158 --all\n  \
                        hieuhoc titles --title family --on 2027-06-30")]
pub(crate) struct Titles {
    /// Only in this administrative unit and below.
    #[arg(long)]
    pub(crate) unit: Option<UnitCode>,
    /// Only this title.
    #[arg(long)]
    pub(crate) title: Option<Title>,
    /// Only of this year.
    #[arg(long)]
    pub(crate) year: Option<i16>,
    /// In force on this day; today if absent.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) on: Option<Date>,
    /// Every recognition, in force or not.
    #[arg(long, conflicts_with = "on")]
    pub(crate) all: bool,
    #[command(flatten)]
    pub(crate) page: Page,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Decision {
    /// Decisions, the latest draft first.
    List {
        /// Only in this administrative unit and below.
        #[arg(long)]
        unit: Option<UnitCode>,
        /// Only of this year.
        #[arg(long)]
        year: Option<i16>,
        /// Only in this state: draft, signed, discarded or cancelled.
        #[arg(long, value_parser = ["draft", "signed", "discarded", "cancelled"])]
        state: Option<String>,
        #[command(flatten)]
        page: Page,
    },
    /// One decision, with its totals hamlet by hamlet.
    Show {
        /// The decision.
        decision: DecisionId,
        #[command(flatten)]
        json: Json,
    },
    /// The annex, one line of JSON for each case: the bytes whose SHA-256 was signed.
    #[command(after_help = "Example:\n  hieuhoc decision annex ID | sha256sum")]
    Annex {
        /// The decision.
        decision: DecisionId,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Concerning {
    /// Only in this administrative unit and below.
    #[arg(long, default_value = "VN")]
    pub(crate) unit: UnitCode,
    /// At most so many lines.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=200))]
    pub(crate) limit: u32,
    #[command(flatten)]
    pub(crate) json: Json,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  hieuhoc refused-acts --from 2026-11-01\n  \
                        hieuhoc refused-acts --officer cb-01 --json")]
pub(crate) struct RefusedActs {
    /// Only of this officer: his code in the imported list, or his UUID.
    #[arg(long)]
    pub(crate) officer: Option<String>,
    /// Only about this case, officer or decision.
    #[arg(long)]
    pub(crate) about: Option<uuid::Uuid>,
    /// Only on this day and later.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) from: Option<Date>,
    /// Only on this day and before.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) until: Option<Date>,
    #[command(flatten)]
    pub(crate) page: Page,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  hieuhoc signs --unit 05158\n  \
                        hieuhoc signs --unit 05158-03 --title family --year 2026 --json")]
pub(crate) struct Signs {
    /// Only in this administrative unit and below.
    #[arg(long)]
    pub(crate) unit: Option<UnitCode>,
    /// Only for this title.
    #[arg(long)]
    pub(crate) title: Option<Title>,
    /// Only cases of this year.
    #[arg(long)]
    pub(crate) year: Option<i16>,
    #[command(flatten)]
    pub(crate) json: Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Calendar {
    /// Put a calendar into the log; it takes the place of the one before.
    #[command(after_help = "Examples:\n  hieuhoc calendar publish --shipped\n  \
                            hieuhoc calendar publish lich.toml")]
    Publish {
        /// TOML file.
        #[arg(value_name = "FILE", required_unless_present = "shipped")]
        file: Option<PathBuf>,
        /// The calendar that comes with the program.
        #[arg(long, conflicts_with = "file")]
        shipped: bool,
        #[command(flatten)]
        json: Json,
    },
    /// Days off and swapped days of a year, with what is known of each.
    Show {
        /// The year; this one if absent.
        #[arg(long)]
        year: Option<i16>,
        #[command(flatten)]
        json: Json,
    },
}

#[derive(Args, Debug)]
#[command(after_help = "The token is read from HIEUHOC_TOKEN.\n\nExamples:\n  \
  hieuhoc call GET queue?unit=05158\n  \
  hieuhoc call POST cases/ID/claim\n  \
  hieuhoc call POST decisions/ID/signature '{\"number\":\"125/QĐ-UBND\",\"date\":\"2026-12-08\"}'\n  \
  hieuhoc call POST minutes @bien-ban.json")]
pub(crate) struct Call {
    /// GET or POST.
    #[arg(value_parser = ["GET", "POST"])]
    pub(crate) method: String,
    /// The address below /api/v1.
    pub(crate) path: String,
    /// JSON; @FILE reads it from a file, - from standard input.
    pub(crate) body: Option<String>,
    /// The server.
    #[arg(long, env = "HIEUHOC_SERVER", default_value = "http://127.0.0.1:8387")]
    pub(crate) server: String,
    /// Idempotency-Key; the same key again changes nothing and has the same answer.
    #[arg(long)]
    pub(crate) key: Option<String>,
    /// The revision that you have seen; the command is refused if something came in between.
    #[arg(long)]
    pub(crate) revision: Option<u64>,
}

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  hieuhoc totals                       the nation\n  \
                        hieuhoc totals --unit 05158 --below  its hamlets, each")]
pub(crate) struct Totals {
    /// The administrative unit.
    #[arg(long, default_value = "VN")]
    pub(crate) unit: UnitCode,
    /// Each unit one level below instead.
    #[arg(long)]
    pub(crate) below: bool,
    /// Only this title.
    #[arg(long)]
    pub(crate) title: Option<Title>,
    /// Only this year.
    #[arg(long)]
    pub(crate) year: Option<i16>,
    #[command(flatten)]
    pub(crate) json: Json,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Procedure {
    /// Check definition files: every finding with file, line and rule.
    #[command(after_help = "Example:\n  hieuhoc procedure check schemas/procedures/*/*.toml")]
    Check {
        /// TOML files.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        #[command(flatten)]
        json: Json,
    },
    /// Put definitions into the log, so that cases can be registered under them.
    Publish {
        /// TOML files.
        #[arg(value_name = "FILE", required_unless_present = "shipped")]
        files: Vec<PathBuf>,
        /// The definitions that come with the program.
        #[arg(long, conflicts_with = "files")]
        shipped: bool,
        #[command(flatten)]
        json: Json,
    },
    /// Try a definition on the cases of a year: who would gain the title, and who would lose it.
    /// The self-assessments and reviews of the log are judged again; nothing is written.
    #[command(
        after_help = "Examples:\n  hieuhoc --data kho procedure try moi.toml --year 2026\n  \
                            hieuhoc procedure try moi.toml --year 2026 --unit 05158 --cases"
    )]
    Try(Try),
    /// Test the rules of definitions by scenarios, written in Vietnamese sentences.
    #[command(
        after_help = "Examples:\n  hieuhoc procedure test\n  hieuhoc procedure test thu.toml\n  \
                      hieuhoc procedure test tests --definition moi.toml\n\n\
                      How to write them: schemas/procedures/README.md."
    )]
    Test(Test),
    /// The definitions in the log.
    List(Json),
    /// Take a definition out of use for new cases.
    Retire {
        /// Its id.
        id: ProcedureId,
        #[command(flatten)]
        json: Json,
    },
}

#[derive(Args, Debug)]
pub(crate) struct Try {
    /// TOML; it need not be published.
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The year.
    #[arg(long)]
    pub(crate) year: i16,
    /// Only in this administrative unit and below.
    #[arg(long, default_value = "VN")]
    pub(crate) unit: UnitCode,
    /// List the cases that change.
    #[arg(long)]
    pub(crate) cases: bool,
    /// At most so many of them.
    #[arg(long, default_value_t = 50, requires = "cases")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub(crate) limit: u32,
    #[command(flatten)]
    pub(crate) json: Json,
}

#[derive(Args, Debug)]
pub(crate) struct Test {
    /// TOML files of scenarios, or folders with them; those that come with the program if absent.
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// A definition to test, besides those that come with the program; it need not be published.
    #[arg(long = "definition", value_name = "FILE")]
    pub(crate) definitions: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) json: Json,
}
