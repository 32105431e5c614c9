//! Appending: expected revisions, all or nothing, bytes, bad input.

use bytes::Bytes;

use super::check;
use super::trial::{Trial, Verdict, conflicts, ensure, event, event_with, events, same};
use super::{Check, EVENT_TYPE};
use crate::error::StoreError;
use crate::event::{APPEND_MAX, NAME_MAX, NewEvent, StreamName};
use crate::store::{Appended, Expected};

pub(super) fn checks() -> Vec<Check> {
    vec![
        check!(
            "expected-revision",
            "an append succeeds only at the revision it expects; a conflict names the actual one",
            "chỉ ghi được khi luồng ở đúng phiên bản mong đợi; xung đột nêu phiên bản thực tế",
            expected_revision
        ),
        check!(
            "conflict-writes-nothing",
            "a conflict leaves stream and log as they were",
            "khi xung đột, không có gì được ghi",
            conflict_writes_nothing
        ),
        check!(
            "all-or-nothing",
            "the events of one append are written together and stand together in the log",
            "các sự kiện của một lần ghi được ghi cùng nhau, hoặc không ghi gì",
            all_or_nothing
        ),
        check!(
            "bytes-unchanged",
            "metadata and data come back byte for byte: empty, binary, Vietnamese, as many as may be",
            "dữ liệu đọc ra giống hệt dữ liệu đã ghi: rỗng, nhị phân, tiếng Việt, lớn nhất cho phép",
            bytes_unchanged
        ),
        check!(
            "bad-input-invalid",
            "an empty append, one too large, a repeated id and bad names are refused as invalid input",
            "từ chối lần ghi rỗng, quá lớn, mã trùng và tên sai, với lỗi đầu vào không hợp lệ",
            bad_input
        ),
    ]
}

async fn expected_revision(trial: Trial) -> Verdict {
    let stream = trial.stream("s")?;
    for expected in [Expected::Exact(0), Expected::Exact(7), Expected::Exact(u64::MAX)] {
        let result = trial.append(&stream, expected, &events(1)).await;
        conflicts(&format!("{expected:?} on a stream without events"), result, None)?;
    }
    let first = trial.append(&stream, Expected::NoStream, &events(1)).await?;
    same("revision of the first event", &first.revision, &0)?;
    let third = trial.append(&stream, Expected::Exact(0), &events(2)).await?;
    same("revision of the third event", &third.revision, &2)?;
    for expected in [
        Expected::NoStream,
        Expected::Exact(0),
        Expected::Exact(1),
        Expected::Exact(3),
        Expected::Exact(u64::MAX),
    ] {
        let result = trial.append(&stream, expected, &events(1)).await;
        conflicts(&format!("{expected:?} on a stream at revision 2"), result, Some(2))?;
    }
    let fourth = trial.append(&stream, Expected::Exact(2), &events(1)).await?;
    same("revision of the fourth event", &fourth.revision, &3)
}

async fn conflict_writes_nothing(trial: Trial) -> Verdict {
    let (stream, other) = (trial.stream("s")?, trial.stream("other")?);
    let first = trial.append(&stream, Expected::NoStream, &events(2)).await?;
    let before = trial.whole(&stream).await?;
    conflicts(
        "NoStream on a stream at revision 1",
        trial.append(&stream, Expected::NoStream, &events(3)).await,
        Some(1),
    )?;
    conflicts(
        "Exact(4) on a stream without events",
        trial.append(&other, Expected::Exact(4), &events(1)).await,
        None,
    )?;
    same("stream after the conflict", &trial.whole(&stream).await?, &before)?;
    same("stream that never was", &trial.whole(&other).await?.len(), &0)?;
    let end = trial.append(&stream, Expected::Exact(1), &events(1)).await?;
    let between = trial.own_log(Some(first.position), end.position, 50).await?;
    same("events in the log since the first append", &between.len(), &1)
}

async fn all_or_nothing(trial: Trial) -> Verdict {
    let stream = trial.stream("s")?;
    let head = trial.store.head().await?;
    let batch = events(25);
    let appended = trial.append(&stream, Expected::NoStream, &batch).await?;
    same("revision of the last event", &appended.revision, &24)?;
    // The middle of this append cannot be written, so its ends must not be either.
    let mut bad = events(3);
    bad[1].event_type = "".into();
    let refused = trial.append(&stream, Expected::Exact(24), &bad).await;
    ensure(matches!(refused, Err(StoreError::Invalid { .. })), || {
        format!("an append with a bad event in the middle gave {refused:?}")
    })?;
    let stored = trial.whole(&stream).await?;
    let ids = |events: &[NewEvent]| events.iter().map(|event| event.id).collect::<Vec<_>>();
    let stored_ids: Vec<_> = stored.iter().map(|event| event.id).collect();
    same("ids in the stream", &stored_ids, &ids(&batch))?;
    let logged = trial.own_log(head, appended.position, 7).await?;
    same("the append in the log", &logged, &stored)
}

