//! What comes with every command, and what comes back. Deliberately absent: the command itself;
//! it is the aggregate's.

use event_store::Position;
use jiff::Timestamp;
use procedure::OfficerId;
use uuid::Uuid;

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Principal {
    /// Whoever holds the machine, by his name there.
    Operator(String),
    /// A signed-in officer.
    Officer(OfficerId),
    /// The program itself, where a rule and a day leave nothing to judge.
    Program,
}

/// What comes with every command.
#[derive(Clone, Debug)]
pub struct Request {
    /// Identity of the command: repeated, it changes nothing and has the same result.
    pub command_id: Uuid,
    /// Who asks.
    pub principal: Principal,
    /// Groups what one request of a person causes.
    pub correlation: Uuid,
    /// The event or command that caused this one, if it was not a person.
    pub causation: Option<Uuid>,
    /// When a device without connection took it down.
    pub captured_at: Option<Timestamp>,
    /// The revision that the caller had seen; refused if the stream is elsewhere.
    pub expected: Option<u64>,
    /// What was asked, byte for byte, to tell a repetition from another request under the same
    /// id. May be empty where ids are derived from the content.
    pub body: Vec<u8>,
}

impl Request {
    /// A request that stands alone.
    #[must_use]
    pub fn new(principal: Principal, command_id: Uuid) -> Self {
        Self {
            command_id,
            principal,
            correlation: command_id,
            causation: None,
            captured_at: None,
            expected: None,
            body: Vec::new(),
        }
    }
}

/// What a command came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// Last revision of the stream after it; `None` if there was nothing to do and is nothing.
    pub revision: Option<u64>,
    /// Position to wait for before reading what was written; `None` if nothing was.
    pub position: Option<Position>,
    /// How many events follow from the command.
    pub events: usize,
    /// Whether it had been done before.
    pub repeated: bool,
}
