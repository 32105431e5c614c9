//! Following: from anywhere, without gap or repetition, without hindering writers.

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::Check;
use super::check;
use super::trial::{Failure, Trial, Verdict, any_below, ensure, events, join, same};
use crate::position::Position;
use crate::store::Expected;

/// How long a slow follower may hold up one append before it counts as blocking writers.
const UNHINDERED: Duration = Duration::from_secs(10);

pub(super) fn checks() -> Vec<Check> {
    vec![
        check!(
            "follow-own-write",
            "a follower sees what was acknowledged, whether it came before or after it",
            "người theo dõi thấy mọi sự kiện đã xác nhận",
            follow_own_write
        ),
        check!(
            "follow-concurrent",
            "followers from any position see each event once and in order while 16 writers append",
            "theo dõi từ vị trí bất kỳ, không sót, không lặp, khi 16 luồng cùng ghi",
            follow_concurrent
        ),
        check!(
            "follow-cancelled",
            "a follower whose waiting is cancelled loses nothing",
            "hủy chờ giữa chừng không làm mất sự kiện",
            follow_cancelled
        ),
        check!(
            "follow-slow",
            "a slow follower does not hold up writers, and still sees everything",
            "người theo dõi chậm không cản người ghi",
            follow_slow
        ),
    ]
}

async fn follow_own_write(trial: Trial) -> Verdict {
    let stream = trial.stream("s")?;
    let head = trial.store.head().await?;
    let mut early = trial.store.follow(head).await?;
    let mut expected = Expected::NoStream;
    for _ in 0..5 {
        let before = trial.store.head().await?;
        let result = trial.append(&stream, expected, &events(1)).await?;
        expected = Expected::Exact(result.revision);
        let mut late = trial.store.follow(before).await?;
        for (what, follower) in [("early", &mut early), ("late", &mut late)] {
            let seen = trial.next_own(follower.as_mut(), 10).await?;
            let positions: Vec<_> = seen.iter().map(|event| event.position).collect();
            same(&format!("seen by the {what} follower"), &positions, &vec![result.position])?;
        }
    }
    Ok(())
}

async fn follow_concurrent(trial: Trial) -> Verdict {
    const WRITERS: usize = 16;
    const APPENDS: usize = 4;
    let start = trial.store.head().await?;
    let (told, tell) = watch::channel(start);
    let mut writers = JoinSet::new();
    for number in 0..WRITERS {
        let (trial, told) = (trial.clone(), told.clone());
        writers.spawn(async move {
            let stream = trial.stream(&format!("w{number}"))?;
            let (mut expected, mut acknowledged) = (Expected::NoStream, Vec::new());
            for _ in 0..APPENDS {
                let result = trial.append(&stream, expected, &events(1 + any_below(2))).await?;
                expected = Expected::Exact(result.revision);
                acknowledged.push(result.position);
                told.send_replace(Some(result.position));
            }
            Ok(acknowledged)
        });
    }
    let (done, finish) = watch::channel(None);
    let mut followers = JoinSet::new();
    for number in 0..8_usize {
        let (trial, tell, finish) = (trial.clone(), tell.clone(), finish.clone());
        followers.spawn(async move {
            // Half start with the writers, the others at positions that exist by then.
            if number >= 4 {
                tokio::time::sleep(Duration::from_millis(any_below(20) as u64)).await;
            }
            let from = *tell.borrow();
            follow_to_end(&trial, from, [1, 2, 3, 7][number % 4], finish).await
        });
    }
    let acknowledged: Vec<Position> = join(writers).await?.into_iter().flatten().collect();
    let end = acknowledged.iter().max().copied();
    let Some(end) = end else { return Err(Failure::new("nothing was acknowledged")) };
    let _ = done.send_replace(Some(end));
    let log = trial.own_log(start, end, 50).await?;
    for position in &acknowledged {
        ensure(log.iter().any(|event| event.position == *position), || {
            format!("{position} was acknowledged and is not in the log")
        })?;
    }
    for (from, seen) in join(followers).await? {
        let wanted: Vec<_> =
            log.iter().map(|event| event.position).filter(|at| Some(*at) > from).collect();
        same(&format!("seen by a follower from {from:?}"), &seen, &wanted)?;
    }
    Ok(())
}

/// Follows after `from` until the position in `finish` has been seen; returns what was seen.
async fn follow_to_end(
    trial: &Trial,
    from: Option<Position>,
    limit: usize,
    finish: watch::Receiver<Option<Position>>,
) -> Result<(Option<Position>, Vec<Position>), Failure> {
    let mut follower = trial.store.follow(from).await?;
    let mut seen = Vec::new();
    loop {
        let end = *finish.borrow();
        // Before the end is known, waiting for an event that never comes would be no error.
        if end.is_some() && (seen.last().copied() >= end || from >= end) {
            return Ok((from, seen));
        }
        let wait = trial.next_own(follower.as_mut(), limit);
        let mut finish = finish.clone();
        tokio::select! {
            biased;
            own = wait => seen.extend(own?.into_iter().map(|event| event.position)),
            _ = finish.changed(), if end.is_none() => {}
        }
    }
}

async fn follow_cancelled(trial: Trial) -> Verdict {
    let stream = trial.stream("s")?;
    let start = trial.store.head().await?;
    let mut follower = trial.store.follow(start).await?;
    let (mut expected, mut wanted, mut seen) = (Expected::NoStream, Vec::new(), Vec::new());
    for round in 0..6 {
        // Cancelled while there is nothing to see, and, in later rounds, while there is.
        let waiting = follower.next(1);
        if let Ok(events) = tokio::time::timeout(Duration::from_millis(round), waiting).await {
            seen.extend(events?.into_iter().filter(|event| trial.owns(event)).map(|e| e.position));
        }
        let result = trial.append(&stream, expected, &events(1)).await?;
        expected = Expected::Exact(result.revision);
        wanted.push(result.position);
    }
    while seen.last() < wanted.last() {
        let own = trial.next_own(follower.as_mut(), 2).await?;
        seen.extend(own.into_iter().map(|event| event.position));
    }
    same("seen by a follower that was cancelled", &seen, &wanted)
}

async fn follow_slow(trial: Trial) -> Verdict {
    let stream = trial.stream("s")?;
    let start = trial.store.head().await?;
    let mut follower = trial.store.follow(start).await?;
    let first = trial.append(&stream, Expected::NoStream, &events(1)).await?;
    let mut seen = trial.next_own(follower.as_mut(), 1).await?;
    let (mut expected, mut end) = (Expected::Exact(first.revision), first.position);
    for _ in 0..64 {
        let event = events(1);
        let append = trial.append(&stream, expected, &event);
        let result = tokio::time::timeout(UNHINDERED, append).await.map_err(|_| {
            Failure::new("an append waited ten seconds for a follower that does not read")
        })??;
        (expected, end) = (Expected::Exact(result.revision), result.position);
    }
    while seen.last().map(|event| event.position) < Some(end) {
        seen.extend(trial.next_own(follower.as_mut(), 5).await?);
    }
    same("seen by the slow follower", &seen, &trial.own_log(start, end, 50).await?)
}
