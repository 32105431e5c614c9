//! Repeating an append: the same result, and nothing written.

use tokio::task::JoinSet;

use super::Check;
use super::check;
use super::trial::{Trial, Verdict, conflicts, event, events, join, same};
use crate::event::NewEvent;
use crate::store::Expected;

pub(super) fn checks() -> Vec<Check> {
    vec![
        check!(
            "repeat-same-result",
            "an append repeated with the same ids returns what the first returned, also later",
            "lặp lại một lần ghi với cùng mã cho cùng kết quả và không ghi thêm, kể cả về sau",
            repeat_same_result
        ),
        check!(
            "repeat-concurrent",
            "an append sent many times at once is written once, and all get the same result",
            "một lần ghi được gửi nhiều lần cùng lúc chỉ được ghi một lần",
            repeat_concurrent
        ),
        check!(
            "repeat-partly-same",
            "ids that are only partly the same, or in another place, are a conflict",
            "mã chỉ trùng một phần, hoặc ở chỗ khác, là xung đột",
            repeat_partly_same
        ),
    ]
}

async fn repeat_same_result(trial: Trial) -> Verdict {
    let stream = trial.stream("s")?;
    let (one, two) = (events(3), events(2));
    let first = trial.append(&stream, Expected::NoStream, &one).await?;
    let again = trial.append(&stream, Expected::NoStream, &one).await?;
    same("repeated at once", &again, &first)?;
    let second = trial.append(&stream, Expected::Exact(2), &two).await?;
    same(
        "repeated after a later append",
        &trial.append(&stream, Expected::NoStream, &one).await?,
        &first,
    )?;
    same(
        "second append repeated",
        &trial.append(&stream, Expected::Exact(2), &two).await?,
        &second,
    )?;
    same("events in the stream", &trial.whole(&stream).await?.len(), &5)?;
    let end = trial.append(&stream, Expected::Exact(4), &events(1)).await?;
    let logged = trial.own_log(Some(first.position), end.position, 50).await?;
    same("events in the log after the first append", &logged.len(), &3)
}

async fn repeat_concurrent(trial: Trial) -> Verdict {
    let stream = trial.stream("s")?;
    let mut expected = Expected::NoStream;
    for _ in 0..4 {
        let batch = events(2);
        let mut tasks = JoinSet::new();
        for _ in 0..8 {
            let (trial, stream, batch) = (trial.clone(), stream.clone(), batch.clone());
            tasks.spawn(async move { Ok(trial.append(&stream, expected, &batch).await?) });
        }
        let results = join(tasks).await?;
        for result in &results {
            same("result of one of eight equal appends", result, &results[0])?;
        }
        expected = Expected::Exact(results[0].revision);
    }
    same("events in the stream", &trial.whole(&stream).await?.len(), &8)
}

async fn repeat_partly_same(trial: Trial) -> Verdict {
    let stream = trial.stream("s")?;
    let (a, b) = (event(), event());
    trial.append(&stream, Expected::NoStream, &[a.clone(), b.clone()]).await?;
    let wrong: [(&str, Expected, Vec<NewEvent>); 5] = [
        ("one more event", Expected::NoStream, vec![a.clone(), b.clone(), event()]),
        ("another second event", Expected::NoStream, vec![a.clone(), event()]),
        ("another first event", Expected::NoStream, vec![event(), b.clone()]),
        ("another order", Expected::NoStream, vec![b.clone(), a.clone()]),
        ("another expectation", Expected::Exact(0), vec![a]),
    ];
    for (what, expected, batch) in wrong {
        conflicts(what, trial.append(&stream, expected, &batch).await, Some(1))?;
    }
    same("events in the stream", &trial.whole(&stream).await?.len(), &2)
}
