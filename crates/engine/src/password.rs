//! Passwords of officers: set, compared, and what sessions need to know.
//!
//! Kept is an argon2id string, sealed with the officer's own key: whoever has the log alone cannot
//! even begin to guess. Nor does a quick digest of a password stand in any event: the fingerprint
//! of the command is made from that string, whose salt follows from the command, so that a
//! repetition is recognised all the same.
//! Deliberately absent: sessions themselves, and how often somebody may try; both are `web`'s and
//! the pages'.

use std::sync::Arc;

use argon2::password_hash::{Error as HashError, PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use procedure::officer::{Command, Refusal, State};
use procedure::{OfficerId, Sealed};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization as _;
use uuid::Uuid;

use crate::engine::{Engine, stream};
use crate::error::EngineError;
use crate::personal::Sealer;
use crate::request::{Done, Request};

pub mod rules;

pub use rules::PasswordError;

/// Work for each password: memory in KiB, passes over it, lanes.
const MEMORY: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// How many are worked on at a time; each takes its memory.
const AT_ONCE: usize = 2;
/// Compared with where there is nothing to compare with, so that it takes as long. Salt and hash are
/// random bytes; no password is known that fits.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$xsur3gcq8H/TlqpEHgzAUg$9zCWgTP8+Vuztu6qct1F5AcJTlaQN2gVuqw0/TCF3oY";
/// The characters of a password that the engine makes: none is easily taken for another.
const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
const GROUPS: usize = 4;

/// What signing in and sessions of an officer depend on.
#[derive(Clone, PartialEq, Eq)]
pub struct Access {
    /// Whether he has a password.
    pub has_password: bool,
    /// What a session that begins now has to bear.
    pub epoch: u32,
    /// The key with which his sessions are signed.
    pub session_key: [u8; 32],
    state: Arc<State>,
}

impl Access {
    /// Whether a session that began in `epoch` still counts, its age apart.
    #[must_use]
    pub fn counts(&self, epoch: u32, session: Uuid) -> bool {
        self.state.session_counts(epoch, session)
    }
}

impl std::fmt::Debug for Access {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { has_password, epoch, .. } = self;
        write!(f, "Access {{ has_password: {has_password}, epoch: {epoch}, .. }}")
    }
}

/// Where passwords are worked on: threads that may be busy, and not too many.
pub(crate) struct Workshop(Arc<Semaphore>);

impl Default for Workshop {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Workshop {
    /// Does the work when there is room for it. Whoever asked may leave; the room is free only when
    /// the work is over.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, HashError> + Send + 'static,
    ) -> Result<T, EngineError> {
        let room = Arc::clone(&self.0).acquire_owned().await.map_err(|error| away(&error))?;
        let working = tokio::task::spawn_blocking(move || {
            let result = work();
            drop(room);
            result
        });
        let result = working.await.map_err(|error| away(&error))?;
        result.map_err(|error| EngineError::Corrupt(format!("a password's verifier: {error}")))
    }
}

fn away(error: &dyn std::fmt::Display) -> EngineError {
    EngineError::Unavailable { maybe_done: false, detail: error.to_string() }
}

impl Engine {
    /// Lets an officer sign in with a password from now on, and ends his sessions. The `body` of the
    /// request does not count.
    ///
    /// # Errors
    /// [`EngineError`]; [`EngineError::Password`] if it is too easily guessed.
    pub async fn set_password(
        &self,
        request: &Request,
        id: OfficerId,
        password: &str,
    ) -> Result<Done, EngineError> {
        let password = normal(password);
        let state = self.officers.state(&stream::<State>(&id)?).await?;
        let (Some(known), Some(key)) = (&state.enrolled, self.keyring.get(id.0)?) else {
            return Err(EngineError::Refused(Refusal::Unknown.into()));
        };
        // Nobody keeps the machine busy with the password of another.
        let unset = Command::SetPassword { verifier: Sealed::new(String::new()) };
        self.try_officer(request, id, unset).await?;
        rules::check(&password, &known.code)?;
        let salt = key.password_salt(request.command_id);
        let verifier = self.workshop.run(move || verifier(&password, &salt)).await?;
        let sealed = Sealer::new(id.0, key, self.entropy()).seal("password", &verifier)?;
        let request = Request { body: verifier.into_bytes(), ..request.clone() };
        self.officer(&request, id, Command::SetPassword { verifier: sealed }).await
    }

