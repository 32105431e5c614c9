//! One folder, one writer; readers beside it.

use acceptance::Folder;

use crate::import::prepared;

#[test]
fn a_second_process_is_told_who_holds_the_folder_and_may_read() {
    let folder = prepared();
    let server = folder.serve();
    for command in [
        &["serve"][..],
        &["rebuild"],
        &["officer", "token", "cb-01"],
        &["officer", "password", "cb-01"],
        &["officer", "sign-out", "cb-01"],
    ] {
        let answer = folder.run(command);
        assert!(!answer.success && answer.err.contains("cli.held"), "{command:?} {}", answer.err);
        assert!(answer.err.contains("hieuhoc") && answer.err.contains("serve"), "{}", answer.err);
    }
    assert_eq!(folder.must(&["procedure", "list", "--json"]).json().as_array().unwrap().len(), 6);
    folder.must(&["queue"]);
    folder.must(&["export", "-o", "-"]);
    server.kill();
    // A killed holder holds nothing.
    folder.must(&["officer", "token", "cb-01"]);
}

#[test]
fn a_store_held_by_another_is_not_opened_by_another_name() {
    let folder = prepared();
    let _server = folder.serve();
    let url = format!("sqlite:{}", folder.path().join("data/events.db").display());
    let source = prepared();
    let other = format!("sqlite:{}", source.path().join("data/events.db").display());
    let answer = folder.run(&["store", "copy", &other, &url]);
    assert!(!answer.success && answer.err.contains("cli.store_not_opened"), "{}", answer.err);
    let elsewhere = Folder::new();
    let answer = elsewhere.run(&["--store", &url, "rebuild"]);
    assert!(!answer.success && answer.err.contains("cli.store_not_opened"), "{}", answer.err);
}
