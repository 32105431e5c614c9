//! A draft definition on the cases of a year: who gains, who loses, and of whom it cannot be said.

use std::sync::Arc;

use engine::Request;
use engine::kit::{Commune, OFFICERS, by, clock, household, id, operator, unit};
use event_store::{EventStore, MemoryStore};
use procedure::case::{ClaimInput, Command, Finding, ReviewInput};
use procedure::{CaseId, Definition, Title, edition};
use projections::ReadError;
use projections::trial::{Basis, Change, End, Scope, Trial, trial};

/// A commune whose households get what a test says.
struct Year {
    store: Arc<MemoryStore>,
    commune: Commune,
}

impl Year {
    async fn new() -> Self {
        let store = Arc::new(MemoryStore::new());
        let commune = Commune::new(store.clone()).await;
        Self { store, commune }
    }

    /// A self-assessment that misses the maximum of `4b` by so many points.
    async fn claimed(&self, number: usize, missing: i64) -> CaseId {
        let case = self.commune.register(self.commune.enter(number).await).await;
        let Command::SelfAssess { lines, .. } = self.commune.claims() else { unreachable!() };
        let less = |line: ClaimInput| match line.indicator.as_str() {
            "4b" => ClaimInput { points: line.points - missing, ..line },
            _ => line,
        };
        let lines = lines.into_iter().map(less).collect();
        let command = Command::SelfAssess { lines, declarant: None };
        self.act("recorder", case, command).await;
        case
    }

    /// The same with one review that confirms it.
    async fn reviewed(&self, number: usize, missing: i64) -> CaseId {
        let case = self.claimed(number, missing).await;
        let Command::Review { lines } = self.commune.review() else { unreachable!() };
        let less = |line: ReviewInput| match line.indicator.as_str() {
            "4b" => ReviewInput { points: line.points - missing, ..line },
            _ => line,
        };
        let command = Command::Review { lines: lines.into_iter().map(less).collect() };
        self.act("hamlet", case, command).await;
        case
    }

    async fn act(&self, code: &str, case: CaseId, command: Command) {
        let request = by(code, &format!("{} {case} {command:?}", self.commune.engine.today()));
        self.commune.engine.case(&request, case, command).await.unwrap();
    }

    async fn sealed(&self, case: CaseId, text: &str) -> procedure::Sealed {
        let subject = self.commune.engine.subject_of(case).await.unwrap();
        self.commune.engine.sealer(subject.0).unwrap().seal("reason", text).unwrap()
    }

    /// The definition that the cases are under, under another name.
    fn draft(&self) -> Definition {
        let mut draft = self.commune.definition.clone();
        draft.id = "family.draft".parse().unwrap();
        draft
    }

    /// The draft with another minimum total.
    fn draft_from(&self, minimum: u16) -> Definition {
        let mut outcome = serde_json::to_value(&self.commune.definition.outcome).unwrap();
        outcome["minimum_total"]["value"] = minimum.into();
        Definition { outcome: serde_json::from_value(outcome).unwrap(), ..self.draft() }
    }

    /// The draft with an indicator of ten points that no case has.
    fn draft_with_new(&self, minimum: u16) -> Definition {
        let mut draft = self.draft_from(minimum);
        let mut new = draft.criteria[3].indicators[1].clone();
        new.id = "4c".parse().unwrap();
        draft.criteria[3].indicators.push(new);
        draft
    }

    async fn try_in(&self, draft: Definition, place: &str, year: i16) -> Trial {
        let scope = Scope { year, unit: unit(place), listed: 100 };
        trial(&*self.store, draft, scope, |_| {}).await.unwrap()
    }

    async fn try_on(&self, draft: Definition) -> Trial {
        self.try_in(draft, "VN", 2026).await
    }
}

