//! SHA-256, as text. Deliberately absent: trees; they are the transparency log's.

use procedure::Digest;
use sha2::{Digest as _, Sha256};

/// Lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        for nibble in [byte >> 4, byte & 0x0f] {
            text.extend(char::from_digit(u32::from(nibble), 16));
        }
        text
    })
}

/// SHA-256 of bytes.
#[must_use]
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// SHA-256 of bytes, as 64 hexadecimal digits.
#[must_use]
pub fn digest_text(bytes: &[u8]) -> String {
    hex(&sha256(bytes))
}

/// SHA-256 of bytes, as a value of the domain.
///
/// # Errors
/// Never in practice: 32 bytes always make 64 hexadecimal digits.
pub fn digest(bytes: &[u8]) -> Result<Digest, procedure::text::InvalidDigest> {
    Digest::try_from(digest_text(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_answer() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(digest_text(b""), empty);
        assert_eq!(digest(b"").unwrap().as_str(), empty);
    }
}
