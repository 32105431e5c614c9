//! What supervisors ask: flows that balance, stays that are those of the log, loads, and marks.

use std::collections::BTreeSet;

use engine::kit::{officer, unit};
use event_store::EventStore;
use procedure::territory::UnitLevel;
use procedure::{Date, Title};
use projections::query::AreaFilter;
use projections::query::load::{Load, Strip};
use projections::query::queue::{Holder, QueueFilter};
use projections::query::stays::{By, Stay};
use projections::timeline::{difference, timeline};
use projections::{ReadModels, Reader, rebuild};

use crate::kit::{Log, PATIENCE};
use crate::play::{Play, Told, date};

fn within(code: &str) -> AreaFilter {
    AreaFilter { territory: vec![unit(code)], ..AreaFilter::default() }
}

fn nowhere() -> AreaFilter {
    AreaFilter { units: vec![unit("05158")], ..AreaFilter::default() }
}

/// A history that has everything in it, followed to its end.
async fn played(seed: u64) -> (Play, ReadModels, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut play = Play::new(seed).await;
    play.days(40).await;
    let models = play.log.followed(&folder.path().join("read.db")).await;
    (play, models, folder)
}

/// Every place of the story.
fn places(told: &Told) -> BTreeSet<String> {
    let hamlets = told.cases.values().map(|case| case.hamlet.clone());
    ["VN", "25", "05158"].map(str::to_owned).into_iter().chain(hamlets).collect()
}

