//! Evidence files, sealed, by digest, in a folder of their own.
//!
//! A file lies at `<owner>/<SHA-256 of the plain bytes>`, both of them values that cannot name any other
//! place. It is written under `part/` first, flushed, and renamed, so that under its digest there is
//! never half a file; what a kill leaves under `part/` is thrown away when the folder is opened. The
//! folder is readable by its owner alone, and has to be backed up with the event store and the keys.
//!
//! Deliberately absent: keys and ciphers (what comes in is sealed), kinds of files, and two processes at
//! once; whoever opens it to write has the data folder.

use std::fs::{self, File};
use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use codec::{EvidenceError, EvidenceStore};
use procedure::Digest;
use uuid::Uuid;

/// Where files are written before they have their name; no owner is called so.
const PART: &str = "part";

/// The folder cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{folder}: {source}")]
pub struct OpenError {
    /// The folder.
    pub folder: String,
    /// Why.
    pub source: io::Error,
}

/// Sealed files in a folder.
pub struct EvidenceFolder {
    folder: PathBuf,
    /// Number of the next file to be written.
    next: AtomicU64,
}

impl EvidenceFolder {
    /// Opens the folder to write, or makes it, readable by its owner alone.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(folder: &Path) -> Result<Self, OpenError> {
        let failed = |source| OpenError { folder: folder.display().to_string(), source };
        let store = Self::open_read_only(folder);
        store.prepare().map_err(failed)?;
        Ok(store)
    }

    /// The folder as another process has it, to read. Where there is none, nothing is found.
    #[must_use]
    pub fn open_read_only(folder: &Path) -> Self {
        // Servers that share a folder must not meet at the same number.
        let first = RandomState::new().build_hasher().finish() >> 1;
        Self { folder: folder.to_owned(), next: AtomicU64::new(first) }
    }

    fn prepare(&self) -> io::Result<()> {
        make_folder(&self.folder)?;
        match fs::remove_dir_all(self.folder.join(PART)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        make_folder(&self.folder.join(PART))
    }

    fn place(&self, owner: Uuid) -> PathBuf {
        self.folder.join(owner.hyphenated().to_string())
    }

    fn write(&self, owner: Uuid, digest: &Digest, sealed: &[u8]) -> io::Result<()> {
        let place = self.place(owner);
        make_folder(&place)?;
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        let part = self.folder.join(PART).join(number.to_string());
        let written = write_new(&part, sealed).and_then(|()| {
            fs::rename(&part, place.join(digest.as_str()))?;
            flush_names(&place)
        });
        if written.is_err() {
            // A full disk is not to be filled with halves; what cannot be removed goes at the next start.
            let _ = fs::remove_file(&part);
        }
        written
    }
}

impl EvidenceStore for EvidenceFolder {
    fn keep(&self, owner: Uuid, digest: &Digest, sealed: &[u8]) -> Result<(), EvidenceError> {
        self.write(owner, digest, sealed).map_err(|error| unavailable(owner, digest, &error))
    }

    fn get(&self, owner: Uuid, digest: &Digest) -> Result<Option<Vec<u8>>, EvidenceError> {
        match fs::read(self.place(owner).join(digest.as_str())) {
            Ok(sealed) => Ok(Some(sealed)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(unavailable(owner, digest, &error)),
        }
    }
}

fn unavailable(owner: Uuid, digest: &Digest, error: &io::Error) -> EvidenceError {
    EvidenceError(format!("{owner}/{digest}: {error}"))
}

/// Writes a file that was not there, readable by its owner alone, and flushes it to disk.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes a folder that only its owner may enter, unless it is there, and flushes its name to disk.
fn make_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => {}
        made => made?,
    }
    // Also where it is there already: whoever made it may have been killed before this.
    match path.parent() {
        Some(above) if !above.as_os_str().is_empty() => flush_names(above),
        _ => Ok(()),
    }
}

