//! What may be asked about an officer, and what has to be known to decide.

use alloc::string::String;

use uuid::Uuid;

use crate::date::{Date, Period};
use crate::name::{OfficerId, Role, SubjectId, UnitCode};
use crate::officer::event::Relation;
use crate::text::{Digest, Sealed};

/// What may be asked.
#[derive(Clone, Debug)]
pub enum Command {
    /// Make him known.
    Enrol {
        /// What the local list calls him.
        code: String,
        /// His name.
        name: Sealed,
        /// The unit whose administrator keeps his record.
        unit: UnitCode,
        /// Made up for demonstration.
        sample: bool,
    },
    /// Give him a role over a territory for a term.
    Appoint {
        /// The role.
        role: Role,
        /// The territory.
        unit: UnitCode,
        /// The term of office.
        term: Period,
    },
    /// Take the role from him.
    Relieve {
        /// The role.
        role: Role,
        /// The territory.
        unit: UnitCode,
        /// The first day without it.
        from: Date,
    },
    /// Note that a subject is his own.
    DeclareInterest {
        /// The subject.
        subject: SubjectId,
        /// How it is his own.
        relation: Relation,
    },
    /// Let him do for a time what another officer does.
    Delegate {
        /// Who passes his power on.
        delegator: OfficerId,
        /// The role.
        role: Role,
        /// The territory.
        unit: UnitCode,
        /// The days of absence; they have an end.
        term: Period,
    },
    /// Take that back before its end.
    EndDelegation {
        /// Who passed his power on.
        delegator: OfficerId,
        /// The role.
        role: Role,
        /// The territory.
        unit: UnitCode,
        /// The first day without it.
        from: Date,
    },
    /// Let a secret speak for him.
    IssueToken {
        /// SHA-256 of the secret.
        digest: Digest,
        /// What it is for.
        label: String,
        /// Last day.
        until: Date,
    },
    /// Let it speak for him no more.
    RevokeToken {
        /// SHA-256 of the secret.
        digest: Digest,
    },
    /// Let him sign in with a password from now on, and with no other; his sessions end.
    SetPassword {
        /// What a password is compared with, sealed with his own key.
        verifier: Sealed,
    },
    /// Let a session of his count no more.
    EndSession {
        /// The session.
        session: Uuid,
    },
    /// Let none of his sessions count any more.
    EndSessions,
}

impl Command {
    /// Its stable name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Enrol { .. } => "enrol_officer",
            Self::Appoint { .. } => "appoint",
            Self::Relieve { .. } => "relieve",
            Self::DeclareInterest { .. } => "declare_interest",
            Self::Delegate { .. } => "delegate",
            Self::EndDelegation { .. } => "end_delegation",
            Self::IssueToken { .. } => "issue_token",
            Self::RevokeToken { .. } => "revoke_token",
            Self::SetPassword { .. } => "set_password",
            Self::EndSession { .. } => "end_session",
            Self::EndSessions => "end_sessions",
        }
    }

    /// The unit that the command names, whose path the context must bring.
    #[must_use]
    pub fn unit(&self) -> Option<&UnitCode> {
        match self {
            Self::Enrol { unit, .. }
            | Self::Appoint { unit, .. }
            | Self::Relieve { unit, .. }
            | Self::Delegate { unit, .. }
            | Self::EndDelegation { unit, .. } => Some(unit),
            Self::DeclareInterest { .. }
            | Self::IssueToken { .. }
            | Self::RevokeToken { .. }
            | Self::SetPassword { .. }
            | Self::EndSession { .. }
            | Self::EndSessions => None,
        }
    }

    /// The officer whose power the command passes on or takes back, whose state the context must
    /// bring.
    #[must_use]
    pub fn delegator(&self) -> Option<OfficerId> {
        match self {
            Self::Delegate { delegator, .. } | Self::EndDelegation { delegator, .. } => {
                Some(*delegator)
            }
            _ => None,
        }
    }
}