fn lies_in(hamlet: &str, place: &str) -> bool {
    place == "VN" || place == "25" || hamlet.starts_with(place)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_less_what_went_is_what_is_open() {
    for seed in [1, 2] {
        let (play, models, _folder) = played(seed).await;
        let (told, today) = (play.told().await, play.today);
        for how in ["registered", "reopened", "recognised", "refused", "withdrawn"] {
            assert!(told.flow.iter().any(|(_, _, what)| *what == how), "nothing {how}");
        }
        models.read_now(|reader| check_flows(reader, &told, today)).unwrap();
    }
}

fn check_flows(
    reader: &Reader<'_>,
    told: &Told,
    today: Date,
) -> Result<(), projections::ReadError> {
    let first = date("2026-11-01");
    for place in places(told) {
        let filter = within(&place);
        let days = today.days_since(first);
        for (from, until) in [(0, days), (days / 3, days / 2), (days / 2, days), (days, 0), (9, 9)]
        {
            let (from, until) = (first.plus_days(from).unwrap(), first.plus_days(until).unwrap());
            let flow = reader.flow(&filter, from, until)?;
            let count = |how: &str, from: Date, until: Date| {
                let fits = |(hamlet, on, what): &&(String, Date, &str)| {
                    lies_in(hamlet, &place) && (from..=until).contains(on) && *what == how
                };
                told.flow.iter().filter(fits).count() as i64
            };
            let open = |until: Date| {
                count("registered", first, until) + count("reopened", first, until)
                    - count("recognised", first, until)
                    - count("refused", first, until)
                    - count("withdrawn", first, until)
            };
            let of = |how: &str| count(how, from, until);
            assert_eq!(flow.opening, open(from.day_before().unwrap()), "{place} {from}");
            assert_eq!(flow.entered, of("registered") + of("reopened"));
            assert_eq!(flow.reopened, of("reopened"));
            assert_eq!(flow.left, flow.recognised + flow.refused + flow.withdrawn);
            let ways = (flow.recognised, flow.refused, flow.withdrawn);
            assert_eq!(ways, (of("recognised"), of("refused"), of("withdrawn")));
            assert_eq!(flow.closing, flow.opening + flow.entered - flow.left);
        }
        let all = reader.flow(&filter, first, today)?;
        assert_eq!(all.closing as u64, reader.strip(&filter, today, 3)?.open, "{place}");
        let weeks = reader.weekly(&filter, today, 60)?;
        assert_eq!((weeks.len(), weeks.last().unwrap().until), (60, today));
        assert!(weeks.iter().all(|week| week.from.days_after_monday() == 0));
        let gaps = weeks.windows(2).filter(|two| two[0].until.plus_days(1) != Some(two[1].from));
        assert_eq!(gaps.count(), 0);
        let sums =
            weeks.iter().fold((0, 0), |(came, went), week| (came + week.entered, went + week.left));
        assert_eq!(sums, (all.entered, all.left));
    }
    Ok(())
}

/// Counts one by one.
fn percentile(days: &[u32], percent: usize) -> u32 {
    let enough =
        |day: &u32| days.iter().filter(|other| *other <= day).count() * 100 >= percent * days.len();
    days.iter().copied().filter(enough).min().unwrap_or(0)
}

/// What the log says of a step in a place.
fn naive(told: &Told, (place, step): (&str, &str), since: Option<Date>, today: Date) -> [u64; 9] {
    let there = |hamlet: &str, at: &str| lies_in(hamlet, place) && at == step;
    let ended: Vec<u32> = told
        .stays
        .iter()
        .filter(|(hamlet, at, on, _)| {
            there(hamlet, at.as_str()) && since.is_none_or(|since| *on >= since)
        })
        .map(|(.., days)| *days)
        .collect();
    let open: Vec<_> = told
        .cases
        .values()
        .filter_map(|case| case.at.as_ref().filter(|(at, ..)| there(&case.hamlet, at.as_str())))
        .collect();
    let running = open.iter().filter(|(.., paused)| !paused);
    let ages: Vec<u32> = running
        .map(|(_, days, since, _)| (days + today.days_since(*since)).try_into().unwrap())
        .collect();
    let most = |days: &[u32]| u64::from(days.iter().copied().max().unwrap_or(0));
    [
        ended.len() as u64,
        percentile(&ended, 50).into(),
        percentile(&ended, 90).into(),
        most(&ended),
        ages.len() as u64,
        percentile(&ages, 50).into(),
        percentile(&ages, 90).into(),
        most(&ages),
        (open.len() - ages.len()) as u64,
    ]
}

fn numbers(stay: &Stay) -> [u64; 9] {
    [
        stay.finished,
        stay.p50.into(),
        stay.p90.into(),
        stay.longest.into(),
        stay.open,
        stay.open_p50.into(),
        stay.open_p90.into(),
        stay.oldest_open.unwrap_or(0).into(),
        stay.paused,
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn stays_are_those_of_the_log() {
    for seed in [3, 4] {
        let (play, models, _folder) = played(seed).await;
        let told = play.told().await;
        let today = play.today.plus_days(2).unwrap();
        assert!(told.stays.iter().any(|(.., days)| *days > 0));
        assert!(told.cases.values().any(|case| case.at.as_ref().is_some_and(|at| at.3)), "paused");
        let resumed =
            |case: &crate::play::Followed| case.at.as_ref().is_some_and(|at| !at.3 && at.1 > 0);
        assert!(told.cases.values().any(resumed), "none has gone on after a supplement");
        models.read_now(|reader| check_stays(reader, &told, today)).unwrap();
    }
}

fn check_stays(
    reader: &Reader<'_>,
    told: &Told,
    today: Date,
) -> Result<(), projections::ReadError> {
    let december = date("2026-12-01");
    for since in [None, Some(december)] {
        for place in places(told) {
            let filter = within(&place);
            let stays =
                reader.stays(&filter, &By::Step, since.map(|_| date("2026-12-17")), today)?;
            assert!(!stays.is_empty());
            for stay in &stays {
                let expected = naive(told, (&place, stay.step.as_str()), since, today);
                assert_eq!(numbers(stay), expected, "{place} {}", stay.step);
            }
            let late: u64 = stays.iter().map(|stay| stay.breached_open).sum();
            let strip = reader.strip(&filter, today, 3)?;
            assert_eq!(late, strip.breached);
            let (open, paused) = stays
                .iter()
                .fold((0, 0), |(open, paused), stay| (open + stay.open, paused + stay.paused));
            assert_eq!((open + paused, paused), (strip.open, strip.paused));
        }
        // The commune's hamlets together are the commune.
        let below = reader.stays(&within("VN"), &By::UnitBelow(unit("05158")), since, today)?;
        for stay in &below {
            let place = stay.unit.as_ref().unwrap().as_str();
            let expected = naive(told, (place, stay.step.as_str()), since, today);
            assert_eq!(numbers(stay), expected, "{place} {}", stay.step);
        }
        let whole = reader.stays(&within("05158"), &By::Step, since, today)?;
        let sum = |stays: &[Stay]| {
            stays
                .iter()
                .map(|stay| (stay.finished, stay.open))
                .fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1))
        };
        assert_eq!(sum(&below), sum(&whole));
        let own = reader.stays(&within("05158-01"), &By::UnitBelow(unit("05158")), since, today)?;
        assert!(own.iter().all(|stay| stay.unit == Some(unit("05158-01"))));
    }
    let levels = reader.stays(&within("VN"), &By::Level, None, today)?;
    let level = |step: &str| {
        let of: Vec<_> = levels.iter().filter(|stay| stay.step.as_str() == step).collect();
        assert_eq!(of.len(), 1, "{step}");
        of[0].level
    };
    assert_eq!(level("hamlet_review"), Some(UnitLevel::Hamlet));
    assert_eq!(level("commune_review"), Some(UnitLevel::Commune));
    let other = AreaFilter { title: Some(Title::Clan), ..within("VN") };
    assert!(reader.stays(&other, &By::Step, None, today)?.is_empty());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_played_history_followed_in_steps_is_the_same_as_rebuilt() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("read.db");
    let mut play = Play::new(5).await;
    let runner = play.log.runner(&path).await;
    for day in 0..20 {
        play.days(1).await;
        if day == 15 {
            play.publish_days_off().await;
        }
        let head = play.log.store.head().await.unwrap().unwrap();
        runner.wait_for(head, PATIENCE).await.unwrap();
    }
    let followed = runner.models().read(|reader| reader.digest()).await.unwrap();
    let today = play.today.plus_days(9).unwrap();
    runner
        .models()
        .read_now(|reader| {
            let stays = reader.stays(&within("VN"), &By::Step, None, today)?;
            let late: u64 = stays.iter().map(|stay| stay.breached_open).sum();
            assert!(late > 0);
            assert_eq!(late, reader.strip(&within("VN"), today, 3)?.breached, "by the new days");
            Ok(())
        })
        .unwrap();
    runner.stop().await;
    let keyring = play.log.commune.keyring.clone();
    let rebuilt = rebuild(&path, play.log.store.clone(), keyring, |_| {}).await.unwrap();
    assert_eq!(followed, rebuilt);
}

#[tokio::test(flavor = "multi_thread")]
async fn loads_are_those_of_the_queues_and_the_oldest_come_first() {
    let folder = tempfile::tempdir().unwrap();
    let mut play = Play::new(6).await;
    play.days(40).await;
    play.claim().await;
    let models = play.log.followed(&folder.path().join("read.db")).await;
    let (told, today) = (play.told().await, play.today.plus_days(30).unwrap());
    models
        .read_now(|reader| {
            let filter = within("05158");
            let loads = reader.load(&filter, today)?;
            let strip = reader.strip(&filter, today, 3)?;
            let held: u64 = loads.officers.iter().map(|load| load.held).sum();
            assert!(held > 0 && strip.breached > 0);
            assert_eq!(loads.unassigned, strip.unassigned);
            assert_eq!(held + loads.unassigned, strip.open);
            assert!(loads.officers.is_sorted_by(|one, other| one.held >= other.held));
            let from = today.plus_days(-29).unwrap().to_string();
            for load in &loads.officers {
                assert!(load.name.is_some());
                let deeds = told.deeds.iter().filter(|deed| {
                    deed.officer == load.officer && deed.recorded_at.as_str() >= from.as_str()
                });
                assert_eq!(load.acts_30_days, deeds.count() as u64);
                check_held(reader, load, today)?;
            }
            assert!(told.deeds.iter().any(|deed| deed.recorded_at < from), "none is older");
            for place in ["VN", "05158", "05158-01"] {
                let oldest = reader.oldest(&within(place), today, 200)?;
                assert_eq!(oldest.len() as u64, reader.strip(&within(place), today, 3)?.open);
                assert!(oldest.is_sorted_by_key(|row| (row.case.filed_on, row.case.id)));
                let first = reader.oldest(&within(place), today, 1)?;
                assert_eq!(first, oldest[..1]);
            }
            Ok(())
        })
        .unwrap();
}

/// What he holds is what his own queue shows.
fn check_held(reader: &Reader<'_>, load: &Load, today: Date) -> Result<(), projections::ReadError> {
    let holder = Holder::Officer(load.officer);
    let filter = QueueFilter { territory: vec![unit("VN")], holder, ..QueueFilter::default() };
    let queue = reader.queue(&filter, today, None, 200)?.items;
    assert_eq!(queue.len() as u64, load.held);
    let longest = queue.iter().filter_map(|row| row.days_with_holder).max();
    assert_eq!(load.oldest_held_days.map(|days| days as i32), longest);
    let counts = reader.queue_counts(&filter, today)?;
    assert_eq!(load.breached, counts.iter().map(|count| count.breached).sum::<u64>());
    assert_eq!(load.due_soon, counts.iter().map(|count| count.due_soon).sum::<u64>());
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_territory_holds_nothing() {
    let (play, models, _folder) = played(7).await;
    let today = play.today;
    models
        .read_now(|reader| {
            let flow = reader.flow(&nowhere(), date("2020-01-01"), today)?;
            assert_eq!((flow.opening, flow.entered, flow.left, flow.closing), (0, 0, 0, 0));
            assert!(reader.weekly(&nowhere(), today, 3)?.iter().all(|week| week.entered == 0));
            for by in [By::Step, By::Level, By::UnitBelow(unit("05158"))] {
                assert!(reader.stays(&nowhere(), &by, None, today)?.is_empty());
            }
            let loads = reader.load(&nowhere(), today)?;
            assert!(loads.officers.is_empty() && loads.unassigned == 0);
            assert_eq!(reader.strip(&nowhere(), today, 3)?, Strip::default());
            assert!(reader.oldest(&nowhere(), today, 9)?.is_empty());
            assert_eq!(reader.change_mark(&[], &[unit("05158")])?, 0);
            Ok(())
        })
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_rises_where_a_case_was_touched_and_nowhere_else() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("read.db");
    let log = Log::new().await;
    let marks = async || {
        let models = log.followed(&path).await;
        let units = ["VN", "25", "05158", "05158-01", "05158-02"];
        models
            .read_now(|reader| {
                units
                    .map(|code| reader.change_mark(&[unit("VN")], &[unit(code)]))
                    .into_iter()
                    .collect::<Result<Vec<_>, _>>()
            })
            .unwrap()
    };
    assert_eq!(marks().await, [0; 5]);
    let subject = log.commune.enter(0).await;
    assert_eq!(marks().await, [0; 5], "no case yet");
    let case = log.commune.assess(subject).await;
    let one = marks().await;
    assert!(one[..4].iter().all(|mark| *mark == one[0] && *mark > 0));
    assert_eq!(one[4], 0);
    log.commune.assessed(1).await;
    let two = marks().await;
    assert!(two[0] > one[0] && two[2] == two[0] && two[4] == two[0]);
    assert_eq!(two[3], one[3], "nothing happened there");
    log.give_back(case).await;
    assert!(marks().await[3] > two[4]);
}

#[tokio::test(flavor = "multi_thread")]
async fn names_of_many_at_once() {
    let log = Log::new().await;
    let folder = tempfile::tempdir().unwrap();
    let models = log.followed(&folder.path().join("read.db")).await;
    models
        .read_now(|reader| {
            let ids = [officer("chair"), officer("hamlet"), officer("nobody")];
            let names = reader.officer_names(&ids)?;
            assert_eq!(names.len(), 2);
            assert_eq!(names[&officer("chair")], "chair");
            let codes = [unit("25"), unit("05158-01"), unit("99999")];
            let units = reader.units_named(&codes, date("2026-11-23"))?;
            assert_eq!(units.len(), 2);
            assert_eq!(units[&unit("25")].name, "Tên 25");
            assert!(reader.units_named(&codes, date("2025-06-30"))?.is_empty(), "not founded yet");
            Ok(())
        })
        .unwrap();
}

#[tokio::test]
async fn any_two_entries_of_a_timeline_can_be_compared() {
    let log = Log::new().await;
    let case = log.commune.assessed(1).await;
    log.give_back(case).await;
    let entries = timeline(&*log.store, &*log.commune.keyring, case).await.unwrap();
    assert_eq!(difference(None, &entries[0]).unwrap(), entries[0].changed);
    assert_eq!(difference(Some(&entries[2]), &entries[3]).unwrap(), entries[3].changed);
    let far = difference(Some(&entries[0]), &entries[3]).unwrap();
    let paths: Vec<_> = far.iter().map(|change| change.path.as_str()).collect();
    assert!(paths.contains(&"returns") && paths.contains(&"claims/1a/points"));
    assert!(difference(Some(&entries[3]), &entries[3]).unwrap().is_empty());
}
