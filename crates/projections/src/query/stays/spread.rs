//! How often each number of days occurs, and percentiles of it.

use std::collections::BTreeMap;

/// Numbers of days, each with how often it occurs.
#[derive(Default)]
pub(super) struct Spread(BTreeMap<u32, u64>);

impl Spread {
    pub(super) fn add(&mut self, days: u32, times: u64) {
        *self.0.entry(days).or_default() += times;
    }

    pub(super) fn count(&self) -> u64 {
        self.0.values().sum()
    }

    pub(super) fn longest(&self) -> Option<u32> {
        self.0.keys().next_back().copied()
    }

    /// The smallest number that at least so many of a hundred do not exceed (nearest rank).
    pub(super) fn percentile(&self, percent: u64) -> Option<u32> {
        let rank = (self.count() * percent).div_ceil(100).max(1);
        let mut passed = 0;
        self.0.iter().find_map(|(days, times)| {
            passed += times;
            (passed >= rank).then_some(*days)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Counts one by one.
    fn naive(days: &[u32], percent: usize) -> Option<u32> {
        let mut days = days.to_vec();
        days.sort_unstable();
        let enough = |day: &u32| {
            days.iter().filter(|other| *other <= day).count() * 100 >= percent * days.len()
        };
        days.iter().copied().find(|day| enough(day))
    }

    #[test]
    fn percentiles_are_those_of_counting_one_by_one() {
        let mut number = 387_u32;
        for count in 0..60 {
            let mut next = || {
                number = number.wrapping_mul(1_103_515_245).wrapping_add(12_345);
                (number >> 16) % 23
            };
            let days: Vec<u32> = (0..count).map(|_| next()).collect();
            let mut spread = Spread::default();
            days.iter().for_each(|day| spread.add(*day, 1));
            assert_eq!(spread.count(), count);
            assert_eq!(spread.longest(), days.iter().max().copied());
            for percent in [1, 50, 90, 100] {
                let expected = naive(&days, percent);
                assert_eq!(spread.percentile(percent as u64), expected, "{percent} of {days:?}");
            }
        }
    }
}
