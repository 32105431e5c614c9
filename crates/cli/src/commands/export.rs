//! `export`: the whole log as JSON Lines.
//!
//! One event a line, in log order. Envelope and payload stand in the line byte for byte as they
//! are stored, so that digests of them can be checked with any tool. Bytes that cannot stand so
//! (only checks of a store leave such behind) are written in base64 under another name.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use event_store::{EventStore, RecordedEvent};
use serde_json::value::RawValue;

use crate::args::Place;
use crate::failure::CliError;
use crate::home::Reading;
use crate::output::progress;

const PAGE: usize = 4096;

#[derive(serde::Serialize)]
struct Line<'a> {
    position: String,
    stream: &'a str,
    revision: u64,
    id: uuid::Uuid,
    #[serde(rename = "type")]
    event_type: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    metadata_base64: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data_base64: Option<String>,
}

pub(crate) async fn run(place: &Place, output: &Path) -> Result<()> {
    let (store, _) = Reading::open(place)?.sources();
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
            write_event(event, out).with_context(|| format!("position {}", event.position))?;
            count += 1;
        }
        bar.inc(events.len() as u64);
    }
    out.flush()?;
    bar.finish_and_clear();
    Ok(count)
}

fn write_event(event: &RecordedEvent, out: &mut impl Write) -> Result<()> {
    let (metadata, data) = (raw(&event.metadata), raw(&event.data));
    let line = Line {
        position: event.position.to_string(),
        stream: event.stream.as_str(),
        revision: event.revision,
        id: event.id,
        event_type: &event.event_type,
        metadata,
        metadata_base64: metadata.is_none().then(|| STANDARD.encode(&event.metadata)),
        data,
        data_base64: data.is_none().then(|| STANDARD.encode(&event.data)),
    };
    serde_json::to_writer(&mut *out, &line)?;
    out.write_all(b"\n")?;
    Ok(())
}

/// The bytes as JSON, if they are that and nothing more, on one line.
fn raw(bytes: &[u8]) -> Option<&RawValue> {
    let raw: &RawValue = serde_json::from_slice(bytes).ok()?;
    (raw.get().len() == bytes.len() && !bytes.contains(&b'\n')).then_some(raw)
}
