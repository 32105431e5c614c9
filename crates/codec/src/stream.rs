//! Names of streams: category, hyphen, identity. Deliberately absent: parsing them back where the
//! event itself says what it is about.

use procedure::{
    Aggregate, CalendarId, CaseId, DecisionId, DraftId, MeetingId, OfficerId, ProcedureId,
    SubjectId, UnitCode,
};
use procedure::{
    calendar, case, decision, draft, edition, meeting, officer, refused_act, subject, territory,
};
use uuid::Uuid;

/// An aggregate's identity, as it stands in the name of its stream.
pub trait StreamId<A: Aggregate> {
    /// The name of the stream.
    fn stream(&self) -> String;
}

macro_rules! streams {
    ($($id:ty => $aggregate:ty),* $(,)?) => {$(
        impl StreamId<$aggregate> for $id {
            fn stream(&self) -> String {
                format!("{}-{self}", <$aggregate>::CATEGORY)
            }
        }
    )*};
}

streams! {
    UnitCode => territory::State,
    CalendarId => calendar::State,
    ProcedureId => edition::State,
    SubjectId => subject::State,
    OfficerId => officer::State,
    CaseId => case::State,
    MeetingId => meeting::State,
    DecisionId => decision::State,
    DraftId => draft::State,
    Uuid => refused_act::State,
}

/// The UUID in a stream's name, for the categories that have one.
#[must_use]
pub fn uuid_of(stream: &str) -> Option<Uuid> {
    let (_, id) = stream.split_once('-')?;
    Uuid::try_parse(id).ok()
}

/// The text after the category in a stream's name.
#[must_use]
pub fn id_of(stream: &str) -> &str {
    stream.split_once('-').map_or("", |(_, id)| id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_category_and_identity() {
        let unit: UnitCode = "05158".parse().unwrap();
        assert_eq!(unit.stream(), "units-05158");
        assert_eq!(CalendarId.stream(), "calendar-VN");
        let case = CaseId(Uuid::from_u128(7));
        assert_eq!(case.stream(), "case-00000000-0000-0000-0000-000000000007");
        assert_eq!(uuid_of(&case.stream()), Some(case.0));
        let procedure: ProcedureId = "family.sample-2026".parse().unwrap();
        assert_eq!(id_of(&procedure.stream()), "family.sample-2026");
    }
}
