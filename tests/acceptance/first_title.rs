//! `docs/first-title.md`, walked: from nothing to a recognised title, with the files beside it.

use acceptance::{Api, Folder};
use serde_json::{Value, json};

use crate::basics::project_file;
use crate::season::{Season, token};

fn body(name: &str) -> Value {
    let text = std::fs::read(project_file(&format!("docs/first-title/{name}.json"))).unwrap();
    serde_json::from_slice(&text).unwrap()
}

const WALK: &str = "family.walk-2026";

/// The decision, once every case has followed it.
fn settled(officer: &Api, decision: &str) -> Value {
    for _ in 0..200 {
        let found = officer.get(&format!("/api/v1/decisions/{decision}")).unwrap().body;
        if found["decision"]["settled"] == true {
            return found;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    panic!("the cases did not follow their decision");
}

fn key(number: u8) -> String {
    format!("00000000-0000-4000-8000-0000000000{number:02x}")
}

#[test]
fn the_walk_of_the_documentation_ends_in_a_title() {
    let folder = crate::import::prepared();
    let table = project_file("docs/first-title/ho-gia-dinh.csv");
    assert_eq!(folder.must(&["import", "subjects", &table, "--json"]).json()["taken"], 3);
    let definition = project_file("docs/first-title/thu-tuc.toml");
    folder.must(&["procedure", "publish", &definition]);
    folder.must(&["calendar", "publish", "--shipped"]);
    let tokens = ["cb-01", "cb-02", "cb-03", "cb-04"].map(|officer| token(&folder, officer));
    let today = Season::of(&folder, "family.sample-2026").today().to_owned();
    let server = folder.serve();
    let [recorder, hamlet, commune, chair] = tokens.map(|token| Api::new(&server.base, &token));

    let found = recorder.get("/api/v1/subjects?text=HB-02").unwrap().body;
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1), "{found}");
    let subject = found["items"][0]["id"].as_str().unwrap();
    let year: i64 = today[..4].parse().unwrap();
    let registration = json!({ "subject": subject, "year": year, "procedure": WALK });
    let registered = recorder.post("/api/v1/cases", &key(1), &registration).unwrap();
    assert_eq!(registered.status, 201, "{}", registered.body);
    let case = registered.body["id"].as_str().unwrap().to_owned();
    let at = |act: &str| format!("/api/v1/cases/{case}/{act}");

    for (officer, act, body, number) in [
        (&recorder, "self-assessment", body("self-assessment"), 2),
        (&hamlet, "review", body("review"), 3),
        (&commune, "review", body("review"), 4),
    ] {
        let answer = officer.post(&at(act), &key(number), &body).unwrap();
        assert_eq!(answer.status, 200, "{act}: {}", answer.body);
    }
    let draft = json!({ "procedure": WALK, "year": year, "unit": "05158" });
    let drafted = commune.post("/api/v1/decisions", &key(5), &draft).unwrap();
    assert_eq!(drafted.status, 201, "{}", drafted.body);
    let decision = drafted.body["id"].as_str().unwrap().to_owned();
    let of = |act: &str| format!("/api/v1/decisions/{decision}/{act}");
    let listed = commune.post(&of("listing"), &key(6), &json!({ "all": true })).unwrap();
    assert_eq!((listed.status, &listed.body["placed"]), (200, &json!(1)), "{}", listed.body);
    let act = json!({ "number": "1/QĐ-UBND", "date": today });
    let answer = chair.post(&of("signature"), &key(7), &act).unwrap();
    // The sample's season: titles from 1 November.
    let in_season = today[5..7].parse::<u32>().unwrap() >= 11;
    if !in_season {
        assert_eq!((answer.status, &answer.body["code"]), (409, &json!("decision.too_early")));
        return;
    }
    assert_eq!(answer.status, 200, "{}", answer.body);
    let signed = settled(&chair, &decision);
    let annex = folder.must(&["decision", "annex", &decision]).out;
    assert!(annex.contains(&case) && annex.ends_with('\n'), "{annex}");
    assert_eq!(signed["decision"]["concluded"], 1, "{signed}");

    let titles = folder.must(&["titles", "--unit", "05158", "--on", &today, "--json"]).json();
    assert_eq!(titles["items"].as_array().map(Vec::len), Some(1), "{titles}");
    assert_eq!(titles["items"][0]["subject_name"], "Đinh Văn Đức");
    assert_eq!(titles["items"][0]["decision_number"], "1/QĐ-UBND");
    let totals = folder.must(&["totals", "--unit", "05158", "--title", "family", "--json"]).json();
    assert_eq!((&totals[0]["subjects"], &totals[0]["recognised"]), (&3.into(), &1.into()));
    let replay = folder.must(&["case", "replay", &case]).out;
    for seen in
        ["CaseRegistered", "TitleRecognised", "as decided by Hà Thị Duyên", "commune-reviewer"]
    {
        assert!(replay.contains(seen), "{seen} is not in\n{replay}");
    }
    queue_is_empty_and_refusals_are_named(&folder, &server.base, &case, &hamlet);
}

fn queue_is_empty_and_refusals_are_named(folder: &Folder, base: &str, case: &str, hamlet: &Api) {
    let queue = folder.must(&["queue", "--unit", "05158", "--json"]).json();
    assert_eq!(queue["items"], json!([]));
    let path = format!("/api/v1/cases/{case}/review");
    let refused = hamlet.post(&path, &key(9), &body("review")).unwrap();
    assert_eq!((refused.status, &refused.body["code"]), (409, &json!("case.closed")));
    let nobody = Api::new(base, "hh_nothing").get("/api/v1/queue").unwrap();
    assert_eq!(nobody.status, 401);
}

#[test]
fn an_export_holds_every_byte_in_the_order_of_the_log() {
    let folder = crate::import::prepared();
    let path = folder.path().join("log.jsonl");
    folder.must(&["export", "-o", path.to_str().unwrap()]);
    let export = std::fs::read_to_string(&path).unwrap();
    assert_eq!(export, folder.must(&["export", "-o", "-"]).out);
    for (index, line) in export.lines().enumerate() {
        let event: Value = serde_json::from_str(line).unwrap();
        assert_eq!(event["position"], (index + 1).to_string());
        // Metadata and data stand in the line byte for byte: written once, in this order.
        assert!(line.contains(r#""metadata":{"schema":1,"recorded_at":"#), "{line}");
    }
    assert!(!export.contains("Bùi Văn An"), "a name stands in the log in plain text");
}
