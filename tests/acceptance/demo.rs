//! The demonstration: the same seed gives the same log, byte for byte.

use acceptance::Folder;

fn play(folder: &Folder, seed: &str) -> serde_json::Value {
    let small = ["--households", "200", "--no-serve", "--json"];
    folder.must(&[&["demo", "--seed", seed][..], &small].concat()).json()
}

#[test]
fn a_seed_gives_one_log_and_another_seed_another() {
    let (one, same, other) = (Folder::new(), Folder::new(), Folder::new());
    let summary = play(&one, "7");
    assert_eq!(summary["subjects"]["household"], 200);
    assert_eq!((&summary["hamlets"], &summary["subjects"]["clan"]), (&27.into(), &38.into()));
    assert_eq!(play(&same, "7"), summary);
    assert_ne!(play(&other, "8")["log_digest"], summary["log_digest"]);

    let log = |folder: &Folder| folder.must(&["export", "-o", "-"]).out;
    assert!(log(&one) == log(&same), "the same seed, another log");
    assert_eq!(log(&one).lines().count() as u64, summary["events"].as_u64().unwrap());

    let rebuilt = one.must(&["rebuild", "--json"]).json();
    assert_eq!(rebuilt["digest"], same.must(&["rebuild", "--json"]).json()["digest"]);

    let totals = one.must(&["totals", "--unit", "05158", "--title", "family", "--json"]).json();
    assert_eq!(totals[0]["subjects"], 200);
    for list in ["queue", "titles"] {
        let all: &[&str] = if list == "titles" { &["--all"] } else { &[] };
        let page = one.must(&[&[list, "--unit", "05158", "--json"], all].concat()).json();
        let items = page["items"].as_array().unwrap();
        assert!(!items.is_empty() && items.iter().all(|item| item["sample"] == true), "{list}");
    }
    let states = totals[0]["states"].as_object().unwrap();
    let sum: u64 = states.values().map(|count| count.as_u64().unwrap()).sum();
    assert_eq!(totals[0]["registered"], sum);
}

#[test]
fn a_folder_with_data_is_not_played_over() {
    let folder = Folder::new();
    play(&folder, "7");
    let again = folder.run(&["demo", "--no-serve"]);
    assert!(!again.success && again.err.contains("cli.folder_not_empty"), "{}", again.err);
}
