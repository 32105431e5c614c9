//! What generators give, compared with a folder or written to it. Knows nothing of schemas.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};

/// Makes some of the generated files.
pub(super) struct Generator {
    /// For messages.
    pub(super) name: &'static str,
    /// Folders below `schemas/` that hold its files and nothing else, so that what it no longer gives
    /// is found and removed. `schemas/procedures` is written by hand and must not be among them.
    pub(super) owns: &'static [&'static str],
    /// Path below `schemas/`, with forward slashes, and content. The same in every run.
    pub(super) run: fn() -> Vec<(String, String)>,
}

/// The files of all generators.
pub(super) struct Output {
    files: BTreeMap<String, String>,
    owned: Vec<&'static str>,
}

/// How one file on disk differs from what it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    Missing(String),
    /// Path, and the first line that differs, counted from 1.
    Differs(String, usize),
    /// In an owned folder, and given by no generator.
    Extra(String),
}

impl Change {
    /// Path below `schemas/`.
    pub(super) fn path(&self) -> &str {
        match self {
            Self::Missing(path) | Self::Differs(path, _) | Self::Extra(path) => path,
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(path) => write!(f, "{path}:1: schemas: missing"),
            Self::Differs(path, line) => write!(f, "{path}:{line}: schemas: differs from here"),
            Self::Extra(path) => write!(f, "{path}:1: schemas: no longer generated"),
        }
    }
}

impl Output {
    /// Runs the generators.
    ///
    /// # Errors
    /// Two files have one path, or a path leaves the folder.
    pub(super) fn collect(generators: &[Generator]) -> Result<Self> {
        let mut output = Self { files: BTreeMap::new(), owned: Vec::new() };
        for generator in generators {
            output.owned.extend(generator.owns);
            for (path, content) in (generator.run)() {
                let plain = path.split('/').all(|part| !["", ".", ".."].contains(&part));
                ensure!(plain, "{}: {path:?} is no path below schemas/", generator.name);
                let first = output.files.insert(path.clone(), content).is_none();
                ensure!(first, "{}: {path} is generated twice", generator.name);
            }
        }
        Ok(output)
    }

    /// How many files there are.
    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    /// What is not as it should be in `folder`, in the order of paths, extra files last.
    ///
    /// # Errors
    /// A file or folder cannot be read.
    pub(super) fn compare(&self, folder: &Path) -> Result<Vec<Change>> {
        let mut changes = Vec::new();
        for (path, content) in &self.files {
            match fs::read(folder.join(path)) {
                Ok(bytes) if bytes == content.as_bytes() => {}
                Ok(bytes) => {
                    let line = first_difference(&String::from_utf8_lossy(&bytes), content);
                    changes.push(Change::Differs(path.clone(), line));
                }
                Err(error) if error.kind() == ErrorKind::NotFound => {
                    changes.push(Change::Missing(path.clone()));
                }
                Err(error) => return Err(error).with_context(|| format!("cannot read {path}")),
            }
        }
        for owned in &self.owned {
            let found = files(folder, owned)?;
            changes.extend(
                found.into_iter().filter(|path| !self.files.contains_key(path)).map(Change::Extra),
            );
        }
        Ok(changes)
    }

    /// Brings `folder` up to date and tells what was changed. What is right is not touched.
    ///
    /// # Errors
    /// A file cannot be read, written or removed.
    pub(super) fn write(&self, folder: &Path) -> Result<Vec<Change>> {
        let changes = self.compare(folder)?;
        for change in &changes {
            match change {
                Change::Missing(path) | Change::Differs(path, _) => {
                    let full = folder.join(path);
                    if let Some(parent) = full.parent() {
                        fs::create_dir_all(parent)?;
                    }
                    fs::write(&full, &self.files[path])
                        .with_context(|| format!("cannot write {path}"))?;
                }
                Change::Extra(path) => fs::remove_file(folder.join(path))
                    .with_context(|| format!("cannot remove {path}"))?,
            }
        }
        Ok(changes)
    }
}

