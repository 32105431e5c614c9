//! The year is the same for the same seed, is accepted by the engine act by act, and shows every
//! state; what is made up says so.

use std::collections::{BTreeMap, BTreeSet};

use codec::{AnyEvent, MemoryKeyring, Metadata};
use event_store::{MemoryStore, RecordedEvent};
use procedure::case::ObjectionKind;
use procedure::{Aggregate as _, CaseId, DecisionId, OfficerId, Title};
use procedure::{case, decision, officer, refused_act, subject, territory};

use super::*;
use crate::demo::fate::Fate;
use crate::demo::world::{CLANS, HAMLETS};

const SMALL: usize = 270;

async fn played(seed: u64, households: usize) -> (Summary, Vec<RecordedEvent>) {
    let (store, keyring) = (MemoryStore::new(), Arc::new(MemoryKeyring::default()));
    let plan = Plan { seed, households };
    let summary = play(&plan, Arc::new(store.clone()), keyring, &|_, _| {}).await.unwrap();
    let events = store.read_all(None, usize::MAX).await.unwrap();
    (summary, events)
}

fn decoded(events: &[RecordedEvent]) -> impl Iterator<Item = (Metadata, AnyEvent)> {
    events.iter().map(|event| {
        let metadata = Metadata::decode(&event.metadata).unwrap();
        let read = codec::decode_any(&event.event_type, metadata.schema, &event.data).unwrap();
        (metadata, read)
    })
}

fn cases(events: &[RecordedEvent]) -> impl Iterator<Item = case::Event> {
    decoded(events).filter_map(|(_, event)| match event {
        AnyEvent::Case(event) => Some(event),
        _ => None,
    })
}

#[tokio::test]
async fn the_same_seed_gives_the_same_log_and_another_seed_another() {
    let (one, events) = played(1, SMALL).await;
    let (again, events_again) = played(1, SMALL).await;
    let (other, _) = played(2, SMALL).await;
    assert_eq!(events, events_again);
    assert_eq!(one.log_digest, again.log_digest);
    assert_ne!(one.log_digest, other.log_digest);
}

#[tokio::test]
async fn the_digest_covers_every_byte() {
    let (_, events) = played(1, 100).await;
    let digest = |events: &[RecordedEvent]| {
        let mut count = Count::default();
        events.iter().for_each(|event| count.take(event).unwrap());
        let world = World::make(1, 100).unwrap();
        count.summary(1, &world).log_digest
    };
    let whole = digest(&events);
    let changed = |change: fn(&mut RecordedEvent)| {
        let mut events = events.clone();
        change(events.last_mut().unwrap());
        digest(&events)
    };
    assert_ne!(changed(|event| event.revision += 1), whole);
    assert_ne!(changed(|event| event.id = uuid::Uuid::nil()), whole);
    assert_ne!(changed(|event| event.data = [&event.data[..], b" "].concat().into()), whole);
    assert_ne!(
        changed(|event| event.metadata = [&event.metadata[..], b" "].concat().into()),
        whole
    );
}

#[tokio::test]
async fn counts_are_those_of_the_plan_and_every_state_occurs() {
    let (summary, events) = played(3, SMALL).await;
    let subjects = ["household", "clan", "organisation", "community"];
    let expected = [SMALL, CLANS, names::ORGANISATIONS.len(), HAMLETS];
    let expected: BTreeMap<_, _> = subjects.into_iter().map(str::to_owned).zip(expected).collect();
    assert_eq!(summary.subjects, expected);
    assert_eq!((summary.hamlets, summary.officers), (HAMLETS, 27 + 27 + 4 + 8));
    assert_eq!(summary.events, events.len());
    let commands: BTreeSet<_> = decoded(&events).map(|(metadata, _)| metadata.command.id).collect();
    assert_eq!(commands.len(), summary.commands);

    let family = &summary.cases["family"];
    let states = [
        "self_assessment",
        "hamlet_review",
        "hamlet_meeting",
        "posting",
        "commune_review",
        "decision",
        "returned",
        "withdrawn",
        "recognised",
        "refused",
    ];
    assert!(states.iter().all(|state| family[*state] > 0), "{family:?}");
    assert_eq!(family.values().sum::<usize>(), SMALL - SMALL * 110 / 1000);
    assert!((family["recognised"] * 100 / SMALL).abs_diff(70) <= 3, "{family:?}");
    for title in ["clan", "community", "organisation"] {
        assert!(summary.cases[title]["recognised"] > summary.cases[title]["refused"], "{title}");
    }
    assert!(summary.held > 0 && summary.objections > 0 && summary.refused_acts > 0);
    assert!(summary.meetings >= HAMLETS && summary.decisions > 5, "{summary:?}");
}

