//! Deeds: all that officers did and nothing else, page after page without gap or repetition.

use codec::stream::StreamId;
use engine::kit::{household, officer, unit};
use procedure::{DecisionId, MeetingId, Title, decision, meeting, officer as person, subject};
use projections::query::deeds::{AboutKind, Deed, DeedFilter};
use projections::{ReadError, Reader};
use uuid::Uuid;

use crate::play::{Done, Play, date, outsider};

fn everywhere() -> DeedFilter {
    DeedFilter { territory: vec![unit("VN")], ..DeedFilter::default() }
}

/// All pages, one after the other.
fn all(reader: &Reader<'_>, filter: &DeedFilter, limit: usize) -> Result<Vec<Deed>, ReadError> {
    let (mut deeds, mut after) = (Vec::new(), None);
    loop {
        let page = reader.deeds(filter, after.as_deref(), limit)?;
        assert!(page.items.len() <= limit);
        deeds.extend(page.items);
        after = page.next;
        if after.is_none() {
            return Ok(deeds);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_have_no_gap_and_no_repetition() {
    let folder = tempfile::tempdir().unwrap();
    let mut play = Play::new(11).await;
    play.days(25).await;
    let told = play.told().await;
    let models = play.log.followed(&folder.path().join("read.db")).await;
    let middle = date("2026-12-10");
    let about_cases = || DeedFilter { about: Some(AboutKind::Case), ..everywhere() };
    type Fits = Box<dyn Fn(&Done) -> bool + Send>;
    let day = |deed: &Done| date(&deed.recorded_at[..10]);
    let questions: Vec<(DeedFilter, Fits)> = vec![
        (about_cases(), Box::new(|_| true)),
        (
            DeedFilter { officer: Some(officer("hamlet")), ..about_cases() },
            Box::new(|deed| deed.officer == officer("hamlet")),
        ),
        (
            DeedFilter { unit: Some(unit("05158-01")), ..about_cases() },
            Box::new(|deed| deed.hamlet == "05158-01"),
        ),
        (
            DeedFilter { territory: vec![unit("05158-08")], ..about_cases() },
            Box::new(|deed| deed.hamlet == "05158-08"),
        ),
        (
            DeedFilter { event_type: Some("Reviewed".into()), ..about_cases() },
            Box::new(|deed| deed.event_type == "Reviewed"),
        ),
        (
            DeedFilter { from: Some(middle), title: Some(Title::Family), ..about_cases() },
            Box::new(move |deed| day(deed) >= middle),
        ),
        (
            DeedFilter { until: Some(middle), officer: Some(officer("recorder")), ..about_cases() },
            Box::new(move |deed| day(deed) <= middle && deed.officer == officer("recorder")),
        ),
        (DeedFilter { title: Some(Title::Clan), ..about_cases() }, Box::new(|_| false)),
        (DeedFilter { territory: Vec::new(), ..about_cases() }, Box::new(|_| false)),
        (DeedFilter { from: Some(date("2030-01-01")), ..about_cases() }, Box::new(|_| false)),
    ];
    models
        .read_now(|reader| {
            for (filter, fits) in &questions {
                let mut expected: Vec<&Done> =
                    told.deeds.iter().filter(|deed| fits(deed)).collect();
                expected.reverse();
                for limit in [3, 7, 200] {
                    let found = all(reader, filter, limit)?;
                    let entries: Vec<u64> = found.iter().map(|deed| deed.entry).collect();
                    let due: Vec<u64> = expected.iter().map(|deed| deed.entry).collect();
                    assert_eq!(entries, due, "{filter:?}");
                    for (deed, done) in found.iter().zip(&expected) {
                        assert_eq!(deed.position, done.position);
                        assert_eq!(deed.recorded_at, done.recorded_at);
                        assert_eq!(deed.event_type, done.event_type);
                        assert_eq!((deed.officer, deed.case), (done.officer, Some(done.case)));
                        assert_eq!(deed.place.last(), Some(&done.hamlet));
                        assert!(deed.subject_name.is_some() && deed.officer_name.is_some());
                    }
                }
            }
            let wrong = reader.deeds(&everywhere(), Some("none"), 3);
            assert!(matches!(wrong, Err(ReadError::BadCursor)), "{wrong:?}");
            Ok(())
        })
        .unwrap();
    assert!(told.deeds.len() > 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deed_tells_the_role_and_the_step_of_its_time() {
    let folder = tempfile::tempdir().unwrap();
    let play = Play::new(12).await;
    let case = play.log.commune.reviewed(1).await;
    play.log.commune.sign(case).await;
    let models = play.log.followed(&folder.path().join("read.db")).await;
    let found = models.read_now(|reader| all(reader, &everywhere(), 50)).unwrap();
    let told: Vec<_> = found
        .iter()
        .map(|deed| {
            (
                deed.event_type.as_str(),
                deed.role.as_ref().unwrap().as_str(),
                deed.step.as_ref().unwrap().as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("TitleRecognised", "commune-chair", "decision"),
            ("StepCompleted", "commune-reviewer", "commune_review"),
            ("Reviewed", "commune-reviewer", "commune_review"),
            ("StepCompleted", "hamlet-reviewer", "hamlet_review"),
            ("Reviewed", "hamlet-reviewer", "hamlet_review"),
            ("StepCompleted", "hamlet-recorder", "self_assessment"),
            ("SelfAssessed", "hamlet-recorder", "self_assessment"),
            ("CaseRegistered", "hamlet-recorder", "self_assessment"),
        ]
    );
    assert!(found.iter().all(|deed| deed.role_unit == Some(unit("05158"))));
    assert!(found.iter().all(|deed| deed.subject == Some(household(1))));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_to_others_than_cases_is_told_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let play = Play::new(13).await;
    play.log.commune.enter(1).await;
    let (by, on) = (officer("commune"), play.today);
    let actor = Some((by, "delegate"));
    let moved = subject::Event::SubjectMoved(subject::SubjectMoved { unit: unit("05158-05"), on });
    play.write(&StreamId::<subject::State>::stream(&household(1)), moved, actor).await;
    let declared = person::Event::InterestDeclared(person::InterestDeclared {
        subject: household(1),
        relation: person::Relation::Household,
        on,
    });
    play.write(&StreamId::<person::State>::stream(&officer("hamlet")), declared, actor).await;
    let meeting = MeetingId(Uuid::from_u128(5));
    let sealed = play.log.commune.engine.sealer(household(1).0).unwrap();
    let held = meeting::Event::MeetingRecorded(meeting::MeetingRecorded {
        procedure: play.log.commune.procedure(),
        step: "hamlet_meeting".parse().unwrap(),
        unit: unit("05158-02"),
        held_on: on,
        convened: 9,
        present: Vec::new(),
        minutes: sealed.seal("minutes", "Biên bản.").unwrap(),
        paper: None,
        by,
        in_place_of: None,
        on,
    });
    play.write(&StreamId::<meeting::State>::stream(&meeting), held, actor).await;
    let draft = DecisionId(Uuid::from_u128(6));
    let stream = StreamId::<decision::State>::stream(&draft);
    let drafted = decision::Event::DecisionDrafted(decision::DecisionDrafted {
        procedure: play.log.commune.procedure(),
        title: Title::Family,
        year: 2026,
        unit: unit("05158"),
        role: "commune-chair".parse().unwrap(),
        by,
        on,
    });
    play.write(&stream, drafted, actor).await;
    let listed = decision::Event::CasesListed(decision::CasesListed { cases: Vec::new(), by, on });
    play.write(&stream, listed, Some((outsider(), "commune-chair"))).await;

    let models = play.log.followed(&folder.path().join("read.db")).await;
    let found = models.read_now(|reader| all(reader, &everywhere(), 2)).unwrap();
    let told: Vec<_> = found
        .iter()
        .map(|deed| (deed.about.kind, deed.about.id, deed.place.last().unwrap().as_str()))
        .collect();
    let expected = [
        (AboutKind::Decision, draft.0, "05158"),
        (AboutKind::Decision, draft.0, "05158"),
        (AboutKind::Meeting, meeting.0, "05158-02"),
        (AboutKind::Officer, officer("hamlet").0, "05158"),
        (AboutKind::Subject, household(1).0, "05158-05"),
    ];
    assert_eq!(told, expected);
    assert!(found.iter().all(|deed| deed.case.is_none()));
    assert_eq!((found[0].officer, &found[0].officer_name), (outsider(), &None));
    assert_eq!((found[0].title, found[2].title), (Some(Title::Family), Some(Title::Family)));
    assert_eq!(found[1].in_place_of, Some(officer("chair")));
    assert!(found[4].subject_name.is_some());
    for kind in AboutKind::ALL {
        let filter = DeedFilter { about: Some(kind), ..everywhere() };
        let only = models.read_now(|reader| all(reader, &filter, 9)).unwrap();
        assert_eq!(only.len(), told.iter().filter(|(about, ..)| *about == kind).count());
    }
}
