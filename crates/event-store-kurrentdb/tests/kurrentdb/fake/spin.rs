//! What the client does when a subscription ends well: it asks the ended answer again and again,
//! and never lets anything else run. This pins down the client, not the fake.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use event_store_kurrentdb::fake::{Cluster, Fault, Method, Trouble};
use kurrentdb::SubscribeToAllOptions;
use tracing::span;

use crate::fake::rig::client;

/// How often it may ask before it is torn down.
const ENOUGH: u64 = 20_000;

/// Tears down a thread in which the client has complained often enough: there is no other way out
/// of its loop.
#[derive(Default)]
struct Guillotine {
    complaints: AtomicU64,
}

struct Spun;

impl tracing::Subscriber for Guillotine {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.target() == "kurrentdb::commands" && *metadata.level() == tracing::Level::WARN
    }

    fn new_span(&self, _: &span::Attributes<'_>) -> span::Id {
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, _: &span::Record<'_>) {}

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, _: &tracing::Event<'_>) {
        if self.complaints.fetch_add(1, Ordering::Relaxed) == ENOUGH {
            std::panic::resume_unwind(Box::new(Spun));
        }
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

async fn subscribe_and_wait() {
    let cluster = Cluster::start(1).await.unwrap();
    let end = Fault::Within { messages: 1, trouble: Trouble::End };
    cluster.script(Method::Subscribe, [end]);
    let client = client(&cluster);
    let mut subscription = client.subscribe_to_all(&SubscribeToAllOptions::default()).await;
    subscription.next_subscription_event().await.unwrap();
    let next = subscription.next_subscription_event();
    let _elapsed = tokio::time::timeout(Duration::from_millis(1), next).await;
}

#[test]
fn a_subscription_that_ended_well_spins_and_no_timeout_stops_it() {
    let spinning = std::thread::spawn(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        tracing::subscriber::with_default(Guillotine::default(), || {
            runtime.block_on(subscribe_and_wait());
        });
    });
    let torn_down = spinning.join().expect_err("the client gave way");
    assert!(torn_down.is::<Spun>());
}
