//! The repository's files as the rules see them: what git tracks, and what it would track.
//!
//! Ignored files do not count: a link to one is broken in every other clone.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail, ensure};

/// One file, its path relative to the root with forward slashes.
pub(crate) struct File {
    pub(crate) path: String,
    /// `None` where the bytes are not UTF-8, such as pictures.
    pub(crate) text: Option<String>,
}

/// All files of the repository, in the order of their paths.
pub(crate) struct Tree {
    files: Vec<File>,
    paths: BTreeSet<String>,
}

impl Tree {
    /// Reads every file that git tracks or would track below `root`.
    ///
    /// # Errors
    /// git is missing, `root` is no git work tree, or a file cannot be read.
    pub(crate) fn read(root: &Path) -> Result<Self> {
        let output = Command::new("git")
            .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
            .current_dir(root)
            .output()
            .context("git could not be started; on Debian: apt-get install git")?;
        ensure!(
            output.status.success(),
            "git ls-files failed: {}",
            String::from_utf8_lossy(&output.stderr).trim()
        );
        let names = String::from_utf8(output.stdout).context("a file's name is not UTF-8")?;
        let mut files = Vec::new();
        for path in names.split('\0').filter(|name| !name.is_empty()) {
            let full = root.join(path);
            // Deleted and not yet committed; or a link to a folder.
            if !full.is_file() {
                continue;
            }
            let bytes = std::fs::read(&full).with_context(|| format!("cannot read {path}"))?;
            files.push(File { path: path.to_owned(), text: String::from_utf8(bytes).ok() });
        }
        Ok(Self::new(files))
    }

    fn new(mut files: Vec<File>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.dedup_by(|a, b| a.path == b.path);
        let mut paths = BTreeSet::new();
        for file in &files {
            let mut path = file.path.as_str();
            paths.insert(path.to_owned());
            while let Some((folder, _)) = path.rsplit_once('/') {
                paths.insert(folder.to_owned());
                path = folder;
            }
        }
        Self { files, paths }
    }

    /// Files that are text: path and content.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().filter_map(|file| Some((file.path.as_str(), file.text.as_deref()?)))
    }

    /// The text of one file.
    pub(crate) fn text(&self, path: &str) -> Option<&str> {
        self.texts().find_map(|(name, text)| (name == path).then_some(text))
    }

    /// Whether a file or a folder lies at `path`; the root is the empty path.
    pub(crate) fn has(&self, path: &str) -> bool {
        path.is_empty() || self.paths.contains(path)
    }

    /// How many files there are, text or not.
    pub(crate) fn len(&self) -> usize {
        self.files.len()
    }
}

/// The workspace's root, wherever in it the command was started.
///
/// # Errors
/// Started by hand outside a workspace.
pub(crate) fn root() -> Result<PathBuf> {
    let start = match std::env::var_os("CARGO_MANIFEST_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => std::env::current_dir()?,
    };
    for folder in start.ancestors() {
        let manifest = folder.join("Cargo.toml");
        if std::fs::read_to_string(manifest).is_ok_and(|text| text.contains("[workspace]")) {
            return Ok(folder.to_owned());
        }
    }
    bail!("no workspace above {}; run `cargo xtask` inside the repository", start.display())
}

/// The cargo that started this program, so that a pinned toolchain stays pinned.
pub(crate) fn cargo() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

#[cfg(test)]
impl Tree {
    /// A made-up repository: paths and texts.
    pub(crate) fn fake(files: &[(&str, &str)]) -> Self {
        let file = |(path, text): &(&str, &str)| File {
            path: (*path).to_owned(),
            text: Some((*text).to_owned()),
        };
        Self::new(files.iter().map(file).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn git(folder: &Path, arguments: &[&str]) {
        let output = Command::new("git").args(arguments).current_dir(folder).output().unwrap();
        assert!(output.status.success(), "git {arguments:?}");
    }

    #[test]
    fn ignored_and_deleted_files_do_not_count() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        git(root, &["init", "--quiet"]);
        std::fs::create_dir_all(root.join("a/b")).unwrap();
        for (path, bytes) in [
            (".gitignore", b"/ignored\n".as_slice()),
            ("ignored", b"x"),
            ("a/b/text", b"hello"),
            ("picture", b"\xff\xfe"),
            ("gone", b"x"),
        ] {
            std::fs::write(root.join(path), bytes).unwrap();
        }
        git(root, &["add", "gone", "a"]);
        std::fs::remove_file(root.join("gone")).unwrap();

        let tree = Tree::read(root).unwrap();

        assert_eq!(tree.len(), 3);
        assert_eq!(tree.text("a/b/text"), Some("hello"));
        assert_eq!(tree.text("picture"), None);
        for (path, there) in
            [("a/b", true), ("", true), ("picture", true), ("ignored", false), ("gone", false)]
        {
            assert_eq!(tree.has(path), there, "{path:?}");
        }
    }
}
