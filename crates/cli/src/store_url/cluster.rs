//! A KurrentDB cluster, if the program was built with the feature `kurrentdb`; otherwise something that
//! cannot be there, so that everybody else need not ask. Deliberately absent: what it does; that is
//! `event-store-kurrentdb`.

#[cfg(feature = "kurrentdb")]
mod there {
    use std::fmt;
    use std::sync::Arc;

    use event_store::{EventStore, StoreError, StreamName};
    use event_store_kurrentdb::{Address, KurrentStore};

    use crate::failure::CliError;
    use crate::store_url::shown;

    /// A log in a cluster.
    #[derive(Clone, Debug)]
    pub(crate) struct Cluster(Box<Address>);

    impl Cluster {
        /// Reads a connection string; `None` where the text is meant as something else.
        pub(crate) fn parse(url: &str) -> Result<Option<Self>, CliError> {
            if !Address::is_meant(url) {
                return Ok(None);
            }
            match url.parse::<Address>() {
                Ok(address) => Ok(Some(Self(address.into()))),
                Err(error) => {
                    Err(CliError::BadCluster { url: shown(url), detail: error.to_string() })
                }
            }
        }

        /// A store that connects when it is first asked for something.
        pub(crate) fn open(&self) -> Arc<dyn EventStore> {
            Arc::new(KurrentStore::new(&self.0))
        }

        /// The version of the server that answers.
        pub(crate) async fn version(&self) -> Result<String, StoreError> {
            KurrentStore::new(&self.0).server_version().await
        }

        /// Deletes streams of checks for ever.
        pub(crate) async fn bury(&self, streams: &[StreamName]) -> Result<(), StoreError> {
            let store = KurrentStore::new(&self.0);
            for stream in streams {
                store.bury(stream).await?;
            }
            Ok(())
        }
    }

    impl fmt::Display for Cluster {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            self.0.fmt(f)
        }
    }
}

#[cfg(not(feature = "kurrentdb"))]
mod there {
    use std::fmt;
    use std::sync::Arc;

    use event_store::{EventStore, StoreError, StreamName};

    use crate::failure::CliError;
    use crate::store_url::shown;

    /// There is none.
    #[derive(Clone, Debug)]
    pub(crate) enum Cluster {}

    impl Cluster {
        pub(crate) fn parse(url: &str) -> Result<Option<Self>, CliError> {
            let Some((scheme, _)) = url.split_once("://") else { return Ok(None) };
            if !scheme.starts_with("kurrent") && !scheme.starts_with("esdb") {
                return Ok(None);
            }
            Err(CliError::BadCluster {
                url: shown(url),
                detail: "this program was built without the feature kurrentdb".to_owned(),
            })
        }

        pub(crate) fn open(&self) -> Arc<dyn EventStore> {
            match *self {}
        }

        pub(crate) async fn version(&self) -> Result<String, StoreError> {
            match *self {}
        }

        pub(crate) async fn bury(&self, _streams: &[StreamName]) -> Result<(), StoreError> {
            match *self {}
        }
    }

    impl fmt::Display for Cluster {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            match *self {}
        }
    }
}

pub(crate) use there::Cluster;
