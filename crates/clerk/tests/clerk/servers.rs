//! Two servers on one store, each with an engine, read models and a clerk of its own.

use std::sync::Arc;

use clerk::Swept;
use engine::kit::by;
use procedure::CaseId;

use crate::desk::Desk;
use crate::engines::{self, Stores};
use crate::lease::{Hand, lease};

const CASES: usize = 30;

/// A signed decision whose cases have not followed.
async fn signed(desk: &Desk) -> Vec<CaseId> {
    let cases = desk.ready(0..CASES).await;
    let decision = desk.draft("one").await;
    let engine = &desk.commune.engine;
    engine.list_on_decision(&by("commune", "list"), decision, &cases).await.unwrap();
    let today = engine.today();
    engine.sign_decision(&by("chair", "sign"), decision, "120/QĐ-UBND", today).await.unwrap();
    cases
}

async fn recognised(desk: &Desk, cases: &[CaseId]) -> usize {
    let mut recognised = 0;
    for case in cases {
        let events = desk.events(*case).await;
        let times = events.iter().filter(|name| *name == "TitleRecognised").count();
        assert!(times <= 1, "{events:?}");
        recognised += times;
    }
    recognised
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_clerks_at_once_do_everything_once() {
    for stores in engines::each().await {
        two_at_once(stores).await;
    }
}

async fn two_at_once(Stores { servers: [first, second], .. }: Stores) {
    let one = Desk::on(first).await;
    let two = one.beside(second).await;
    let cases = signed(&one).await;
    one.caught_up().await;
    two.caught_up().await;
    let (first, second) = tokio::join!(one.clerk.sweep(), two.clerk.sweep());
    let (first, second) = (first.unwrap(), second.unwrap());
    assert_eq!((first.failed, second.failed), (0, 0));
    assert!(first.changed + second.changed >= CASES, "{first:?} {second:?}");
    assert_eq!(recognised(&one, &cases).await, CASES);
    assert_eq!(one.sweep().await.changed + two.sweep().await.changed, 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_of_two_acts_and_the_other_goes_on_when_it_dies() {
    for stores in engines::each().await {
        one_after_the_other(stores).await;
    }
}

async fn one_after_the_other(Stores { servers: [first, second], .. }: Stores) {
    let hands = [Arc::<Hand>::default(), Arc::default()];
    let one = Desk::on(first).await;
    let two = one.beside(second).await;
    let leases =
        [lease(one.store.clone(), "one", &hands[0]), lease(two.store.clone(), "two", &hands[1])];
    let [first, second] = leases;
    let (one, two) = (one.with_lease(first), two.with_lease(second));
    let (first, second) = (one.clerk.lease().unwrap(), two.clerk.lease().unwrap());
    assert!(first.tend().await.unwrap() && !second.tend().await.unwrap());
    let cases = signed(&one).await;

    assert_eq!(two.sweep().await, Swept::default(), "it is not for him");
    assert_eq!(recognised(&one, &cases).await, 0);
    // The first dies, or stands still, before it has done anything.
    hands.iter().for_each(|hand| hand.add(30));
    assert!(second.tend().await.unwrap());
    assert_eq!(one.sweep().await, Swept::default(), "he wakes, and it is no longer for him");
    assert_eq!(two.sweep().await.changed, CASES);
    assert_eq!(recognised(&one, &cases).await, CASES);
    assert!(!first.tend().await.unwrap());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_clerk_takes_the_lease_when_he_begins_and_gives_it_back_when_he_ends() {
    let desk = Desk::new().await;
    let cases = signed(&desk).await;
    desk.caught_up().await;
    let lease = lease(desk.store.clone(), "one", &Arc::default());
    let desk = Arc::new(desk.with_lease(lease));
    let working = tokio::spawn({
        let desk = desk.clone();
        async move { desk.clerk.run().await }
    });
    while recognised(&desk, &cases).await < CASES {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    assert!(desk.clerk.may_act());
    working.abort();
    let _ = working.await;
    desk.clerk.retire().await;
    assert!(!desk.clerk.may_act());
    // What servers say to each other stops no read model.
    desk.caught_up().await;
}
