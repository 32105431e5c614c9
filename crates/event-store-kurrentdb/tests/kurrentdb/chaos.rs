//! Writers who meet on the same streams while answers are lost in every way: each of them is told the
//! truth, whatever it is, and each event stands there once.

use std::collections::HashMap;
use std::time::Duration;

use event_store::{Appended, EventStore, Expected, NewEvent, StoreError, StreamName};
use event_store_kurrentdb::KurrentStore;
use event_store_kurrentdb::fake::{Cluster, Code, Fault, Method, Trouble};
use uuid::Uuid;

use crate::rig::{self, events, stream};

/// Unless `HIEUHOC_CHAOS_SEEDS` says otherwise; an even number.
const SEEDS: u64 = 6;
const WRITERS: u64 = 4;
const APPENDS: usize = 10;
const STREAMS: u64 = 2;

/// Numbers that follow from a seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// What becomes of the calls of one method, half of which go well.
fn script(dice: &mut Dice, calls: usize) -> Vec<Fault> {
    (0..calls)
        .map(|_| {
            let trouble = match dice.roll(12) {
                0 => Trouble::Hang,
                1 | 2 => Trouble::Cut,
                3 => Trouble::status(Code::Aborted, "Operation timed out: Commit phase timeout."),
                4 => Trouble::status(Code::Cancelled, "said so"),
                5 => Trouble::Delay(Duration::from_millis(30)),
                _ => Trouble::status(Code::Unavailable, "said so"),
            };
            match dice.roll(6) {
                0 => Fault::Before(trouble),
                1 => Fault::After(trouble),
                2 => Fault::Within { messages: dice.roll(3) as usize, trouble },
                _ => Fault::Pass,
            }
        })
        .collect()
}

/// What a writer was told about an append at last.
struct Told {
    stream: StreamName,
    expected: Expected,
    ids: Vec<Uuid>,
    /// `None`: a conflict.
    appended: Option<Appended>,
}

/// Repeats a read until it is answered.
async fn last(store: &KurrentStore, name: &StreamName) -> Expected {
    loop {
        match store.read(name, 0, 1_000).await {
            Ok(events) => return Expected::from(events.last().map(|event| event.revision)),
            Err(StoreError::Unavailable { .. }) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
}

/// Repeats an append until it is known what became of it.
async fn settle(
    store: &KurrentStore,
    name: &StreamName,
    expected: Expected,
    batch: &[NewEvent],
) -> Option<Appended> {
    loop {
        match store.append(name, expected, batch.to_vec()).await {
            Ok(appended) => return Some(appended),
            Err(StoreError::Conflict { .. }) => return None,
            Err(StoreError::Unavailable { .. }) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
}

async fn writer(store: KurrentStore, mut dice: Dice) -> Vec<Told> {
    let mut told = Vec::new();
    for _ in 0..APPENDS {
        let name = stream(&format!("case-{}", dice.roll(STREAMS)));
        let batch = events(1 + dice.roll(3) as usize);
        let expected = last(&store, &name).await;
        let appended = settle(&store, &name, expected, &batch).await;
        let ids = batch.iter().map(|event| event.id).collect();
        told.push(Told { stream: name, expected, ids, appended });
    }
    told
}

async fn play(seed: u64) -> (usize, usize) {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15));
    let cluster = Cluster::start(1 + dice.roll(3) as usize).await.unwrap();
    for (method, calls) in [(Method::Append, 60), (Method::ReadStream, 60)] {
        cluster.script(method, script(&mut dice, calls));
    }
    let writers: Vec<_> = (0..WRITERS)
        .map(|_| tokio::spawn(writer(rig::store(&cluster), Dice(dice.roll(u64::MAX) | 1))))
        .collect();
    let mut told = Vec::new();
    for writer in writers {
        told.extend(writer.await.unwrap());
    }
    truth(seed, &cluster, &told);
    let taken = told.iter().filter(|told| told.appended.is_some()).count();
    (taken, told.len() - taken)
}

/// Holds what was told against what is there.
fn truth(seed: u64, cluster: &Cluster, told: &[Told]) {
    let stored = cluster.stored();
    let places: HashMap<Uuid, _> = stored.iter().map(|record| (record.id, record)).collect();
    assert_eq!(places.len(), stored.len(), "seed {seed}: an event stands there twice");
    let mut taken = 0;
    for Told { stream, expected, ids, appended } in told {
        let Some(appended) = appended else {
            assert!(ids.iter().all(|id| !places.contains_key(id)), "seed {seed}: it is there");
            continue;
        };
        taken += ids.len();
        for (id, revision) in ids.iter().zip(expected.next()..) {
            let place = places[id];
            assert_eq!(place.stream, format!("hieuhoc.{stream}"), "seed {seed}");
            assert_eq!(place.revision, revision, "seed {seed}");
        }
        let end = places[ids.last().unwrap()];
        assert_eq!((end.revision, end.position), (appended.revision, appended.position.major()));
    }
    assert_eq!(taken, stored.len(), "seed {seed}: something is there that nobody was told of");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_writer_is_told_the_truth() {
    let seeds = std::env::var("HIEUHOC_CHAOS_SEEDS").ok().and_then(|text| text.parse().ok());
    let seeds: u64 = seeds.unwrap_or(SEEDS);
    let (mut taken, mut conflicts) = (0, 0);
    // Some at a time: a client costs the machine more than all that it is asked.
    for seed in (1..=seeds).step_by(2) {
        let (one, two) = tokio::join!(play(seed), play(seed + 1));
        (taken, conflicts) = (taken + one.0 + two.0, conflicts + one.1 + two.1);
    }
    println!("{taken} appends taken, {conflicts} conflicts");
    assert!(taken > 100 && conflicts > 10, "{taken} taken, {conflicts} conflicts");
}
