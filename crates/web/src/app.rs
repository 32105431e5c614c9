//! What the API is made of: the engine to act with, the read models to look at, and the history
//! of single cases. Deliberately absent: how they were opened; the program wires them.

use std::sync::Arc;

use async_trait::async_trait;
use engine::Engine;
use procedure::CaseId;
use projections::timeline::Entry;
use projections::{ReadError, Runner};

/// Reads what stands in the event store itself. A port, because this crate knows no stores.
#[async_trait]
pub trait History: Send + Sync {
    /// Every event of a case, texts opened; empty if there is no such case.
    async fn timeline(&self, case: CaseId) -> Result<Vec<Entry>, ReadError>;

    /// Position of the last event in the log, as text; `None` while it is empty.
    async fn head(&self) -> Result<Option<String>, ReadError>;
}

/// The parts of the API.
pub struct App {
    /// Carries out commands.
    pub engine: Arc<Engine>,
    /// Keeps the read models up to date, and has them.
    pub runner: Arc<Runner>,
    /// Reads single streams.
    pub history: Arc<dyn History>,
}
