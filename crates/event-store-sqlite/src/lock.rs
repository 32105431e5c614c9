//! Who may write: a lock of the operating system on a file, and in the file who holds it. The
//! system releases the lock when the holder ends, however it ends; the file stays and means nothing
//! by itself.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Sole possession of a folder or a file, until dropped.
#[derive(Debug)]
pub struct DataLock {
    _file: File,
}

/// Why a lock was not given. The text is one sentence.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Held {
    /// Another process, or another part of this one, has it.
    #[error("{what} is held by process {pid} on {host}, which runs \"{purpose}\" since {since}")]
    By {
        /// What was to be locked.
        what: String,
        /// Process id of the holder.
        pid: String,
        /// Name of the holder's machine.
        host: String,
        /// What the holder said it was doing.
        purpose: String,
        /// When the holder got it, in UTC.
        since: String,
    },
    /// Another process has it and has not said who it is.
    #[error("{what} is held by another process")]
    Unknown {
        /// What was to be locked.
        what: String,
    },
    /// The lock file cannot be used.
    #[error("{what} cannot be locked by the file {}: {source}", path.display())]
    Unusable {
        /// What was to be locked.
        what: String,
        /// The lock file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl DataLock {
    /// Takes the data folder `dir` by its file `lock`. `purpose` is told to those who come later;
    /// the command line, for instance.
    ///
    /// # Errors
    /// [`Held`] if somebody has it or the file cannot be used.
    pub fn acquire(dir: &Path, purpose: &str) -> Result<Self, Held> {
        Self::take(&dir.join("lock"), format!("the data folder {}", dir.display()), purpose)
    }

    /// Takes the right to write to the store in `file`, by the file of that name with `.writer`.
    pub(crate) fn for_writer(file: &Path, purpose: &str) -> Result<Self, Held> {
        let mut path = file.as_os_str().to_owned();
        path.push(".writer");
        Self::take(Path::new(&path), format!("the event store {}", file.display()), purpose)
    }

    fn take(path: &Path, what: String, purpose: &str) -> Result<Self, Held> {
        let mut file = match open(path) {
            Ok(file) => file,
            Err(source) => return Err(Held::Unusable { what, path: path.to_owned(), source }),
        };
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(holder(&mut file, what)),
            Err(TryLockError::Error(source)) => {
                return Err(Held::Unusable { what, path: path.to_owned(), source });
            }
        }
        // The lock counts, not the text: on a full disk later comers learn less, that is all.
        if let Err(error) = sign(&mut file, purpose) {
            tracing::warn!(%error, "cannot write into {}", path.display());
        }
        Ok(Self { _file: file })
    }
}

fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

fn sign(file: &mut File, purpose: &str) -> io::Result<()> {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let since = i64::try_from(seconds).ok().and_then(|s| jiff::Timestamp::from_second(s).ok());
    let since = since.map_or_else(|| format!("{seconds} s after 1970"), |at| at.to_string());
    let purpose = purpose.replace(['\n', '\r'], " ");
    let text = format!("{}\n{}\n{since}\n{purpose}\n", std::process::id(), host());
    file.set_len(0)?;
    file.write_all(text.as_bytes())
}

fn holder(file: &mut File, what: String) -> Held {
    let mut text = String::new();
    // A holder that is just signing leaves the text short; then nobody is named.
    let _read = file.read_to_string(&mut text);
    let lines: Vec<&str> = text.lines().collect();
    let [pid, host, since, purpose] = lines[..] else { return Held::Unknown { what } };
    Held::By {
        what,
        pid: pid.to_owned(),
        host: host.to_owned(),
        purpose: purpose.to_owned(),
        since: since.to_owned(),
    }
}

fn host() -> String {
    std::fs::read_to_string("/proc/sys/kernel/hostname")
        .ok()
        .or_else(|| std::env::var("HOSTNAME").ok())
        .or_else(|| std::env::var("COMPUTERNAME").ok())
        .map(|name| name.trim().to_owned())
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| "this machine".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_learns_who_is_first_and_gets_it_afterwards() {
        let dir = tempfile::tempdir().unwrap();
        let first = DataLock::acquire(dir.path(), "hieuhoc serve\n--port 1").unwrap();
        let text = DataLock::acquire(dir.path(), "hieuhoc import").unwrap_err().to_string();
        let pid = format!("process {} on ", std::process::id());
        for part in [&pid, "\"hieuhoc serve --port 1\" since 20", &dir.path().display().to_string()]
        {
            assert!(text.contains(part), "{text}");
        }
        assert!(!text.contains('\n'), "{text}");
        drop(first);
        let second = DataLock::acquire(dir.path(), "hieuhoc import").unwrap();
        let text = DataLock::acquire(dir.path(), "x").unwrap_err().to_string();
        assert!(text.contains("\"hieuhoc import\""), "the old text must be gone: {text}");
        drop(second);
    }

    #[test]
    fn a_folder_that_does_not_exist_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let missing = dir.path().join("missing");
        let error = DataLock::acquire(&missing, "x").unwrap_err();
        assert!(matches!(error, Held::Unusable { .. }), "{error}");
    }
}