#[tokio::test]
async fn what_is_made_up_says_so_and_what_is_official_does_not() {
    let (_, events) = played(4, SMALL).await;
    let mut official = 0;
    for (event, recorded) in decoded(&events).map(|(_, event)| event).zip(&events) {
        match event {
            AnyEvent::Subject(subject::Event::SubjectRegistered(event)) => assert!(event.sample),
            AnyEvent::Officer(officer::Event::OfficerEnrolled(event)) => assert!(event.sample),
            AnyEvent::Territory(territory::Event::UnitsReorganised(event)) => {
                assert_eq!(event.sample, recorded.stream.as_str() == "units-05158");
                assert_eq!(event.sample, event.instrument.number.contains("(mẫu)"));
                official += usize::from(!event.sample);
            }
            _ => {}
        }
    }
    assert_eq!(official, 4);
}

#[tokio::test]
async fn whatever_the_seed_the_engine_takes_every_act() {
    for seed in [5, 2026, u64::MAX] {
        let (summary, _) = played(seed, 150).await;
        assert!(summary.cases["family"]["recognised"] > 90);
    }
}

#[tokio::test]
async fn cases_of_officers_go_past_them() {
    let (_, events) = played(2026, SMALL).await;
    let world = World::make(2026, SMALL).unwrap();
    let id = |place: usize| world.officers[place].id;
    let own: BTreeMap<_, BTreeSet<OfficerId>> = world
        .subjects
        .iter()
        .map(|one| (one.id, one.owners.iter().map(|place| id(*place)).collect()))
        .collect();
    let (mut subject_of, mut stood_in, mut substituted) = (BTreeMap::new(), 0, 0);
    for (recorded, (metadata, event)) in events.iter().zip(decoded(&events)) {
        let AnyEvent::Case(event) = event else { continue };
        if let case::Event::CaseRegistered(event) = &event {
            subject_of.insert(recorded.stream.clone(), event.subject);
        }
        let owners = &own[&subject_of[&recorded.stream]];
        if let case::Event::Reviewed(event) = &event {
            assert!(!owners.contains(&event.by));
            assert_eq!(metadata.actor.officer, Some(event.by));
            stood_in += usize::from(event.by == id(world.posts.stand_by));
        }
        if let case::Event::TitleRecognised(event) = &event {
            let hands = [Some(event.by), event.in_place_of];
            assert!(hands.iter().flatten().all(|hand| !owners.contains(hand)));
            substituted += usize::from(event.by == id(world.posts.substitute));
        }
    }
    assert!(own.values().filter(|owners| !owners.is_empty()).count() > 40);
    assert!(stood_in > 5 && substituted > 0, "{stood_in}, {substituted}");
}

#[tokio::test]
async fn a_decision_has_one_number_one_day_one_title_and_one_signatory() {
    let (_, events) = played(7, SMALL).await;
    let (mut decisions, mut signed) = (BTreeMap::new(), 0);
    let mut titles = BTreeMap::new();
    for (recorded, (_, event)) in events.iter().zip(decoded(&events)) {
        let AnyEvent::Case(event) = event else { continue };
        let (decision, by, refuses) = match event {
            case::Event::CaseRegistered(event) => {
                titles.insert(recorded.stream.clone(), event.title);
                continue;
            }
            case::Event::TitleRecognised(event) => (event.decision, event.by, false),
            case::Event::RecognitionRefused(event) => (event.decision, event.by, true),
            _ => continue,
        };
        signed += 1;
        let about: (_, Title, _) = (decision.date, titles[&recorded.stream], refuses);
        let about = (about, decision.id, by);
        assert_eq!(*decisions.entry(decision.number).or_insert(about), about);
    }
    assert!(decisions.len() >= 10 && signed > 5 * decisions.len(), "{decisions:?}");
    let days: BTreeSet<_> = decisions.values().map(|((day, ..), ..)| day.to_string()).collect();
    assert!(days.iter().all(|day| ("2026-11-04"..="2026-12-08").contains(&day.as_str())));
    assert!(days.len() >= 5);
}

