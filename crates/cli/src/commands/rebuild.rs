//! `rebuild`: all read models anew from the log, with the digest of what came out; or only a
//! comparison of that with what was followed.

use std::path::Path;
use std::time::Instant;

use anyhow::Result;
use serde::Serialize;

use crate::args::{Place, Rebuild};
use crate::commands::read;
use crate::failure::CliError;
use crate::home::{Home, Reading};
use crate::output::{answer, progress};

#[derive(Serialize)]
struct Rebuilt {
    events: u64,
    digest: String,
    seconds: f64,
}

#[derive(Serialize)]
struct Compared {
    same: bool,
    digest: String,
    rebuilt: Rebuilt,
}

pub(crate) async fn run(place: &Place, arguments: &Rebuild) -> Result<()> {
    let home = Home::take(place).await?;
    if !arguments.check {
        let rebuilt = rebuild(&home, &home.read_models()).await?;
        return answer(arguments.json.json, &rebuilt, told);
    }
    let beside = tempfile::tempdir_in(&home.folder)?;
    let rebuilt = rebuild(&home, &beside.path().join("read.db")).await?;
    let reading = Reading::Alone(Box::new(home));
    let digest = read::with_open(&reading, |reader| reader.digest()).await?;
    let same = digest == rebuilt.digest;
    let compared = Compared { same, digest, rebuilt };
    answer(arguments.json.json, &compared, |compared| {
        format!("followed digest {}\n{}", compared.digest, told(&compared.rebuilt))
    })?;
    if same { Ok(()) } else { Err(CliError::ReadModelsDiffer.into()) }
}

async fn rebuild(home: &Home, path: &Path) -> Result<Rebuilt> {
    let head = home.store.head().await?;
    let bar = progress(head.map_or(0, |head| head.major()), "rebuild");
    let (store, keyring) = (home.store.clone(), home.keyring.clone());
    let (mut events, begin) = (0, Instant::now());
    let tell = |progress: &projections::Progress| {
        events = progress.entries;
        bar.set_position(events);
    };
    let digest = projections::rebuild(path, store, keyring, tell).await?;
    bar.finish_and_clear();
    Ok(Rebuilt { events, digest, seconds: begin.elapsed().as_secs_f64() })
}

fn told(rebuilt: &Rebuilt) -> String {
    let Rebuilt { events, digest, seconds } = rebuilt;
    format!("{events} events in {seconds:.1} s, digest {digest}")
}
