//! Evidence files (tệp minh chứng): checked by their bytes, sealed with the key of the subject, kept
//! under their digest.
//!
//! What a file is, its first bytes say, never its name or what a browser says of it: those are the
//! sender's to choose. Deliberately absent: looking inside (pictures are not drawn, documents not read),
//! where files lie, and which claim names which; that stands in the case.

use std::sync::Arc;

use codec::digest::digest;
use codec::{EvidenceStore, Keyring};
use procedure::case::{self, may_prepare};
use procedure::{CaseId, Digest, SubjectId, refusals};
use uuid::Uuid;

use crate::engine::{Engine, stream};
use crate::error::EngineError;
use crate::personal::key_of;
use crate::request::{Principal, Request};

/// A file is not longer than this, in bytes.
pub const EVIDENCE_MAX: usize = 10 * 1024 * 1024;

refusals! {
    /// Why a file is not taken in, or cannot be had.
    EvidenceRefusal {
        /// No byte in it.
        Empty = "evidence.empty", Input;
        /// Longer than [`EVIDENCE_MAX`].
        TooLarge { maximum: usize } = "evidence.too_large", Input;
        /// Neither a picture nor a document of a kind that is taken.
        BadKind = "evidence.bad_kind", Input;
        /// This server keeps no files.
        NotKept = "evidence.not_kept", State;
        /// What is kept is not what was handed in.
        Damaged { digest: Digest } = "evidence.damaged", State;
        /// No such file; for who asks for one.
        Unknown { digest: Digest } = "evidence.unknown", Absent;
    }
}

impl std::fmt::Display for EvidenceRefusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        use procedure::Refusal;
        write!(f, "{}: {}", self.code(), self.message(procedure::Language::English))
    }
}

impl std::error::Error for EvidenceRefusal {}

/// A kind of file that is taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A JPEG picture.
    Jpeg,
    /// A PNG picture.
    Png,
    /// A WebP picture.
    Webp,
    /// A PDF document.
    Pdf,
}

impl FileKind {
    /// What the first bytes say that it is.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Self::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Self::Png),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Webp),
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            _ => None,
        }
    }

    /// Its stable name.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Jpeg => "jpeg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Pdf => "pdf",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Pdf => "application/pdf",
        }
    }

    /// What the name of such a file ends with.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Pdf => "pdf",
        }
    }
}

/// A file that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// SHA-256 of its bytes: what a claim names it by.
    pub digest: Digest,
    /// What it is.
    pub kind: FileKind,
    /// How many bytes it has.
    pub size: u64,
}

/// A file, opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceFile {
    /// What it is.
    pub kind: FileKind,
    /// All of it.
    pub bytes: Vec<u8>,
}

impl Engine {
    /// The subject for whom somebody may hand in files about a case, if he may: while the case goes
    /// on, whoever has office over its place or has the subject for his own.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn may_attach(
        &self,
        principal: &Principal,
        id: CaseId,
    ) -> Result<SubjectId, EngineError> {
        let unknown = || EngineError::Refused(case::Refusal::Unknown.into());
        let state = self.cases.state(&stream::<case::State>(&id)?).await?;
        let subject = state.registered.as_ref().ok_or_else(unknown)?.subject;
        let asked = Request::new(principal.clone(), Uuid::nil());
        let gathered = self.gather(&asked, &state).await?;
        may_prepare(&state, &gathered.context())?;
        Ok(subject)
    }

    /// Checks, seals and keeps a file for a subject. Whoever hands it in must have been found to do
    /// so by [`Self::may_attach`].
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn keep_evidence(
        &self,
        subject: SubjectId,
        bytes: Vec<u8>,
    ) -> Result<Kept, EngineError> {
        let kind = check(&bytes)?;
        let store = self.evidence_store()?;
        let (keyring, entropy) = (self.keyring.clone(), self.entropy.clone());
        blocking(move || {
            let key = key_of(&*keyring, &*entropy, subject.0)?;
            let corrupt = |error: &dyn std::fmt::Display| EngineError::Corrupt(error.to_string());
            let digest = digest(&bytes).map_err(|error| corrupt(&error))?;
            let sealed = key.seal_bytes(subject.0, &bytes, entropy.bytes());
            store.keep(subject.0, &digest, &sealed.map_err(|error| corrupt(&error))?)?;
            Ok(Kept { digest, kind, size: bytes.len() as u64 })
        })
        .await
    }

    /// A file of a subject; `None` if there is none, or if the key of the subject has been destroyed.
    /// Whoever asks must have been found to see a case of the subject.
    ///
    /// # Errors
    /// [`EngineError`]; [`EvidenceRefusal::Damaged`] if it is not what was handed in.
    pub async fn evidence(
        &self,
        subject: SubjectId,
        digest: &Digest,
    ) -> Result<Option<EvidenceFile>, EngineError> {
        let store = self.evidence_store()?;
        let (keyring, digest) = (self.keyring.clone(), digest.clone());
        blocking(move || open(&*store, &*keyring, subject, digest)).await
    }

    fn evidence_store(&self) -> Result<Arc<dyn EvidenceStore>, EvidenceRefusal> {
        self.evidence.clone().ok_or(EvidenceRefusal::NotKept)
    }
}

