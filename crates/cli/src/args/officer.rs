//! `officer`: how officers sign in. Deliberately absent: who they are; a table says that.

use clap::Subcommand;

use super::Json;

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
    /// Set a password to sign in with; one is made and shown once, unless it is read.
    #[command(after_help = "Examples:\n  hieuhoc --data kho officer password cb-01\n  \
                            hieuhoc --data kho officer password cb-01 --stdin < mat-khau.txt")]
    Password {
        /// The officer's code in the imported list, or his UUID.
        officer: String,
        /// Read it from standard input: the first line.
        #[arg(long)]
        stdin: bool,
        #[command(flatten)]
        json: Json,
    },
    /// End all sessions of an officer; his password and tokens still count.
    #[command(after_help = "Example:\n  hieuhoc --data kho officer sign-out cb-01")]
    SignOut {
        /// The officer's code in the imported list, or his UUID.
        officer: String,
        #[command(flatten)]
        json: Json,
    },
}
