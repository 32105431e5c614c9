//! Deleting the streams of checks for ever: a tombstone, after which the next scavenge of the cluster
//! takes their bytes. Nothing else can be deleted. Deliberately absent: scavenging.

use event_store::{StoreError, StreamName};
use kurrentdb::{Client, TombstoneStreamOptions};

use crate::connection::Repeat;
use crate::event::stored_name;
use crate::failure::Fault;
use crate::log::Log;

impl Log {
    /// Deletes a stream of checks; one that never was, or is deleted, is left as it is.
    pub(crate) async fn bury(&self, stream: &StreamName) -> Result<(), StoreError> {
        if !stream.is_check() {
            return Err(StoreError::invalid(format!("{stream} is history and stays")));
        }
        let there = match self.stream(stream, 0, 1).await {
            Err(StoreError::Invalid { .. }) => return Ok(()),
            there => !there?.is_empty(),
        };
        if !there {
            return Ok(());
        }
        let name = stored_name(stream, &self.name);
        let options = TombstoneStreamOptions::default().requires_leader(true);
        let buried = self.connection.call(Repeat::Harmless, |client: Client| {
            let (name, options) = (name.clone(), options.clone());
            async move { Ok(client.tombstone_stream(name, &options).await?) }
        });
        match buried.await {
            Ok(_) | Err(Fault::Deleted) => Ok(()),
            Err(fault) => Err(fault.into_store_error(true)),
        }
    }
}
