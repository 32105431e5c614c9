//! Rust files: a header that says what a module is for, a size that one can read, nothing unfinished.

use super::Finding;
use crate::tree::Tree;

/// Above this a file of a crate is refused.
const LINES_MAX: usize = 600;
/// Above this it is mentioned.
const LINES_WARN: usize = 400;

/// Files that were longer than the limit when it came, with the lines they may have. Lines may only
/// go down, and rows only away.
const RATCHET: &[(&str, usize)] = &[];

/// Words and macros for work that is left. Written apart, so as not to find themselves.
const UNFINISHED: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("to", "do!"),
    concat!("unimple", "mented!"),
];

/// Checks all `.rs` files.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in rust(tree) {
        findings.extend(header(path, text));
        findings.extend(size(path, text));
        findings.extend(folder_module(path));
        for (number, line) in text.lines().enumerate() {
            findings.extend(unfinished(path, number + 1, line));
            findings.extend(ignored(path, number + 1, line));
        }
    }
    findings
}

/// Files that are long and not yet too long, one line of text each.
pub(super) fn long_files(tree: &Tree) -> Vec<String> {
    rust(tree)
        .filter(|(path, _)| in_crate(path))
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| (LINES_WARN + 1..=LINES_MAX).contains(lines))
        .map(|(path, lines)| format!("{path}: {lines} lines; think of splitting it"))
        .collect()
}

fn rust(tree: &Tree) -> impl Iterator<Item = (&str, &str)> {
    tree.texts().filter(|(path, _)| path.ends_with(".rs"))
}

fn in_crate(path: &str) -> bool {
    path.starts_with("crates/") && path.contains("/src/")
}

fn header(path: &str, text: &str) -> Option<Finding> {
    let script = |number, line: &str| number == 0 && line.starts_with("#!/");
    let first = text
        .lines()
        .map(str::trim)
        .enumerate()
        .find(|&(number, line)| !line.is_empty() && !script(number, line));
    let (number, line) = first.unwrap_or_default();
    let said = line.strip_prefix("//!").is_some_and(|words| !words.trim().is_empty());
    (!said).then(|| {
        let remedy = "open with `//!`: what the module is for, and what is deliberately absent";
        Finding::new(path, number + 1, "header", remedy)
    })
}

fn size(path: &str, text: &str) -> Option<Finding> {
    let lines = text.lines().count();
    let most = RATCHET.iter().find(|(name, _)| *name == path).map_or(LINES_MAX, |(_, most)| *most);
    (in_crate(path) && lines > most).then(|| {
        let remedy = format!("{lines} lines, at most {most}; split it by what its parts are for");
        Finding::new(path, most + 1, "size", remedy)
    })
}

fn folder_module(path: &str) -> Option<Finding> {
    let (folder, name) = path.rsplit_once('/')?;
    (name == "mod.rs")
        .then(|| Finding::new(path, 1, "mod", format!("move it to {folder}.rs, beside its folder")))
}

fn unfinished(path: &str, number: usize, line: &str) -> Option<Finding> {
    let word = UNFINISHED.iter().find(|word| whole_word(line, word))?;
    let remedy = format!("`{word}`: finish it, or file an issue and take the mark out");
    Some(Finding::new(path, number, "unfinished", remedy))
}

/// Whether `word` stands in `line` and is no part of a longer name.
fn whole_word(line: &str, word: &str) -> bool {
    let part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    line.match_indices(word).any(|(start, _)| {
        !part(line[..start].chars().next_back()) && !part(line[start + word.len()..].chars().next())
    })
}

fn ignored(path: &str, number: usize, line: &str) -> Option<Finding> {
    line.trim_start().starts_with(concat!("#[ign", "ore]")).then(|| {
        let remedy = "say why: `#[ignore = \"reason\"]`, or make the test fit to run";
        Finding::new(path, number, "ignore", remedy)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str, text: &str) -> Vec<(usize, &'static str)> {
        check(&Tree::fake(&[(path, text)])).iter().map(|f| (f.line, f.rule)).collect()
    }

    #[test]
    fn a_module_opens_with_its_header() {
        for good in ["//! What.\n", "\n\n//! What.\nuse x;\n", "#!/bin/sh\n\n//! What.\n"] {
            assert_eq!(found("crates/a/src/b.rs", good), [], "{good:?}");
        }
        for (bad, line) in [
            ("use x;\n//! Late.\n", 1),
            ("\n// Not a header.\n", 2),
            ("//!\nuse x;\n", 1),
            ("", 1),
            ("/// Of the next item.\nfn f() {}\n", 1),
        ] {
            assert_eq!(found("tests/src/b.rs", bad), [(line, "header")], "{bad:?}");
        }
        assert_eq!(found("docs/a.md", "text"), []);
    }

    #[test]
    fn a_long_file_is_refused_and_a_longish_one_mentioned() {
        let text = |lines: usize| "//! x\n".repeat(lines);
        assert_eq!(found("crates/a/src/b.rs", &text(600)), []);
        assert_eq!(found("crates/a/src/b.rs", &text(601)), [(601, "size")]);
        assert_eq!(found("crates/a/tests/b.rs", &text(601)), []);
        let mentioned =
            |lines| long_files(&Tree::fake(&[("crates/a/src/b.rs", &text(lines))])).len();
        assert_eq!([400, 401, 600, 601].map(mentioned), [0, 1, 1, 0]);
    }

    #[test]
    fn a_module_lies_beside_its_folder() {
        assert_eq!(found("crates/a/src/b/mod.rs", "//! x\n"), [(1, "mod")]);
        assert_eq!(found("crates/a/src/mod_rs.rs", "//! x\n"), []);
    }

    #[test]
    fn nothing_is_left_unfinished() {
        for mark in UNFINISHED {
            let text = format!("//! x\n// {mark} later\n");
            assert_eq!(found("crates/a/src/b.rs", &text), [(2, "unfinished")], "{mark}");
            let text = format!("//! x\nlet MY_{mark}S = 1;\n");
            assert_eq!(found("crates/a/src/b.rs", &text), [], "{mark}");
        }
    }

    #[test]
    fn an_ignored_test_says_why() {
        let bare = concat!("//! x\n    #[ign", "ore]\nfn f() {}\n");
        assert_eq!(found("crates/a/src/b.rs", bare), [(2, "ignore")]);
        let told = "//! x\n#[ignore = \"takes an hour\"]\nfn f() {}\n";
        assert_eq!(found("crates/a/src/b.rs", told), []);
    }
}
