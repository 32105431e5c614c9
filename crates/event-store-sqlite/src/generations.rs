//! A bounded map in two generations: what is used stays, what is not used for a whole generation
//! goes. Cheaper than a list ordered by use, and as good for our purpose.

use std::borrow::Borrow;
use std::collections::HashMap;
use std::hash::Hash;

/// A map of at most twice `capacity` entries.
pub(crate) struct Generations<K, V> {
    young: HashMap<K, V>,
    old: HashMap<K, V>,
    capacity: usize,
    evictions: u64,
}

impl<K: Hash + Eq, V> Generations<K, V> {
    pub(crate) fn new(capacity: usize) -> Self {
        Self { young: HashMap::new(), old: HashMap::new(), capacity: capacity.max(1), evictions: 0 }
    }

    /// How often entries have been thrown out. As long as this stays the same, whatever was
    /// inserted is still there.
    pub(crate) const fn evictions(&self) -> u64 {
        self.evictions
    }

    pub(crate) fn get<Q>(&mut self, key: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        if !self.young.contains_key(key) {
            let (key, value) = self.old.remove_entry(key)?;
            self.insert(key, value);
        }
        self.young.get(key)
    }

    /// A copy of `key` in the old generation, if any, is hidden until it is thrown out with it.
    pub(crate) fn insert(&mut self, key: K, value: V) {
        if self.young.len() >= self.capacity && !self.young.contains_key(&key) {
            self.evictions += u64::from(!self.old.is_empty());
            self.old = std::mem::take(&mut self.young);
        }
        self.young.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_bounded_keeps_what_is_used_and_counts_evictions() {
        let mut map = Generations::new(4);
        for key in 0..8 {
            map.insert(key, key);
        }
        assert_eq!(map.evictions(), 0);
        assert!((0..8).all(|key| map.young.contains_key(&key) || map.old.contains_key(&key)));
        for key in 100..1000 {
            assert_eq!(map.get(&7), Some(&7), "used all the time");
            map.insert(key, key);
            assert!(map.young.len() + map.old.len() <= 8);
        }
        assert_eq!(map.get(&0), None);
        assert!(map.evictions() > 0);
    }

    #[test]
    fn a_new_value_hides_the_old_one_for_good() {
        let mut map = Generations::new(2);
        map.insert('a', 1);
        map.insert('b', 1);
        map.insert('c', 1);
        map.insert('a', 2);
        assert_eq!(map.get(&'a'), Some(&2));
        map.insert('d', 1);
        assert_eq!(map.get(&'a'), Some(&2));
        map.insert('e', 1);
        assert_ne!(map.get(&'a'), Some(&1));
    }
}
