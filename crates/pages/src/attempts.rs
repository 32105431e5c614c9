//! Wrong passwords are slowed down: after five in a row an account waits, half a minute first and twice
//! as long after each further one, a quarter of an hour at most. Accounts that do not exist wait alike.
//!
//! Kept in memory, on each server for itself, for the last ten thousand accounts that were tried.
//! Deliberately absent: locking for ever, with which anybody could shut out anybody.

use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

use lru::LruCache;

const FREE: u32 = 5;
const FIRST: u64 = 30;
const LONGEST: u64 = 15 * 60;
const ACCOUNTS: usize = 10_000;

#[derive(Clone, Copy, Default)]
struct Failed {
    times: u32,
    until: u64,
}

/// Who has failed how often.
pub(crate) struct Attempts(Mutex<LruCache<String, Failed>>);

impl Default for Attempts {
    fn default() -> Self {
        let accounts = NonZeroUsize::new(ACCOUNTS).unwrap_or(NonZeroUsize::MIN);
        Self(Mutex::new(LruCache::new(accounts)))
    }
}

impl Attempts {
    /// How many seconds an account must wait; none if it may try. A try counts as failed until
    /// [`Self::succeeded`], so that many at once do not all count as the first.
    pub(crate) fn try_now(&self, account: &str, now: u64) -> Result<(), u64> {
        let mut accounts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let failed = accounts.get_or_insert_mut(account.to_owned(), Failed::default);
        if now < failed.until {
            return Err(failed.until - now);
        }
        failed.times = failed.times.saturating_add(1);
        if failed.times >= FREE {
            let doubled = FIRST.checked_shl(failed.times - FREE).unwrap_or(LONGEST);
            failed.until = now + doubled.min(LONGEST);
        }
        Ok(())
    }

    /// Forgets the failures of an account.
    pub(crate) fn succeeded(&self, account: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop(account);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sixth_try_waits_and_each_further_one_longer() {
        let attempts = Attempts::default();
        for _ in 0..5 {
            assert_eq!(attempts.try_now("cb-01", 100), Ok(()));
        }
        assert_eq!(attempts.try_now("cb-01", 100), Err(30));
        assert_eq!(attempts.try_now("cb-02", 100), Ok(()), "another account does not wait");
        assert_eq!(attempts.try_now("cb-01", 130), Ok(()));
        assert_eq!(attempts.try_now("cb-01", 130), Err(60));
        for _ in 0..100 {
            let wait = attempts.try_now("cb-01", 1_000_000).err().unwrap_or(0);
            assert!(wait <= LONGEST);
        }
        attempts.succeeded("cb-01");
        assert_eq!(attempts.try_now("cb-01", 100), Ok(()));
    }
}
