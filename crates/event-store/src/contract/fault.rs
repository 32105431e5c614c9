//! "Failed but kept": the answer to an append is lost, and nobody knows whether it was written.

use tokio::task::JoinSet;

use super::Check;
use super::check;
use super::trial::{Failure, Trial, Verdict, ensure, event, events, join, same};
use crate::error::StoreError;
use crate::event::{NewEvent, StreamName};
use crate::faulty::{Fault, Faulty};
use crate::store::{Appended, EventStore, Expected};

pub(super) fn checks() -> Vec<Check> {
    vec![
        check!(
            "failed-but-kept",
            "a writer who repeats after any failure ends with exactly one effect",
            "người ghi lặp lại sau mọi lỗi rốt cuộc chỉ có đúng một kết quả",
            failed_but_kept
        ),
        check!(
            "failed-then-overtaken",
            "a repeat finds its events also when others have appended meanwhile",
            "lặp lại vẫn nhận ra sự kiện của mình dù người khác đã ghi tiếp",
            failed_then_overtaken
        ),
        check!(
            "failed-in-a-race",
            "writers that race and lose answers still have exactly one effect each",
            "nhiều người ghi cùng lúc và mất trả lời: mỗi người đúng một kết quả",
            failed_in_a_race
        ),
    ]
}

/// A writer as the port wants it: repeats with the same ids and the same expectation.
async fn persist(
    store: &dyn EventStore,
    stream: &StreamName,
    expected: Expected,
    events: &[NewEvent],
) -> Result<Appended, StoreError> {
    loop {
        match store.append(stream, expected, events.to_vec()).await {
            Err(StoreError::Unavailable { .. }) => {}
            other => return other,
        }
    }
}

async fn failed_but_kept(trial: Trial) -> Verdict {
    let scripts: [&[Fault]; 7] = [
        &[Fault::Kept],
        &[Fault::Lost],
        &[Fault::Refused],
        &[Fault::Kept, Fault::Kept],
        &[Fault::Lost, Fault::Kept],
        &[Fault::Kept, Fault::Lost],
        &[Fault::Refused, Fault::Lost, Fault::Kept, Fault::Refused],
    ];
    for (number, script) in scripts.into_iter().enumerate() {
        let stream = trial.stream(&format!("s{number}"))?;
        let faulty = Faulty::new(trial.store.clone(), script.iter().copied());
        let (first, second) = (events(2), events(1));
        let result = persist(&faulty, &stream, Expected::NoStream, &first).await?;
        same("faults left over", &faulty.remaining(), &0)?;
        same("revision", &result.revision, &1)?;
        faulty.extend(script.iter().copied());
        let later = persist(&faulty, &stream, Expected::Exact(result.revision), &second).await?;
        same("revision of the second append", &later.revision, &2)?;
        let stored = trial.whole(&stream).await?;
        let ids: Vec<_> = stored.iter().map(|event| event.id).collect();
        let wanted: Vec<_> = first.iter().chain(&second).map(|event| event.id).collect();
        same(&format!("ids after {script:?}"), &ids, &wanted)?;
        same("position", &stored[1].position, &result.position)?;
    }
    Ok(())
}

async fn failed_then_overtaken(trial: Trial) -> Verdict {
    for (fault, kept) in [(Fault::Kept, true), (Fault::Lost, false)] {
        let stream = trial.stream(if kept { "kept" } else { "lost" })?;
        let faulty = Faulty::new(trial.store.clone(), [fault]);
        let (mine, theirs) = (events(2), events(1));
        let failed = faulty.append(&stream, Expected::NoStream, mine.clone()).await;
        let unknown = matches!(failed, Err(StoreError::Unavailable { maybe_written: true, .. }));
        ensure(unknown, || format!("{fault:?} gave {failed:?}"))?;
        let found = trial.whole(&stream).await?.len();
        same("events after the failure", &found, &if kept { 2 } else { 0 })?;
        let expected = Expected::from((found as u64).checked_sub(1));
        trial.append(&stream, expected, &theirs).await?;
        let repeated = trial.append(&stream, Expected::NoStream, &mine).await;
        if kept {
            same("revision found by the repeat", &repeated?.revision, &1)?;
        } else {
            let actual = Some(0);
            same("repeat of what was lost", &repeated, &Err(StoreError::Conflict { actual }))?;
        }
        let stored = trial.whole(&stream).await?.len();
        same("events in the end", &stored, &if kept { 3 } else { 1 })?;
    }
    Ok(())
}

async fn failed_in_a_race(trial: Trial) -> Verdict {
    const TASKS: usize = 12;
    let stream = trial.stream("s")?;
    let mut tasks = JoinSet::new();
    for number in 0..TASKS {
        let (trial, stream) = (trial.clone(), stream.clone());
        tasks.spawn(async move {
            let script = [[Fault::Kept, Fault::Lost], [Fault::Lost, Fault::Kept]][number % 2];
            let faulty = Faulty::new(trial.store.clone(), script);
            let event = event();
            let mut expected = Expected::NoStream;
            for _ in 0..10 * TASKS {
                let one = std::slice::from_ref(&event);
                match persist(&faulty, &stream, expected, one).await {
                    Ok(_) => return Ok(event.id),
                    // A conflict settles it: under this expectation nothing was written.
                    Err(StoreError::Conflict { actual }) => expected = actual.into(),
                    Err(other) => return Err(other.into()),
                }
            }
            Err(Failure::new("a writer was never accepted"))
        });
    }
    let mut wanted = join(tasks).await?;
    let mut stored: Vec<_> = trial.whole(&stream).await?.iter().map(|event| event.id).collect();
    wanted.sort();
    stored.sort();
    same("ids in the stream", &stored, &wanted)
}