/// Flushes the names in a folder to disk, where folders can be opened for that.
fn flush_names(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWNER: Uuid = Uuid::from_u128(7);

    fn digest(digit: &str) -> Digest {
        digit.repeat(64).try_into().unwrap()
    }

    /// A folder that is not there yet, within one that is.
    fn fresh() -> (tempfile::TempDir, PathBuf) {
        let above = tempfile::tempdir().unwrap();
        let folder = above.path().join("evidence");
        (above, folder)
    }

    #[test]
    fn a_file_stays_across_a_restart_for_its_owner_under_its_digest() {
        let (_above, folder) = fresh();
        let store = EvidenceFolder::open(&folder).unwrap();
        store.keep(OWNER, &digest("a"), b"sealed").unwrap();
        drop(store);
        let again = EvidenceFolder::open(&folder).unwrap();
        assert_eq!(again.get(OWNER, &digest("a")).unwrap().as_deref(), Some(&b"sealed"[..]));
        assert_eq!(again.get(OWNER, &digest("b")).unwrap(), None);
        assert_eq!(again.get(Uuid::from_u128(8), &digest("a")).unwrap(), None);
        let path = folder.join(OWNER.to_string()).join("a".repeat(64));
        assert_eq!(fs::read(path).unwrap(), b"sealed");
    }

    #[test]
    fn keeping_it_again_mends_what_is_there() {
        let (_above, folder) = fresh();
        let store = EvidenceFolder::open(&folder).unwrap();
        store.keep(OWNER, &digest("a"), b"sealed").unwrap();
        let path = folder.join(OWNER.to_string()).join("a".repeat(64));
        fs::write(&path, b"half").unwrap();
        store.keep(OWNER, &digest("a"), b"sealed anew").unwrap();
        assert_eq!(store.get(OWNER, &digest("a")).unwrap().as_deref(), Some(&b"sealed anew"[..]));
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }

    #[test]
    fn what_a_kill_left_half_written_is_never_read_and_goes_at_the_next_start() {
        let (_above, folder) = fresh();
        drop(EvidenceFolder::open(&folder).unwrap());
        // As a process leaves it that was killed between writing and renaming.
        let part = folder.join(PART).join("0");
        fs::write(&part, b"hal").unwrap();
        let store = EvidenceFolder::open(&folder).unwrap();
        assert!(!part.exists());
        store.keep(OWNER, &digest("a"), b"sealed").unwrap();
        assert_eq!(fs::read_dir(folder.join(PART)).unwrap().count(), 0);
        assert_eq!(fs::read_dir(folder.join(OWNER.to_string())).unwrap().count(), 1);
    }

    #[test]
    fn what_cannot_be_kept_leaves_nothing_under_its_digest() {
        let (_above, folder) = fresh();
        let store = EvidenceFolder::open(&folder).unwrap();
        // A folder in its place cannot be replaced by a file.
        let path = folder.join(OWNER.to_string()).join("a".repeat(64));
        fs::create_dir_all(&path).unwrap();
        let error = store.keep(OWNER, &digest("a"), b"sealed").unwrap_err();
        assert!(error.to_string().contains(&"a".repeat(64)), "{error}");
        assert_eq!(fs::read_dir(folder.join(PART)).unwrap().count(), 0);
        assert!(store.get(OWNER, &digest("a")).is_err());
    }

    #[test]
    fn a_folder_whose_place_is_taken_is_not_opened() {
        let (_above, folder) = fresh();
        fs::write(&folder, b"a file").unwrap();
        let error = EvidenceFolder::open(&folder).err().unwrap();
        assert!(error.to_string().contains("evidence"), "{error}");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_may_look_in() {
        use std::os::unix::fs::PermissionsExt;
        let (_above, folder) = fresh();
        let store = EvidenceFolder::open(&folder).unwrap();
        store.keep(OWNER, &digest("a"), b"sealed").unwrap();
        let of_owner = folder.join(OWNER.to_string());
        for path in [&folder, &folder.join(PART), &of_owner, &of_owner.join("a".repeat(64))] {
            let mode = fs::metadata(path).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{}", path.display());
        }
    }
}
