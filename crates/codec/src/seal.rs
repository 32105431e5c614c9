//! Sealed personal data: XChaCha20-Poly1305 under the key of the person or body concerned.
//!
//! Form: `v1.` and base64url without padding of nonce (24 bytes) and ciphertext with tag. The
//! owner's id is authenticated with it, so that a sealed text cannot be moved to somebody else.
//! The nonce is random, so that equal names look different and a guess cannot be checked.
//! Deliberately absent: where keys are kept, and randomness.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac as _};
use procedure::Sealed;
use sha2::Sha256;
use uuid::Uuid;

use crate::digest::hex;

const PREFIX: &str = "v1.";
const NONCE: usize = 24;
const CONTEXT: &[u8] = b"hieuhoc/seal/v1";

/// A key of 256 random bits that makes one owner's personal data readable.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Key([u8; 32]);

/// Why sealed text cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// It is not in the form of this module.
    #[error("not a sealed text of a known form")]
    Form,
    /// Another key, another owner, or changed bytes.
    #[error("the sealed text does not open with this key")]
    Key,
}

/// The text could not be sealed: it is longer than the cipher takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text is too long to seal")]
pub struct SealError;

impl Key {
    /// A key of these bytes, which must be random.
    #[must_use]
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The bytes, for the file that keeps them.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Seals a text of `owner`. The nonce must be random and never used before with this key.
    ///
    /// # Errors
    /// [`SealError`] past 256 GB.
    pub fn seal(&self, owner: Uuid, text: &str, nonce: [u8; NONCE]) -> Result<Sealed, SealError> {
        let aad = associated(owner);
        let payload = Payload { msg: text.as_bytes(), aad: &aad };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload).map_err(|_| SealError)?;
        let bytes = [nonce.as_slice(), &sealed].concat();
        Ok(Sealed::new(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))))
    }

    /// Opens a sealed text of `owner`.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(&self, owner: Uuid, sealed: &Sealed) -> Result<String, OpenError> {
        let body = sealed.as_str().strip_prefix(PREFIX).ok_or(OpenError::Form)?;
        let bytes = URL_SAFE_NO_PAD.decode(body).map_err(|_| OpenError::Form)?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE>().ok_or(OpenError::Form)?;
        let aad = associated(owner);
        let payload = Payload { msg: sealed, aad: &aad };
        let text = self.cipher().decrypt(&XNonce::from(*nonce), payload);
        String::from_utf8(text.map_err(|_| OpenError::Key)?).map_err(|_| OpenError::Form)
    }

    /// A keyed digest of what was asked: 16 hexadecimal digits of HMAC-SHA-256.
    #[must_use]
    pub fn fingerprint(&self, request: &[u8]) -> String {
        // HMAC takes a key of any length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return String::new() };
        mac.update(b"hieuhoc/fingerprint/v1");
        mac.update(request);
        hex(mac.finalize().into_bytes().get(..8).unwrap_or_default())
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.0.into())
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

fn associated(owner: Uuid) -> Vec<u8> {
    [CONTEXT, owner.as_bytes()].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWNER: Uuid = Uuid::from_u128(0x1234);

    fn key() -> Key {
        Key::new([7; 32])
    }

    #[test]
    fn what_is_sealed_opens_with_the_key_and_the_owner_alone() {
        let sealed = key().seal(OWNER, "Nguyễn Thị Hồng Đậu", [1; 24]).unwrap();
        assert!(!sealed.as_str().contains("Nguy"));
        assert_eq!(key().open(OWNER, &sealed).unwrap(), "Nguyễn Thị Hồng Đậu");
        assert_eq!(Key::new([8; 32]).open(OWNER, &sealed), Err(OpenError::Key));
        assert_eq!(key().open(Uuid::from_u128(9), &sealed), Err(OpenError::Key));
    }

    #[test]
    fn every_changed_character_is_noticed() {
        let sealed = key().seal(OWNER, "An", [1; 24]).unwrap();
        for place in 0..sealed.as_str().len() {
            let mut bytes = sealed.as_str().as_bytes().to_vec();
            bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
            let changed = Sealed::new(String::from_utf8(bytes).unwrap());
            assert!(key().open(OWNER, &changed).is_err(), "at {place}");
        }
        assert_eq!(key().open(OWNER, &Sealed::new("v1.AAAA".into())), Err(OpenError::Form));
    }

    #[test]
    fn golden_form() {
        // Worked out by a second implementation, from RFC 8439 and the draft of XChaCha20.
        let sealed = key().seal(OWNER, "An", [1; 24]).unwrap();
        let pinned = "v1.AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB8Br6h2KgTNBTUiWjBYDSngjX";
        assert_eq!(sealed.as_str(), pinned, "sealed texts of old would not open any more");
        assert_eq!(key().fingerprint(b"request"), "d44e88723184053c");
    }
}
