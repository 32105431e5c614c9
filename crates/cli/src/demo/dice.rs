//! Chance that follows from a seed: SHA-256 of purpose, seed and counter. Its own, because a
//! library's generator may change between versions and the demonstration must not.

use codec::digest::sha256;

/// Words in one block.
const WORDS: usize = 8;

/// A source of chance for one purpose. Each purpose has its own, so that more throws for one
/// change nothing in the others.
pub(super) struct Dice {
    purpose: &'static str,
    seed: u64,
    counter: u64,
    block: [u8; 32],
    used: usize,
}

impl Dice {
    pub(super) fn new(seed: u64, purpose: &'static str) -> Self {
        Self { purpose, seed, counter: 0, block: [0; 32], used: WORDS }
    }

    fn word(&mut self) -> u32 {
        if self.used == WORDS {
            let (seed, counter) = (self.seed.to_be_bytes(), self.counter.to_be_bytes());
            let text = [b"hieuhoc/demo/".as_slice(), self.purpose.as_bytes(), &seed, &counter];
            self.block = sha256(&text.concat());
            self.counter += 1;
            self.used = 0;
        }
        let at = self.used * 4;
        self.used += 1;
        let bytes = &self.block[at..at + 4];
        bytes.iter().fold(0, |word, byte| word << 8 | u32::from(*byte))
    }

    /// A number below `bound`; 0 if `bound` is 0.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let product = u128::from(self.word()) * bound as u128;
        usize::try_from(product >> 32).unwrap_or(0)
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = usize::try_from(high - low + 1).unwrap_or(0);
        low + i64::try_from(self.below(span)).unwrap_or(0)
    }

    /// True in so many of a thousand cases.
    pub(super) fn chance(&mut self, permille: usize) -> bool {
        self.below(1000) < permille
    }

    /// One of several. The list must not be empty; the lists here are constants or checked.
    pub(super) fn pick<T: Copy>(&mut self, list: &[T]) -> T {
        list[self.below(list.len())]
    }

    /// Another order.
    pub(super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_and_purpose_throw_the_same() {
        let throw = |seed, purpose| {
            let mut dice = Dice::new(seed, purpose);
            [(); 40].map(|()| dice.below(1_000_000))
        };
        assert_eq!(throw(1, "a"), throw(1, "a"));
        assert_ne!(throw(1, "a"), throw(2, "a"));
        assert_ne!(throw(1, "a"), throw(1, "b"));
        assert_eq!(
            throw(387, "pinned")[..3],
            [443352, 350647, 210136],
            "a seed's log would change"
        );
    }

    #[test]
    fn throws_keep_their_bounds_and_reach_them() {
        let mut dice = Dice::new(7, "bounds");
        let throws: Vec<_> = (0..2000).map(|_| dice.between(-3, 3)).collect();
        assert_eq!((throws.iter().min(), throws.iter().max()), (Some(&-3), Some(&3)));
        assert_eq!(dice.below(0), 0);
        let mut list: Vec<_> = (0..50).collect();
        dice.shuffle(&mut list);
        assert_ne!(list, (0..50).collect::<Vec<_>>());
        list.sort_unstable();
        assert_eq!(list, (0..50).collect::<Vec<_>>());
    }
}
