//! More than one server on one store; copies of a store; metrics.

use std::time::Duration;

use acceptance::{Api, Folder};
use serde_json::json;

use crate::import::prepared;

fn token(folder: &Folder, officer: &str) -> String {
    let answer = folder.must(&["officer", "token", officer, "--json"]).json();
    answer["token"].as_str().unwrap().to_owned()
}

fn events(folder: &Folder) -> Vec<String> {
    let export = folder.must(&["export", "-o", "-"]).out;
    export.lines().map(ToOwned::to_owned).collect()
}

#[test]
fn a_server_that_follows_shows_what_another_writes_and_takes_no_changes() {
    let folder = prepared();
    let token = token(&folder, "cb-01");
    let writer = folder.serve();
    let read = folder.path().join("read-2").display().to_string();
    let follow = ["--follow", "--read", &read, "--writer", &writer.base];
    let follower = folder.serve_with(&follow);
    let (one, two) = (Api::new(&writer.base, &token), Api::new(&follower.base, &token));
    assert_eq!(one.get("/api/v1/me").unwrap().status, 200);
    assert_eq!(two.get("/api/v1/me").unwrap().status, 200);

    let path = "/api/v1/me/no-such";
    let refused = two.post(path, "018f3a1e-0000-7000-8000-000000000001", &json!({})).unwrap();
    assert_eq!((refused.status, refused.body["code"].as_str()), (421, Some("http.read_only")));
    assert_eq!(refused.body["params"]["writer"], writer.base);

    // Another process must not write the same read models.
    let again = ["serve", "--listen", "127.0.0.1:0", "--follow", "--read", &read];
    let again = folder.run(&again);
    assert!(!again.success && again.err.contains("cli.held"), "{}", again.err);

    // Whoever writes dies; what was read can still be read, and another one may write.
    writer.kill();
    assert_eq!(two.get("/api/v1/me").unwrap().status, 200);
    let other = self::token(&folder, "cb-02");
    let two = Api::new(&follower.base, &other);
    let seen = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        two.get("/api/v1/me").unwrap().status == 200
    });
    assert!(seen, "the follower has not heard of a token that was issued meanwhile");
}

#[test]
fn a_follower_says_what_it_needs() {
    let folder = prepared();
    let bare = folder.run(&["serve", "--follow"]);
    assert!(!bare.success && bare.err.contains("--read"), "{}", bare.err);
    let empty = Folder::new();
    let read = empty.path().join("read").display().to_string();
    let nothing = empty.run(&["serve", "--follow", "--read", &read]);
    assert!(!nothing.success && nothing.err.contains("cli.store_not_opened"), "{}", nothing.err);
}

#[test]
fn a_server_alone_takes_the_lease_and_gives_it_back() {
    let folder = prepared();
    let before = events(&folder).len();
    let server = folder.serve_with(&["--metrics", "127.0.0.1:0"]);
    let metrics = server.metrics.as_ref().unwrap().trim_end_matches("/metrics");
    let metrics = Api::new(metrics, "");
    let text = || metrics.text("/metrics");
    let held = (0..100).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        text().contains("hieuhoc_lease_held{lease=\"clerk\"} 1")
    });
    assert!(held, "{}", text());
    assert!(text().contains("\nhieuhoc_store_up 1\n") && text().contains("# TYPE "), "{}", text());
    let elsewhere = Api::new(&server.base, "");
    assert_eq!(elsewhere.get("/metrics").unwrap().status, 404, "only where it was asked for");
    assert!(server.terminate(), "it ends well when it is asked to");
    let types: Vec<_> = events(&folder)[before..]
        .iter()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["type"].clone())
        .collect();
    assert_eq!(types, ["LeaseTaken", "LeaseReleased"]);
    // One that was killed is not waited for: with SQLite nobody else can be there.
    folder.serve().kill();
    folder.must(&["procedure", "list"]);
    folder.must(&["rebuild", "--check"]);
}

