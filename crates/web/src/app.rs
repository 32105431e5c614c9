//! What the API is made of: the engine to act with, the read models to look at, the history of
//! single cases, and the clerk who is told of work. Deliberately absent: how they were opened; the
//! program wires them.

use std::sync::Arc;

use async_trait::async_trait;
use engine::Engine;
use procedure::{CaseId, DecisionId};
use projections::timeline::{DecisionEntry, Entry};
use projections::{Position, ReadError, Runner};

/// Reads what stands in the event store itself. A port, because this crate knows no stores.
#[async_trait]
pub trait History: Send + Sync {
    /// Every event of a case, texts opened; empty if there is no such case.
    async fn timeline(&self, case: CaseId) -> Result<Vec<Entry>, ReadError>;

    /// Every event of a decision, texts opened; empty if there is no such decision.
    async fn decision(&self, id: DecisionId) -> Result<Vec<DecisionEntry>, ReadError>;

    /// What is stored about a case, as the lines of an export: its events, and the acts about it that
    /// were refused.
    async fn case_lines(&self, case: CaseId) -> Result<Vec<u8>, ReadError>;

    /// The same about a decision.
    async fn decision_lines(&self, id: DecisionId) -> Result<Vec<u8>, ReadError>;

    /// Position of the last event in the log, as text; `None` while it is empty.
    async fn head(&self) -> Result<Option<String>, ReadError>;
}

/// Does by itself what a rule or a signed decision leaves no choice about. A port, because the
/// program decides when and how much of it runs beside the API.
pub trait Clerk: Send + Sync {
    /// Is told that there is work, written at a position.
    fn wake(&self, position: Option<Position>);

    /// Whether this server holds the lease of the clerk; `None` where there is none to hold.
    fn holds_lease(&self) -> Option<bool> {
        None
    }
}

/// The parts of the API.
pub struct App {
    /// Carries out commands.
    pub engine: Arc<Engine>,
    /// Keeps the read models up to date, and has them.
    pub runner: Arc<Runner>,
    /// Reads single streams.
    pub history: Arc<dyn History>,
    /// Lets the cases follow their decisions.
    pub clerk: Arc<dyn Clerk>,
}