fn check(bytes: &[u8]) -> Result<FileKind, EvidenceRefusal> {
    match bytes.len() {
        0 => Err(EvidenceRefusal::Empty),
        size if size > EVIDENCE_MAX => Err(EvidenceRefusal::TooLarge { maximum: EVIDENCE_MAX }),

        _ => FileKind::of(bytes).ok_or(EvidenceRefusal::BadKind),
    }
}

fn open(
    store: &dyn EvidenceStore,
    keyring: &dyn Keyring,
    subject: SubjectId,
    wanted: Digest,
) -> Result<Option<EvidenceFile>, EngineError> {
    let Some(key) = keyring.get(subject.0)? else { return Ok(None) };
    let Some(sealed) = store.get(subject.0, &wanted)? else { return Ok(None) };
    let bytes = key.open_bytes(subject.0, &sealed).ok();
    let bytes = bytes.filter(|bytes| digest(bytes).as_ref() == Ok(&wanted));
    let file =
        bytes.and_then(|bytes| FileKind::of(&bytes).map(|kind| EvidenceFile { kind, bytes }));
    if file.is_none() {
        tracing::error!(%subject, digest = %wanted, "an evidence file is damaged");
        return Err(EvidenceRefusal::Damaged { digest: wanted }.into());
    }
    Ok(file)
}

/// Runs what waits for disks and ciphers on a thread for that.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, EngineError> + Send + 'static,
) -> Result<T, EngineError> {
    let done = tokio::task::spawn_blocking(work).await;
    let failed = |error: tokio::task::JoinError| EngineError::Unavailable {
        maybe_done: false,
        detail: error.to_string(),
    };
    done.map_err(failed)?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        let table: [(&[u8], Option<FileKind>); 10] = [
            (b"\xff\xd8\xff\xe0\0\x10JFIF", Some(FileKind::Jpeg)),
            (b"\x89PNG\r\n\x1a\n", Some(FileKind::Png)),
            (b"RIFF\x24\0\0\0WEBPVP8 ", Some(FileKind::Webp)),
            (b"%PDF-1.7\n", Some(FileKind::Pdf)),
            (b"\xff\xd8", None),
            (b"RIFF\x24\0\0\0WAVEfmt ", None),
            (b" %PDF-1.7", None),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\">", None),
            (b"<html>%PDF-1.7", None),
            (b"MZ", None),
        ];
        for (bytes, kind) in table {
            assert_eq!(FileKind::of(bytes), kind, "{}", bytes.escape_ascii());
        }
    }

    #[test]
    fn a_file_has_a_size_and_a_kind_that_are_taken() {
        let pdf = |size: usize| [b"%PDF-".as_slice(), &vec![b' '; size - 5]].concat();
        assert_eq!(check(&pdf(EVIDENCE_MAX)), Ok(FileKind::Pdf));
        let maximum = EVIDENCE_MAX;
        assert_eq!(check(&pdf(maximum + 1)), Err(EvidenceRefusal::TooLarge { maximum }));
        assert_eq!(check(b""), Err(EvidenceRefusal::Empty));
        assert_eq!(check(b"GIF89a"), Err(EvidenceRefusal::BadKind));
    }

    #[test]
    fn every_page_in_the_folder_belongs_to_a_code_and_is_complete() {
        let sources = EvidenceRefusal::PAGES.iter().chain(crate::TextError::PAGES);
        let sources = sources.chain(crate::PasswordError::PAGES);
        let mut codes: Vec<String> = Vec::new();
        for source in sources {
            let page = procedure::refusal::Page::parse(source);
            assert!(page.is_complete(), "{}", page.code);
            codes.push(format!("{}.md", page.code));
        }
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("pages");
        let files = std::fs::read_dir(folder).unwrap();
        let mut files: Vec<_> =
            files.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        codes.sort();
        files.sort();
        assert_eq!(files, codes);
    }
}
