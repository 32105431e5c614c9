//! The tables themselves, so that a change of the architecture is a change of this file alone.

/// What one crate may import from the workspace.
pub(super) struct Row {
    pub(super) name: &'static str,
    /// In its library, program or build script, and then in its tests as well.
    pub(super) may: &'static [&'static str],
    /// In tests, examples and benches only. A crate may always import itself there.
    pub(super) tests: &'static [&'static str],
}

/// All crates, the lowest first: an arrow points upwards in this list.
pub(super) const ROWS: &[Row] = &[
    Row { name: "procedure", may: &[], tests: &[] },
    Row { name: "event-store", may: &[], tests: &[] },
    Row { name: "event-store-sqlite", may: &["event-store"], tests: &[] },
    Row { name: "event-store-kurrentdb", may: &["event-store"], tests: &[] },
    Row { name: "codec", may: &["procedure"], tests: &[] },
    Row { name: "key-store", may: &["codec"], tests: &[] },
    Row { name: "evidence-store", may: &["procedure", "codec"], tests: &[] },
    Row {
        name: "engine",
        may: &["procedure", "codec", "event-store"],
        tests: &["event-store-sqlite", "key-store"],
    },
    Row {
        name: "projections",
        may: &["procedure", "codec", "event-store"],
        tests: &["engine", "event-store-sqlite", "key-store"],
    },
    Row {
        name: "clerk",
        // The event store for the lease: which server's clerk works is settled there.
        may: &["procedure", "codec", "event-store", "engine", "projections"],
        tests: &["event-store-sqlite", "event-store-kurrentdb"],
    },
    Row {
        name: "web",
        may: &["procedure", "codec", "engine", "projections"],
        tests: &["event-store", "event-store-sqlite", "key-store"],
    },
    Row {
        name: "pages",
        may: &["procedure", "codec", "engine", "projections", "web"],
        tests: &["event-store"],
    },
    Row {
        name: "cli",
        may: &[
            "procedure",
            "event-store",
            "event-store-sqlite",
            "event-store-kurrentdb",
            "codec",
            "key-store",
            "evidence-store",
            "engine",
            "projections",
            "clerk",
            "web",
            "pages",
        ],
        tests: &[],
    },
    // As tools: to generate schemas from.
    Row { name: "xtask", may: &["procedure", "codec", "web"], tests: &[] },
    // Drives the finished program from outside, as a user does; on a cluster that is a fake.
    Row { name: "acceptance", may: &[], tests: &["event-store-kurrentdb"] },
];

/// Pure crates and the only libraries they may use outside their tests.
pub(super) const PURE: &[(&str, &[&str])] =
    &[("procedure", &["jiff", "schemars", "serde", "thiserror", "uuid"])];

/// A library that only some crates may use.
pub(super) struct Home {
    pub(super) library: &'static str,
    pub(super) crates: &'static [&'static str],
    /// Crates whose tests, examples and benches may use it too.
    pub(super) tests_of: &'static [&'static str],
}

/// Libraries that mark a border. Those not listed are free, except in pure crates.
pub(super) const HOMES: &[Home] = &[
    // Errors that nobody can match on belong to programs.
    Home { library: "anyhow", crates: &["cli", "xtask", "acceptance"], tests_of: &[] },
    // SQL.
    Home {
        library: "rusqlite",
        crates: &["event-store-sqlite", "key-store", "projections"],
        tests_of: &["cli", "acceptance"],
    },
    // The cluster's client and its protocol.
    Home { library: "kurrentdb", crates: &["event-store-kurrentdb"], tests_of: &[] },
    Home { library: "tonic", crates: &["event-store-kurrentdb"], tests_of: &[] },
    // HTTP.
    Home { library: "axum", crates: &["web", "pages", "cli"], tests_of: &[] },
    Home { library: "tower-http", crates: &["web", "pages", "cli"], tests_of: &[] },
    Home { library: "utoipa", crates: &["web", "cli"], tests_of: &[] },
    Home { library: "utoipa-axum", crates: &["web", "cli"], tests_of: &[] },
    Home { library: "askama", crates: &["pages"], tests_of: &[] },
    // The command line.
    Home { library: "clap", crates: &["cli"], tests_of: &[] },
    Home { library: "indicatif", crates: &["cli"], tests_of: &[] },
    // Asynchronous work: no format and no rule waits for anything.
    Home {
        library: "tokio",
        crates: &[
            "event-store",
            "event-store-sqlite",
            "event-store-kurrentdb",
            "key-store",
            "engine",
            "projections",
            "clerk",
            "web",
            "pages",
            "cli",
        ],
        tests_of: &["acceptance"],
    },
    Home { library: "cargo_metadata", crates: &["xtask"], tests_of: &[] },
];
