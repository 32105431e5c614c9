//! What can be said about servers and their stores. Deliberately absent: what it does.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Json;

#[derive(Args, Debug)]
#[command(after_help = "Examples:\n  hieuhoc --data kho serve --listen 127.0.0.1:8387\n  \
                        hieuhoc --data kho serve --metrics 127.0.0.1:9387\n  \
                        hieuhoc --data kho serve --follow --read doc2 --listen 127.0.0.1:8388 \\\n    \
                        --writer http://127.0.0.1:8387     read beside a server, on one machine")]
pub(crate) struct Serve {
    /// Address to serve at.
    #[arg(long, env = "HIEUHOC_LISTEN", default_value = "127.0.0.1:8387")]
    pub(crate) listen: SocketAddr,
    /// Browsers reach the pages by HTTPS, through a proxy in front: cookies travel no other way.
    #[arg(long, env = "HIEUHOC_HTTPS")]
    pub(crate) https: bool,
    /// Only read, beside the server that has the data folder: pages and questions are answered, and
    /// changes are refused.
    #[arg(long, env = "HIEUHOC_FOLLOW", requires = "read")]
    pub(crate) follow: bool,
    /// Folder of this server's read models, where several servers share the rest [default: the
    /// data folder].
    #[arg(long, env = "HIEUHOC_READ", value_name = "DIR")]
    pub(crate) read: Option<PathBuf>,
    /// Where changes go, for those who are refused them.
    #[arg(long, env = "HIEUHOC_WRITER", value_name = "URL", requires = "follow")]
    pub(crate) writer: Option<String>,
    /// Address of GET /metrics, for Prometheus; none is served without.
    #[arg(long, env = "HIEUHOC_METRICS", value_name = "ADDRESS")]
    pub(crate) metrics: Option<SocketAddr>,
    /// What this server is called where servers settle who of them does the clerk's work [default:
    /// name of the machine and address].
    #[arg(long, env = "HIEUHOC_NAME")]
    pub(crate) name: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Store {
    /// Run the contract of event stores against an engine: for a file, in another one beside it; in a
    /// KurrentDB cluster, in streams of its own, which it deletes afterwards.
    #[command(after_help = "Examples:\n  hieuhoc store check sqlite:kho/events.db\n  \
                            hieuhoc store check sqlite:kho/events.db --bench\n  \
                            hieuhoc store check 'kurrentdb://may-1:2113,may-2:2113,may-3:2113'")]
    Check(Check),
    /// Copy all events into another store: same streams, revisions, ids, bytes and order. Cut off,
    /// the same command goes on where it was; at the end both sides are read and compared.
    #[command(after_help = "Example:\n  hieuhoc store copy sqlite:kho/events.db \\\n    \
                            'kurrentdb://may-1:2113,may-2:2113,may-3:2113'")]
    Copy(Copy),
}

#[derive(Args, Debug)]
pub(crate) struct Check {
    /// sqlite:PATH, memory:, or the connection string of a KurrentDB cluster.
    pub(crate) url: String,
    #[command(flatten)]
    pub(crate) bench: Bench,
    #[command(flatten)]
    pub(crate) json: Json,
}

#[derive(Args, Clone, Copy, Debug)]
pub(crate) struct Bench {
    /// Measure instead: appends and reads in a second, and how soon a follower hears of an event.
    #[arg(long)]
    pub(crate) bench: bool,
    /// How long each of the measurements takes.
    #[arg(long, default_value_t = 3, requires = "bench")]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=600))]
    pub(crate) seconds: u64,
}

#[derive(Args, Debug)]
pub(crate) struct Copy {
    /// The store to copy: sqlite:PATH or the connection string of a cluster. A server may go on writing
    /// to it; what comes after the copy began may be left out, and comes with the next.
    #[arg(value_name = "FROM")]
    pub(crate) from: String,
    /// The store to copy to: sqlite:PATH or the connection string of a cluster. It has nothing, or the
    /// beginning of the other.
    #[arg(value_name = "TO")]
    pub(crate) to: String,
    #[command(flatten)]
    pub(crate) json: Json,
}
