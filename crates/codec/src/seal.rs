//! Sealed personal data: XChaCha20-Poly1305 under the key of the person or body concerned.
//!
//! Form: `v1.` and base64url without padding of nonce (24 bytes) and ciphertext with tag. The
//! owner's id is authenticated with it, so that a sealed text cannot be moved to somebody else.
//! The nonce is random, so that equal names look different and a guess cannot be checked.
//!
//! Files are sealed with the same keys in a form of their own: one byte 1, the nonce, ciphertext with
//! tag. They authenticate another context than texts do, so that neither passes for the other.
//! Deliberately absent: where keys and files are kept, and randomness.

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
/// First byte of a sealed file.
const FILE_FORM: u8 = 1;
const FILE_CONTEXT: &[u8] = b"hieuhoc/file/v1";

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
        let sealed = self.encrypt(text.as_bytes(), nonce, &associated(CONTEXT, owner))?;
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
        let text = self.decrypt(sealed, *nonce, &associated(CONTEXT, owner))?;
        String::from_utf8(text).map_err(|_| OpenError::Form)
    }

    /// Seals a file of `owner`. The nonce must be random and never used before with this key.
    ///
    /// # Errors
    /// [`SealError`] past 256 GB.
    pub fn seal_bytes(
        &self,
        owner: Uuid,
        bytes: &[u8],
        nonce: [u8; NONCE],
    ) -> Result<Vec<u8>, SealError> {
        let sealed = self.encrypt(bytes, nonce, &associated(FILE_CONTEXT, owner))?;
        Ok([&[FILE_FORM], nonce.as_slice(), &sealed].concat())
    }

    /// Opens a sealed file of `owner`.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open_bytes(&self, owner: Uuid, sealed: &[u8]) -> Result<Vec<u8>, OpenError> {
        let (form, body) = sealed.split_first().ok_or(OpenError::Form)?;
        let (nonce, body) = body.split_first_chunk::<NONCE>().ok_or(OpenError::Form)?;
        if *form != FILE_FORM {
            return Err(OpenError::Form);
        }
        self.decrypt(body, *nonce, &associated(FILE_CONTEXT, owner))
    }

    /// A keyed digest of what was asked: 16 hexadecimal digits of HMAC-SHA-256.
    #[must_use]
    pub fn fingerprint(&self, request: &[u8]) -> String {
        hex(self.derived(b"hieuhoc/fingerprint/v1", request).get(..8).unwrap_or_default())
    }

    /// The key with which sessions of an officer are signed, when this is his. It is destroyed
    /// with it.
    #[must_use]
    pub fn session_key(&self) -> [u8; 32] {
        self.derived(b"hieuhoc/session/v1", &[])
    }

    /// The salt of a password that an officer is given by a command, when this is his key: another
    /// one for each command, and the same one when the command is repeated.
    #[must_use]
    pub fn password_salt(&self, command: Uuid) -> [u8; 16] {
        let mut salt = [0; 16];
        salt.copy_from_slice(&self.derived(b"hieuhoc/password-salt/v1", command.as_bytes())[..16]);
        salt
    }

    /// HMAC-SHA-256 of a context and data.
    fn derived(&self, context: &[u8], data: &[u8]) -> [u8; 32] {
        // HMAC fills a short key up with zeros to the block of its hash, which has 64 bytes.
        let mut block = [0; 64];
        block[..32].copy_from_slice(&self.0);
        let mut mac = <Hmac<Sha256> as KeyInit>::new(&block.into());
        mac.update(context);
        mac.update(data);
        mac.finalize().into_bytes().into()
    }

    fn encrypt(&self, msg: &[u8], nonce: [u8; NONCE], aad: &[u8]) -> Result<Vec<u8>, SealError> {
        self.cipher().encrypt(&XNonce::from(nonce), Payload { msg, aad }).map_err(|_| SealError)
    }

    fn decrypt(&self, msg: &[u8], nonce: [u8; NONCE], aad: &[u8]) -> Result<Vec<u8>, OpenError> {
        let opened = self.cipher().decrypt(&XNonce::from(nonce), Payload { msg, aad });
        opened.map_err(|_| OpenError::Key)
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

fn associated(context: &[u8], owner: Uuid) -> Vec<u8> {
    [context, owner.as_bytes()].concat()
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
    fn a_file_opens_with_the_key_and_the_owner_alone_and_unchanged() {
        let (plain, nonce) = (b"\xff\xd8\xff\xe0 an image".as_slice(), [1; 24]);
        let sealed = key().seal_bytes(OWNER, plain, nonce).unwrap();
        assert_eq!(key().open_bytes(OWNER, &sealed).unwrap(), plain);
        assert_eq!(Key::new([8; 32]).open_bytes(OWNER, &sealed), Err(OpenError::Key));
        assert_eq!(key().open_bytes(Uuid::from_u128(9), &sealed), Err(OpenError::Key));
        for place in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[place] ^= 1;
            assert!(key().open_bytes(OWNER, &changed).is_err(), "at {place}");
            assert!(key().open_bytes(OWNER, &sealed[..place]).is_err(), "cut at {place}");
        }
    }

    #[test]
    fn a_text_and_a_file_do_not_pass_for_each_other() {
        let text = key().seal(OWNER, "An", [1; 24]).unwrap();
        let body = URL_SAFE_NO_PAD.decode(&text.as_str()[PREFIX.len()..]).unwrap();
        let as_file = [&[FILE_FORM], body.as_slice()].concat();
        assert_eq!(key().open_bytes(OWNER, &as_file), Err(OpenError::Key));
        let file = key().seal_bytes(OWNER, b"An", [1; 24]).unwrap();
        let as_text = Sealed::new(format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(&file[1..])));
        assert_eq!(key().open(OWNER, &as_text), Err(OpenError::Key));
    }

    #[test]
    fn golden_form() {
        // Worked out by a second implementation, from RFC 8439 and the draft of XChaCha20.
        let sealed = key().seal(OWNER, "An", [1; 24]).unwrap();
        let pinned = "v1.AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB8Br6h2KgTNBTUiWjBYDSngjX";
        assert_eq!(sealed.as_str(), pinned, "sealed texts of old would not open any more");
        let pinned = concat!(
            "01010101010101010101010101010101010101010101010101",
            "f01af3c15b148031a419d61a9ac85af5952a"
        );
        let sealed = key().seal_bytes(OWNER, b"An", [1; 24]).unwrap();
        assert_eq!(hex(&sealed), pinned, "evidence files of old would not open any more");
        assert_eq!(key().fingerprint(b"request"), "d44e88723184053c");
    }

    #[test]
    fn what_is_derived_from_a_key_stays_the_same() {
        // Worked out by a second implementation, from RFC 2104.
        let session = "b4b349b9af838cc0bf7dfb5fdd0b764ef84e2ff9b38667b1815a284cc6a1cf6f";
        assert_eq!(hex(&key().session_key()), session, "nobody would be signed in any more");
        let salt = "874aae7a2a0478a3e88ce81135a371d2";
        assert_eq!(hex(&key().password_salt(OWNER)), salt, "a repeat would not be recognised");
        assert_ne!(key().password_salt(OWNER), key().password_salt(Uuid::from_u128(9)));
    }
}
