//! Which events of `$all` a client wants.
//!
//! Deliberately absent: regular expressions. Whatever its pattern, one is taken for the usual "not
//! the system's own": names that do not begin with `$`.

use crate::fake::log::Stored;
use crate::fake::wire::{Expression, FilterOptions};

/// How many records lie between checkpoints if the client does not say.
const WINDOW: u64 = 32;

/// A filter of `$all`.
#[derive(Debug)]
pub(in crate::fake) struct Filter {
    by_stream: bool,
    expression: Expression,
    /// How many records a subscription looks at between two checkpoints.
    pub(in crate::fake) interval: u64,
}

impl Filter {
    /// The filter that the client describes.
    pub(in crate::fake) fn new(options: &FilterOptions) -> Self {
        let expression = options.stream_identifier.as_ref().or(options.event_type.as_ref());
        let window = options.max.map_or(WINDOW, u64::from);
        let multiplier = u64::from(options.checkpoint_interval_multiplier);
        Self {
            by_stream: options.stream_identifier.is_some(),
            expression: expression.cloned().unwrap_or_default(),
            interval: window.max(1) * multiplier.max(1),
        }
    }

    /// Whether the client wants the record.
    pub(in crate::fake) fn matches(&self, record: &Stored) -> bool {
        let name = if self.by_stream { &record.stream } else { &record.event_type };
        if self.expression.regex.is_empty() {
            self.expression.prefix.iter().any(|prefix| name.starts_with(prefix))
        } else {
            !name.starts_with('$')
        }
    }
}
