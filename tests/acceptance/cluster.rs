//! The finished program on a KurrentDB cluster: scripted nodes in this process, and a real one where
//! `HIEUHOC_TEST_KURRENTDB` says where it is.

use std::time::{Duration, Instant};

use acceptance::{Api, Folder, Server};
use event_store_kurrentdb::fake::proxy::Proxy;
use event_store_kurrentdb::fake::{Cluster, Credentials, Options, real_cluster};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::import::{prepare, prepared};
use crate::season::{Officers, Season};

const PASSWORD: &str = "m4t-Khau";

/// A cluster, and a log in it that nobody has used.
struct Site {
    url: String,
    fake: Option<(Cluster, Runtime)>,
}

impl Site {
    /// Three nodes that ask for a password, the second of which leads.
    fn fake() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let credentials = Credentials { user: "hieuhoc".into(), password: PASSWORD.into() };
        let options = Options { nodes: 3, credentials: Some(credentials), ..Options::default() };
        let cluster = runtime.block_on(Cluster::start_with(options)).unwrap();
        cluster.elect(Some(1));
        let url = cluster.url().replace("://", &format!("://hieuhoc:{PASSWORD}@"));
        Self { url, fake: Some((cluster, runtime)) }
    }

    /// The fake, and the real one if there is one.
    fn all() -> Vec<Self> {
        let mut all = vec![Self::fake()];
        all.extend(real_cluster().map(|url| Self { url, fake: None }));
        all
    }

    fn folder(&self) -> Folder {
        Folder::new().on(&self.url)
    }
}

/// A server of a site with read models of its own.
fn serve(folder: &Folder, name: &str) -> Server {
    let read = folder.path().join(name).display().to_string();
    folder.serve_with(&["--read", &read, "--name", name, "--metrics", "127.0.0.1:0"])
}

fn holds_lease(server: &Server) -> bool {
    let metrics = server.metrics.as_ref().unwrap();
    let text = Api::new(metrics.trim_end_matches("/metrics"), "").text("/metrics");
    text.contains("hieuhoc_lease_held{lease=\"clerk\"} 1")
}

