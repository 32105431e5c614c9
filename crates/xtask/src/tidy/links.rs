//! Relative links in Markdown lead to something in the repository.
//!
//! Absent: links into the web (no network here) and anchors within a page.

use super::Finding;
use crate::tree::Tree;

/// Follows every relative link of every `.md` file.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.texts().filter(|(path, _)| path.ends_with(".md")) {
        for (line, target) in links(text) {
            let remedy = match resolve(path, target) {
                Some(file) if tree.has(&file) => continue,
                Some(file) => {
                    format!("`{target}` leads to {file}, which git does not know; correct it")
                }
                None => {
                    format!("`{target}` leads out of the repository; a clone has no such place")
                }
            };
            findings.push(Finding::new(path, line, "links", remedy));
        }
    }
    findings
}

/// Relative targets of inline links and of link definitions, with their lines, code left out.
fn links(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut fence = None;
    for (number, line) in text.lines().enumerate() {
        let start = line.trim_start();
        if let Some(mark) = ["```", "~~~"].into_iter().find(|mark| start.starts_with(mark)) {
            match fence {
                None => fence = Some(mark),
                Some(open) if open == mark => fence = None,
                Some(_) => {}
            }
            continue;
        }
        if fence.is_none() {
            found.extend(targets(line).into_iter().map(|target| (number + 1, target)));
        }
    }
    found
}

fn targets(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    // Every second piece between backticks is code; a link's text may be code, its target is not.
    for (index, piece) in line.split('`').enumerate() {
        if index % 2 == 1 {
            continue;
        }
        for (start, _) in piece.match_indices("](") {
            let rest = &piece[start + 2..];
            found.extend(rest.find(')').map(|end| &rest[..end]));
        }
    }
    if let Some(rest) = line.strip_prefix('[')
        && let Some((name, target)) = rest.split_once("]: ")
        && !name.starts_with('^')
    {
        found.push(target);
    }
    found.into_iter().filter_map(relative).collect()
}

/// The path in a link's target; nothing for the web, a mail address or the same page.
fn relative(target: &str) -> Option<&str> {
    let target = target.trim();
    let target = match target.strip_prefix('<') {
        Some(rest) => rest.split('>').next()?,
        None => target.split_whitespace().next()?,
    };
    let path = target.split(['#', '?']).next()?;
    let scheme = path.split('/').next().is_some_and(|first| first.contains(':'));
    (!path.is_empty() && !scheme && !path.starts_with("//")).then_some(path)
}

/// The path from the root; `None` where it leaves the repository.
fn resolve(from: &str, target: &str) -> Option<String> {
    let folder = match from.rsplit_once('/') {
        Some((folder, _)) if !target.starts_with('/') => folder,
        _ => "",
    };
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let tree =
            Tree::fake(&[("docs/a.md", text), ("docs/b.md", ""), ("README.md", "[x](docs)")]);
        check(&tree).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn links_that_resolve_pass() {
        for good in [
            "[b](b.md), [`b`](./b.md#part), [up](../README.md), [folder](../docs/), [root](/README.md)",
            "[web](https://example.org/x.md) [mail](mailto:a@b.c) [here](#part)",
            "[titled](b.md \"title\") [angled](<b.md>)",
            "[ref]: b.md\n[^1]: nothing.md",
            "`[code](nowhere.md)`\n```\n[code](nowhere.md)\n```\n",
        ] {
            assert_eq!(found(good), [""; 0], "{good}");
        }
    }

    #[test]
    fn links_that_lead_nowhere_are_found() {
        assert_eq!(
            found("\n[x](c.md)"),
            ["docs/a.md:2: links: `c.md` leads to docs/c.md, which git does not know; correct it"]
        );
        assert_eq!(
            found("[x](../../shared/d.md)"),
            ["docs/a.md:1: links: `../../shared/d.md` leads out of the repository; \
              a clone has no such place"]
        );
        assert_eq!(found("[`x`](c.md) and [y](d.md)").len(), 2);
        assert_eq!(found("[ref]: c.md").len(), 1);
        assert_eq!(found("```\n```\n[x](c.md)").len(), 1);
    }
}
