//! Help, codes, completions, definitions, stores: what needs no data.

use acceptance::Folder;

/// A file of the project, from its top.
pub(crate) fn project_file(path: &str) -> String {
    let top = concat!(env!("CARGO_MANIFEST_DIR"), "/../");
    format!("{top}{path}")
}

#[test]
fn every_command_explains_itself() {
    let folder = Folder::new();
    let help = folder.must(&["--help"]).out;
    assert!(help.contains("Examples:"));
    for command in [
        "demo",
        "serve",
        "import",
        "officer",
        "case",
        "queue",
        "titles",
        "totals",
        "procedure",
        "store",
        "rebuild",
        "export",
        "explain",
        "completions",
    ] {
        assert!(help.contains(&format!("\n  {command} ")), "{command} is not in the help");
        folder.must(&[command, "--help"]);
    }
    for command in [
        &["import", "units"][..],
        &["import", "officers"],
        &["import", "subjects"],
        &["officer", "token"],
        &["officer", "password"],
        &["officer", "sign-out"],
        &["procedure", "check"],
        &["store", "check"],
    ] {
        let help = folder.must(&[command, &["--help"]].concat()).out;
        assert!(help.contains("Example"), "{command:?} shows no example");
    }
}

#[test]
fn every_code_is_explained_in_both_languages() {
    let folder = Folder::new();
    let list = folder.must(&["explain"]).out;
    let codes: Vec<_> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(codes.len() > 80, "only {} codes", codes.len());
    for code in codes {
        let page = folder.must(&["explain", code]).out;
        assert!(page.contains("**Việc cần làm.**"), "{code}");
        assert!(page.contains("**What to do.**"), "{code}");
    }
    let unknown = folder.run(&["explain", "case.enchanted"]);
    assert!(!unknown.success && unknown.err.contains("cli.unknown_code"), "{}", unknown.err);
}

#[test]
fn completions_come_for_each_shell() {
    for shell in ["bash", "zsh", "fish"] {
        assert!(Folder::new().must(&["completions", shell]).out.contains("hieuhoc"), "{shell}");
    }
}

#[test]
fn shipped_definitions_are_sound_and_a_broken_one_is_located() {
    let folder = Folder::new();
    let shipped = project_file("schemas/procedures/organisation/tt22-2020.toml");
    folder.must(&["procedure", "check", &shipped]);

    let text = std::fs::read_to_string(&shipped).unwrap();
    let line = text.lines().position(|line| line.contains("minimum_total")).unwrap();
    let broken = text.replacen("minimum_total = { value = 50", "minimum_total = { value = 500", 1);
    assert_ne!(text, broken);
    let file = folder.file("broken.toml", broken.as_bytes());
    let answer = folder.run(&["procedure", "check", &file]);
    assert!(!answer.success);
    assert!(answer.out.contains(&format!("broken.toml:{}:", line + 1)), "{}", answer.out);
    assert!(answer.err.contains("cli.findings"), "{}", answer.err);

    for (name, content) in [("latin.toml", &b"id = \"\xe9\""[..]), ("empty.toml", b"")] {
        let file = folder.file(name, content);
        let answer = folder.run(&["procedure", "check", &file]);
        assert!(!answer.success && answer.out.contains(&format!("{name}:1:")), "{}", answer.out);
    }
}

#[test]
fn a_store_is_checked_without_harm_to_what_is_in_it() {
    let folder = Folder::new();
    folder.must(&["procedure", "publish", "--shipped"]);
    let count = |folder: &Folder| {
        let export = folder.must(&["export", "-o", "-"]).out;
        export.lines().filter(|line| !line.contains(r#""stream":"contract-"#)).count()
    };
    let before = count(&folder);
    let url = format!("sqlite:{}", folder.path().join("data/events.db").display());
    let report = folder.must(&["store", "check", &url, "--json"]).json();
    assert_eq!(report["failed"], 0, "{report}");
    assert!(report["passed"].as_u64().unwrap() > 15);
    assert_eq!(count(&folder), before);
    // What the checks left behind disturbs no read model.
    assert_eq!(folder.must(&["procedure", "list", "--json"]).json().as_array().unwrap().len(), 6);
    let unknown = folder.run(&["store", "check", "mongodb://x"]);
    assert!(!unknown.success && unknown.err.contains("cli.bad_store_url"), "{}", unknown.err);
}

#[test]
fn an_empty_folder_says_how_to_begin() {
    let folder = Folder::new();
    for command in ["queue", "titles", "totals"] {
        let answer = folder.run(&[command]);
        assert!(!answer.success && answer.err.contains("cli.nothing_there"), "{}", answer.err);
    }
}

#[test]
fn a_slip_in_a_stores_name_makes_no_new_store() {
    let folder = Folder::new();
    let path = folder.path().join("no-such.db");
    let answer = folder.run(&["store", "check", &format!("sqlite:{}", path.display())]);
    assert!(!answer.success && answer.err.contains("cli.store_not_opened"), "{}", answer.err);
    assert!(!path.exists());
}
