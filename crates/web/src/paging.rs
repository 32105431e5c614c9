//! Lists in pages: `limit` lines from the mark `after` on; the answer's `next` is the mark of the
//! page after it. Deliberately absent: page numbers and totals, which would change while somebody
//! turns pages.

/// Lines of a page if the caller does not say.
pub(crate) const LIMIT: usize = 50;

/// The most lines of a page.
pub(crate) const LIMIT_MAX: usize = projections::query::LIMIT_MAX;

/// The page's length that was asked for, within bounds.
pub(crate) fn limit(asked: Option<usize>) -> usize {
    asked.unwrap_or(LIMIT).clamp(1, LIMIT_MAX)
}

/// A page of a sorted list that is at hand as a whole.
pub(crate) fn cut<T>(
    items: Vec<T>,
    after: Option<&str>,
    limit: usize,
    mark: impl Fn(&T) -> &str,
) -> (Vec<T>, Option<String>) {
    let later = |item: &T| after.is_none_or(|after| mark(item) > after);
    let mut items: Vec<_> = items.into_iter().filter(later).collect();
    let more = items.len() > limit;
    items.truncate(limit);
    let next = items.last().filter(|_| more).map(|item| mark(item).to_owned());
    (items, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_join_without_gap_or_repetition() {
        let all = || vec!["a", "b", "c", "d", "e"];
        let (first, next) = cut(all(), None, 2, |item| item);
        assert_eq!((first, next.as_deref()), (vec!["a", "b"], Some("b")));
        let (second, next) = cut(all(), next.as_deref(), 2, |item| item);
        assert_eq!((second, next.as_deref()), (vec!["c", "d"], Some("d")));
        let (third, next) = cut(all(), next.as_deref(), 2, |item| item);
        assert_eq!((third, next), (vec!["e"], None));
        assert_eq!(limit(Some(0)), 1);
        assert_eq!(limit(Some(100_000)), LIMIT_MAX);
    }
}
