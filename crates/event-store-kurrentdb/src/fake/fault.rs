//! What goes wrong, by script: one entry for each call of a method, at whichever node it arrives.
//!
//! Deliberately absent: chance. A test that wants many schedules writes them down, or draws them
//! itself.

use std::ops::ControlFlow;
use std::time::Duration;

use futures_util::stream::{self, BoxStream, StreamExt};
use tonic::{Code, Status};

use super::accept::Cutter;
use super::status;

/// The messages of an answer; a unary one has one.
pub(super) type Answer<M> = BoxStream<'static, Result<M, Status>>;

/// When a call meets its trouble.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Never.
    Pass,
    /// Before anything is done.
    Before(Trouble),
    /// When all is done (an append is in the log) and nothing is answered yet.
    After(Trouble),
    /// After so many messages of the answer, instead of the next one or of its end; never if there
    /// are fewer.
    Within {
        /// How many messages go out before.
        messages: usize,
        /// What happens then.
        trouble: Trouble,
    },
}

/// What happens to a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It ends with this error.
    Status {
        /// The code.
        code: Code,
        /// The message.
        message: String,
        /// Headers that come with it.
        metadata: Vec<(String, String)>,
    },
    /// It waits, and goes on.
    Delay(Duration),
    /// It is never answered; the connection stays, and answers pings.
    Hang,
    /// All connections of the node are cut.
    Cut,
    /// It ends well, but early.
    End,
}

impl Trouble {
    /// An error without headers.
    pub fn status(code: Code, message: impl Into<String>) -> Self {
        Self::Status { code, message: message.into(), metadata: Vec::new() }
    }

    /// Lives through it: goes on, breaks off without error, or fails.
    pub(super) async fn suffer(&self, cutter: &Cutter) -> Result<ControlFlow<()>, Status> {
        match self {
            Self::Status { code, message, metadata } => {
                let metadata = metadata.iter().map(|(key, value)| (key.as_str(), value.as_str()));
                return Err(status::decorated(*code, message, metadata));
            }
            Self::Delay(duration) => tokio::time::sleep(*duration).await,
            Self::Hang => std::future::pending().await,
            Self::Cut => {
                cutter.cut();
                // The connection is dropped from outside, and this with it.
                std::future::pending().await
            }
            Self::End => return Ok(ControlFlow::Break(())),
        }
        Ok(ControlFlow::Continue(()))
    }
}

impl Fault {
    /// What happens before the effect.
    pub(super) const fn before(&self) -> Option<&Trouble> {
        match self {
            Self::Before(trouble) => Some(trouble),
            _ => None,
        }
    }

    /// What happens between the effect and the answer.
    pub(super) const fn after(&self) -> Option<&Trouble> {
        match self {
            Self::After(trouble) => Some(trouble),
            _ => None,
        }
    }

    /// The answer, troubled within if that is the fault.
    pub(super) fn within<M: Send + 'static>(self, answer: Answer<M>, cutter: Cutter) -> Answer<M> {
        let Self::Within { messages, trouble } = self else {
            return answer;
        };
        let troubled = Troubled { answer, before: messages, trouble: Some(trouble), cutter };
        stream::unfold(troubled, Troubled::step).boxed()
    }
}

struct Troubled<M> {
    answer: Answer<M>,
    /// How many messages still go out before the trouble.
    before: usize,
    trouble: Option<Trouble>,
    cutter: Cutter,
}

impl<M: Send + 'static> Troubled<M> {
    async fn step(mut self) -> Option<(Result<M, Status>, Self)> {
        if self.before == 0
            && let Some(trouble) = self.trouble.take()
        {
            match trouble.suffer(&self.cutter).await {
                Ok(ControlFlow::Continue(())) => {}
                Ok(ControlFlow::Break(())) => return None,
                Err(status) => {
                    self.answer = stream::empty().boxed();
                    return Some((Err(status), self));
                }
            }
        }
        let message = self.answer.next().await?;
        self.before = self.before.saturating_sub(1);
        Some((message, self))
    }
}
