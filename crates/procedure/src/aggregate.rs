//! What every aggregate is: a state, a decider and a fold. Deliberately absent: streams,
//! revisions and bytes; the engine and `codec` add them.

use alloc::vec::Vec;

use serde::{Deserializer, Serializer};

use crate::refusal::Refused;

/// A thing with a history, decided about by pure functions.
pub trait Aggregate: Clone + Default + Send + Sync + 'static {
    /// What may be asked.
    type Command: Clone + Send + Sync;
    /// What may have happened.
    type Event: EventSet + Clone + Send + Sync;
    /// What has to be known from outside to decide.
    type Context<'a>;

    /// First part of the names of its streams.
    const CATEGORY: &'static str;

    /// The events that follow from a command; none if there is nothing to do.
    ///
    /// # Errors
    /// The rule that forbids it.
    fn decide(
        &self,
        command: Self::Command,
        context: &Self::Context<'_>,
    ) -> Result<Vec<Self::Event>, Refused>;

    /// What an event changes. Total: every event that was ever stored has a meaning.
    fn evolve(&mut self, event: &Self::Event);
}

/// The event types of an aggregate, each with its stored name and schema version.
///
/// Names and fields of these types *are* the storage format: a change of any makes a new schema
/// version with an upcaster in `codec`.
pub trait EventSet: Sized {
    /// Stored names, in the order of a life.
    const NAMES: &'static [&'static str];

    /// Stored name of this event's type.
    fn name(&self) -> &'static str;

    /// Writes the payload.
    ///
    /// # Errors
    /// Those of the serialiser.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;

    /// Reads a payload of the type `name`; `None` if the aggregate has no such event.
    ///
    /// # Errors
    /// Those of the deserialiser.
    fn deserialize<'de, D: Deserializer<'de>>(
        name: &str,
        deserializer: D,
    ) -> Option<Result<Self, D::Error>>;

    /// The JSON Schema of each payload, by stored name.
    #[cfg(feature = "schema")]
    fn schemas() -> Vec<(&'static str, schemars::Schema)>;
}

/// Declares the closed set of an aggregate's events from one struct per event type.
macro_rules! events {
    ($(#[$doc:meta])* $($name:ident),* $(,)?) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each variant is the struct of the same name")]
        pub enum Event {
            $($name($name),)*
        }

        $(impl From<$name> for Event {
            fn from(event: $name) -> Self {
                Self::$name(event)
            }
        })*

        impl $crate::aggregate::EventSet for Event {
            const NAMES: &'static [&'static str] = &[$(stringify!($name)),*];

            fn name(&self) -> &'static str {
                match self { $(Self::$name(_) => stringify!($name)),* }
            }

            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self { $(Self::$name(event) => serde::Serialize::serialize(event, serializer)),* }
            }

            fn deserialize<'de, D: serde::Deserializer<'de>>(
                name: &str,
                deserializer: D,
            ) -> Option<Result<Self, D::Error>> {
                match name {
                    $(stringify!($name) => Some(
                        <$name as serde::Deserialize>::deserialize(deserializer).map(Self::$name)
                    ),)*
                    _ => None,
                }
            }

            #[cfg(feature = "schema")]
            fn schemas() -> alloc::vec::Vec<(&'static str, schemars::Schema)> {
                alloc::vec![$((stringify!($name), schemars::schema_for!($name))),*]
            }
        }
    };
}
pub(crate) use events;