#[tokio::test]
async fn a_raised_threshold_takes_the_title_from_those_below_it() {
    let year = Year::new().await;
    let (loses, keeps) = (year.reviewed(1, 4).await, year.reviewed(2, 0).await);
    for case in [loses, keeps] {
        // The commune confirms what stands there.
        let points = if case == loses { 6 } else { 10 };
        let Command::Review { mut lines } = year.commune.review() else { unreachable!() };
        lines.last_mut().unwrap().points = points;
        year.act("commune", case, Command::Review { lines }).await;
        year.commune.sign(case).await;
    }
    let found = year.try_on(year.draft_from(97)).await;
    let counts = &found.unit.counts;
    assert_eq!((counts.cases, counts.judged, counts.recognised), (2, 2, 2));
    assert_eq!((counts.reached_old, counts.reached_new), (2, 1));
    assert_eq!((counts.gain, counts.lose, counts.unknown, counts.cut), (0, 1, 0, 0));

    let [changed] = &found.cases[..] else { panic!("{:?}", found.cases) };
    assert_eq!((changed.case, changed.change, changed.end), (loses, Change::Lose, End::Recognised));
    assert_eq!((changed.total_old, changed.total_new, changed.total_new_most), (96, 96, 96));
    let place = ["VN", "25", "05158", "05158-02"].map(unit);
    assert_eq!(changed.place, place);

    let [difference] = &found.differences[..] else { panic!("{:?}", found.differences) };
    assert_eq!((&difference.procedure, difference.cases), (&year.commune.procedure(), 2));
    let [threshold] = &difference.thresholds[..] else { panic!("{difference:?}") };
    assert_eq!(threshold.what, "minimum_total");
    assert_eq!((&threshold.before, &threshold.after), (&75.into(), &97.into()));
    assert!(difference.added.is_empty() && difference.maxima.is_empty());
}

#[tokio::test]
async fn a_lowered_threshold_gives_the_title_to_those_above_it() {
    let year = Year::new().await;
    let strict = year.draft_from(97);
    let digest = codec::definition::digest(&strict).unwrap();
    let (id_of, request) = (strict.id.clone(), Request::new(operator(), id("publish strict")));
    let command = edition::Command::Publish { definition: Box::new(strict), digest };
    year.commune.engine.procedure(&request, &id_of, command).await.unwrap();
    let subject = year.commune.enter(1).await;
    let request = by("recorder", "register strict");
    let case = year.commune.engine.register_case(&request, &id_of, subject, 2026).await.unwrap().0;
    let Command::SelfAssess { mut lines, .. } = year.commune.claims() else { unreachable!() };
    lines.last_mut().unwrap().points = 5;
    year.act("recorder", case, Command::SelfAssess { lines, declarant: None }).await;
    year.reviewed(2, 5).await;

    let found = year.try_on(year.draft_from(90)).await;
    let counts = &found.unit.counts;
    assert_eq!((counts.reached_old, counts.reached_new, counts.gain), (1, 2, 1));
    assert_eq!((found.cases[0].case, found.cases[0].change), (case, Change::Gain));
    // Each definition that cases are under is compared, in the order of their names.
    let procedures = found.differences.iter().map(|found| found.procedure.to_string());
    assert_eq!(procedures.collect::<Vec<_>>(), ["family.draft", "family.sample-2026"]);
}

#[tokio::test]
async fn a_new_indicator_leaves_open_what_only_it_would_decide() {
    let year = Year::new().await;
    year.reviewed(1, 0).await;
    year.reviewed(2, 10).await;
    // Out of 100 and 90 points, with 0 to 10 of the new indicator.
    for (minimum, reached_new, lose, unknown) in
        [(90, 2, 0, 0), (95, 1, 0, 1), (100, 1, 0, 1), (101, 0, 1, 1), (111, 0, 2, 0)]
    {
        let found = year.try_on(year.draft_with_new(minimum)).await;
        let counts = &found.unit.counts;
        let got = (counts.reached_new, counts.lose, counts.unknown);
        assert_eq!(got, (reached_new, lose, unknown), "from {minimum}");
        assert_eq!((counts.judged, counts.reached_old, counts.gain), (2, 2, 0));
        assert_eq!(found.cases.len() as u32, lose + unknown);
        assert_eq!(found.differences[0].added[0].indicator.as_str(), "4c");
    }
    let found = year.try_on(year.draft_with_new(95)).await;
    let changed = &found.cases[0];
    assert_eq!((changed.total_old, changed.total_new, changed.total_new_most), (90, 90, 100));
    assert_eq!((changed.change, &changed.band_new), (Change::Unknown, &None));
}

