//! Nothing of the machine on which a file was written stays in it: no absolute path of a work place,
//! no registry but the public one in the lock file.

use super::Finding;
use crate::tree::Tree;

/// Beginnings of paths that exist on one machine only. Written apart, so as not to find themselves.
const PLACES: &[&str] = &[concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/Us", "ers/")];

/// The only place that the lock file may name.
const REGISTRY: &str = "source = \"registry+https://github.com/rust-lang/crates.io-index\"";

/// Searches all text files.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, text) in tree.texts() {
        for (number, line) in text.lines().enumerate() {
            if let Some(place) = PLACES.iter().find(|place| contains(line, place)) {
                let remedy =
                    format!("names {place}, a place of one machine; write a relative path");
                findings.push(Finding::new(path, number + 1, "machine", remedy));
            }
            if path == "Cargo.lock" && line.starts_with("source = ") && line != REGISTRY {
                let remedy =
                    "a package from elsewhere than the public registry; others cannot fetch it";
                findings.push(Finding::new(path, number + 1, "machine", remedy));
            }
        }
    }
    findings
}

/// Whether an absolute path begins with `place`: `/x/` counts, `a/x/`, `./x/` and `//host/x/` do not.
fn contains(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || "._-/}$)~".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_places_are_found_and_others_pass() {
        let bad = ["see /PLACE/x", "\"/PLACE/x\"", "(/PLACE/)", "/PLACE/y"];
        let good = ["a/PLACE/x", "./PLACE/x", "https://example.org/PLACE/", "$HOME/PLACE/x"];
        for place in PLACES {
            let name = place.trim_matches('/');
            for line in bad {
                let line = format!("first\n{}", line.replace("PLACE", name));
                let findings = check(&Tree::fake(&[("docs/a.md", &line)]));
                assert_eq!(findings.len(), 1, "{line}");
                assert_eq!(findings[0].line, 2);
            }
            for line in good {
                let line = line.replace("PLACE", name);
                assert_eq!(check(&Tree::fake(&[("docs/a.md", &line)])), [], "{line}");
            }
        }
    }

    #[test]
    fn the_lock_file_names_the_public_registry_only() {
        let good = format!("[[package]]\n{REGISTRY}\n");
        assert_eq!(check(&Tree::fake(&[("Cargo.lock", &good)])), []);
        let bad = "[[package]]\nsource = \"git+https://example.org/x#1\"\n";
        assert_eq!(check(&Tree::fake(&[("Cargo.lock", bad)])).len(), 1);
    }
}
