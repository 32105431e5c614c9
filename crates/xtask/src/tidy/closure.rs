//! What the pure crates pull in through others: a feature of a library, turned on by a slip, can bring
//! a clock, randomness or an executor without any manifest naming it.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use super::Finding;
use crate::tree;

/// A crate and the libraries that must not be linked with it, at whatever distance.
const BANS: &[(&str, &[&str])] = &[
    ("procedure", &["axum", "getrandom", "libsqlite3-sys", "mio", "rand", "rusqlite", "tokio"]),
    ("codec", &["axum", "libsqlite3-sys", "mio", "rusqlite", "tokio"]),
    ("event-store", &["axum", "libsqlite3-sys", "rusqlite", "serde_json"]),
];

/// Asks cargo what each crate links by itself, without the features that others turn on for it.
///
/// # Errors
/// cargo refuses, for example because the lock file is damaged.
pub(super) fn check(root: &Path) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    for (name, banned) in BANS {
        let output = Command::new(tree::cargo())
            .args(["tree", "--package", name, "--edges", "normal", "--prefix", "none"])
            .args(["--format", "{p}"])
            .current_dir(root)
            .output()
            .context("cargo tree cannot be started")?;
        ensure!(
            output.status.success(),
            "cargo tree --package {name} failed: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
        findings.extend(find(name, banned, &String::from_utf8_lossy(&output.stdout)));
    }
    Ok(findings)
}

/// `tree` has a package a line: name, version, and where it is from.
fn find(name: &str, banned: &[&str], tree: &str) -> Vec<Finding> {
    let mut linked: Vec<&str> =
        tree.lines().filter_map(|line| line.split_whitespace().next()).collect();
    linked.sort_unstable();
    linked.dedup();
    let remedy = |library: &&str| {
        let ask = format!("cargo tree -p {name} -e normal -i {library}");
        format!("`{name}` links `{library}`; find out through which feature: {ask}")
    };
    banned
        .iter()
        .filter(|library| linked.contains(library))
        .map(|library| {
            Finding::new(&format!("crates/{name}/Cargo.toml"), 1, "closure", remedy(library))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_linked_and_banned_is_found() {
        let tree = "procedure v0.1.0 (/somewhere)\nuuid v1.29.0\ngetrandom v0.4.1 (*)\n\nrand_core v1.0.0\n";
        let findings = find("procedure", &["getrandom", "rand", "tokio"], tree);
        assert_eq!(findings.len(), 1);
        assert!(findings[0].to_string().contains("`procedure` links `getrandom`"), "{findings:?}");
        assert!(find("procedure", &["tokio"], tree).is_empty());
    }
}
