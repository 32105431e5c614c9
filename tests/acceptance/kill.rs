//! `kill -9` at random moments under load: what was acknowledged is there, nothing is there twice,
//! and the read models equal a rebuild.
//!
//! `HIEUHOC_KILLS` sets how often (default 8; the figure in `docs/performance.md` is for 200).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use acceptance::{Api, Folder};
use serde_json::{Value, json};

use crate::season::Season;

const WORKERS: usize = 8;
/// A life has five commands: registration, self-assessment, two reviews, recognition.
const STEPS: usize = 5;

/// What one worker is at: a life that goes on after the next start where this one ended.
struct Worker {
    subject: Option<usize>,
    step: usize,
}

/// An acknowledged command: case, revision, position.
type Acknowledged = (String, u64, String);

struct Load {
    season: Season,
    subjects: Vec<String>,
    next: AtomicUsize,
    acknowledged: Mutex<Vec<Acknowledged>>,
    stop: AtomicBool,
}

impl Load {
    /// Goes on with its lives until the connection breaks or it is told to stop.
    fn work(&self, base: &str, worker: &mut Worker) {
        let officers = self.season.officers(base);
        while !self.stop.load(Ordering::Relaxed) {
            let subject =
                *worker.subject.get_or_insert_with(|| self.next.fetch_add(1, Ordering::Relaxed));
            let Some(id) = self.subjects.get(subject) else { return };
            let Ok(answer) = self.season.step(&officers, id, worker.step) else { return };
            let body = &answer.body;
            assert!(matches!(answer.status, 200 | 201), "{}: {body}", answer.status);
            self.acknowledged.lock().unwrap().push((
                body["id"].as_str().unwrap().to_owned(),
                body["revision"].as_u64().unwrap(),
                body["position"].as_str().unwrap().to_owned(),
            ));
            worker.step += 1;
            if worker.step == STEPS {
                (worker.subject, worker.step) = (None, 0);
            }
        }
    }
}

fn kills() -> usize {
    std::env::var("HIEUHOC_KILLS").ok().and_then(|text| text.parse().ok()).unwrap_or(8)
}

/// Milliseconds until the next kill, different in every run.
fn random_pause() -> Duration {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    Duration::from_millis(20 + u64::from(now.subsec_micros()) % 380)
}

#[test]
fn nothing_acknowledged_is_lost_and_nothing_is_there_twice() {
    let kills = kills();
    let folder = crate::import::prepared();
    let people = 250 * kills;
    let rows: String = (0..people)
        .map(|number| format!("CD-{number},citizen,05158-01,Người thứ {number}\n"))
        .collect();
    let file = folder.file("people.csv", format!("code,kind,unit,name\n{rows}").as_bytes());
    folder.must(&["import", "subjects", &file, "--sample"]);
    let load = Arc::new(Load {
        season: Season::of(&folder, "citizen.tayninh-pilot"),
        subjects: subjects(&folder),
        next: AtomicUsize::new(0),
        acknowledged: Mutex::default(),
        stop: AtomicBool::new(false),
    });
    let mut workers: Vec<_> = (0..WORKERS).map(|_| Worker { subject: None, step: 0 }).collect();
    for _ in 0..kills {
        let server = folder.serve();
        let base = server.base.clone();
        std::thread::scope(|scope| {
            for worker in &mut workers {
                let (load, base) = (load.clone(), &base);
                scope.spawn(move || load.work(base, worker));
            }
            std::thread::sleep(random_pause());
            server.kill();
        });
    }
    let begun = load.next.load(Ordering::Relaxed);
    assert!(begun < people, "the last kills met a server without work");
    let acknowledged = std::mem::take(&mut *load.acknowledged.lock().unwrap());
    assert!(acknowledged.len() > kills, "only {} commands", acknowledged.len());
    check(&folder, &acknowledged);
    println!("{kills} kills, {} acknowledged commands, 0 lost, 0 twice", acknowledged.len());
}

pub(crate) fn subjects(folder: &Folder) -> Vec<String> {
    let export = folder.must(&["export", "-o", "-"]).out;
    let events = export.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    events
        .filter(|event| event["type"] == "SubjectRegistered")
        .map(|event| event["stream"].as_str().unwrap().trim_start_matches("subject-").to_owned())
        .collect()
}

fn check(folder: &Folder, acknowledged: &[Acknowledged]) {
    let export = folder.must(&["export", "-o", "-"]).out;
    let mut streams: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let mut ids = BTreeSet::new();
    for line in export.lines() {
        let event: Value = serde_json::from_str(line).unwrap();
        assert!(ids.insert(event["id"].as_str().unwrap().to_owned()), "an event id twice");
        let stream = event["stream"].as_str().unwrap().to_owned();
        streams.entry(stream).or_default().push(event);
    }
    for (stream, events) in &streams {
        let mut done = BTreeSet::new();
        for (revision, event) in events.iter().enumerate() {
            assert_eq!(event["revision"], revision, "{stream}");
            let act = (event["type"].to_string(), event["data"]["step"].to_string());
            assert!(!stream.starts_with("case-") || done.insert(act), "{stream}: done twice");
        }
    }
    for (case, revision, position) in acknowledged {
        let events = &streams[&format!("case-{case}")];
        let event = events.get(*revision as usize);
        let event = event.unwrap_or_else(|| panic!("{case} lost revision {revision}"));
        assert_eq!(event["position"], position.as_str(), "{case}");
    }
    // The first opening brings the read models up to date from wherever the kills left them.
    let followed = folder.must(&["totals", "--unit", "05158", "--json"]).json();
    let before = read_digest(folder);
    let rebuilt = folder.must(&["rebuild", "--json"]).json();
    assert_eq!(before, rebuilt["digest"].as_str().unwrap());
    assert_eq!(folder.must(&["totals", "--unit", "05158", "--json"]).json(), followed);
}

fn read_digest(folder: &Folder) -> String {
    let digest = folder.must(&["rebuild", "--check", "--json"]).json();
    assert_eq!(digest["same"], true, "{digest}");
    digest["digest"].as_str().unwrap().to_owned()
}

#[test]
fn a_command_of_which_nobody_heard_is_repeated_safely() {
    let folder = crate::import::prepared();
    let file = folder.file("one.csv", b"code,kind,unit,name\nCD-1,citizen,05158-01,Hai\n");
    folder.must(&["import", "subjects", &file, "--sample"]);
    let (season, subject) = (Season::of(&folder, "citizen.tayninh-pilot"), &subjects(&folder)[0]);
    let server = folder.serve();
    let officers = season.officers(&server.base);
    let first = season.step(&officers, subject, 0).unwrap();
    assert_eq!((first.status, &first.body["repeated"]), (201, &json!(false)));
    server.kill();
    let server = folder.serve();
    let officers = season.officers(&server.base);
    let again = season.step(&officers, subject, 0).unwrap();
    assert_eq!(again.body["repeated"], true, "{}", again.body);
    for name in ["id", "revision", "position"] {
        assert_eq!(again.body[name], first.body[name], "{name}");
    }
    let stranger = Api::new(&server.base, &format!("hh_{}", "A".repeat(43)));
    assert_eq!(stranger.get("/api/v1/me").unwrap().status, 401);
}