#[tokio::test]
async fn time_goes_forward_and_stops_before_now() {
    let (_, events) = played(8, SMALL).await;
    let times: Vec<_> = decoded(&events).map(|(metadata, _)| metadata.recorded_at).collect();
    assert!(times.is_sorted());
    assert_eq!(now().to_string(), "2026-12-08T02:00:00Z");
    assert!(*times.last().unwrap() < now());
    assert!(times[0].to_string().starts_with("2026-01-02"));
}

#[tokio::test]
async fn people_change_points_with_a_word_and_supplement_what_was_asked() {
    let (_, events) = played(9, SMALL).await;
    let (mut lowered, mut confirmed, mut supplements) = (0, 0, 0);
    for event in cases(&events) {
        match event {
            case::Event::Reviewed(event) => {
                for line in event.lines {
                    let other = line.finding != case::Finding::Confirmed;
                    assert!(!other || line.note.is_some());
                    *(if other { &mut lowered } else { &mut confirmed }) += 1;
                }
            }
            case::Event::Supplemented(event) => {
                supplements += 1;
                assert!(event.lines.iter().any(|line| line.note.is_some()));
            }
            _ => {}
        }
    }
    assert!(lowered > 50 && confirmed > 10 * lowered, "{lowered} of {confirmed}");
    assert!(supplements > 0);
}

#[tokio::test]
async fn families_are_voted_on_hang_out_and_stand_on_one_decision() {
    let (summary, events) = played(10, SMALL).await;
    let mut states: BTreeMap<_, case::State> = BTreeMap::new();
    let (mut upheld, mut answered, mut closed_by_hand) = (0, 0, 0);
    for (recorded, (metadata, event)) in events.iter().zip(decoded(&events)) {
        let AnyEvent::Case(event) = event else { continue };
        let state = states.entry(recorded.stream.clone()).or_default();
        match &event {
            case::Event::ObjectionResolved(event) => {
                *(if event.upheld { &mut upheld } else { &mut answered }) += 1;
            }
            case::Event::StepCompleted(event) if event.step.as_str() == "posting" => {
                assert_eq!(event.by.is_none(), metadata.actor.program);
                closed_by_hand += usize::from(event.by.is_some());
            }
            case::Event::PlacedOnDecision(_) => {
                let family = state.registered.as_ref().unwrap().title == Title::Family;
                let minutes = state.minutes.as_ref().is_some_and(|minutes| minutes.agreed);
                assert!(!family || (minutes && state.posted.is_some()));
                assert!(state.open_objection().is_none());
            }
            _ => {}
        }
        case::state::evolve(state, &event);
    }
    assert_eq!((upheld, answered, closed_by_hand), (1, 3, 1));
    let said = states.values().flat_map(|state| &state.objections);
    let objections = said.filter(|one| one.kind == ObjectionKind::Objection);
    assert_eq!(objections.count(), 4);
    let against = |state: &&case::State| state.minutes.as_ref().is_some_and(|one| !one.agreed);
    for state in states.values().filter(against) {
        assert!(matches!(state.phase, case::Phase::Refused { .. }), "{:?}", state.phase);
    }
    assert!(states.values().any(|state| against(&state)));
    assert!(summary.meetings >= HAMLETS && summary.objections >= 4);
}

