//! The test files that are shipped with the definitions, read from the folder, so that a new one
//! needs no line here.

use super::*;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/procedures")
}

/// The TOML files of a folder, in the order of their names.
#[expect(clippy::disallowed_methods, reason = "a test may look into the repository")]
fn files_of(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|kind| kind == "toml"));
    paths.sort();
    paths.iter().map(|path| (path.display().to_string(), std::fs::read(path).unwrap())).collect()
}

fn shipped() -> Vec<Definition> {
    let files = Title::ALL.iter().flat_map(|title| files_of(&folder().join(title.as_str())));
    files.map(|(name, bytes)| definition::parse(&name, &bytes).unwrap()).collect()
}

#[test]
fn every_definition_has_scenarios_and_all_of_them_pass() {
    let (definitions, calendar) = (shipped(), calendar());
    let known = Known { definitions: &definitions, calendar: Some(&calendar) };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for title in Title::ALL {
        for (name, bytes) in files_of(&folder().join(title.as_str()).join("tests")) {
            match parse(&name, &bytes, known) {
                Ok(suite) => {
                    let reports = suite.run();
                    *counts.entry(suite.definition.id.as_str()).or_default() += reports.len();
                    wrong.extend(reports.into_iter().flat_map(|report| report.differences));
                }
                Err(findings) => wrong.extend(findings),
            }
        }
    }
    let wrong: Vec<_> = wrong.iter().map(|one| one.line_in(Language::Vietnamese)).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    for definition in &definitions {
        let count = counts.get(definition.id.as_str()).copied().unwrap_or_default();
        assert!(count >= 4, "{} has {count} scenarios", definition.id);
    }
}

#[test]
fn every_sentence_is_played_somewhere() {
    let files =
        Title::ALL.iter().flat_map(|title| files_of(&folder().join(title.as_str()).join("tests")));
    let text: String = files.map(|(_, bytes)| String::from_utf8(bytes).unwrap()).collect();
    for verb in sentence::VERBS.iter().chain(sentence::DUTIES) {
        assert!(text.contains(&format!(" {}", verb.words)), "nobody plays “{}”", verb.form);
    }
}
