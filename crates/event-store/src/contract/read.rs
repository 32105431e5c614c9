//! Reading: order, limits, positions, head.

use super::Check;
use super::check;
use super::trial::{PAGE, Trial, Verdict, ensure, events, same};
use crate::event::RecordedEvent;
use crate::store::Expected;

pub(super) fn checks() -> Vec<Check> {
    vec![
        check!(
            "revisions-gapless",
            "a stream reads in order, revisions counted from 0 without a gap",
            "luồng đọc theo thứ tự, phiên bản đếm từ 0 không đứt quãng",
            revisions_gapless
        ),
        check!(
            "read-from-and-limit",
            "a read starts where asked and returns at most as many as asked",
            "đọc đúng từ chỗ yêu cầu và không quá số lượng yêu cầu",
            read_from_and_limit
        ),
        check!(
            "unknown-stream-empty",
            "a stream that does not exist reads as an empty one",
            "luồng không tồn tại đọc ra rỗng",
            unknown_stream_empty
        ),
        check!(
            "positions-agree",
            "positions rise strictly and are the same by append, read and read_all",
            "vị trí tăng dần và giống nhau ở mọi cách đọc",
            positions_agree
        ),
        check!(
            "log-paging",
            "the log reads the same in pages of any size",
            "nhật ký đọc theo trang cỡ nào cũng cho cùng kết quả",
            log_paging
        ),
        check!(
            "head-covers-appends",
            "the head is never before an acknowledged event, and nothing lies after it",
            "vị trí cuối không bao giờ trước sự kiện đã xác nhận",
            head_covers_appends
        ),
    ]
}

async fn revisions_gapless(trial: Trial) -> Verdict {
    let stream = trial.stream("s")?;
    let mut expected = Expected::NoStream;
    let mut ids = Vec::new();
    for size in [1, 3, 2, 1, 5] {
        let batch = events(size);
        ids.extend(batch.iter().map(|event| event.id));
        expected = Expected::Exact(trial.append(&stream, expected, &batch).await?.revision);
    }
    let stored = trial.whole(&stream).await?;
    same("ids", &stored.iter().map(|event| event.id).collect::<Vec<_>>(), &ids)?;
    let revisions: Vec<u64> = stored.iter().map(|event| event.revision).collect();
    same("revisions", &revisions, &(0..12).collect())?;
    ensure(stored.iter().all(|event| event.stream == stream), || {
        "an event of another stream was read".to_owned()
    })
}

async fn read_from_and_limit(trial: Trial) -> Verdict {
    let stream = trial.stream("s")?;
    trial.append(&stream, Expected::NoStream, &events(6)).await?;
    let cases: [(u64, usize, Vec<u64>); 9] = [
        (0, 1, vec![0]),
        (0, 6, (0..6).collect()),
        (0, 7, (0..6).collect()),
        (0, usize::MAX, (0..6).collect()),
        (2, 2, vec![2, 3]),
        (5, 10, vec![5]),
        (6, 10, vec![]),
        (u64::MAX, 10, vec![]),
        (0, 0, vec![]),
    ];
    for (from, limit, wanted) in cases {
        let read = trial.store.read(&stream, from, limit).await?;
        let revisions: Vec<u64> = read.iter().map(|event| event.revision).collect();
        same(&format!("revisions from {from}, at most {limit}"), &revisions, &wanted)?;
    }
    Ok(())
}

async fn unknown_stream_empty(trial: Trial) -> Verdict {
    let stream = trial.stream("never")?;
    for from in [0, 1] {
        same("events", &trial.store.read(&stream, from, 10).await?, &vec![])?;
    }
    // Having looked must not change what the next writer finds.
    let appended = trial.append(&stream, Expected::NoStream, &events(1)).await?;
    same("revision", &appended.revision, &0)?;
    same("events afterwards", &trial.store.read(&stream, 0, 10).await?.len(), &1)
}

async fn positions_agree(trial: Trial) -> Verdict {
    let streams = [trial.stream("a")?, trial.stream("b")?, trial.stream("c")?];
    let head = trial.store.head().await?;
    let mut written = Vec::new();
    let mut expected = [Expected::NoStream; 3];
    for round in 0..9 {
        let index = round % 3;
        let result = trial.append(&streams[index], expected[index], &events(1 + round % 2)).await?;
        expected[index] = Expected::Exact(result.revision);
        written.push((streams[index].clone(), result));
    }
    for pair in written.windows(2) {
        ensure(pair[0].1.position < pair[1].1.position, || {
            format!("{} was acknowledged before {}", pair[0].1.position, pair[1].1.position)
        })?;
    }
    let end = written[8].1.position;
    let log = trial.own_log(head, end, PAGE).await?;
    for (stream, result) in &written {
        let there = |event: &RecordedEvent| {
            event.stream == *stream
                && event.revision == result.revision
                && event.position == result.position
        };
        ensure(log.iter().any(there), || format!("{result:?} of {stream} is not in the log"))?;
    }
    let mut by_stream = Vec::new();
    for stream in &streams {
        by_stream.extend(trial.whole(stream).await?);
    }
    by_stream.sort_by_key(|event| event.position);
    same("streams and log", &by_stream, &log)
}

async fn log_paging(trial: Trial) -> Verdict {
    let head = trial.store.head().await?;
    let mut end = None;
    for name in ["a", "b", "c", "d"] {
        let stream = trial.stream(name)?;
        end = Some(trial.append(&stream, Expected::NoStream, &events(4)).await?.position);
    }
    let Some(end) = end else { return Ok(()) };
    let whole = trial.own_log(head, end, 1000).await?;
    same("events in the log", &whole.len(), &16)?;
    for page in [1, 3, 16, 17] {
        let paged = trial.own_log(head, end, page).await?;
        same(&format!("pages of {page}"), &paged, &whole)?;
    }
    same("a page of none", &trial.store.read_all(head, 0).await?, &vec![])?;
    for (index, event) in whole.iter().enumerate() {
        let rest = trial.own_log(Some(event.position), end, 5).await?;
        ensure(rest == whole[index + 1..], || {
            format!("reading after {} lost or repeated an event", event.position)
        })?;
    }
    Ok(())
}

async fn head_covers_appends(trial: Trial) -> Verdict {
    let stream = trial.stream("s")?;
    let mut expected = Expected::NoStream;
    let mut before = trial.store.head().await?;
    for _ in 0..5 {
        let result = trial.append(&stream, expected, &events(1)).await?;
        expected = Expected::Exact(result.revision);
        let head = trial.store.head().await?;
        ensure(head >= Some(result.position), || {
            format!("head is {head:?} after {} was acknowledged", result.position)
        })?;
        ensure(Some(result.position) > before, || {
            format!("{} was given although the head was {before:?}", result.position)
        })?;
        before = head;
        let after = trial.store.read_all(head, PAGE).await?;
        ensure(!after.iter().any(|event| trial.owns(event)), || {
            "an event of this check lies after the head".to_owned()
        })?;
    }
    Ok(())
}
