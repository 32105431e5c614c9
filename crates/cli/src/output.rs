//! Answers: tables for people, JSON for programs. Deliberately absent: colours; a table is pasted
//! into letters.

use std::io::Write as _;

use anyhow::Result;
use comfy_table::{ContentArrangement, Table, presets};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

/// Writes a value as JSON, or what `text` makes of it. A closed pipe ends quietly.
pub(crate) fn answer<T: Serialize>(
    json: bool,
    value: &T,
    text: impl FnOnce(&T) -> String,
) -> Result<()> {
    let written = if json { serde_json::to_string_pretty(value)? } else { text(value) };
    print(&written)
}

/// Writes a text and a line end. A closed pipe ends quietly.
pub(crate) fn print(text: &str) -> Result<()> {
    match writeln!(std::io::stdout(), "{text}") {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}

/// A plain table.
pub(crate) fn table<R, C>(header: &[&str], rows: R) -> String
where
    R: IntoIterator<Item = C>,
    C: IntoIterator<Item = String>,
{
    let mut table = Table::new();
    table.load_style(presets::UTF8_FULL_CONDENSED);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    table.set_header(header.to_vec());
    for row in rows {
        table.add_row(row.into_iter().collect::<Vec<_>>());
    }
    table.to_string()
}

/// A subject's name, marked where it is made up.
pub(crate) fn subject(name: Option<&str>, sample: bool) -> String {
    let name = name.unwrap_or("–");
    if sample { format!("{name} (mẫu)") } else { name.to_owned() }
}

/// A bar on standard error, silent where that is no terminal.
pub(crate) fn progress(total: u64, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(total).with_message(what);
    let style = "{msg:24} {bar:30} {human_pos}/{human_len} {per_sec} {eta}";
    bar.with_style(
        ProgressStyle::with_template(style).unwrap_or_else(|_| ProgressStyle::default_bar()),
    )
}
