//! A session (phiên làm việc): a cookie that says who signed in and when, signed with a key that only
//! the holder of the officer's own key can make.
//!
//! Nothing is stored for it, so any server knows it; what ends it are events on the officer's stream
//! (signing out, a new password). It ends by itself half an hour after the last page, and eight hours
//! after signing in. The cookie is written anew every five minutes.
//! Deliberately absent: what the officer may do.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac as _};
use procedure::OfficerId;
use sha2::Sha256;
use uuid::Uuid;

/// Seconds without a page after which it ends.
pub(crate) const IDLE: u64 = 30 * 60;
/// Seconds after signing in when it ends.
pub(crate) const LIFE: u64 = 8 * 3600;
/// Seconds after which its cookie is written anew.
const FRESH: u64 = 5 * 60;

/// Bytes of a session without its signature.
const BODY: usize = 16 + 16 + 4 + 8 + 8;
const CONTEXT: &[u8] = b"hieuhoc/session/v1";

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Session {
    pub(crate) officer: OfficerId,
    /// The session itself.
    pub(crate) id: Uuid,
    /// The officer's epoch when it began.
    pub(crate) epoch: u32,
    /// When it began, in seconds since 1970.
    pub(crate) begun: u64,
    /// When the cookie was written.
    pub(crate) written: u64,
}

/// A cookie whose signature has not been checked.
pub(crate) struct Claimed {
    session: Session,
    body: [u8; BODY],
    signature: Vec<u8>,
}

impl Session {
    /// A session that begins now.
    pub(crate) fn begin(officer: OfficerId, epoch: u32, now: u64) -> Self {
        Self { officer, id: Uuid::new_v4(), epoch, begun: now, written: now }
    }

    /// The value of its cookie.
    pub(crate) fn sign(&self, key: &[u8; 32]) -> String {
        let body = self.body();
        let signature = mac(key, &body).finalize().into_bytes();
        URL_SAFE_NO_PAD.encode([body.as_slice(), &signature].concat())
    }

    /// Whether it has not ended by itself.
    pub(crate) fn lasts(&self, now: u64) -> bool {
        now < self.written + IDLE && now < self.begun + LIFE
    }

    /// The session with its cookie written now, if it is time for that.
    pub(crate) fn renewed(&self, now: u64) -> Option<Self> {
        (now >= self.written + FRESH).then(|| Self { written: now, ..self.clone() })
    }

    fn body(&self) -> [u8; BODY] {
        let mut body = [0; BODY];
        let parts: [&[u8]; 5] = [
            self.officer.0.as_bytes(),
            self.id.as_bytes(),
            &self.epoch.to_be_bytes(),
            &self.begun.to_be_bytes(),
            &self.written.to_be_bytes(),
        ];
        let bytes = parts.into_iter().flatten();
        body.iter_mut().zip(bytes).for_each(|(place, byte)| *place = *byte);
        body
    }
}

impl Claimed {
    /// What a cookie claims; nothing if it has not the form of one.
    pub(crate) fn read(cookie: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(cookie).ok()?;
        let (body, signature) = bytes.split_first_chunk::<BODY>()?;
        let (officer, rest) = body.split_first_chunk::<16>()?;
        let (id, rest) = rest.split_first_chunk::<16>()?;
        let (epoch, rest) = rest.split_first_chunk::<4>()?;
        let (begun, rest) = rest.split_first_chunk::<8>()?;
        let session = Session {
            officer: OfficerId(Uuid::from_bytes(*officer)),
            id: Uuid::from_bytes(*id),
            epoch: u32::from_be_bytes(*epoch),
            begun: u64::from_be_bytes(*begun),
            written: u64::from_be_bytes(rest.try_into().ok()?),
        };
        Some(Self { session, body: *body, signature: signature.to_vec() })
    }

    /// Whom it claims to be.
    pub(crate) fn officer(&self) -> OfficerId {
        self.session.officer
    }

    /// The session, if it was signed with this key and lasts.
    pub(crate) fn verify(self, key: &[u8; 32], now: u64) -> Option<Session> {
        mac(key, &self.body).verify_slice(&self.signature).ok()?;
        self.session.lasts(now).then_some(self.session)
    }
}

fn mac(key: &[u8; 32], body: &[u8]) -> Hmac<Sha256> {
    let mut mac = crate::csrf::keyed(key);
    mac.update(CONTEXT);
    mac.update(body);
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [7; 32];

    fn session() -> Session {
        Session::begin(OfficerId(Uuid::from_u128(1)), 3, 1_000_000)
    }

    fn verified(cookie: &str, now: u64) -> Option<Session> {
        Claimed::read(cookie)?.verify(&KEY, now)
    }

    #[test]
    fn a_session_is_who_signed_in_until_it_ends() {
        let session = session();
        let cookie = session.sign(&KEY);
        assert_eq!(verified(&cookie, 1_000_000), Some(session.clone()));
        assert_eq!(verified(&cookie, 1_000_000 + IDLE - 1), Some(session.clone()));
        assert_eq!(verified(&cookie, 1_000_000 + IDLE), None);
        let mut later = session.clone();
        later.written = session.begun + LIFE - 10;
        assert_eq!(verified(&later.sign(&KEY), session.begun + LIFE - 1), Some(later.clone()));
        assert_eq!(verified(&later.sign(&KEY), session.begun + LIFE), None);
    }

    #[test]
    fn no_changed_character_and_no_other_key_passes() {
        let cookie = session().sign(&KEY);
        assert!(Claimed::read(&cookie).unwrap().verify(&[8; 32], 1_000_000).is_none());
        for place in 0..cookie.len() {
            let mut bytes = cookie.clone().into_bytes();
            bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            assert_eq!(verified(&changed, 1_000_000), None, "at {place}");
        }
        assert!(Claimed::read("").is_none() && Claimed::read("hh_x").is_none());
    }

    #[test]
    fn a_cookie_is_written_anew_only_after_a_while() {
        let session = session();
        assert_eq!(session.renewed(1_000_000 + FRESH - 1), None);
        let renewed = session.renewed(1_000_000 + FRESH).unwrap();
        assert_eq!((renewed.begun, renewed.written), (session.begun, 1_000_000 + FRESH));
        assert_eq!(renewed.id, session.id);
    }
}
