//! What the reading commands share: the read models, brought up to date if nobody else does it.

use anyhow::Result;
use engine::civil_date;
use procedure::Date;
use projections::{ReadError, ReadModels, Reader, Runner};

use crate::args::Place;
use crate::home::Reading;
use crate::output::progress;

/// Reads from the read models of the folder.
pub(crate) async fn with<T, F>(place: &Place, read: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce(&Reader<'_>) -> Result<T, ReadError> + Send + 'static,
{
    let reading = Reading::open(place).await?;
    with_open(&reading, read).await
}

/// The same on a folder that is open already.
pub(crate) async fn with_open<T, F>(reading: &Reading, read: F) -> Result<T>
where
    T: Send + 'static,
    F: FnOnce(&Reader<'_>) -> Result<T, ReadError> + Send + 'static,
{
    match reading {
        Reading::Beside { read_models, .. } => Ok(ReadModels::at(read_models).read(read).await?),
        Reading::Alone(home) => {
            let head = home.store.head().await?;
            let (store, keyring) = (home.store.clone(), home.keyring.clone());
            let runner = Runner::start(&home.read_models(), store, keyring).await?;
            let bar = progress(head.map_or(0, |head| head.major()), "read models");
            runner.reach(head, |progress| bar.set_position(progress.entries)).await?;
            bar.finish_and_clear();
            let answer = runner.models().read(read).await;
            runner.stop().await;
            Ok(answer?)
        }
    }
}

/// Today in Viet Nam.
pub(crate) fn today() -> Date {
    civil_date(engine::Clock::now(&engine::SystemClock))
}
