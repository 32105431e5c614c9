//! `cargo xtask screenshots`: a picture of every page of the demonstration, on a laptop and on a
//! phone, for whoever wants to see what a change does to them.
//!
//! The pictures are taken by the acceptance tests, which build the program. Absent: comparing them
//! with earlier ones.

use std::ffi::OsStr;
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context as _, Result};

use crate::{browser, gate, tree};

/// Where they go without `--out`, from the root.
const FOLDER: &str = "target/screenshots";
/// Where the tests look for the folder.
const VARIABLE: &str = "HIEUHOC_SCREENSHOTS";
/// The same selection of crates and features as in the gate, so that nothing is compiled twice.
const TEST: &[&str] = &[
    "test",
    "--workspace",
    "--all-features",
    "--test",
    "acceptance",
    "--",
    "browser::every_page::pictures",
];

/// Takes them; false where a test failed.
///
/// # Errors
/// The tests cannot be started or take no pictures.
pub(crate) fn run(out: Option<&str>) -> Result<bool> {
    let root = tree::root()?;
    let folder = match out {
        Some(out) => std::path::absolute(out)?,
        None => root.join(FOLDER),
    };
    if !browser::ready()? {
        return Ok(false);
    }
    let start = SystemTime::now();
    let mut command = gate::cargo(&root, TEST);
    let status = command.env(VARIABLE, &folder).status().context("cargo could not be started")?;
    if !status.success() {
        return Ok(false);
    }
    let count = pictures_since(&folder, start)?;
    anyhow::ensure!(count > 0, "no test took a picture: `cargo {}`", TEST.join(" "));
    println!("{count} pictures in {}", folder.display());
    Ok(true)
}

/// How many pictures in a folder are from then or later.
fn pictures_since(folder: &Path, start: SystemTime) -> Result<usize> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(0) };
    let mut count = 0;
    for entry in entries {
        let entry = entry?;
        let picture = entry.path().extension() == Some(OsStr::new("png"));
        count += usize::from(picture && entry.metadata()?.modified()? >= start);
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn only_new_pictures_count() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.png", "b.png", "c.txt"] {
            std::fs::write(folder.path().join(name), "x").unwrap();
        }
        let (now, hour) = (SystemTime::now(), Duration::from_secs(3600));
        assert_eq!(pictures_since(folder.path(), now - hour).unwrap(), 2);
        assert_eq!(pictures_since(folder.path(), now + hour).unwrap(), 0);
        assert_eq!(pictures_since(&folder.path().join("none"), now - hour).unwrap(), 0);
    }
}