#[tokio::test]
async fn points_above_a_lowered_maximum_are_cut_and_a_removed_indicator_counts_no_more() {
    let year = Year::new().await;
    year.reviewed(1, 0).await;
    year.reviewed(2, 8).await;
    let mut draft = year.draft_from(80);
    draft.criteria[3].indicators[1].maximum.value = 5;
    draft.criteria[0].indicators.remove(2);
    let found = year.try_on(draft).await;
    let counts = &found.unit.counts;
    assert_eq!((counts.judged, counts.cut), (2, 1));
    // 80 and 5, and 80 and 2: only the one was cut, and both still reach it.
    assert_eq!((counts.reached_old, counts.reached_new), (2, 2));
    let difference = &found.differences[0];
    assert_eq!(difference.removed[0].indicator.as_str(), "1c");
    let maximum = &difference.maxima[0];
    assert_eq!((maximum.indicator.as_str(), maximum.before, maximum.after), ("4b", 10, 5));

    let mut draft = year.draft_from(95);
    draft.criteria[3].indicators[1].maximum.value = 5;
    let found = year.try_on(draft).await;
    assert_eq!((found.unit.counts.lose, found.unit.counts.reached_new), (1, 1));
    assert_eq!(found.cases[0].total_new, 92);
}

#[tokio::test]
async fn the_last_review_counts_and_before_any_the_last_claims() {
    let year = Year::new().await;
    let supplemented = year.claimed(1, 10).await;
    let reason = year.sealed(supplemented, "Thiếu giấy khen.").await;
    year.act("hamlet", supplemented, Command::Return { reason, indicators: Vec::new() }).await;
    let Command::SelfAssess { mut lines, .. } = year.commune.claims() else { unreachable!() };
    lines.retain(|line| line.indicator.as_str() == "4b");
    year.act("recorder", supplemented, Command::Supplement { lines, declarant: None }).await;

    let adjusted = year.claimed(2, 0).await;
    let note = Some(year.sealed(adjusted, "Chưa đủ.").await);
    let Command::Review { mut lines } = year.commune.review() else { unreachable!() };
    let last = lines.last_mut().unwrap();
    (last.points, last.finding, last.note) = (0, Finding::Adjusted, note);
    year.act("hamlet", adjusted, Command::Review { lines }).await;

    let withdrawn = year.claimed(3, 10).await;
    let reason = year.sealed(withdrawn, "Chuyển đi.").await;
    year.act("recorder", withdrawn, Command::Withdraw { reason }).await;
    year.commune.register(year.commune.enter(4).await).await;

    let found = year.try_on(year.draft_from(95)).await;
    let counts = &found.unit.counts;
    assert_eq!((counts.cases, counts.judged, counts.on_claims), (4, 2, 1));
    assert_eq!((counts.withdrawn, counts.unjudged), (1, 1));
    assert_eq!((counts.reached_new, counts.lose), (1, 1));
    let changed = &found.cases[0];
    assert_eq!((changed.case, changed.basis, changed.total_old), (adjusted, Basis::Review, 90));
}