#[tokio::test]
async fn decisions_leave_out_what_was_taken_off_and_one_draft_waits() {
    let (summary, events) = played(11, SMALL).await;
    let mut decisions: BTreeMap<DecisionId, decision::State> = BTreeMap::new();
    let mut recognised: BTreeMap<DecisionId, BTreeSet<CaseId>> = BTreeMap::new();
    let mut taken_off = 0;
    for (recorded, (_, event)) in events.iter().zip(decoded(&events)) {
        let id = codec::stream::uuid_of(recorded.stream.as_str());
        match event {
            AnyEvent::Decision(event) => {
                taken_off += usize::from(matches!(event, decision::Event::CaseTakenOff(_)));
                decisions.entry(DecisionId(id.unwrap())).or_default().evolve(&event);
            }
            AnyEvent::Case(case::Event::TitleRecognised(event)) => {
                if let Some(decision) = event.decision.id {
                    recognised.entry(decision).or_default().insert(CaseId(id.unwrap()));
                }
            }
            _ => {}
        }
    }
    let signed = decisions.iter().filter(|(_, state)| state.signed().is_some());
    let signed: Vec<_> = signed.collect();
    assert!(signed.len() == summary.decisions && signed.len() >= 6);
    for (id, state) in &signed {
        assert_eq!(recognised.get(id), Some(&state.listed));
    }
    let for_chair = signed
        .iter()
        .filter(|(_, state)| state.signed().is_some_and(|signed| signed.in_place_of.is_some()));
    assert!(for_chair.count() > 0);
    assert!(taken_off > 1, "{taken_off}");
    let draft = summary.draft.unwrap();
    assert!(decisions[&draft.decision].is_draft() && draft.cases > 5);
    assert_eq!(decisions.len(), signed.len() + 1);
}

#[tokio::test]
async fn what_was_tried_in_vain_is_kept_and_time_is_watched() {
    let (summary, events) = played(12, 1000).await;
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    let mut types: BTreeMap<String, usize> = BTreeMap::new();
    for (recorded, (_, event)) in events.iter().zip(decoded(&events)) {
        *types.entry(recorded.event_type.to_string()).or_default() += 1;
        if let AnyEvent::RefusedAct(refused_act::Event::ActRefused(event)) = event {
            *codes.entry(event.code).or_default() += 1;
        }
    }
    assert!(codes.get("case.own_subject").is_some_and(|times| *times > 1), "{codes:?}");
    assert_eq!(codes.values().sum::<usize>(), summary.refused_acts);
    for seen in [
        "Delegated",
        "TakenOver",
        "Assigned",
        "DeadlineWarned",
        "DeadlineBreached",
        "Escalated",
        "Reminded",
        "SentBackForReview",
    ] {
        assert!(types.contains_key(seen), "{seen}: {types:?}");
    }
    assert!(summary.overdue > 0);
}

#[test]
fn fates_follow_the_shares_in_any_size() {
    for households in [100, SMALL, 1000] {
        let world = World::make(1, households).unwrap();
        let fates = fate::of_all(1, &world);
        let of = |fate| fates[..households].iter().filter(|one| **one == fate).count();
        assert_eq!(of(Fate::Unregistered), households * 110 / 1000);
        assert_eq!(of(Fate::Withdrawn), households * 10 / 1000);
        assert!(of(Fate::Refused) > 0 && of(Fate::Returned) > 0 && of(Fate::AtHamlet) > 0);
    }
    assert!(World::make(1, 99).is_err());
}

#[tokio::test]
async fn a_store_that_holds_something_is_left_alone() {
    let store = MemoryStore::new();
    let plan = Plan { seed: 1, households: 100 };
    let ring = || Arc::new(MemoryKeyring::default());
    play(&plan, Arc::new(store.clone()), ring(), &|_, _| {}).await.unwrap();
    let head = store.head().await.unwrap();
    let again = play(&plan, Arc::new(store.clone()), ring(), &|_, _| {}).await.unwrap_err();
    assert!(again.to_string().contains("empty store"), "{again}");
    assert_eq!(store.head().await.unwrap(), head);
}

#[tokio::test]
async fn progress_is_told_to_the_end() {
    let told = std::sync::Mutex::new(Vec::new());
    let progress = |done: usize, total: usize| told.lock().unwrap().push((done, total));
    let (store, ring) = (MemoryStore::new(), Arc::new(MemoryKeyring::default()));
    let plan = Plan { seed: 1, households: 100 };
    let summary = play(&plan, Arc::new(store), ring, &progress).await.unwrap();
    let told = told.into_inner().unwrap();
    let (done, total) = *told.last().unwrap();
    // What the program looked at in vain left nothing in the log.
    assert!(done == total && total > summary.commands / 2);
    assert!(told.is_sorted() && told.len() > 2);
}
