//! What can be written on the command line. Deliberately absent: what it does.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;
use procedure::{CaseId, Date, OfficerId, ProcedureId, Role, Title, UnitCode};

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
    /// Folder of keys and read models, and of the event store unless --store names another
    /// [default: data; demo: a temporary one].
    #[arg(long, global = true, value_name = "DIR", env = "HIEUHOC_DATA")]
    pub(crate) data: Option<PathBuf>,
    /// Event store: sqlite:PATH. Default: sqlite:DIR/events.db.
    #[arg(long, global = true, value_name = "URL", env = "HIEUHOC_STORE")]
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
    /// Officers: tokens to sign in with.
    #[command(subcommand)]
    Officer(Officer),
    /// One case.
    #[command(subcommand)]
    Case(Case),
    /// Cases that wait for somebody.
    Queue(Queue),
    /// The register of titles, now or as of a date.
    Titles(Titles),
    /// Subjects, registrations and titles per administrative unit.
    Totals(Totals),
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

#[derive(Args, Debug)]
#[command(after_help = "Example:\n  hieuhoc --data kho serve --listen 127.0.0.1:8387")]
pub(crate) struct Serve {
    /// Address to serve at.
    #[arg(long, env = "HIEUHOC_LISTEN", default_value = "127.0.0.1:8387")]
    pub(crate) listen: SocketAddr,
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
pub(crate) enum Officer {
    /// Issue a token; it is shown once.
    #[command(after_help = "Example:\n  hieuhoc --data kho officer token cb-01 --days 90")]
    Token {
        /// The officer's code in the imported list, or his UUID.
        officer: String,
        /// What it is for.
        #[arg(long, default_value = "command line")]
        label: String,
        /// Days until it ends.
        #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(u16).range(1..=730))]
        days: u16,
        #[command(flatten)]
        json: Json,
    },
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

#[derive(Debug, Subcommand)]
pub(crate) enum Store {
    /// Run the contract of event stores against a store, without harming what is in it. It leaves
    /// some streams of its own behind, named contract-….
    #[command(after_help = "Example:\n  hieuhoc store check sqlite:kho/events.db")]
    Check {
        /// sqlite:PATH, or memory:
        url: String,
        #[command(flatten)]
        json: Json,
    },
}
