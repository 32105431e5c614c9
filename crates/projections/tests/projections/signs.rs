//! Signs of formalism: each appears when it should, and not one below its threshold.

use std::sync::Arc;

use engine::ManualClock;
use engine::kit::{Commune, by, clock, officer, unit};
use event_store::MemoryStore;
use procedure::case::{ClaimInput, Command, DecisionReference, Finding, ReviewInput};
use procedure::{CaseId, Date, Title};
use projections::query::signs::{Share, Sign, SignName, SignsFilter, Thresholds};
use projections::{ReadModels, rebuild};

use crate::kit::Log;

/// Points of the ten indicators of the sample.
type Points = [i64; 10];

const MAXIMUM: Points = [10; 10];
const MODEST: Points = [8; 10];

struct Scene {
    log: Log,
    clock: Arc<ManualClock>,
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// Sundays of the story.
fn works(day: Date) -> bool {
    day != date("2026-11-29") && day != date("2026-12-06")
}

/// Thresholds that nothing here reaches.
const NEVER: Thresholds = Thresholds {
    identical_points: Share { count: 1000, percent: 100 },
    review_in_seconds: Share { count: 1000, percent: 100 },
    seconds: 20,
    everything_at_maximum: Share { count: 1000, percent: 100 },
    days_off: 1000,
    lines_raised: 1000,
};

impl Scene {
    async fn new() -> Self {
        let (store, clock) = (Arc::new(MemoryStore::new()), clock());
        let commune = Commune::with(store.clone(), Arc::default(), clock.clone()).await;
        assert_eq!(commune.definition.indicators().count(), MAXIMUM.len());
        Self { log: Log { store, commune }, clock }
    }

    fn at(&self, time: &str) {
        self.clock.set(time.parse().unwrap());
    }

    /// A case of the household that is the `nth` of a hamlet, with its claims.
    async fn claimed(&self, hamlet: usize, nth: usize, claims: Points) -> CaseId {
        let commune = &self.log.commune;
        let subject = commune.enter(nth * engine::kit::HAMLETS + hamlet - 1).await;
        let case = commune.register(subject).await;
        let line = |(indicator, points)| ClaimInput {
            indicator,
            points,
            evidence: Vec::new(),
            note: None,
        };
        let lines = self.indicators().zip(claims).map(line).collect();
        let request = by("recorder", &format!("assess {case}"));
        commune
            .engine
            .case(&request, case, Command::SelfAssess { lines, declarant: None })
            .await
            .unwrap();
        case
    }

    fn indicators(&self) -> impl Iterator<Item = procedure::IndicatorId> {
        self.log.commune.definition.indicators().map(|indicator| indicator.id.clone())
    }

    /// An officer's review of claims, with his own points.
    async fn review(&self, code: &str, case: CaseId, claims: Points, own: Points) {
        let engine = &self.log.commune.engine;
        let subject = engine.subject_of(case).await.unwrap();
        let note = engine.sealer(subject.0).unwrap().seal("note", "Theo sổ của thôn.").unwrap();
        let line = |(indicator, (claimed, points))| ReviewInput {
            indicator,
            points,
            finding: if claimed == points { Finding::Confirmed } else { Finding::Adjusted },
            note: (claimed != points).then(|| note.clone()),
        };
        let lines = self.indicators().zip(claims.into_iter().zip(own)).map(line).collect();
        let request = by(code, &format!("review {case} {own:?}"));
        engine.case(&request, case, Command::Review { lines }).await.unwrap();
    }

    /// The same at the hamlet, of a new case.
    async fn reviewed(&self, hamlet: usize, nth: usize, claims: Points, own: Points) -> CaseId {
        let case = self.claimed(hamlet, nth, claims).await;
        self.review("hamlet", case, claims, own).await;
        case
    }

    async fn models(&self) -> (ReadModels, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        (self.log.followed(&folder.path().join("read.db")).await, folder)
    }

    async fn signs(&self, thresholds: Thresholds) -> Vec<Sign> {
        self.asked(everywhere(), thresholds).await
    }