fn wait_until(what: &str, patience: u64, mut met: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !met() {
        assert!(begun.elapsed() < Duration::from_secs(patience), "{what}: not in {patience} s");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A key for a command.
fn key(number: u16) -> String {
    format!("00000000-0000-4000-8000-00000000{number:04x}")
}

fn must(answer: Result<acceptance::api::Response, impl std::fmt::Debug>) -> Value {
    let answer = answer.unwrap();
    assert!(matches!(answer.status, 200 | 201), "{} {}", answer.status, answer.body);
    answer.body
}

#[test]
fn any_of_two_servers_takes_any_command_and_each_sees_what_the_other_took() {
    for site in Site::all() {
        two_servers(&site);
    }
}

const PROCEDURE: &str = "citizen.tayninh-pilot";
const CASES: usize = 6;

fn two_servers(site: &Site) {
    let folder = prepare(site.folder());
    let rows: String =
        (0..CASES).map(|number| format!("CD-{number},citizen,05158-01,Người {number}\n")).collect();
    let file = folder.file("people.csv", format!("code,kind,unit,name\n{rows}").as_bytes());
    folder.must(&["import", "subjects", &file, "--sample"]);
    let season = Season::of(&folder, PROCEDURE);
    let subjects = crate::kill::subjects(&folder);
    let servers = [serve(&folder, "one"), serve(&folder, "two")];
    let officers = [0, 1].map(|number: usize| season.officers(&servers[number].base));
    wait_until("somebody holds the lease", 20, || servers.iter().any(holds_lease));
    assert_eq!(servers.iter().filter(|server| holds_lease(server)).count(), 1);

    for (number, subject) in subjects.iter().enumerate() {
        for step in 0..4 {
            // Each step at the other server.
            let (here, there) = ((number + step) % 2, (number + step + 1) % 2);
            let done = must(season.step(&officers[here], subject, step));
            sees(&officers[there], &done);
        }
    }
    let drafted = draft(&season, &officers[0]);
    let (decision, position) = (text(&drafted, "id"), text(&drafted, "position"));
    // The position travels with whoever does the next thing elsewhere.
    let listing = format!("/api/v1/decisions/{decision}/listing?after_position={position}");
    let listed = must(officers[1]["cb-03"].post(&listing, &key(2), &json!({ "all": true })));
    sees(&officers[0], &listed);
    dies_and_is_followed(&season, servers, &decision);
    for event in ["TitleRecognised", "PlacedOnDecision"] {
        let export = folder.must(&["export", "-o", "-"]).out;
        let times = export.matches(&format!("\"type\":\"{event}\"")).count();
        assert_eq!(times, CASES, "{event} happens once for each case");
    }
    folder.must(&["rebuild", "--check"]);
}

/// The other server answers only when it has counted what was written.
fn sees(officers: &Officers, done: &Value) {
    let position = done["position"].as_str().unwrap();
    let path = format!("/api/v1/queue?unit=05158&after_position={position}");
    let begun = Instant::now();
    must(officers["cb-03"].get(&path));
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

fn text(answer: &Value, field: &str) -> String {
    answer[field].as_str().unwrap().to_owned()
}

fn draft(season: &Season, officers: &Officers) -> Value {
    let year: i64 = season.today()[..4].parse().unwrap();
    let draft = json!({ "procedure": PROCEDURE, "year": year, "unit": "05158" });
    must(officers["cb-03"].post("/api/v1/decisions", &key(1), &draft))
}

/// The server whose clerk works is killed; the decision is signed at the other, whose clerk takes over
/// when nobody answers, and all cases follow.
fn dies_and_is_followed(season: &Season, servers: [Server; 2], decision: &str) {
    let [one, two] = servers;
    let (holder, other) = if holds_lease(&one) { (one, two) } else { (two, one) };
    let officers = season.officers(&other.base);
    let path = format!("/api/v1/decisions/{decision}");
    // Nothing is under way: what was listed has been placed.
    let placed = || {
        let found = officers["cb-04"].get(&path).unwrap().body;
        found["decision"]["settled"] == true
    };
    wait_until("all cases are placed", 40, placed);
    holder.kill();
    let signature = json!({ "number": "7/QĐ-UBND", "date": season.today() });
    must(officers["cb-04"].post(&format!("{path}/signature"), &key(3), &signature));
    let begun = Instant::now();
    wait_until("the other clerk takes over", 90, || holds_lease(&other) && placed());
    println!("taken over and followed {:.0} s after the signature", begun.elapsed().as_secs_f64());
}

#[test]
fn a_commune_moves_from_its_file_to_a_cluster_and_back_without_losing_a_byte() {
    for site in Site::all() {
        moves(&site);
    }
}

fn moves(site: &Site) {
    let folder = prepared();
    let row = |number| format!("HB-{number},citizen,05158-01,Người thứ {number}\n");
    let rows: String = (0..500).map(row).collect();
    let file = folder.file("people.csv", format!("code,kind,unit,name\n{rows}").as_bytes());
    folder.must(&["import", "subjects", &file, "--sample"]);
    let from = format!("sqlite:{}", folder.path().join("data/events.db").display());
    // Killed in the middle, it goes on where it was.
    folder.interrupt(&["store", "copy", &from, &site.url], Duration::from_millis(150));
    let copied = folder.must(&["store", "copy", &from, &site.url, "--json"]);
    assert!(!copied.out.contains(PASSWORD), "{}", copied.out);
    let copied = copied.json();
    let events = copied["digests"]["events"].as_u64().unwrap();
    assert!(events > 500, "{copied}");
    let again = folder.must(&["store", "copy", &from, &site.url, "--json"]).json();
    assert_eq!((&again["written"], &again["digests"]), (&json!(0), &copied["digests"]));

    let before = folder.must(&["export", "-o", "-"]).out;
    let folder = folder.on(&site.url);
    // The read models of the file are noticed to be of another log, and built anew.
    let server = folder.serve();
    drop(server);
    let token = crate::season::token(&folder, "cb-01");
    let server = folder.serve();
    let api = Api::new(&server.base, &token);
    let found = api.get("/api/v1/subjects?text=HB-499").unwrap().body;
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1), "{found}");
    drop(server);

    let back = format!("sqlite:{}", folder.path().join("back.db").display());
    let returned = folder.must(&["store", "copy", &site.url, &back, "--json"]).json();
    assert!(returned["digests"]["events"].as_u64() > Some(events), "{returned}");
    let folder = folder.on(&back);
    let after = folder.must(&["export", "-o", "-"]).out;
    let bare = |line: &str| {
        let mut line: Value = serde_json::from_str(line).unwrap();
        line.as_object_mut().unwrap().remove("position");
        line
    };
    let (before, after): (Vec<_>, Vec<_>) =
        (before.lines().map(bare).collect(), after.lines().map(bare).collect());
    assert_eq!(after[..before.len()], before[..]);
}

#[test]
fn a_copy_goes_on_when_the_network_comes_back() {
    let site = Site::fake();
    let (cluster, runtime) = site.fake.as_ref().unwrap();
    cluster.elect(Some(0));
    let proxy = runtime.block_on(async { Proxy::start(cluster.address(0)) }).unwrap();
    cluster.advertise(0, proxy.address());
    let url =
        format!("kurrentdb://hieuhoc:{PASSWORD}@{}?tls=false&defaultDeadline=300", proxy.address());
    let folder = prepared();
    let from = format!("sqlite:{}", folder.path().join("data/events.db").display());
    let cutting = runtime.spawn({
        let proxy = proxy.clone();
        async move {
            loop {
                tokio::time::sleep(Duration::from_millis(40)).await;
                proxy.cut();
            }
        }
    });
    // However often it is cut off, a copy has copied something or says why not.
    let failed =
        (0..10).map(|_| folder.run(&["store", "copy", &from, &url])).find(|run| !run.success);
    if let Some(failed) = failed {
        assert!(failed.err.contains("not available"), "{}", failed.err);
        assert!(!failed.err.contains(PASSWORD), "{}", failed.err);
    }
    cutting.abort();
    let copied = folder.must(&["store", "copy", &from, &url, "--json"]).json();
    let stored = cluster.stored().len() as u64;
    assert_eq!(copied["digests"]["events"], stored, "{copied}");
}

#[test]
fn a_check_of_a_cluster_leaves_nothing_in_it() {
    for site in Site::all() {
        let folder = Folder::new();
        let told = folder.must(&["store", "check", &site.url, "--json"]);
        assert!(!told.out.contains(PASSWORD), "{}", told.out);
        let told = told.json();
        assert!(told["failed"] == 0 && told["passed"].as_u64() > Some(20), "{told}");
        let told = folder.must(&["store", "check", &site.url]).out;
        assert!(told.contains("KurrentDB 2") && told.contains("checks passed"), "{told}");
        let bench = ["store", "check", &site.url, "--bench", "--seconds", "1", "--json"];
        let told = folder.must(&bench).json();
        assert_eq!(told["figures"].as_array().map(Vec::len), Some(5), "{told}");
        println!("{told:#}");
        if let Some((cluster, _)) = &site.fake {
            cluster.scavenge();
            let left = cluster.stored();
            assert!(!left.is_empty() && left.iter().all(|e| e.event_type == "$streamDeleted"));
        }
        // What checks left behind is no history: the log can still be begun.
        let folder = site.folder();
        folder.must(&["procedure", "publish", "--shipped"]);
        folder.must(&["rebuild", "--check"]);
    }
}

#[test]
fn what_is_wrong_with_a_cluster_is_said_and_no_password_is_shown() {
    let site = Site::fake();
    let wrong = site.url.replace(PASSWORD, "sai-M4t");
    for (url, words) in [
        (wrong.as_str(), "access denied"),
        ("kurrentdb://an:sai-M4t@127.0.0.1:1?tls=false&defaultDeadline=200", "not available"),
        ("kurrentdb://an:sai-M4t@127.0.0.1:1?tsl=false", "cli.bad_cluster"),
        ("kurrentdb://an:sai-M4t;@127.0.0.1:1", "cli.bad_cluster"),
        ("mongodb://an:sai-M4t@127.0.0.1:1", "cli.bad_store_url"),
    ] {
        for arguments in [&["store", "check", url][..], &["--store", url, "procedure", "list"]] {
            let folder = Folder::new();
            std::fs::create_dir_all(folder.path().join("data")).unwrap();
            let refused = folder.run(arguments);
            let told = format!("{}{}", refused.out, refused.err);
            assert!(!refused.success && told.contains(words), "{arguments:?}: {told}");
            assert!(!told.contains("sai-M4t"), "{told}");
        }
    }
    // Who holds a folder is said to those who find it held.
    let folder = prepare(site.folder());
    let url = site.url.clone();
    let data = folder.path().join("data");
    let server = folder.serve_with(&["--store", &url]);
    let lock = std::fs::read_to_string(data.join("lock")).unwrap_or_default();
    assert!(!lock.contains(PASSWORD), "{lock}");
    let held = folder.run(&["procedure", "publish", "--shipped"]);
    assert!(!held.err.contains(PASSWORD), "{}", held.err);
    drop(server);

    // Another machine without the keys would read nothing of it.
    let elsewhere = site.folder();
    let refused = elsewhere.run(&["serve", "--listen", "127.0.0.1:0"]);
    assert!(!refused.success && refused.err.contains("cli.keys_missing"), "{}", refused.err);
}