#[test]
fn a_store_is_copied_and_the_copy_serves() {
    let folder = prepared();
    let server = folder.serve();
    let from = format!("sqlite:{}", folder.path().join("data/events.db").display());
    let to = format!("sqlite:{}", folder.path().join("copy.db").display());
    let copied = folder.must(&["store", "copy", &from, &to, "--json"]).json();
    let written = copied["written"].as_u64().unwrap();
    assert!(written > 20 && copied["found"] == 0, "{copied}");
    assert_eq!(copied["digests"]["events"], written);
    server.kill();
    folder.must(&["officer", "token", "cb-01"]);
    let more = folder.must(&["store", "copy", &from, &to, "--json"]).json();
    assert!(
        more["found"].as_u64() >= Some(written) && more["written"].as_u64() > Some(0),
        "{more}"
    );

    std::fs::remove_file(folder.path().join("data/read.db")).unwrap();
    let bare = |line: &String| {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        (line["id"].clone(), line["stream"].clone(), line["metadata"].clone())
    };
    let one: Vec<_> = events(&folder).iter().map(bare).collect();
    let copy = folder.must(&["--store", &to, "export", "-o", "-"]).out;
    let other: Vec<_> = copy.lines().map(|line| bare(&line.to_owned())).collect();
    assert_eq!(one, other);
    folder.must(&["--store", &to, "procedure", "list"]);

    let foreign = prepared();
    let other = format!("sqlite:{}", foreign.path().join("data/events.db").display());
    let refused = folder.run(&["store", "copy", &from, &other]);
    assert!(!refused.success && refused.err.contains("cli.copy_foreign"), "{}", refused.err);
    let missing = format!("sqlite:{}", folder.path().join("no-such.db").display());
    let refused = folder.run(&["store", "copy", &missing, &to]);
    assert!(!refused.success && refused.err.contains("cli.store_not_opened"), "{}", refused.err);
    for url in ["memory:", "mongodb://x"] {
        let refused = folder.run(&["store", "copy", &from, url]);
        assert!(!refused.success && refused.err.contains("cli.bad_store_url"), "{}", refused.err);
    }
}

#[test]
fn a_copy_that_was_killed_goes_on_where_it_was() {
    let folder = prepared();
    let rows: String = (0..20_000)
        .map(|number| format!("CD-{number},citizen,05158-01,Người thứ {number}\n"))
        .collect();
    let file = folder.file("people.csv", format!("code,kind,unit,name\n{rows}").as_bytes());
    folder.must(&["import", "subjects", &file, "--sample"]);
    let from = format!("sqlite:{}", folder.path().join("data/events.db").display());
    let copy = folder.path().join("copy.db");
    let to = format!("sqlite:{}", copy.display());
    let mut pause = Duration::from_millis(20);
    // Until a kill meets it in the middle, which depends on how fast the machine is.
    let found = loop {
        folder.interrupt(&["store", "copy", &from, &to], pause);
        pause += Duration::from_millis(10);
        let export = folder.run(&["--store", &to, "export", "-o", "-"]);
        let found = if export.success { export.out.lines().count() as u64 } else { 0 };
        if found > 0 {
            break found;
        }
    };
    let copied = folder.must(&["store", "copy", &from, &to, "--json"]).json();
    assert_eq!(copied["found"], found);
    assert_eq!(copied["digests"]["events"], found + copied["written"].as_u64().unwrap());
    let again = folder.must(&["store", "copy", &from, &to, "--json"]).json();
    assert_eq!((&again["written"], &again["digests"]), (&json!(0), &copied["digests"]));
}

#[test]
fn an_engine_is_measured_beside_the_store_and_not_in_it() {
    let folder = Folder::new();
    folder.must(&["procedure", "publish", "--shipped"]);
    let before = events(&folder);
    let files = || std::fs::read_dir(folder.path().join("data")).unwrap().count();
    let names = files();
    let url = format!("sqlite:{}", folder.path().join("data/events.db").display());
    let told = folder.must(&["store", "check", &url, "--bench", "--seconds", "1", "--json"]).json();
    let figures = told["figures"].as_array().unwrap();
    assert_eq!(figures.len(), 5);
    assert!(figures[..3].iter().all(|figure| figure["value"].as_f64() > Some(0.0)), "{told}");
    let table = folder.must(&["store", "check", "memory:", "--bench", "--seconds", "1"]).out;
    assert!(table.contains("append_64_writers") && table.contains("follow_p99"), "{table}");
    assert_eq!(events(&folder), before);
    assert_eq!(files(), names, "what was made for it is removed");
    let alone = folder.run(&["store", "check", &url, "--seconds", "1"]);
    assert!(!alone.success && alone.err.contains("--bench"), "{}", alone.err);
}
