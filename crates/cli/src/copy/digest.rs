//! Two digests of a log: one that follows its order, and one that follows only the order within each
//! stream, to say which of the two is wrong. Deliberately absent: proofs for third parties; that is
//! the verifiable history's.

use codec::digest::hex;
use event_store::{EventStore, Position, RecordedEvent, StoreError};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use super::{PAGE, history};

/// What a log holds, in three values.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Digests {
    /// How many events.
    pub(crate) events: u64,
    /// SHA-256 over the digests of all events in the order of the log.
    pub(crate) log: String,
    /// Sum of the digests of all events modulo 2^256: the same whatever the order between streams,
    /// because the digest of an event has its stream and its place there.
    pub(crate) streams: String,
}

/// Reads the first `limit` events of a log that are history. `tell` hears how far it is.
pub(crate) async fn digests(
    store: &dyn EventStore,
    limit: u64,
    tell: &mut (dyn FnMut(Position) + Send),
) -> Result<Digests, StoreError> {
    let (mut log, mut sum, mut count) = (Sha256::new(), [0_u8; 32], 0);
    let mut after = None;
    while count < limit {
        let left = usize::try_from(limit - count).unwrap_or(usize::MAX);
        let (events, last) = history(store, after, PAGE.min(left)).await?;
        let Some(last) = last else { break };
        after = Some(last);
        for event in &events {
            let digest = of(event);
            log.update(digest);
            add(&mut sum, &digest);
        }
        count += events.len() as u64;
        tell(last);
    }
    Ok(Digests { events: count, log: hex(&log.finalize()), streams: hex(&sum) })
}

/// SHA-256 of everything that a copy keeps; lengths keep the parts apart. A position is not kept:
/// it is the store's own.
fn of(event: &RecordedEvent) -> [u8; 32] {
    let mut sha = Sha256::new();
    let mut part = |bytes: &[u8]| {
        sha.update((bytes.len() as u64).to_be_bytes());
        sha.update(bytes);
    };
    part(event.stream.as_str().as_bytes());
    part(&event.revision.to_be_bytes());
    part(event.id.as_bytes());
    part(event.event_type.as_bytes());
    part(&event.metadata);
    part(&event.data);
    sha.finalize().into()
}

fn add(sum: &mut [u8; 32], digest: &[u8; 32]) {
    let mut carry = 0_u16;
    for (digit, more) in sum.iter_mut().zip(digest).rev() {
        let total = u16::from(*digit) + u16::from(*more) + carry;
        (*digit, carry) = ((total & 0xff) as u8, total >> 8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_carry_and_wrap() {
        let (mut sum, mut one) = ([0xff; 32], [0; 32]);
        one[31] = 2;
        add(&mut sum, &one);
        assert_eq!(sum, {
            one[31] = 1;
            one
        });
    }
}
