//! What is known in memory about streams: their number in the file and their last revision. Only
//! this process writes, so what is known here is the truth, and asking "anything new in this
//! stream?" costs one hash lookup.
//!
//! # Why nothing stale gets in
//!
//! The writer publishes each commit after it is on disk and before anybody is told: it enters the
//! new last revision of every stream it touched, and raises `published`. Readers see the log only
//! up to the `published` that they found when they began, so all answers of the store move forward
//! together.
//!
//! A reader that missed here looks into the file and may then teach what it learnt. Meanwhile the
//! stream may have grown, and its new entry may even have come and been evicted again; entering
//! the old revision then would hide acknowledged events. So a reader notes the eviction counter when
//! it begins and may enter only if (1) nothing was evicted since and (2) the stream is not in the
//! map. Publishing always enters; had the stream grown since the reader began, its entry would be
//! there by (1), which (2) excludes. Hence the stream has not grown, and what the reader saw is
//! still so.
//!
//! For the same reason the writer may decide by these entries, those of readers included.

use std::sync::{Mutex, MutexGuard, PoisonError};

use event_store::StreamName;

use crate::generations::Generations;

/// A stream that has events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    /// Number of the stream in the file.
    pub(crate) id: i64,
    /// Its last revision.
    pub(crate) last: u64,
}

/// The state of one stream, known for certain; `None`: it has no events.
pub(crate) type Head = Option<Known>;

/// What a reader finds when it begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Glimpse {
    /// The reader must not show events after this position.
    pub(crate) published: i64,
    /// `None`: not known here.
    pub(crate) head: Option<Head>,
    evictions: u64,
}

pub(crate) struct Heads {
    inner: Mutex<Inner>,
}

struct Inner {
    published: i64,
    streams: Generations<StreamName, Head>,
}

impl Heads {
    pub(crate) fn new(published: i64, capacity: usize) -> Self {
        let streams = Generations::new(capacity);
        Self { inner: Mutex::new(Inner { published, streams }) }
    }

    /// No code under this lock can panic half-way through a change.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The last position that readers may see.
    pub(crate) fn published(&self) -> i64 {
        self.lock().published
    }

    pub(crate) fn look(&self, stream: &StreamName) -> Glimpse {
        let mut inner = self.lock();
        let head = inner.streams.get(stream).copied();
        // Read after the lookup, which may itself turn the generations.
        let evictions = inner.streams.evictions();
        Glimpse { published: inner.published, head, evictions }
    }

    /// Enters what a reader learnt, if it is certain to be still so.
    pub(crate) fn learn(&self, stream: &StreamName, glimpse: Glimpse, head: Head) {
        let mut inner = self.lock();
        if inner.streams.get(stream).is_none() && inner.streams.evictions() == glimpse.evictions {
            inner.streams.insert(stream.clone(), head);
        }
    }

    /// Makes a commit visible. Called by the writer alone.
    pub(crate) fn publish(
        &self,
        published: i64,
        touched: impl IntoIterator<Item = (StreamName, Known)>,
    ) {
        let mut inner = self.lock();
        for (stream, known) in touched {
            inner.streams.insert(stream, Some(known));
        }
        inner.published = published;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(number: usize) -> StreamName {
        StreamName::new(format!("case-{number}")).unwrap()
    }

    fn known(last: u64) -> Known {
        Known { id: 1, last }
    }

    #[test]
    fn a_reader_teaches_what_it_saw() {
        let heads = Heads::new(5, 4);
        let glimpse = heads.look(&stream(1));
        assert_eq!((glimpse.head, glimpse.published), (None, 5));
        heads.learn(&stream(1), glimpse, Some(known(4)));
        assert_eq!(heads.look(&stream(1)).head, Some(Some(known(4))));
    }

    #[test]
    fn a_late_reader_does_not_undo_a_commit() {
        let heads = Heads::new(5, 4);
        let glimpse = heads.look(&stream(1));
        heads.publish(6, [(stream(1), known(5))]);
        heads.learn(&stream(1), glimpse, Some(known(4)));
        assert_eq!(heads.look(&stream(1)).head, Some(Some(known(5))));
    }

    #[test]
    fn a_late_reader_does_not_undo_a_commit_whose_entry_was_evicted() {
        let heads = Heads::new(5, 4);
        let glimpse = heads.look(&stream(1));
        heads.publish(6, [(stream(1), known(5))]);
        for number in 100..200 {
            heads.publish(number, [(stream(number as usize), known(0))]);
        }
        assert_eq!(heads.look(&stream(1)).head, None, "evicted");
        heads.learn(&stream(1), glimpse, Some(known(4)));
        assert_eq!(heads.look(&stream(1)).head, None, "the late reader must be ignored");
    }
}
