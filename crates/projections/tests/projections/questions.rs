//! What the read models answer.

use std::collections::BTreeSet;

use engine::Request;
use engine::kit::{by, id, officer, operator, unit};
use procedure::case::Command;
use procedure::{Date, OfficerId, Title};
use projections::query::CaseState;
use projections::query::queue::{Holder, QueueFilter};
use projections::query::subjects::SubjectsFilter;
use projections::query::titles::TitlesFilter;

use crate::kit::Log;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn today() -> Date {
    date("2026-11-25")
}

fn everywhere() -> QueueFilter {
    QueueFilter { territory: vec![unit("VN")], ..QueueFilter::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn totals_balance_at_every_level() {
    let folder = tempfile::tempdir().unwrap();
    let log = Log::new().await;
    log.fill().await;
    let models = log.followed(&folder.path().join("read.db")).await;
    models
        .read(|reader| {
            let of = |codes: &[&str]| {
                let units: Vec<_> = codes.iter().map(|code| unit(code)).collect();
                reader.totals(&units, Some(Title::Family), Some(2026), today())
            };
            let nation = &of(&["VN"])?[0];
            assert_eq!((nation.subjects, nation.registered, nation.recognised), (10, 10, 2));
            for state in [
                CaseState::Registered,
                CaseState::InReview,
                CaseState::Returned,
                CaseState::Refused,
                CaseState::Recognised,
            ] {
                assert_eq!(nation.states.get(&state), Some(&2), "{state}");
            }
            assert!(!nation.states.contains_key(&CaseState::Withdrawn));
            for level in ["25", "05158"] {
                let row = &of(&[level])?[0];
                assert_eq!((row.subjects, &row.states), (10, &nation.states), "{level}");
            }
            let hamlets = reader.children(&unit("05158"), today())?;
            let codes: Vec<_> = hamlets.iter().map(|hamlet| hamlet.code.clone()).collect();
            let rows = reader.totals(&codes, Some(Title::Family), Some(2026), today())?;
            assert_eq!(rows.iter().map(|row| row.registered).sum::<u64>(), 10);
            assert_eq!(rows.iter().map(|row| row.subjects).sum::<u64>(), 10);
            assert!(of(&["01"])?.is_empty());
            Ok(())
        })
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_queue_is_cut_to_territory_role_and_holder() {
    let folder = tempfile::tempdir().unwrap();
    let log = Log::new().await;
    let cases = log.fill().await;
    log.commune.engine.case(&by("hamlet", "take"), cases[1], Command::Claim).await.unwrap();
    let models = log.followed(&folder.path().join("read.db")).await;
    let held = cases[1];
    models
        .read(move |reader| {
            let count = |filter: &QueueFilter| {
                Ok::<_, projections::ReadError>(
                    reader.queue(filter, today(), None, 100)?.items.len(),
                )
            };
            assert_eq!(count(&everywhere())?, 6);
            let role = Some("hamlet-reviewer".parse().unwrap());
            assert_eq!(count(&QueueFilter { role, ..everywhere() })?, 2);
            let nobody = QueueFilter { holder: Holder::Nobody, ..everywhere() };
            assert_eq!(count(&nobody)?, 5);
            let mine = QueueFilter {
                holder: Holder::Officer(engine::kit::officer("hamlet")),
                ..everywhere()
            };
            let page = reader.queue(&mine, today(), None, 100)?;
            assert_eq!(page.items.len(), 1);
            assert_eq!((page.items[0].case.id, page.items[0].days_with_holder), (held, Some(2)));
            assert_eq!(page.items[0].days_in_step, 2);

            for (territory, expected) in [
                (vec![], 0),
                (vec![unit("25")], 6),
                (vec![unit("05158")], 6),
                (vec![unit("05158-01")], 1),
                (vec![unit("05158-01"), unit("05158-02")], 2),
                (vec![unit("01")], 0),
                (vec![unit("00004")], 0),
            ] {
                let filter = QueueFilter { territory: territory.clone(), ..QueueFilter::default() };
                assert_eq!(count(&filter)?, expected, "{territory:?}");
            }
            let counts = reader.queue_counts(&everywhere(), today())?;
            assert_eq!(counts.iter().map(|count| count.cases).sum::<u64>(), 6);
            assert_eq!(counts.iter().map(|count| count.unassigned).sum::<u64>(), 5);
            Ok(())
        })
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_neither_skip_nor_repeat_while_cases_are_added() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("read.db");
    let log = Log::new().await;
    let mut first = BTreeSet::new();
    for number in 0..25 {
        first.insert(log.commune.assessed(number).await);
    }
    let (mut cursor, mut seen) = (None, Vec::new());
    let mut number = 100;
    loop {
        let models = log.followed(&path).await;
        let from: Option<String> = cursor.take();
        let page = models
            .read(move |reader| reader.queue(&everywhere(), today(), from.as_deref(), 4))
            .await
            .unwrap();
        seen.extend(page.items.iter().map(|row| row.case.id));
        log.commune.assessed(number).await;
        number += 1;
        match page.next {
            Some(next) => cursor = Some(next),
            None => break,
        }
    }
    let distinct: BTreeSet<_> = seen.iter().copied().collect();
    assert_eq!(distinct.len(), seen.len(), "repeated");
    assert!(first.is_subset(&distinct), "skipped");
    let models = log.followed(&path).await;
    let bad = models.read(|reader| reader.queue(&everywhere(), today(), Some("x"), 4)).await;
    assert!(matches!(bad, Err(projections::ReadError::BadCursor)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_register_answers_for_a_day_and_for_what_was_known() {
    let folder = tempfile::tempdir().unwrap();
    let log = Log::new().await;
    let first = log.commune.reviewed(1).await;
    let second = log.commune.reviewed(2).await;
    log.commune.sign(first).await;
    let between = log.followed(&folder.path().join("a.db")).await;
    let known_at = between.read(|reader| reader.entries()).await.unwrap();
    log.commune.sign(second).await;
    let models = log.followed(&folder.path().join("read.db")).await;
    models
        .read(move |reader| {
            let titles = |filter: TitlesFilter| {
                let filter = TitlesFilter { territory: vec![unit("25")], ..filter };
                let page = reader.titles(&filter, None, 100)?;
                let cases = page.items.iter().map(|row| row.case).collect::<Vec<_>>();
                Ok::<_, projections::ReadError>(cases)
            };
            assert_eq!(titles(TitlesFilter::default())?, [first, second]);
            let on = |day| TitlesFilter { on: Some(date(day)), ..TitlesFilter::default() };
            assert_eq!(titles(on("2026-11-22"))?.len(), 0, "before the decision");
            assert_eq!(titles(on("2026-11-23"))?.len(), 2, "on the day of the decision");
            assert_eq!(titles(on("2027-11-22"))?.len(), 2, "on the last day");
            assert_eq!(titles(on("2027-11-23"))?.len(), 0, "the day after");
            let known = TitlesFilter { known_at: Some(known_at), ..TitlesFilter::default() };
            assert_eq!(titles(known)?, [first]);
            let elsewhere = TitlesFilter { units: vec![unit("05158-05")], ..Default::default() };
            assert_eq!(titles(elsewhere)?.len(), 0);
            Ok(())
        })
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_found_without_accents() {
    let folder = tempfile::tempdir().unwrap();
    let log = Log::new().await;
    for number in [7, 8] {
        log.commune.enter(number).await;
    }
    let models = log.followed(&folder.path().join("read.db")).await;
    models
        .read(|reader| {
            let found = |text: &str| {
                let filter = SubjectsFilter {
                    territory: vec![unit("05158")],
                    text: Some(text.to_owned()),
                    ..SubjectsFilter::default()
                };
                Ok::<_, projections::ReadError>(reader.subjects(&filter, None, 10)?.items.len())
            };
            assert_eq!(found("duc")?, 2);
            assert_eq!(found("BUI van ĐỨC 7")?, 1);
            assert_eq!(found("HB-8")?, 1);
            assert_eq!(found("%")?, 0);
            assert_eq!(found("hoa")?, 0);
            Ok(())
        })
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_types_accents_finds_those_first_and_pages_go_on_from_them() {
    let folder = tempfile::tempdir().unwrap();
    let log = Log::new().await;
    let names = ["Bùi Văn Dục", "Bùi Văn Đức", "Bùi Văn Đúc", "Lò Thị Hoa", "Bùi Thị Đức"];
    for (number, name) in names.into_iter().enumerate() {
        log.enter_named(number, name).await;
    }
    let models = log.followed(&folder.path().join("read.db")).await;
    let found = |text: &'static str, limit: usize| {
        let models = models.clone();
        async move {
            let (mut found, mut cursor) = (Vec::new(), None);
            loop {
                let from: Option<String> = cursor.take();
                let filter = SubjectsFilter {
                    territory: vec![unit("05158")],
                    text: Some(text.to_owned()),
                    ..SubjectsFilter::default()
                };
                let page = models
                    .read(move |reader| reader.subjects(&filter, from.as_deref(), limit))
                    .await
                    .unwrap();
                found.extend(page.items.into_iter().map(|row| row.name.unwrap()));
                match page.next {
                    Some(next) => cursor = Some(next),
                    None => return found,
                }
            }
        }
    };
    let expected = ["Bùi Văn Đức", "Bùi Thị Đức", "Bùi Văn Dục", "Bùi Văn Đúc"];
    for limit in [1, 2, 3, 10] {
        assert_eq!(found("Đức", limit).await, expected, "{limit} a page");
        assert_eq!(found("duc", limit).await.len(), 4, "{limit} a page");
    }
    assert_eq!(found("ĐU\u{31b}\u{301}C", 10).await, expected, "decomposed");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_for_is_cut_to_what_may_be_seen() {
    let folder = tempfile::tempdir().unwrap();
    let log = Log::new().await;
    log.fill().await;
    let models = log.followed(&folder.path().join("read.db")).await;
    models
        .read(|reader| {
            let units = |codes: &[&str]| codes.iter().map(|code| unit(code)).collect::<Vec<_>>();
            for (territory, asked, expected) in [
                (&["05158-01"][..], &["VN"][..], 1),
                (&["05158-01", "05158-02"], &["25"], 2),
                (&["VN"], &["05158-01", "05158", "25"], 6),
                (&["05158", "05158-01"], &[], 6),
                (&["05158-01"], &["05158-02"], 0),
                (&[], &["VN"], 0),
            ] {
                let (territory, units) = (units(territory), units(asked));
                let filter = QueueFilter { territory, units, ..QueueFilter::default() };
                let page = reader.queue(&filter, today(), None, 100)?;
                assert_eq!(page.items.len(), expected, "{filter:?}");
                let counts = reader.queue_counts(&filter, today())?;
                let counted: u64 = counts.iter().map(|count| count.cases).sum();
                assert_eq!(counted, expected as u64, "{filter:?}");
            }
            Ok(())
        })
        .await
        .unwrap();
}

#[tokio::test]
async fn an_officer_is_found_by_his_code() {
    let folder = tempfile::tempdir().unwrap();
    let log = Log::new().await;
    let (engine, hamlet) = (&log.commune.engine, officer("hamlet"));
    // What he signs in with changes nothing here.
    engine.set_password(&by("hamlet", "set"), hamlet, "khoai lang nướng").await.unwrap();
    let end = procedure::officer::Command::EndSession { session: id("session") };
    engine.officer(&by("hamlet", "end"), hamlet, end).await.unwrap();
    let end = procedure::officer::Command::EndSessions;
    engine.officer(&by("hamlet", "end all"), hamlet, end).await.unwrap();
    // The same code under another id, which nobody can bring about by the program itself.
    let (twin, name) = (id("twin"), engine.sealer(id("twin")).unwrap().seal("name", "B").unwrap());
    let enrol = procedure::officer::Command::Enrol {
        code: "chair".to_owned(),
        name,
        unit: unit("05158"),
        sample: true,
    };
    let request = Request::new(operator(), id("enrol twin"));
    engine.officer(&request, OfficerId(twin), enrol).await.unwrap();
    let models = log.followed(&folder.path().join("read.db")).await;
    models
        .read(move |reader| {
            assert_eq!(reader.officer_by_code("hamlet")?, Some(hamlet));
            for code in ["chair", "HAMLET", "hamle", "hamlet ", "", "%"] {
                assert_eq!(reader.officer_by_code(code)?, None, "{code}");
            }
            Ok(())
        })
        .await
        .unwrap();
}
