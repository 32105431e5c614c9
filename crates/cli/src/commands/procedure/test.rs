//! `procedure test`: scenarios in Vietnamese sentences, each said to pass or not, and why not.
//! Deliberately absent: reading sentences and playing them, which is `codec`'s; and the data folder,
//! which is not needed.

use std::path::{Path, PathBuf};

use anyhow::Result;
use codec::definition::Located;
use codec::scenario::{Known, Report, parse};
use procedure::{Calendar, Language, ProcedureId};
use serde_json::{Value, json};

use super::read_all;
use crate::args::Test;
use crate::failure::CliError;
use crate::official;
use crate::output::answer;

macro_rules! shipped {
    ($($path:literal),* $(,)?) => {
        /// The shipped test files by their paths under `schemas/procedures`.
        const SHIPPED: &[(&str, &str)] = &[$((
            $path,
            include_str!(concat!("../../../../../schemas/procedures/", $path)),
        )),*];
    };
}

shipped![
    "citizen/tests/thi-diem.toml",
    "clan/tests/bo-mau.toml",
    "community/tests/bo-mau.toml",
    "family/tests/hieu-luc.toml",
    "family/tests/hop-niem-yet.toml",
    "family/tests/nhac-viec.toml",
    "family/tests/quyet-dinh.toml",
    "family/tests/tham-dinh.toml",
    "family/tests/thoi-han.toml",
    "organisation/tests/tt22-xep-loai.toml",
    "organisation/tests/tt24-muc-do.toml",
];

/// The folder of test files beside definitions.
const FOLDER: &str = "tests";

/// How the scenarios of a file went, or why it could not be read.
struct Played {
    file: String,
    read: Result<(ProcedureId, Vec<Report>), Vec<Located>>,
}

/// What came of all files.
struct Counts {
    scenarios: usize,
    failed: usize,
    unread: usize,
}

pub(super) fn run(arguments: Test) -> Result<()> {
    let Test { files, definitions, json } = arguments;
    // A file of one's own goes before a shipped one of the same id.
    let mut definitions = read_all(&definitions)?;
    definitions.extend(official::definitions()?);
    let calendar = Calendar::new(&official::calendar()?);
    let known = Known { definitions: &definitions, calendar: Some(&calendar) };
    let texts = if files.is_empty() { shipped() } else { read(&files)? };
    let all: Vec<_> = texts.iter().map(|(name, text)| play(name, text, known)).collect();
    let Counts { scenarios, failed, unread } = counts(&all);
    let files: Vec<_> = all.iter().map(as_json).collect();
    let value =
        json!({ "files": files, "scenarios": scenarios, "failed": failed, "unread": unread });
    answer(json.json, &value, |_| told(&all))?;
    if failed + unread == 0 {
        Ok(())
    } else {
        Err(CliError::ScenariosFailed { scenarios, failed, unread }.into())
    }
}

fn play(file: &str, text: &[u8], known: Known<'_>) -> Played {
    let suite = parse(file, text, known);
    let read = suite.map(|suite| (suite.procedure().clone(), suite.run()));
    Played { file: file.to_owned(), read }
}

fn shipped() -> Vec<(String, Vec<u8>)> {
    let name = |path: &str| format!("schemas/procedures/{path}");
    SHIPPED.iter().map(|(path, text)| (name(path), text.as_bytes().to_vec())).collect()
}

/// Files as they are named, and the test files of folders.
fn read(named: &[PathBuf]) -> Result<Vec<(String, Vec<u8>)>> {
    let mut texts = Vec::new();
    for path in named {
        let files = if path.is_dir() { in_folder(path)? } else { vec![path.clone()] };
        if files.is_empty() {
            return Err(unreadable(path, "no test file (.toml) is in the folder").into());
        }
        for file in files {
            let text = std::fs::read(&file).map_err(|error| unreadable(&file, error))?;
            texts.push((file.display().to_string(), text));
        }
    }
    Ok(texts)
}

/// The files of folders named `tests`, at any depth; where there are none, those of the folder
/// itself. So a folder of definitions can be named without them being taken for tests.
fn in_folder(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    collect(folder, &mut files)?;
    files.sort();
    let is_test = |file: &&PathBuf| file.parent().is_some_and(|parent| parent.ends_with(FOLDER));
    let tests: Vec<_> = files.iter().filter(is_test).cloned().collect();
    if !tests.is_empty() {
        return Ok(tests);
    }
    files.retain(|file| file.parent() == Some(folder));
    Ok(files)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder).map_err(|error| unreadable(folder, error))? {
        let entry = entry.map_err(|error| unreadable(folder, error))?;
        let path = entry.path();
        // Links to folders are not followed, so that the search ends.
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|kind| kind == "toml") {
            files.push(path);
        }
    }
    Ok(())
}

fn unreadable(path: &Path, detail: impl ToString) -> CliError {
    CliError::File { file: path.display().to_string(), detail: detail.to_string() }
}

fn counts(all: &[Played]) -> Counts {
    let reports = || all.iter().flat_map(|one| one.read.iter().flat_map(|(_, reports)| reports));
    Counts {
        scenarios: reports().count(),
        failed: reports().filter(|report| !report.passed()).count(),
        unread: all.iter().filter(|one| one.read.is_err()).count(),
    }
}

