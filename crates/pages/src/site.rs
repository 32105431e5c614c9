//! What the pages are made of: the parts that they share with the API, and what they are told about
//! themselves. Deliberately absent: how it was opened; the program wires it.

use std::sync::Arc;

use procedure::OfficerId;
use tokio::sync::watch;
use web::{App, Writer};

use crate::assets::Assets;
use crate::attempts::Attempts;

/// What the program says about the place where the pages are served.
#[derive(Debug, Default)]
pub struct Settings {
    /// Whether browsers reach the pages by HTTPS, so that cookies travel no other way.
    pub secure: bool,
    /// Officers of a demonstration whom anybody may be; empty anywhere else.
    pub personas: Vec<Persona>,
}

/// An officer of a demonstration (vai thử).
#[derive(Clone, Debug)]
pub struct Persona {
    /// Stable key, such as `commune-chair`.
    pub key: String,
    /// What he is, in Vietnamese.
    pub vi: String,
    /// The same in English.
    pub en: String,
    /// Who he is.
    pub officer: OfficerId,
    /// His made-up name.
    pub name: String,
}

/// Everything that a page needs.
pub struct Site {
    pub(crate) app: Arc<App>,
    pub(crate) settings: Settings,
    pub(crate) attempts: Attempts,
    pub(crate) assets: Assets,
    /// Where changes go, on a server that only reads.
    pub(crate) writer: Option<Writer>,
    /// Set when the program ends: what is told to open pages ends then, and nobody waits for it.
    pub(crate) closing: watch::Sender<bool>,
}

impl Site {
    /// The pages over the parts of the API.
    #[must_use]
    pub fn new(app: Arc<App>, settings: Settings) -> Self {
        let (closing, _) = watch::channel(false);
        let (attempts, assets) = (Attempts::default(), Assets::new());
        Self { app, settings, attempts, assets, writer: None, closing }
    }

    /// Refuses every form, and says where changes go.
    #[must_use]
    pub fn read_only(mut self, writer: Writer) -> Self {
        self.writer = Some(writer);
        self
    }

    /// Ends what open pages are told, so that the server can end.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }
}
