//! Randomness as an argument. Deliberately absent: a thread-local generator that anybody could
//! reach for.

use std::sync::Mutex;
use std::sync::PoisonError;

use codec::digest::sha256;

/// Gives random bytes.
pub trait Entropy: Send + Sync {
    /// Fills the buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// The operating system's generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        if let Err(error) = getrandom::fill(buffer) {
            // A key or nonce that is not random would be worse than no program.
            tracing::error!(%error, "the operating system gives no random bytes");
            std::process::abort();
        }
    }
}

/// Bytes that follow from a seed, the same on every machine: SHA-256 of seed and counter. For the
/// demonstration and for tests; whoever knows the seed knows every key.
#[derive(Debug)]
pub struct SeededEntropy {
    seed: u64,
    counter: Mutex<u64>,
}

impl SeededEntropy {
    /// A generator for a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { seed, counter: Mutex::new(0) }
    }
}

impl Entropy for SeededEntropy {
    fn fill(&self, buffer: &mut [u8]) {
        let mut counter = self.counter.lock().unwrap_or_else(PoisonError::into_inner);
        for chunk in buffer.chunks_mut(32) {
            let block = [self.seed.to_be_bytes(), counter.to_be_bytes()].concat();
            *counter += 1;
            chunk.copy_from_slice(&sha256(&block)[..chunk.len()]);
        }
    }
}

impl dyn Entropy + '_ {
    /// An array of random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_gives_the_same_bytes_and_never_the_same_block() {
        let (one, other): (&dyn Entropy, &dyn Entropy) =
            (&SeededEntropy::new(387), &SeededEntropy::new(387));
        let first = one.bytes::<40>();
        assert_eq!(first, other.bytes::<40>());
        assert_ne!(first, one.bytes::<40>());
        assert_ne!(first, (&SeededEntropy::new(388) as &dyn Entropy).bytes::<40>());
    }
}
