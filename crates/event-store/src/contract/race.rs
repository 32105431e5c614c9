//! Many tasks at once.

use std::collections::HashSet;

use tokio::task::JoinSet;

use super::Check;
use super::check;
use super::trial::{Trial, Verdict, ensure, event, events, join, same};
use crate::error::StoreError;
use crate::store::{Appended, Expected};

pub(super) fn checks() -> Vec<Check> {
    vec![
        check!(
            "race-one-stream",
            "of 64 tasks racing on one stream each is accepted exactly once, and no update is lost",
            "64 tác vụ tranh nhau một luồng: mỗi lần ghi được nhận đúng một lần, không mất cập nhật",
            race_one_stream
        ),
        check!(
            "race-first-event",
            "of many tasks that would found one stream exactly one does",
            "nhiều tác vụ cùng mở một luồng: chỉ một tác vụ được nhận",
            race_first_event
        ),
    ]
}

async fn race_one_stream(trial: Trial) -> Verdict {
    const TASKS: usize = 64;
    let stream = trial.stream("s")?;
    let mut tasks = JoinSet::new();
    for _ in 0..TASKS {
        let (trial, stream) = (trial.clone(), stream.clone());
        tasks.spawn(async move {
            let event = event();
            let mut expected = Expected::NoStream;
            loop {
                match trial.append(&stream, expected, std::slice::from_ref(&event)).await {
                    Ok(result) => return Ok((event.id, expected, result)),
                    Err(StoreError::Conflict { actual }) => {
                        let behind = Expected::from(actual) != expected;
                        ensure(behind, || format!("a conflict at {expected:?}, as expected"))?;
                        expected = actual.into();
                    }
                    Err(other) => return Err(other.into()),
                }
            }
        });
    }
    let accepted = join(tasks).await?;
    let stored = trial.whole(&stream).await?;
    same("events in the stream", &stored.len(), &TASKS)?;
    for (id, expected, result) in accepted {
        same("revision after the expected one", &result.revision, &expected.next())?;
        let places: Vec<_> = stored.iter().filter(|event| event.id == id).collect();
        same("times in the stream", &places.len(), &1)?;
        let there = Appended { revision: places[0].revision, position: places[0].position };
        same("place in the stream", &there, &result)?;
    }
    Ok(())
}

async fn race_first_event(trial: Trial) -> Verdict {
    for round in 0..5 {
        let stream = trial.stream(&format!("s{round}"))?;
        let mut tasks = JoinSet::new();
        for _ in 0..16 {
            let (trial, stream) = (trial.clone(), stream.clone());
            tasks.spawn(
                async move { Ok(trial.append(&stream, Expected::NoStream, &events(2)).await) },
            );
        }
        let results = join(tasks).await?;
        let founded = results.iter().filter(|result| result.is_ok()).count();
        same("tasks that founded the stream", &founded, &1)?;
        for result in results {
            let fits = matches!(result, Ok(_) | Err(StoreError::Conflict { actual: Some(1) }));
            ensure(fits, || format!("a task that lost the race got {result:?}"))?;
        }
        let stored = trial.whole(&stream).await?;
        let ids: HashSet<_> = stored.iter().map(|event| event.id).collect();
        same("events in the stream", &(stored.len(), ids.len()), &(2, 2))?;
    }
    Ok(())
}
