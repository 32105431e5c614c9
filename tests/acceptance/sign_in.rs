//! Passwords of officers by the command line: shown once, or read, and kept from everybody.

use crate::import::prepared;

#[test]
fn a_password_is_made_and_shown_once() {
    let folder = prepared();
    let set = || folder.must(&["officer", "password", "cb-01", "--json"]).json();
    let (one, other) = (set(), set());
    assert_eq!(one["officer"], other["officer"]);
    assert_ne!(one["password"], other["password"]);
    let password = one["password"].as_str().unwrap();
    assert!(password.len() == 19 && password.split('-').all(|group| group.len() == 4), "{one}");
    assert!(!folder.must(&["export", "-o", "-"]).out.contains(password));
    let told = folder.must(&["officer", "password", "cb-02"]).out;
    assert!(told.contains("not shown again"), "{told}");
}

#[test]
fn a_password_is_read_and_not_shown() {
    let folder = prepared();
    let read = |officer: &str, input: &str| {
        folder.run_with(&["officer", "password", officer, "--stdin"], input)
    };
    let answer = read("cb-01", "khoai lang nướng\r\nthứ khác\n");
    assert!(answer.success && !answer.out.contains("khoai"), "{answer:?}");
    for (input, code) in [
        ("khoai\n", "password.too_short"),
        ("", "password.too_short"),
        ("matkhau123\n", "password.too_common"),
        ("khoai CB-01 lang\n", "password.contains_code"),
    ] {
        let answer = read("cb-01", input);
        assert!(!answer.success && answer.err.contains(code), "{answer:?}");
        assert!(!answer.err.contains("khoai"), "{answer:?}");
    }
    let answer = read("cb-99", "khoai lang nướng\n");
    assert!(!answer.success && answer.err.contains("cli.unknown_officer"), "{answer:?}");
}

#[test]
fn an_officer_is_signed_out_everywhere() {
    let folder = prepared();
    let answer = folder.must(&["officer", "sign-out", "cb-01", "--json"]).json();
    assert!(answer["officer"].is_string());
    let export = folder.must(&["export", "-o", "-"]).out;
    assert!(export.lines().last().unwrap().contains("SessionsEnded"));
    let answer = folder.run(&["officer", "sign-out", "cb-99"]);
    assert!(!answer.success && answer.err.contains("cli.unknown_officer"), "{answer:?}");
}