    /// What signing in and sessions of an officer depend on; `None` if there is no such officer, or
    /// his key has been destroyed.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn access(&self, id: OfficerId) -> Result<Option<Access>, EngineError> {
        let state = self.officers.state(&stream::<State>(&id)?).await?;
        let (Some(_), Some(key)) = (&state.enrolled, self.keyring.get(id.0)?) else {
            return Ok(None);
        };
        let has_password = state.password.as_ref().is_some_and(|sealed| {
            // One that does not open was sealed with a key that has been destroyed since.
            key.open(id.0, sealed).is_ok()
        });
        let (epoch, session_key) = (state.session_epoch, key.session_key());
        Ok(Some(Access { has_password, epoch, session_key, state }))
    }

    /// Whether it is the officer's password. Takes the same work for nobody, and for an officer who
    /// has none, so that the time does not tell who is known.
    ///
    /// # Errors
    /// [`EngineError`].
    pub async fn password_fits(
        &self,
        id: Option<OfficerId>,
        password: &str,
    ) -> Result<bool, EngineError> {
        let password = normal(password);
        let kept = match id {
            Some(id) => self.kept_verifier(id).await?,
            None => None,
        };
        let known = kept.is_some();
        let verifier = kept.unwrap_or_else(|| NOBODYS.to_owned());
        let fits = self.workshop.run(move || fits(&password, &verifier)).await?;
        Ok(known && fits)
    }

    /// A fresh password that people can type: 80 random bits, in groups of four characters.
    #[must_use]
    pub fn new_password(&self) -> String {
        let bytes = self.entropy().bytes::<{ 4 * GROUPS }>();
        let groups = bytes.chunks(4).map(|group| {
            let letter = |byte: &u8| char::from(LETTERS[usize::from(byte % 32)]);
            group.iter().map(letter).collect::<String>()
        });
        groups.collect::<Vec<_>>().join("-")
    }

    async fn kept_verifier(&self, id: OfficerId) -> Result<Option<String>, EngineError> {
        let state = self.officers.state(&stream::<State>(&id)?).await?;
        let Some(sealed) = &state.password else { return Ok(None) };
        let key = self.keyring.get(id.0)?;
        Ok(key.and_then(|key| key.open(id.0, sealed).ok()))
    }
}

/// The password as it is compared: the same letters may be composed in several ways, which differ
/// from keyboard to keyboard.
fn normal(password: &str) -> String {
    password.nfc().collect()
}

fn verifier(password: &str, salt: &[u8]) -> Result<String, HashError> {
    let params = Params::new(MEMORY, PASSES, LANES, None).map_err(|_| HashError::ParamsInvalid)?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    Ok(argon2.hash_password_with_salt(password.as_bytes(), salt)?.to_string())
}

fn fits(password: &str, verifier: &str) -> Result<bool, HashError> {
    match Argon2::default().verify_password(password.as_bytes(), verifier) {
        Ok(()) => Ok(true),
        Err(HashError::PasswordInvalid) => Ok(false),
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The part before the salt, which says what work is to be done.
    fn work(verifier: &str) -> String {
        verifier.split('$').take(4).collect::<Vec<_>>().join("$")
    }

    #[test]
    fn a_password_fits_its_own_verifier_alone() {
        let made = verifier("khoai lang nướng", &[7; 16]).unwrap();
        assert!(fits("khoai lang nướng", &made).unwrap());
        assert!(!fits("khoai lang luộc", &made).unwrap());
        assert_ne!(made, verifier("khoai lang nướng", &[8; 16]).unwrap());
        assert!(fits("khoai lang nướng", "$argon2id$v=19$broken").is_err());
    }

    #[test]
    fn nobody_takes_the_work_of_somebody() {
        let made = verifier("khoai lang nướng", &[7; 16]).unwrap();
        assert_eq!(work(NOBODYS), work(&made));
        assert_eq!(work(&made), "$argon2id$v=19$m=19456,t=2,p=1");
        assert_eq!(NOBODYS.len(), made.len());
        assert!(!fits("khoai lang nướng", NOBODYS).unwrap());
    }

    #[test]
    fn letters_that_are_composed_in_two_ways_are_the_same() {
        assert_eq!(normal("nu\u{31b}\u{301}"), normal("n\u{1ee9}"));
    }

    #[test]
    fn what_the_engine_works_out_is_seen_by_nobody() {
        let state = Arc::default();
        let access = Access { has_password: true, epoch: 3, session_key: [9; 32], state };
        assert_eq!(format!("{access:?}"), "Access { has_password: true, epoch: 3, .. }");
    }
}
