//! `export`: the whole log as JSON Lines.
//!
//! One event a line, in log order. Deliberately absent: the form of a line; [`codec::line`] has it.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context as _, Result};
use event_store::EventStore;
use projections::lines;

use crate::args::Place;
use crate::failure::CliError;
use crate::home::Reading;
use crate::output::progress;

const PAGE: usize = 4096;

pub(crate) async fn run(place: &Place, output: &Path) -> Result<()> {
    let (store, _) = Reading::open(place).await?.sources();
    if output == Path::new("-") {
        return write_all(&*store, &mut BufWriter::new(std::io::stdout().lock())).await.map(|_| ());
    }
    // Written beside and renamed: a cut connection or a full disk leaves no half file of that name.
    let part = output.with_extension("part");
    let failed = |error: std::io::Error| CliError::File {
        file: output.display().to_string(),
        detail: error.to_string(),
    };
    let file = File::create(&part).map_err(failed)?;
    let mut writer = BufWriter::new(file);
    let events = write_all(&*store, &mut writer).await?;
    writer.into_inner().map_err(|error| failed(error.into_error()))?.sync_all().map_err(failed)?;
    std::fs::rename(&part, output).map_err(failed)?;
    eprintln!("{events} events → {}", output.display());
    Ok(())
}

async fn write_all(store: &dyn EventStore, out: &mut impl Write) -> Result<u64> {
    let bar = progress(store.head().await?.map_or(0, |head| head.major()), "export");
    let (mut after, mut count) = (None, 0);
    loop {
        let events = store.read_all(after, PAGE).await?;
        let Some(last) = events.last() else { break };
        after = Some(last.position);
        for event in &events {
            lines::write(event, out).with_context(|| format!("position {}", event.position))?;
            count += 1;
        }
        bar.inc(events.len() as u64);
    }
    out.flush()?;
    bar.finish_and_clear();
    Ok(count)
}