#[tokio::test]
async fn other_years_titles_and_places_are_not_counted() {
    let store = Arc::new(MemoryStore::new());
    let clock = clock();
    let commune = Commune::with(store.clone(), Arc::default(), clock.clone()).await;
    let year = Year { store, commune };
    year.claimed(1, 0).await;
    year.claimed(2, 0).await;
    clock.set("2027-11-23T02:00:00Z".parse().unwrap());
    let later = year.commune.register(household(1)).await;
    year.act("recorder", later, year.commune.claims()).await;

    let cases = async |draft, place, on| year.try_in(draft, place, on).await.unit.counts.cases;
    assert_eq!(cases(year.draft(), "VN", 2026).await, 2);
    assert_eq!(cases(year.draft(), "VN", 2027).await, 1);
    assert_eq!(cases(year.draft(), "VN", 2028).await, 0);
    assert_eq!(cases(year.draft(), "05158-02", 2026).await, 1);
    assert_eq!(cases(year.draft(), "26", 2026).await, 0);
    let clans = Definition { title: Title::Clan, ..year.draft() };
    let found = year.try_on(clans).await;
    assert!(found.unit.counts.is_empty() && found.differences.is_empty());
}

#[tokio::test]
async fn units_add_up_and_the_list_of_cases_is_stable_and_capped() {
    let year = Year::new().await;
    for number in [29, 3, 1, 28, 2] {
        year.reviewed(number, 4).await;
    }
    let scope = Scope { year: 2026, unit: unit("25"), listed: 3 };
    let found = trial(&*year.store, year.draft_from(97), scope, |_| {}).await.unwrap();
    let commune = &found.unit.below[0];
    assert_eq!((found.unit.counts.lose, &commune.counts), (5, &found.unit.counts));
    assert!(found.unit.here.is_empty());
    let hamlets = commune.below.iter().map(|hamlet| (hamlet.unit.as_str(), hamlet.counts.lose));
    let all = [("05158-02", 2), ("05158-03", 2), ("05158-04", 1)];
    assert_eq!(hamlets.collect::<Vec<_>>(), all);
    assert_eq!(commune.below[0].here, commune.below[0].counts);

    let listed: Vec<_> = found.cases.iter().map(|case| (case.place.clone(), case.case)).collect();
    let mut sorted = listed.clone();
    sorted.sort();
    assert_eq!((listed.len(), &listed), (3, &sorted));
    assert_eq!(listed[0].0, ["25", "05158", "05158-02"].map(unit));
    let all = year.try_in(year.draft_from(97), "25", 2026).await.cases;
    assert_eq!((all.len(), &all[..3]), (5, &found.cases[..]));
}

#[tokio::test]
async fn an_empty_log_has_no_cases() {
    let year = Year::new().await;
    let scope = Scope { year: 2026, unit: unit("VN"), listed: 3 };
    let empty = MemoryStore::new();
    let found = trial(&empty, year.draft(), scope, |_| {}).await.unwrap();
    assert!(found.unit.counts.is_empty() && found.unit.below.is_empty());
    assert!(found.differences.is_empty() && found.cases.is_empty());
}

#[tokio::test]
async fn nothing_is_written_and_what_cannot_be_read_stops_it() {
    let year = Year::new().await;
    let case = year.claimed(1, 0).await;
    let before = year.store.head().await.unwrap();
    let mut read = 0;
    let scope = Scope { year: 2026, unit: unit("VN"), listed: 3 };
    trial(&*year.store, year.draft(), scope.clone(), |events| read = events).await.unwrap();
    assert!(read > OFFICERS.len() as u64);
    assert_eq!(year.store.head().await.unwrap(), before);

    let stream = event_store::StreamName::new(format!("case-{case}")).unwrap();
    let events = year.store.read(&stream, 0, 10).await.unwrap();
    let broken = event_store::NewEvent {
        id: id("broken"),
        event_type: "Reviewed".into(),
        metadata: events[0].metadata.clone(),
        data: b"{}".to_vec().into(),
    };
    let last = event_store::Expected::Exact(events.len() as u64 - 1);
    year.store.append(&stream, last, vec![broken]).await.unwrap();
    let error = trial(&*year.store, year.draft(), scope, |_| {}).await.unwrap_err();
    assert!(matches!(&error, ReadError::Stopped { event_type, .. } if event_type == "Reviewed"));
}
