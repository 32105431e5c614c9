//! The documents that a newcomer meets first say what is there: the crate map of the README equals
//! the workspace, and the change log has a place for the next change.

use std::collections::BTreeMap;

use super::Finding;
use super::arrows::Member;
use crate::tree::Tree;

const README: &str = "README.md";
const CHANGES: &str = "CHANGELOG.md";

/// Checks both documents.
pub(super) fn check(tree: &Tree, members: &[Member]) -> Vec<Finding> {
    let mut findings = crate_map(tree.text(README).unwrap_or_default(), members);
    findings.extend(changes(tree.text(CHANGES)));
    findings
}

/// The rows of the first table whose first heading is `crate`: name in backticks, and line.
/// A member outside `crates/` may be named by its folder, as in `tests/`.
fn rows(readme: &str) -> Option<BTreeMap<&str, usize>> {
    let mut lines = readme.lines().enumerate();
    lines.by_ref().find(|(_, line)| heading(line).eq_ignore_ascii_case("crate"))?;
    let mut rows = BTreeMap::new();
    for (number, line) in lines.take_while(|(_, line)| line.trim_start().starts_with('|')) {
        let name = line.split('`').nth(1);
        if let Some(name) = name.filter(|_| line.trim_start().starts_with("| `")) {
            rows.insert(name, number + 1);
        }
    }
    Some(rows)
}

/// The first cell of a table's row; empty outside tables.
fn heading(line: &str) -> &str {
    let cells = line.trim().strip_prefix('|').unwrap_or_default();
    cells.split('|').next().unwrap_or_default().trim()
}

fn crate_map(readme: &str, members: &[Member]) -> Vec<Finding> {
    const RULE: &str = "crate-map";
    let Some(rows) = rows(readme) else {
        let remedy =
            "no table whose first heading is `Crate`; list the members, rows \"| `name` |\"";
        return vec![Finding::new(README, 1, RULE, remedy)];
    };
    let named = |member: &Member, row: &str| {
        row == member.name || row.strip_suffix('/') == Some(member.folder.as_str())
    };
    let mut findings = Vec::new();
    for member in members {
        if !rows.keys().any(|row| named(member, row)) {
            let line = rows.values().min().copied().unwrap_or(1);
            let remedy =
                format!("`{}` is a member and not in the crate map; add a row", member.name);
            findings.push(Finding::new(README, line, RULE, remedy));
        }
    }
    for (row, line) in &rows {
        if !members.iter().any(|member| named(member, row)) {
            let remedy = format!("`{row}` is in the crate map and no member; remove the row");
            findings.push(Finding::new(README, *line, RULE, remedy));
        }
    }
    findings
}

fn changes(text: Option<&str>) -> Option<Finding> {
    let heading = |line: &str| {
        let title = line.strip_prefix("## ").map(|title| title.trim_start_matches(['[', 'v']));
        title.is_some_and(|title| {
            title.starts_with("Unreleased") || title.starts_with(|c: char| c.is_ascii_digit())
        })
    };
    let remedy = match text {
        None => "missing; write one, and say in it what changes for a user",
        Some(text) if !text.lines().any(heading) => {
            "no heading `## Unreleased` or of a version; add it"
        }
        Some(_) => return None,
    };
    Some(Finding::new(CHANGES, 1, "changelog", remedy))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members() -> Vec<Member> {
        [("cli", "crates/cli"), ("acceptance", "tests")]
            .map(|(name, folder)| Member {
                name: name.into(),
                folder: folder.into(),
                dependencies: vec![],
            })
            .into()
    }

    const GOOD: &str = "# x\n\n| `option` | y |\n\n| Crate | what |\n|---|---|\n\
                        | `cli` | the `program` |\n| `tests/` | drives it |\n\n| `other` | z |\n";

    #[test]
    fn a_map_that_equals_the_workspace_passes() {
        assert_eq!(crate_map(GOOD, &members()), []);
    }

    #[test]
    fn a_missing_crate_a_stale_row_and_a_missing_map_are_found() {
        let text = GOOD.replace("`tests/`", "`gone`");
        let found: Vec<String> =
            crate_map(&text, &members()).iter().map(ToString::to_string).collect();
        assert_eq!(
            found,
            [
                "README.md:7: crate-map: `acceptance` is a member and not in the crate map; add a row",
                "README.md:8: crate-map: `gone` is in the crate map and no member; remove the row",
            ]
        );
        assert_eq!(crate_map("# x\n", &members()).len(), 1);
        assert_eq!(crate_map("The crate is `cli`\ncrate\n", &members()).len(), 1);
    }

    #[test]
    fn a_change_log_needs_a_heading_for_changes() {
        for good in ["# C\n\n## Unreleased\n", "## 0.1.0 (2026-11-01)\n", "## [v1.0.0]\n"] {
            assert_eq!(changes(Some(good)), None, "{good}");
        }
        for bad in [Some("# Changes\n\nUnreleased\n"), Some("## News\n"), None] {
            assert!(changes(bad).is_some(), "{bad:?}");
        }
    }
}
