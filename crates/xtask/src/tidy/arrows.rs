//! Which crate may depend on which, and where heavy libraries are at home.
//!
//! The tables are the architecture (`docs/architecture.md` explains it); the check compares them
//! with what the manifests declare, in both directions: a crate without a row is a finding, and so
//! is a row without a crate. What libraries pull in themselves is `closure`'s business.

mod table;

use std::path::Path;

use anyhow::{Context as _, Result};
use cargo_metadata::{DependencyKind, MetadataCommand};

use super::Finding;
use table::{HOMES, PURE, ROWS, Row};

/// A member of the workspace with what its manifest declares.
pub(super) struct Member {
    pub(super) name: String,
    /// Folder relative to the root, such as `crates/cli`.
    pub(super) folder: String,
    pub(super) dependencies: Vec<Dependency>,
}

/// One line of a manifest's dependency tables.
pub(super) struct Dependency {
    pub(super) name: String,
    /// Only tests, examples and benches use it.
    pub(super) development: bool,
    /// A member of this workspace.
    pub(super) ours: bool,
}

/// Asks cargo for the members, in the order of their names.
///
/// # Errors
/// A manifest does not parse.
pub(super) fn members(root: &Path) -> Result<Vec<Member>> {
    let metadata = MetadataCommand::new()
        .cargo_path(crate::tree::cargo())
        .current_dir(root)
        .no_deps()
        .exec()
        .context("cargo metadata failed")?;
    let mut members = Vec::new();
    for package in &metadata.packages {
        let manifest = package.manifest_path.strip_prefix(&metadata.workspace_root)?;
        let dependencies = package.dependencies.iter().map(|dependency| Dependency {
            name: dependency.name.clone(),
            development: dependency.kind == DependencyKind::Development,
            ours: dependency.path.is_some(),
        });
        members.push(Member {
            name: package.name.to_string(),
            folder: manifest.parent().map(|folder| folder.to_string()).unwrap_or_default(),
            dependencies: dependencies.collect(),
        });
    }
    members.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(members)
}

/// Compares the members with the tables.
pub(super) fn check(members: &[Member]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for member in members {
        match ROWS.iter().find(|row| row.name == member.name) {
            Some(row) => findings.extend(check_member(member, row)),
            None => findings.push(finding(
                member,
                format!(
                    "`{}` has no row in the table of xtask's tidy/arrows; add one",
                    member.name
                ),
            )),
        }
    }
    for row in ROWS.iter().filter(|row| members.iter().all(|member| member.name != row.name)) {
        findings.push(Finding::new(
            "Cargo.toml",
            1,
            "arrows",
            format!(
                "`{}` is in the table of xtask's tidy/arrows and no member; remove its row",
                row.name
            ),
        ));
    }
    findings
}

fn check_member(member: &Member, row: &Row) -> Vec<Finding> {
    let mut findings = Vec::new();
    for dependency in &member.dependencies {
        let name = dependency.name.as_str();
        let refused = if dependency.ours {
            let for_tests =
                dependency.development && (row.tests.contains(&name) || name == row.name);
            (!row.may.contains(&name) && !for_tests).then(|| {
                format!("`{}` may not depend on `{name}`; move the code or the border", row.name)
            })
        } else {
            refused_library(row.name, dependency)
        };
        findings.extend(refused.map(|remedy| finding(member, remedy)));
    }
    findings
}

fn refused_library(member: &str, dependency: &Dependency) -> Option<String> {
    let name = dependency.name.as_str();
    let pure = PURE.iter().find(|(pure, _)| *pure == member);
    if let Some((_, allowed)) = pure
        && !dependency.development
        && !allowed.contains(&name)
    {
        return Some(format!("`{member}` may use {} only, not `{name}`", allowed.join(", ")));
    }
    let home = HOMES.iter().find(|home| home.library == name)?;
    let at_home = home.crates.contains(&member)
        || (dependency.development && home.tests_of.contains(&member));
    (!at_home).then(|| {
        format!("`{name}` is at home in {} only, not in `{member}`", home.crates.join(", "))
    })
}

fn finding(member: &Member, remedy: String) -> Finding {
    Finding::new(&format!("{}/Cargo.toml", member.folder), 1, "arrows", remedy)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(name: &str) -> Dependency {
        Dependency { name: name.to_owned(), development: false, ours: true }
    }

    fn library(name: &str) -> Dependency {
        Dependency { name: name.to_owned(), development: false, ours: false }
    }

    fn for_tests(dependency: Dependency) -> Dependency {
        Dependency { development: true, ..dependency }
    }

    fn found(name: &str, dependencies: Vec<Dependency>) -> Vec<String> {
        let row = ROWS.iter().find(|row| row.name == name).unwrap();
        let member =
            Member { name: name.to_owned(), folder: format!("crates/{name}"), dependencies };
        check_member(&member, row).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn allowed_arrows_pass() {
        assert!(found("codec", vec![ours("procedure"), library("serde")]).is_empty());
        assert!(found("event-store", vec![for_tests(ours("event-store"))]).is_empty());
        assert!(found("cli", vec![library("anyhow"), ours("web")]).is_empty());
    }

    #[test]
    fn an_arrow_against_the_order_is_found() {
        assert_eq!(
            found("procedure", vec![ours("codec")]),
            ["crates/procedure/Cargo.toml:1: arrows: `procedure` may not depend on `codec`; \
              move the code or the border"]
        );
        assert_eq!(found("web", vec![ours("event-store-sqlite")]).len(), 1);
        // A crate may meet itself in its own tests only.
        assert_eq!(found("event-store", vec![ours("event-store")]).len(), 1);
    }

    #[test]
    fn a_pure_crate_takes_listed_libraries_only() {
        assert!(found("procedure", vec![library("jiff"), library("uuid")]).is_empty());
        assert!(found("procedure", vec![for_tests(library("proptest"))]).is_empty());
        for name in ["tokio", "rand", "axum", "rusqlite", "getrandom", "left-pad"] {
            assert_eq!(found("procedure", vec![library(name)]).len(), 1, "{name}");
        }
    }

    #[test]
    fn heavy_libraries_stay_at_home() {
        assert!(found("event-store-sqlite", vec![library("rusqlite")]).is_empty());
        assert_eq!(
            found("engine", vec![library("rusqlite")]),
            ["crates/engine/Cargo.toml:1: arrows: `rusqlite` is at home in event-store-sqlite, \
              key-store, projections only, not in `engine`"]
        );
        assert_eq!(found("codec", vec![library("anyhow")]).len(), 1);
        assert_eq!(found("engine", vec![library("axum")]).len(), 1);
        // The bench of the program measures against bare SQLite.
        assert!(found("cli", vec![for_tests(library("rusqlite"))]).is_empty());
        assert_eq!(found("cli", vec![library("rusqlite")]).len(), 1);
    }

    #[test]
    fn crates_and_rows_must_match() {
        let stranger =
            Member { name: "utils".into(), folder: "crates/utils".into(), dependencies: vec![] };
        let findings = check(&[stranger]);
        assert_eq!(findings.len(), 1 + ROWS.len());
        assert!(findings[0].remedy.contains("`utils` has no row"));
        assert!(findings[1].remedy.contains("and no member"));
    }

    #[test]
    fn rows_name_crates_that_have_rows() {
        let known = |name: &&str| ROWS.iter().any(|row| row.name == *name);
        for row in ROWS {
            assert!(row.may.iter().chain(row.tests).all(known), "{}", row.name);
        }
        for home in HOMES {
            assert!(home.crates.iter().chain(home.tests_of).all(known), "{}", home.library);
        }
    }
}