    async fn asked(&self, filter: SignsFilter, thresholds: Thresholds) -> Vec<Sign> {
        let (models, _folder) = self.models().await;
        models.read(move |reader| reader.signs(&filter, &thresholds, &works)).await.unwrap()
    }
}

fn everywhere() -> SignsFilter {
    SignsFilter { territory: vec![unit("VN")], ..SignsFilter::default() }
}

/// The one sign of a list, in short.
fn only(signs: &[Sign]) -> (SignName, &str, &str, u64, u64, u64) {
    assert_eq!(signs.len(), 1, "{signs:?}");
    let sign = &signs[0];
    (sign.name, sign.unit.as_str(), sign.step.as_str(), sign.count, sign.of, sign.percent)
}

/// Points that no other number gives.
fn various(number: usize) -> Points {
    let mut points = MODEST;
    points[number % 10] = 1 + number as i64 / 10;
    points
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_points_again_and_again() {
    let scene = Scene::new().await;
    let mut alike = Vec::new();
    for nth in 0..3 {
        alike.push(scene.reviewed(1, nth, MODEST, MODEST).await);
        scene.reviewed(3, nth, MODEST, MODEST).await;
        scene.reviewed(3, nth + 3, various(nth), various(nth)).await;
    }
    // One of four is another; the second hamlet has too few, the third too small a share.
    scene.reviewed(1, 3, various(9), various(9)).await;
    for nth in 0..2 {
        scene.reviewed(2, nth, MODEST, MODEST).await;
    }
    let identical_points = Share { count: 3, percent: 60 };
    let signs = scene.signs(Thresholds { identical_points, ..NEVER }).await;
    let expected = (SignName::IdenticalPoints, "05158-01", "hamlet_review", 3, 4, 75);
    assert_eq!(only(&signs), expected);
    let sign = &signs[0];
    assert_eq!((sign.officer, sign.officer_name.as_deref()), (officer("hamlet"), Some("hamlet")));
    assert_eq!((sign.first_day, sign.last_day), (date("2026-11-23"), date("2026-11-23")));
    assert_eq!(sign.cases, alike);
    assert!(sign.rule_vi.contains("từ 3 lượt") && sign.rule_vi.contains("60%"));
    assert!(sign.rule_en.contains("3 or more") && sign.rule_en.contains("60%"));
    for share in [Share { count: 4, percent: 60 }, Share { count: 3, percent: 76 }] {
        let above = Thresholds { identical_points: share, ..NEVER };
        assert_eq!(scene.signs(above).await, []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn points_given_in_another_place_are_not_the_same() {
    let scene = Scene::new().await;
    for nth in 0..3 {
        let mut points = MODEST;
        points[nth] = 7;
        scene.reviewed(1, nth, points, points).await;
    }
    let identical_points = Share { count: 2, percent: 1 };
    assert_eq!(scene.signs(Thresholds { identical_points, ..NEVER }).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn reviews_within_seconds_of_the_one_before() {
    let scene = Scene::new().await;
    let (mut quick, mut slow) = (Vec::new(), Vec::new());
    for nth in 0..4 {
        quick.push(scene.claimed(1, nth, MODEST).await);
        slow.push(scene.claimed(2, nth, MODEST).await);
    }
    for (case, second) in quick.iter().zip([0, 19, 38, 57]) {
        scene.at(&format!("2026-11-24T02:00:{second:02}Z"));
        scene.review("hamlet", *case, MODEST, MODEST).await;
    }
    for (case, minute) in slow.iter().zip([1, 2, 3, 4]) {
        // Another officer is quick after him, and so is he, by just no second too few.
        scene.at(&format!("2026-11-24T02:{minute:02}:17Z"));
        scene.review("hamlet", *case, MODEST, MODEST).await;
        scene.review("commune", *case, MODEST, MODEST).await;
    }
    let review_in_seconds = Share { count: 3, percent: 75 };
    let thresholds = Thresholds { review_in_seconds, ..NEVER };
    let signs = scene.signs(thresholds).await;
    let expected = (SignName::ReviewInSeconds, "05158-01", "hamlet_review", 3, 4, 75);
    assert_eq!(only(&signs), expected);
    assert_eq!(signs[0].cases, quick[1..]);
    assert_eq!(scene.signs(Thresholds { seconds: 19, ..thresholds }).await, []);
    let review_in_seconds = Share { count: 4, percent: 75 };
    assert_eq!(scene.signs(Thresholds { review_in_seconds, ..thresholds }).await, []);
    // The first of the second hamlet came twenty seconds after the last of the first.
    let signs = scene.signs(Thresholds { seconds: 61, ..thresholds }).await;
    let found: Vec<_> = signs.iter().map(|sign| (sign.unit.as_str(), sign.count)).collect();
    assert!(found.contains(&("05158-02", 4)), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_most_points_in_everything() {
    let scene = Scene::new().await;
    let mut nearly = MAXIMUM;
    nearly[8] = 9;
    for nth in 0..4 {
        scene.reviewed(1, nth, MAXIMUM, MAXIMUM).await;
        scene.reviewed(2, nth, nearly, nearly).await;
    }
    scene.reviewed(1, 4, nearly, nearly).await;
    let everything_at_maximum = Share { count: 4, percent: 80 };
    let signs = scene.signs(Thresholds { everything_at_maximum, ..NEVER }).await;
    let expected = (SignName::EverythingAtMaximum, "05158-01", "hamlet_review", 4, 5, 80);
    assert_eq!(only(&signs), expected);
    for share in [Share { count: 5, percent: 80 }, Share { count: 4, percent: 81 }] {
        let above = Thresholds { everything_at_maximum: share, ..NEVER };
        assert_eq!(scene.signs(above).await, []);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn decisions_on_days_off() {
    let scene = Scene::new().await;
    // The day in Viet Nam counts: it is Sunday there from 17:00 UTC on Saturday.
    scene.at("2026-11-28T16:59:50Z");
    let saturday = scene.log.commune.reviewed(0).await;
    let mut cases = Vec::new();
    for number in 1..4 {
        cases.push(scene.log.commune.reviewed(number).await);
    }
    scene.at("2026-11-28T17:00:00Z");
    for case in &cases[..2] {
        scene.log.commune.sign(*case).await;
    }
    scene.at("2026-12-06T02:00:00Z");
    refuse(&scene, cases[2]).await;
    scene.at("2026-12-07T02:00:00Z");
    scene.log.commune.sign(saturday).await;
    let thresholds = Thresholds { days_off: 3, ..NEVER };
    let signs = scene.signs(thresholds).await;
    // In three hamlets, but he is one officer in one commune.
    let expected = (SignName::DecisionsOnDaysOff, "05158", "decision", 3, 4, 75);
    assert_eq!(only(&signs), expected);
    let sign = &signs[0];
    assert_eq!((sign.officer, &sign.cases), (officer("chair"), &cases));
    assert_eq!((sign.first_day, sign.last_day), (date("2026-11-29"), date("2026-12-06")));
    assert_eq!(scene.signs(Thresholds { days_off: 4, ..NEVER }).await, []);
}

async fn refuse(scene: &Scene, case: CaseId) {
    let engine = &scene.log.commune.engine;
    let subject = engine.subject_of(case).await.unwrap();
    let reason = engine.sealer(subject.0).unwrap().seal("reason", "Có trẻ bỏ học.").unwrap();
    let decision =
        DecisionReference { number: "2/QĐ-UBND".into(), date: engine.today(), id: None };
    let request = by("chair", &format!("refuse {case}"));
    engine.case(&request, case, Command::Refuse { decision, reason }).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_review_on_a_day_off_is_no_sign() {
    let scene = Scene::new().await;
    scene.at("2026-11-29T02:00:00Z");
    scene.reviewed(1, 0, MODEST, MODEST).await;
    scene.reviewed(2, 0, MODEST, MODEST).await;
    assert_eq!(scene.signs(Thresholds { days_off: 1, ..NEVER }).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn points_changed_upwards_only() {
    let scene = Scene::new().await;
    let (mut two_up, mut one_up, mut one_down) = (MODEST, MODEST, MODEST);
    (two_up[0], two_up[8], one_up[4], one_down[3]) = (9, 10, 9, 7);
    for hamlet in [1, 2] {
        scene.reviewed(hamlet, 0, MODEST, two_up).await;
        scene.reviewed(hamlet, 1, MODEST, one_up).await;
        scene.reviewed(hamlet, 2, MODEST, MODEST).await;
    }
    scene.reviewed(2, 3, MODEST, one_down).await;
    let signs = scene.signs(Thresholds { lines_raised: 3, ..NEVER }).await;
    let expected = (SignName::OnlyUpward, "05158-01", "hamlet_review", 3, 3, 100);
    assert_eq!(only(&signs), expected);
    assert_eq!(signs[0].cases.len(), 2);
    assert_eq!(scene.signs(Thresholds { lines_raised: 4, ..NEVER }).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_review_is_held_against_the_claims_as_supplemented() {
    let scene = Scene::new().await;
    let case = scene.claimed(1, 0, MODEST).await;
    scene.log.give_back(case).await;
    let indicator = scene.indicators().next().unwrap();
    let line = ClaimInput { indicator, points: 10, evidence: Vec::new(), note: None };
    let request = by("recorder", "supplement");
    let command = Command::Supplement { lines: vec![line], declarant: None };
    scene.log.commune.engine.case(&request, case, command).await.unwrap();
    let (mut claims, mut own) = (MODEST, MODEST);
    (claims[0], own[0], own[1]) = (10, 10, 9);
    scene.review("hamlet", case, claims, own).await;
    let signs = scene.signs(Thresholds { lines_raised: 1, ..NEVER }).await;
    assert_eq!(only(&signs).3, 1, "the first line is as claimed by now");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_from_elsewhere_and_the_most_striking_first() {
    let scene = Scene::new().await;
    for (hamlet, reviews) in [(1, 2), (2, 5), (3, 3)] {
        for nth in 0..reviews {
            scene.reviewed(hamlet, nth, MODEST, MODEST).await;
        }
    }
    let identical_points = Share { count: 2, percent: 100 };
    let thresholds = Thresholds { identical_points, ..NEVER };
    let units = |codes: &[&str]| codes.iter().map(|code| unit(code)).collect::<Vec<_>>();
    for (territory, asked, expected) in [
        (&["VN"][..], &[][..], &["05158-02", "05158-03", "05158-01"][..]),
        (&["25"], &[], &["05158-02", "05158-03", "05158-01"]),
        (&["05158-01", "05158-03"], &["VN"], &["05158-03", "05158-01"]),
        (&["05158"], &["05158-01"], &["05158-01"]),
        (&["05158-01"], &["05158-02"], &[]),
        (&["00004"], &[], &[]),
        (&[], &["VN"], &[]),
    ] {
        let (territory, units) = (units(territory), units(asked));
        let filter = SignsFilter { territory, units, ..SignsFilter::default() };
        let signs = scene.asked(filter.clone(), thresholds).await;
        let found: Vec<_> = signs.iter().map(|sign| sign.unit.as_str()).collect();
        assert_eq!(found, expected, "{filter:?}");
    }
    for (title, year, expected) in
        [(Some(Title::Family), Some(2026), 3), (Some(Title::Clan), None, 0), (None, Some(2025), 0)]
    {
        let filter = SignsFilter { title, year, ..everywhere() };
        assert_eq!(scene.asked(filter, thresholds).await.len(), expected, "{title:?} {year:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn following_with_ends_between_and_rebuilding_give_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("read.db");
    let scene = Scene::new().await;
    for nth in 0..4 {
        // Claims, the pace of an officer and the numbers of desks are read out of the file.
        let case = scene.claimed(nth + 1, 0, MODEST).await;
        scene.log.followed(&path).await;
        scene.at(&format!("2026-11-24T02:00:{:02}Z", nth * 7));
        scene.review("hamlet", case, MODEST, various(nth)).await;
        scene.log.followed(&path).await;
        scene.review("commune", case, MODEST, MAXIMUM).await;
        scene.log.commune.sign(case).await;
    }
    let followed = scene.log.digest(&path).await;
    let acts = rusqlite::Connection::open(&path).unwrap();
    let since: Vec<Option<i64>> = acts
        .prepare("SELECT since FROM act WHERE fingerprint IS NOT NULL ORDER BY entry")
        .unwrap()
        .query_map((), |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    drop(acts);
    assert_eq!(since, [None, None, Some(7), Some(7), Some(7), Some(7), Some(7), Some(7)]);
    let keyring = scene.log.commune.keyring.clone();
    let rebuilt = rebuild(&path, scene.log.store.clone(), keyring, |_| {}).await.unwrap();
    assert_eq!(rebuilt, followed);
}