fn told(all: &[Played]) -> String {
    let mut lines: Vec<_> = all.iter().flat_map(told_of).collect();
    let Counts { scenarios, failed, unread } = counts(all);
    lines.push(format!(
        "{scenarios} scenarios, {failed} failed, {unread} files not read \
         ({scenarios} tình huống, {failed} không đạt, {unread} tệp không đọc được)"
    ));
    lines.join("\n")
}

fn told_of(played: &Played) -> Vec<String> {
    match &played.read {
        Ok((procedure, reports)) => {
            let head = format!("{} ({procedure})", played.file);
            let lines = reports.iter().flat_map(|report| {
                let word = if report.passed() { "đạt      " } else { "không đạt" };
                let line = format!("  {word}  {}", report.name);
                std::iter::once(line)
                    .chain(report.differences.iter().map(|one| finding(one, "    ")))
            });
            std::iter::once(head).chain(lines).collect()
        }
        Err(findings) => findings.iter().map(|one| finding(one, "")).collect(),
    }
}

/// A finding in both languages.
fn finding(one: &Located, indent: &str) -> String {
    let (vi, en) = (one.line_in(Language::Vietnamese), one.text(Language::English));
    format!("{indent}{vi}\n{indent}  {en}")
}

fn as_json(played: &Played) -> Value {
    let located = |one: &Located| {
        json!({
            "file": one.file, "line": one.line, "column": one.column,
            "rule": one.rule, "vi": one.vi, "en": one.en,
        })
    };
    let all = |findings: &[Located]| findings.iter().map(located).collect::<Vec<_>>();
    match &played.read {
        Ok((procedure, reports)) => {
            let scenarios = reports.iter().map(|report| {
                json!({
                    "name": report.name, "line": report.line, "passed": report.passed(),
                    "differences": all(&report.differences),
                })
            });
            let scenarios: Vec<_> = scenarios.collect();
            json!({ "file": played.file, "procedure": procedure, "scenarios": scenarios })
        }
        Err(findings) => json!({ "file": played.file, "findings": all(findings) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::Json;

    fn folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/procedures")
    }

    fn arguments(files: &[&Path], definitions: &[&Path]) -> Test {
        let paths = |paths: &[&Path]| paths.iter().map(|path| path.to_path_buf()).collect();
        Test { files: paths(files), definitions: paths(definitions), json: Json { json: true } }
    }

    #[test]
    fn every_test_file_of_the_repository_is_shipped() {
        let folder = folder();
        let files = in_folder(&folder).unwrap();
        let files = files.iter().map(|file| file.strip_prefix(&folder).unwrap().to_str().unwrap());
        let shipped: Vec<_> = SHIPPED.iter().map(|(path, _)| *path).collect();
        assert_eq!(files.collect::<Vec<_>>(), shipped);
    }

    #[test]
    fn the_shipped_scenarios_pass() {
        run(arguments(&[], &[])).unwrap();
        run(arguments(&[&folder().join("family")], &[])).unwrap();
    }

    #[test]
    fn a_definition_of_ones_own_goes_before_the_shipped_one() {
        let place = tempfile::tempdir().unwrap();
        let stricter = place.path().join("khac.toml");
        let law = std::fs::read_to_string(folder().join("family/sample-2026.toml")).unwrap();
        let before = "minimum_total = { value = 75";
        assert!(law.contains(before));
        std::fs::write(&stricter, law.replace(before, "minimum_total = { value = 76")).unwrap();
        let tests = folder().join("family/tests/quyet-dinh.toml");
        let error = run(arguments(&[&tests], &[&stricter])).unwrap_err();
        match error.downcast_ref() {
            Some(CliError::ScenariosFailed { failed: 1, unread: 0, .. }) => {}
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_fails_is_told_at_its_line() {
        let definitions = official::definitions().unwrap();
        let known = Known { definitions: &definitions, calendar: None };
        let (path, text) = SHIPPED[5];
        let wrong = text.replace("được đăng ký", "bị thu hồi");
        assert_ne!(wrong, text);
        let all = [play(path, wrong.as_bytes(), known), play("x.toml", b"nam = 1", known)];
        let told = told(&all);
        assert!(
            told.contains("\n  không đạt  Trong năm thì đăng ký được\n    family/tests/"),
            "{told}"
        );
        assert!(told.contains("mong đợi “bị thu hồi”, nhưng thực tế: được đăng ký"), "{told}");
        assert!(told.contains("\n  đạt        Hết năm thì"), "{told}");
        assert!(told.contains("x.toml:1:1: missing-field: "), "{told}");
        assert!(told.ends_with("1 không đạt, 1 tệp không đọc được)"), "{told}");
    }

    #[test]
    fn a_folder_without_tests_is_an_error() {
        let place = tempfile::tempdir().unwrap();
        assert!(run(arguments(&[place.path()], &[])).is_err());
        std::fs::write(place.path().join("a.toml"), "nam = 1").unwrap();
        assert_eq!(in_folder(place.path()).unwrap().len(), 1);
    }
}