async fn bytes_unchanged(trial: Trial) -> Verdict {
    let stream = trial.stream("s")?;
    let every_byte: Bytes = (0..=255_u8).collect();
    let text = "{\"họ\": \"Nguyễn Thị Đỗ Quyên\", \"làng\": \"Xã Mường Bi\", \"dấu\": \"\u{1ea1}\u{323} 🏡\"}";
    let cases = [
        (Bytes::new(), Bytes::new()),
        (Bytes::new(), every_byte.clone()),
        (every_byte, Bytes::new()),
        (Bytes::from_static(b"{ \"spaces\" :  1.0e0 }\r\n\0"), Bytes::from_static(text.as_bytes())),
    ];
    let mut written: Vec<_> =
        cases.into_iter().map(|(meta, data)| event_with(meta, data)).collect();
    // The last one makes the append as large as it may be.
    let last = event_with(Bytes::from_static(b"\xff\xfe{}"), Bytes::new());
    let small: usize = written.iter().chain([&last]).map(NewEvent::bytes).sum();
    written.push(NewEvent { data: pattern(APPEND_MAX - small), ..last });
    let head = trial.store.head().await?;
    let appended = trial.append(&stream, Expected::NoStream, &written).await?;
    let by_stream = trial.whole(&stream).await?;
    let by_log = trial.own_log(head, appended.position, 2).await?;
    for (what, read) in [("read", by_stream), ("read_all", by_log)] {
        same(&format!("number of events by {what}"), &read.len(), &written.len())?;
        for (index, (got, wanted)) in read.iter().zip(&written).enumerate() {
            let equal = got.metadata == wanted.metadata
                && got.data == wanted.data
                && got.id == wanted.id
                && &*got.event_type == EVENT_TYPE;
            ensure(equal, || format!("{what} changed event {index}"))?;
        }
    }
    Ok(())
}

/// Repeats with a long period, so that no engine stores it as nothing.
fn pattern(bytes: usize) -> Bytes {
    (0..bytes as u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13) as u8).collect()
}

async fn bad_input(trial: Trial) -> Verdict {
    let stream = trial.stream("s")?;
    let twice = event();
    let half = || NewEvent { data: pattern(APPEND_MAX / 2), ..event() };
    let typed = |name: String| NewEvent { event_type: name.into(), ..event() };
    let bad = [
        ("no event", vec![]),
        ("an id twice", vec![twice.clone(), twice]),
        ("an empty type", vec![typed(String::new())]),
        ("a type with a space", vec![typed("two words".to_owned())]),
        ("a type that is not ASCII", vec![typed("hồ-sơ".to_owned())]),
        ("a type that is too long", vec![typed("x".repeat(NAME_MAX + 1))]),
        ("too many bytes", vec![NewEvent { data: pattern(APPEND_MAX), ..event() }]),
        ("too many bytes together", [(); 2].map(|()| half()).to_vec()),
    ];
    for (what, batch) in bad {
        let result: Result<Appended, _> = trial.append(&stream, Expected::NoStream, &batch).await;
        ensure(matches!(result, Err(StoreError::Invalid { .. })), || {
            format!("{what} was not refused as invalid but gave {result:?}")
        })?;
    }
    for name in ["", "two words", "hồ-sơ", "$all", &"x".repeat(NAME_MAX + 1)] {
        let result = StreamName::new(name);
        ensure(matches!(result, Err(StoreError::Invalid { .. })), || {
            format!("stream name {name:?} gave {result:?}")
        })?;
    }
    same("events in the stream", &trial.whole(&stream).await?.len(), &0)?;
    let longest = NewEvent { event_type: "x".repeat(NAME_MAX).into(), ..event() };
    trial.append(&stream, Expected::NoStream, std::slice::from_ref(&longest)).await?;
    let read = trial.whole(&stream).await?;
    same("the longest type name", &read[0].event_type, &longest.event_type)
}
