//! The lease by itself, on stopwatches that are set by hand: who holds it, when it changes hands,
//! and how little is written for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use clerk::{Lease, Stopwatch, Terms};
use event_store::faulty::{Fault, Faulty};
use event_store::{EventStore, MemoryStore, StoreError, StreamName};

use crate::engines::{self, Stores};

const LENGTH: u64 = 30;
const EVERY: u64 = 10;
const QUIET: u64 = 600;

/// A stopwatch that stands still until it is set; seconds.
#[derive(Default)]
pub(crate) struct Hand(AtomicU64);

impl Hand {
    pub(crate) fn add(&self, seconds: u64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }
}

impl Stopwatch for Hand {
    fn shows(&self) -> Duration {
        Duration::from_secs(self.0.load(Ordering::SeqCst))
    }
}

pub(crate) fn terms() -> Terms {
    Terms { length: Duration::from_secs(LENGTH), quiet: Duration::from_secs(QUIET) }
}

pub(crate) fn lease(store: Arc<dyn EventStore>, name: &str, hand: &Arc<Hand>) -> Lease {
    let lease = Lease::of_clerk(store, engine::kit::clock(), name).unwrap();
    lease.timed(terms(), hand.clone())
}

async fn events(store: &dyn EventStore) -> Vec<String> {
    let stream = StreamName::new("lease-clerk").unwrap();
    let events = store.read(&stream, 0, 100_000).await.unwrap();
    events.iter().map(|event| event.event_type.to_string()).collect()
}

struct Two {
    store: Arc<dyn EventStore>,
    hands: [Arc<Hand>; 2],
    leases: [Lease; 2],
    _stores: Stores,
}

impl Two {
    /// On every engine; the first holds it.
    async fn each() -> Vec<Self> {
        let mut each = Vec::new();
        for stores in engines::each().await {
            each.push(Self::new(stores).await);
        }
        each
    }

    async fn new(stores: Stores) -> Self {
        let [first, second] = stores.servers.clone();
        let hands = [Arc::<Hand>::default(), Arc::default()];
        // The second machine has been up for longer: no two stopwatches show the same.
        hands[1].add(5_000);
        let leases = [lease(first.clone(), "one", &hands[0]), lease(second, "two", &hands[1])];
        assert!(leases[0].tend().await.unwrap());
        Self { store: first, hands, leases, _stores: stores }
    }

    fn pass(&self, seconds: u64) {
        self.hands.iter().for_each(|hand| hand.add(seconds));
    }
}

#[tokio::test]
async fn a_server_alone_writes_one_event_when_it_begins_and_one_when_it_ends() {
    let store = Arc::new(MemoryStore::new());
    let hand = Arc::<Hand>::default();
    let alone = lease(store.clone(), "one", &hand);
    for _ in 0..24 * 3600 / EVERY {
        assert!(alone.tend().await.unwrap());
        hand.add(EVERY);
        assert!(alone.is_held(), "it holds from one look to the next");
    }
    assert_eq!(events(&*store).await, ["LeaseTaken"]);
    alone.release().await.unwrap();
    assert!(!alone.is_held());
    assert_eq!(events(&*store).await, ["LeaseTaken", "LeaseReleased"]);
}

#[tokio::test]
async fn what_a_dead_holder_had_is_taken_when_nobody_answers() {
    for two in Two::each().await {
        let waits = &two.leases[1];
        for _ in 0..LENGTH / EVERY {
            assert!(!waits.tend().await.unwrap());
            assert_eq!(waits.holder().as_deref(), Some("one"));
            two.pass(EVERY);
        }
        assert!(waits.tend().await.unwrap(), "after the length of the lease");
        assert_eq!(waits.holder().as_deref(), Some("two"));
        assert_eq!(events(&*two.store).await, ["LeaseTaken", "LeaseRequested", "LeaseTaken"]);
    }
}

#[tokio::test]
async fn a_holder_who_answers_keeps_it_and_is_not_asked_all_the_time() {
    for two in Two::each().await {
        for _ in 0..7200 / EVERY {
            assert!(!two.leases[1].tend().await.unwrap());
            assert!(two.leases[0].tend().await.unwrap());
            two.pass(EVERY);
        }
        let events = events(&*two.store).await;
        let asked = events.iter().filter(|name| *name == "LeaseRequested").count() as u64;
        assert!((2..=1 + 7200 / QUIET).contains(&asked), "{asked}");
        assert_eq!(events.len() as u64, 1 + 2 * asked, "each question has one answer");
    }
}

#[tokio::test]
async fn work_at_hand_lets_a_holder_be_asked_sooner_but_not_more_than_once_in_a_lease() {
    for two in Two::each().await {
        for _ in 0..600 / EVERY {
            two.leases[1].urge();
            two.leases[1].tend().await.unwrap();
            two.leases[0].tend().await.unwrap();
            two.pass(EVERY);
        }
        let asked =
            events(&*two.store).await.iter().filter(|name| *name == "LeaseRequested").count();
        assert!((10..=600 / LENGTH as usize + 1).contains(&asked), "{asked}");
    }
}

#[tokio::test]
async fn who_stood_still_notices_on_waking_that_he_was_replaced() {
    for two in Two::each().await {
        for _ in 0..=LENGTH / EVERY {
            two.leases[1].tend().await.unwrap();
            two.pass(EVERY);
        }
        assert!(two.leases[1].is_held());
        assert!(!two.leases[0].is_held(), "by his own stopwatch, before he asks anybody");
        assert!(!two.leases[0].tend().await.unwrap());
        assert_eq!(two.leases[0].holder().as_deref(), Some("two"));
    }
}

