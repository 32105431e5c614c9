//! One decision over many cases, its server killed with `kill -9` again and again: after each restart
//! it is a draft or completely signed, and every case follows exactly once.
//!
//! `HIEUHOC_DECISION_CASES` sets the size (default 400; the figure in `docs/performance.md` is for
//! 10,000).

use std::collections::BTreeMap;
use std::time::{Duration, Instant, SystemTime};

use acceptance::{Api, Folder, Server};
use serde_json::{Value, json};

use crate::season::Season;

const WORKERS: usize = 8;
/// Registration, self-assessment and two reviews; the decision is what is left.
const STEPS: usize = 4;
const PROCEDURE: &str = "citizen.tayninh-pilot";
/// Kills while cases are put on the draft, and then while it is signed and followed.
const KILLS: usize = 4;

fn size() -> usize {
    let size = std::env::var("HIEUHOC_DECISION_CASES");
    size.ok().and_then(|text| text.parse().ok()).unwrap_or(400)
}

/// A moment until the next kill, different in every run.
fn random_pause(most: u64) -> Duration {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    Duration::from_millis(5 + u64::from(now.subsec_micros()) % most)
}

struct Scene {
    folder: Folder,
    season: Season,
    decision: String,
}

impl Scene {
    /// Cases that wait for their decision, and an empty draft.
    fn new(size: usize) -> Self {
        let folder = crate::import::prepared();
        let row = |number| format!("CD-{number},citizen,05158-01,Người thứ {number}\n");
        let rows: String = (0..size).map(row).collect();
        let file = folder.file("people.csv", format!("code,kind,unit,name\n{rows}").as_bytes());
        folder.must(&["import", "subjects", &file, "--sample"]);
        let season = Season::of(&folder, PROCEDURE);
        let subjects = crate::kill::subjects(&folder);
        let server = folder.serve();
        std::thread::scope(|scope| {
            for part in subjects.chunks(size.div_ceil(WORKERS)) {
                let (season, base) = (&season, &server.base);
                scope.spawn(move || {
                    let officers = season.officers(base);
                    for subject in part {
                        for step in 0..STEPS {
                            let answer = season.step(&officers, subject, step).unwrap();
                            assert!(matches!(answer.status, 200 | 201), "{}", answer.body);
                        }
                    }
                });
            }
        });
        let year: i64 = season.today()[..4].parse().unwrap();
        let draft = json!({ "procedure": PROCEDURE, "year": year, "unit": "05158" });
        let officers = season.officers(&server.base);
        let drafted = officers["cb-03"].post("/api/v1/decisions", &key(1), &draft).unwrap();
        assert_eq!(drafted.status, 201, "{}", drafted.body);
        let decision = drafted.body["id"].as_str().unwrap().to_owned();
        server.kill();
        Self { folder, season, decision }
    }

    /// Sends a command to a server that is killed at a random moment.
    fn interrupted(&self, officer: &str, act: &str, key: &str, body: &Value) {
        let server = self.folder.serve();
        let officers = self.season.officers(&server.base);
        let path = format!("/api/v1/decisions/{}/{act}", self.decision);
        let most = 10 + size() as u64 / 5;
        std::thread::scope(|scope| {
            let api: &Api = &officers[officer];
            // Whether an answer comes is a matter of luck.
            scope.spawn(move || api.post(&path, key, body).ok());
            std::thread::sleep(random_pause(most));
            server.kill();
        });
    }

    /// The decision as a server shows it that has just been started.
    fn look(&self, server: &Server) -> Value {
        let path = format!("/api/v1/decisions/{}", self.decision);
        let officers = self.season.officers(&server.base);
        officers["cb-04"].get(&path).unwrap().body["decision"].clone()
    }

    fn settled(&self, server: &Server) -> Value {
        let until = Instant::now() + Duration::from_secs(120);
        while Instant::now() < until {
            let found = self.look(server);
            if found["settled"] == true {
                return found;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the cases did not follow: {}", self.look(server));
    }
}

fn key(number: u16) -> String {
    format!("00000000-0000-4000-8000-00000000{number:04x}")
}

#[test]
fn a_decision_is_a_draft_or_completely_signed_and_every_case_follows_once() {
    let size = size();
    let scene = Scene::new(size);
    for _ in 0..KILLS {
        scene.interrupted("cb-03", "listing", &key(2), &json!({ "all": true }));
    }
    let server = scene.folder.serve();
    let officers = scene.season.officers(&server.base);
    let path = format!("/api/v1/decisions/{}/listing", scene.decision);
    let listed = officers["cb-03"].post(&path, &key(2), &json!({ "all": true })).unwrap();
    assert_eq!(listed.status, 200, "{}", listed.body);
    let draft = scene.settled(&server);
    assert_eq!((&draft["state"], &draft["placed"]), (&json!("draft"), &json!(size)), "{draft}");
    server.kill();

    let act = json!({ "number": "1/QĐ-UBND", "date": scene.season.today() });
    for _ in 0..KILLS {
        scene.interrupted("cb-04", "signature", &key(3), &act);
        let server = scene.folder.serve();
        let found = scene.look(&server);
        let state = found["state"].as_str().unwrap();
        assert!(matches!(state, "draft" | "signed"), "{found}");
        assert_eq!(found["listed"], size, "{found}");
        assert!(state == "signed" || found["concluded"] == 0, "{found}");
        server.kill();
    }
    let server = scene.folder.serve();
    let officers = scene.season.officers(&server.base);
    let path = format!("/api/v1/decisions/{}/signature", scene.decision);
    let signed = officers["cb-04"].post(&path, &key(3), &act).unwrap();
    assert_eq!(signed.status, 200, "{}", signed.body);
    let found = scene.settled(&server);
    assert_eq!((&found["state"], &found["concluded"]), (&json!("signed"), &json!(size)), "{found}");
    server.kill();
    check(&scene, size);
    println!("{} kills, {size} cases, each placed and recognised once", 2 * KILLS);
}

fn check(scene: &Scene, size: usize) {
    let export = scene.folder.must(&["export", "-o", "-"]).out;
    let mut done: BTreeMap<(String, String), usize> = BTreeMap::new();
    for line in export.lines() {
        let event: Value = serde_json::from_str(line).unwrap();
        let of = |name: &str| event[name].as_str().unwrap().to_owned();
        *done.entry((of("type"), of("stream"))).or_default() += 1;
    }
    for act in ["PlacedOnDecision", "TitleRecognised"] {
        let times: Vec<_> = done.iter().filter(|((name, _), _)| name == act).collect();
        assert_eq!(times.len(), size, "{act}");
        assert!(times.iter().all(|(_, times)| **times == 1), "{act} twice");
    }
    let signed = ("DecisionSigned".to_owned(), format!("decision-{}", scene.decision));
    assert_eq!(done.get(&signed), Some(&1));
    let same = scene.folder.must(&["rebuild", "--check", "--json"]).json();
    assert_eq!(same["same"], true, "{same}");
}