/// All files below `folder/below`, as paths relative to `folder`, in order. A missing folder is empty.
fn files(folder: &Path, below: &str) -> Result<Vec<String>> {
    let entries = match fs::read_dir(folder.join(below)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error).with_context(|| format!("cannot list {below}")),
    };
    let mut found = Vec::new();
    for entry in entries {
        let entry = entry?;
        let path = format!("{below}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            found.extend(files(folder, &path)?);
        } else {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn first_difference(old: &str, new: &str) -> usize {
    old.lines().zip(new.lines()).take_while(|(old, new)| old == new).count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    const EVENTS: Generator = Generator {
        name: "events",
        owns: &["events"],
        run: || {
            vec![
                ("events/a.1.json".into(), "{\n  \"a\": 1\n}\n".into()),
                ("events/deep/b.1.json".into(), "{}\n".into()),
            ]
        },
    };
    const API: Generator =
        Generator { name: "api", owns: &[], run: || vec![("openapi.json".into(), "{}\n".into())] };

    fn output() -> Output {
        Output::collect(&[EVENTS, API]).unwrap()
    }

    #[test]
    fn writing_brings_a_folder_up_to_date_and_repeats_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();

        let written = output().write(root).unwrap();

        let paths: Vec<&str> = written.iter().map(Change::path).collect();
        assert_eq!(paths, ["events/a.1.json", "events/deep/b.1.json", "openapi.json"]);
        assert_eq!(output().len(), 3);
        assert_eq!(fs::read_to_string(root.join("events/deep/b.1.json")).unwrap(), "{}\n");
        assert_eq!(output().compare(root).unwrap(), []);
        assert_eq!(output().write(root).unwrap(), []);
    }

    #[test]
    fn a_check_names_what_differs_is_missing_or_is_left_over() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        output().write(root).unwrap();
        fs::write(root.join("events/a.1.json"), "{\n  \"a\": 2\n}\n").unwrap();
        fs::remove_file(root.join("openapi.json")).unwrap();
        fs::write(root.join("events/deep/old.json"), "{}\n").unwrap();
        fs::create_dir(root.join("procedures")).unwrap();
        fs::write(root.join("procedures/by-hand.toml"), "").unwrap();

        let changes = output().compare(root).unwrap();

        assert_eq!(
            changes.iter().map(ToString::to_string).collect::<Vec<_>>(),
            [
                "events/a.1.json:2: schemas: differs from here",
                "openapi.json:1: schemas: missing",
                "events/deep/old.json:1: schemas: no longer generated",
            ]
        );
        // A check changes nothing; writing repairs, and leaves alone what nobody generates.
        assert_eq!(output().compare(root).unwrap(), changes);
        assert_eq!(output().write(root).unwrap(), changes);
        assert_eq!(output().compare(root).unwrap(), []);
        assert!(!root.join("events/deep/old.json").exists());
        assert!(root.join("procedures/by-hand.toml").exists());
    }

    #[test]
    fn a_cut_or_lengthened_file_differs() {
        let folder = tempfile::tempdir().unwrap();
        output().write(folder.path()).unwrap();
        for text in ["", "{}", "{}\n\n", "{}\r\n"] {
            fs::write(folder.path().join("openapi.json"), text).unwrap();
            assert_eq!(output().compare(folder.path()).unwrap().len(), 1, "{text:?}");
        }
    }

    #[test]
    fn one_path_has_one_generator_and_stays_below_the_folder() {
        assert!(Output::collect(&[API, API]).is_err());
        for run in [
            (|| vec![("../x".into(), String::new())]) as fn() -> Vec<(String, String)>,
            || vec![("/x".into(), String::new())],
            || vec![(String::new(), String::new())],
        ] {
            assert!(Output::collect(&[Generator { name: "bad", owns: &[], run }]).is_err());
        }
    }
}
