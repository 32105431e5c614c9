//! The fixed names of the API, for its documentation; the core's own types read and write them.
//! Deliberately absent: meaning.

use utoipa::ToSchema;

macro_rules! names {
    ($($(#[$doc:meta])* $schema:ident { $($variant:ident),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(ToSchema)]
        #[schema(rename_all = "snake_case")]
        #[expect(dead_code, reason = "documents the names; the core's type has the values")]
        pub(crate) enum $schema { $($variant),* }

        #[cfg(test)]
        impl $schema {
            const NAMES: &'static [&'static str] = &[$(stringify!($variant)),*];
        }
    )*};
}

names! {
    /// A title (danh hiệu).
    Title { Family, Clan, Community, Organisation, Citizen }
    /// What a subject is (đối tượng).
    SubjectKind { Household, Clan, Community, Organisation, Citizen }
    /// Where a case stands (trạng thái hồ sơ).
    CaseState {
        Registered, InReview, InMeeting, Posted, AwaitingDecision, Returned, Recognised, Revoked,
        Refused, Withdrawn
    }
    /// What a reviewer finds about a claim (nhận xét).
    Finding { Confirmed, Adjusted, Unsupported }
    /// Whether a posted case waits for an answer (ý kiến, kiến nghị).
    ObjectionKind { Comment, Objection }
    /// Where a decision over many cases stands (trạng thái quyết định).
    DecisionState { Draft, Signed, Discarded, Cancelled }
    /// How a title ended (chấm dứt danh hiệu).
    TitleEnd { Lapsed, Revoked, Annulled }
    /// What a reminder is about (nhắc việc).
    Reminder { SelfAssessment, Renewal }
    /// What a sign of formalism says (dấu hiệu hình thức).
    SignName {
        IdenticalPoints, ReviewInSeconds, EverythingAtMaximum, DecisionsOnDaysOff, OnlyUpward
    }
    /// Whether a day was seen in its source (tình trạng đối chiếu).
    SourceStatus { Verified, Provisional }
    /// How a subject is an officer's own (quan hệ).
    Relation { Household, Clan, Community, Organisation, Person }
    /// What an administrative unit is called in law (loại đơn vị hành chính).
    UnitKind { Nation, Province, City, Commune, Ward, SpecialZone, Hamlet, ResidentialGroup }
    /// How far down an administrative unit stands (cấp).
    UnitLevel { Nation, Province, Commune, Hamlet }
}

#[cfg(test)]
mod tests {
    use std::fmt::Display;

    use procedure::definition::Status;

    use super::*;

    fn snake(name: &str) -> String {
        let mut text = String::new();
        for letter in name.chars() {
            if letter.is_uppercase() && !text.is_empty() {
                text.push('_');
            }
            text.extend(letter.to_lowercase());
        }
        text
    }

    fn same(documented: &[&str], known: impl IntoIterator<Item = impl Display>) {
        let documented: Vec<_> = documented.iter().map(|name| snake(name)).collect();
        let known: Vec<_> = known.into_iter().map(|name| name.to_string()).collect();
        assert_eq!(documented, known);
    }

    #[test]
    fn the_documentation_has_the_names_of_the_core() {
        same(Title::NAMES, procedure::Title::ALL);
        same(SubjectKind::NAMES, procedure::SubjectKind::ALL);
        same(CaseState::NAMES, projections::query::CaseState::ALL);
        same(Finding::NAMES, procedure::case::Finding::ALL);
        same(ObjectionKind::NAMES, procedure::case::ObjectionKind::ALL);
        same(DecisionState::NAMES, crate::api::decisions::list::State::ALL);
        same(TitleEnd::NAMES, ["lapsed", "revoked", "annulled"]);
        let status = [Status::Verified, Status::Provisional]
            .map(|status| serde_json::to_value(status).unwrap().as_str().unwrap().to_owned());
        same(SourceStatus::NAMES, status);
        same(SignName::NAMES, projections::query::signs::SignName::ALL);
        same(Reminder::NAMES, procedure::case::Reminder::ALL);
        same(Relation::NAMES, procedure::officer::Relation::ALL);
        same(UnitKind::NAMES, procedure::territory::UnitKind::ALL);
        same(UnitLevel::NAMES, procedure::territory::UnitLevel::ALL);
    }
}
