//! `cargo xtask tidy`: the house rules that a program can check, each in a module of its own.
//!
//! Rules look at text and at `cargo metadata`; nothing is compiled, so they hold also where the
//! workspace does not build. Taste is absent: rustfmt and clippy have their own steps.

mod arrows;
mod closure;
mod documents;
mod links;
mod machine;
mod source;

use std::fmt;

use anyhow::Result;

use crate::tree::{self, Tree};

/// One broken rule at one place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Finding {
    path: String,
    /// Counted from 1.
    line: usize,
    /// The rule's short name.
    rule: &'static str,
    /// What to do about it.
    remedy: String,
}

impl Finding {
    fn new(path: &str, line: usize, rule: &'static str, remedy: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, rule, remedy: remedy.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}: {}", self.path, self.line, self.rule, self.remedy)
    }
}

/// Checks all rules and prints what breaks them; true where nothing does.
///
/// # Errors
/// git or cargo cannot be asked.
pub(crate) fn run() -> Result<bool> {
    let root = tree::root()?;
    let tree = Tree::read(&root)?;
    let members = arrows::members(&root)?;

    let mut findings = arrows::check(&members);
    findings.extend(closure::check(&root)?);
    findings.extend(documents::check(&tree, &members));
    findings.extend(links::check(&tree));
    findings.extend(machine::check(&tree));
    findings.extend(source::check(&tree));
    findings.sort();

    for warning in source::long_files(&tree) {
        println!("warning: {warning}");
    }
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => println!("tidy: {} files and {} crates, nothing found", tree.len(), members.len()),
        count => println!("tidy: {count} found"),
    }
    Ok(findings.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_one_line_that_an_editor_can_jump_to() {
        let finding = Finding::new("a/b.rs", 3, "rule", "do this");
        assert_eq!(finding.to_string(), "a/b.rs:3: rule: do this");
    }
}