#[tokio::test]
async fn whose_stopwatch_stood_still_as_well_notices_at_his_next_look() {
    for two in Two::each().await {
        for _ in 0..=LENGTH / EVERY {
            two.leases[1].tend().await.unwrap();
            two.hands[1].add(EVERY);
        }
        assert!(two.leases[1].is_held());
        assert!(two.leases[0].is_held(), "he cannot know yet");
        assert!(!two.leases[0].tend().await.unwrap());
        assert!(!two.leases[0].is_held());
    }
}

#[tokio::test]
async fn what_was_given_back_is_taken_at_the_next_look() {
    for two in Two::each().await {
        two.leases[0].release().await.unwrap();
        assert!(two.leases[1].tend().await.unwrap());
        two.leases[0].release().await.unwrap();
        assert!(two.leases[1].tend().await.unwrap(), "what is not his he cannot give back");
    }
}

#[tokio::test]
async fn where_one_process_alone_may_write_the_dead_are_not_asked() {
    for two in Two::each().await {
        let next = lease(two.store.clone(), "three", &two.hands[0]).alone();
        assert!(next.tend().await.unwrap());
        assert_eq!(events(&*two.store).await, ["LeaseTaken", "LeaseTaken"]);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_who_begin_at_once_one_holds() {
    for stores in engines::each().await {
        many_begin(&stores).await;
    }
}

async fn many_begin(stores: &Stores) {
    let store = |number: usize| stores.servers[number % 2].clone();
    let hand = Arc::<Hand>::default();
    let leases: Vec<_> =
        (0..16).map(|number| Arc::new(lease(store(number), &number.to_string(), &hand))).collect();
    let begun = leases.iter().cloned().map(|lease| tokio::spawn(async move { lease.tend().await }));
    for begun in begun.collect::<Vec<_>>() {
        begun.await.unwrap().unwrap();
    }
    assert_eq!(leases.iter().filter(|lease| lease.is_held()).count(), 1);
    let events = events(&*store(0)).await;
    assert_eq!(events.iter().filter(|name| *name == "LeaseTaken").count(), 1);
    assert!(events.iter().filter(|name| *name == "LeaseRequested").count() <= 1, "{events:?}");
}

#[tokio::test]
async fn an_answer_that_is_lost_is_found_in_the_stream() {
    let hand = Arc::<Hand>::default();
    let store = Arc::new(Faulty::new(MemoryStore::new(), [Fault::Kept, Fault::Pass]));
    let unsure = lease(store.clone(), "one", &hand);
    let lost = unsure.tend().await.unwrap_err();
    assert!(matches!(lost, StoreError::Unavailable { maybe_written: true, .. }), "{lost}");
    assert!(!unsure.is_held(), "what is not known is not counted on");
    assert!(unsure.tend().await.unwrap());
    assert_eq!(events(store.inner()).await, ["LeaseTaken"]);
}

#[tokio::test]
async fn without_the_store_a_right_runs_out() {
    let hand = Arc::<Hand>::default();
    let store = Arc::new(Faulty::new(MemoryStore::new(), []));
    let one = lease(store.clone(), "one", &hand);
    assert!(one.tend().await.unwrap());
    let other = lease(store.clone(), "two", &Arc::default());
    assert!(!other.tend().await.unwrap(), "asks");
    store.extend([Fault::Refused, Fault::Refused]);
    for held in [true, false] {
        hand.add(EVERY);
        assert!(one.tend().await.is_err(), "he cannot answer");
        assert_eq!(one.is_held(), held);
    }
    assert!(one.tend().await.unwrap(), "the question was still open");
}

/// Servers that stop and go on by chance: never two at once, and never nobody for long.
#[tokio::test]
async fn never_two_at_once_whoever_stands_still() {
    let mut taken = 0;
    for seed in 1..=20_u64 {
        taken += play(seed).await;
    }
    assert!(taken > 40, "it changed hands only {taken} times");
}

/// Fifty minutes of three servers; how often the lease was taken.
async fn play(seed: u64) -> usize {
    let mut dice = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut roll = move |sides: u64| {
        dice ^= dice << 13;
        dice ^= dice >> 7;
        dice ^= dice << 17;
        dice % sides
    };
    let store = Arc::new(MemoryStore::new());
    let hands: Vec<_> = (0..3).map(|_| Arc::<Hand>::default()).collect();
    hands.iter().enumerate().for_each(|(number, hand)| hand.add(number as u64 * 777));
    let mut servers: Vec<_> =
        hands.iter().map(|hand| (lease(store.clone(), "one of three", hand), 0)).collect();
    let mut nobody = 0;
    for _ in 0..3_000 {
        for (lease, asleep) in &mut servers {
            match *asleep {
                0 => {
                    if roll(10) == 0 {
                        lease.urge();
                    }
                    lease.tend().await.unwrap();
                    // Mostly to the next look, at times for minutes.
                    *asleep = if roll(20) == 0 { roll(300) } else { 1 + roll(EVERY) };
                }
                _ => *asleep -= 1,
            }
        }
        hands.iter().for_each(|hand| hand.add(1));
        let held = servers.iter().filter(|(lease, _)| lease.is_held()).count();
        assert!(held <= 1, "seed {seed}");
        nobody = if held == 0 { nobody + 1 } else { 0 };
        assert!(nobody < 1_200, "seed {seed}: nobody for {nobody} seconds");
    }
    events(&*store).await.iter().filter(|name| *name == "LeaseTaken").count()
}
