//! Tables as people send them: any separator, and every kind of mistake, named with its line; all
//! of a table, or nothing.

use acceptance::Folder;

use crate::basics::project_file;

/// A folder with units and officers.
pub(crate) fn prepared() -> Folder {
    prepare(Folder::new())
}

/// The same folder with units and officers.
pub(crate) fn prepare(folder: Folder) -> Folder {
    folder.must(&["import", "units", "--official"]);
    let hamlets = project_file("docs/first-title/thon.csv");
    let instrument = ["--instrument", "12/NQ-HĐND", "--effective", "2026-01-01", "--sample"];
    folder.must(&[&["import", "units", &hamlets][..], &instrument].concat());
    folder.must(&["procedure", "publish", "--shipped"]);
    folder.must(&["import", "officers", &project_file("docs/first-title/can-bo.csv"), "--sample"]);
    folder
}

fn events(folder: &Folder) -> usize {
    folder.must(&["export", "-o", "-"]).out.lines().count()
}

#[test]
fn the_official_units_are_all_there_with_their_instruments() {
    let folder = Folder::new();
    let first = folder.must(&["import", "units", "--official", "--json"]).json();
    assert_eq!(first["taken"], 1 + 34 + 3_321 + 25);
    let again = folder.must(&["import", "units", "--official", "--json"]).json();
    assert_eq!((&again["taken"], &again["already_there"]), (&0.into(), &first["taken"]));
    let export = folder.must(&["export", "-o", "-"]).out;
    assert_eq!(export.lines().count(), 4);
    assert!(export.contains("19/2025/QĐ-TTg") && export.contains(r#""effective":"2025-07-01""#));
    assert!(export.contains(r#""code":"05158","name":"Xã Mường Bi""#));
}

#[test]
fn a_table_comes_in_whatever_a_spreadsheet_makes_of_it() {
    let folder = prepared();
    for (name, content) in [
        ("plain.csv", "code,kind,unit,name,address\nA-1,household,05158-01,Bùi Văn An,\n"),
        ("bom.csv", "\u{FEFF}mã;loại;đơn vị hành chính;tên\r\nA-2;household;05158-01;Đỗ Ó\r\n"),
        ("tab.csv", "Tên\tMã\tLoại\tĐơn vị hành chính\nLò Văn <b>Ó</b>\tA-3\tclan\t05158\n"),
    ] {
        let file = folder.file(name, content.as_bytes());
        let answer = folder.must(&["import", "subjects", &file, "--json"]).json();
        assert_eq!(answer["taken"], 1, "{name}");
        let again = folder.must(&["import", "subjects", &file, "--json"]).json();
        assert_eq!((&again["taken"], &again["already_there"]), (&0.into(), &1.into()), "{name}");
    }
}

#[test]
fn a_mistake_is_named_with_its_line_and_stops_the_whole_table() {
    let folder = prepared();
    let before = events(&folder);
    let good = "A-1,household,05158-01,Bùi Văn An,\n";
    for (row, code) in [
        ("A-1,household,05158-01,Bùi Văn An,\n", "import.duplicate_row"),
        ("A-1,household,05158-02,Người Khác,\n", "import.duplicate_row"),
        ("A-2,household,99999-01,Tên,\n", "subject.unknown_unit"),
        ("A-2,household,25,Tên,\n", "subject.unknown_unit"),
        ("A-2,castle,05158-01,Tên,\n", "import.bad_field"),
        ("A 2,household,05158-01,Tên,\n", "subject.bad_code"),
        ("A-2,household,05158-01,,\n", "import.empty_field"),
        ("A-2,household,05158-01\n", "import.field_count"),
        ("A-2,household,05158-01,Tên\u{7}Lạ,\n", "text.bad_character"),
    ] {
        let table = format!("code,kind,unit,name,address\n{good}{row}");
        let file = folder.file("table.csv", table.as_bytes());
        let answer = folder.run(&["import", "subjects", &file, "--json"]);
        assert!(!answer.success, "{row}");
        let wrong = &answer.json()["wrong"][0];
        assert_eq!(wrong["code"], code, "{row}: {wrong}");
        assert_eq!(wrong["line"], 3, "{row}: {wrong}");
        assert!(wrong["vi"].as_str().unwrap() != wrong["en"].as_str().unwrap(), "{row}");
        assert_eq!(events(&folder), before, "{row}: something was written");
        let told = folder.run(&["import", "subjects", &file]);
        assert!(told.err.contains(&format!("table.csv:3: {code}")), "{}", told.err);
    }
}

#[test]
fn a_table_that_is_none_is_refused_as_a_whole() {
    let folder = prepared();
    for (content, code) in [
        (&b""[..], "import.no_header"),
        (b"code,kind,unit,name\n", "import.no_rows"),
        (b"code,kind,unit\nA-1,household,05158-01\n", "import.missing_column"),
        (b"code,kind,unit,name,age\nA-1,household,05158-01,X,7\n", "import.unknown_column"),
        (b"code,kind,unit,name\nA-1,household,05158-01,B\xf9i\n", "import.not_utf8"),
    ] {
        let file = folder.file("table.csv", content);
        let answer = folder.run(&["import", "subjects", &file]);
        assert!(!answer.success && answer.err.contains(code), "{code}: {}", answer.err);
    }
    let answer = folder.run(&["import", "subjects", "no-such-file.csv"]);
    assert!(answer.err.contains("cli.file"), "{}", answer.err);
}

#[test]
fn partial_takes_what_is_right_and_names_the_rest() {
    let folder = prepared();
    let table = "code,kind,unit,name\nA-1,household,05158-01,Bùi Văn An\n\
                 A-2,castle,05158-01,Tên\nA-3,household,05158-02,Hà Thị Hoa\n";
    let file = folder.file("table.csv", table.as_bytes());
    let answer = folder.run(&["import", "subjects", &file, "--partial", "--json"]);
    assert!(!answer.success && answer.err.contains("import.not_taken"), "{}", answer.err);
    let outcome = answer.json();
    assert_eq!(outcome["taken"], 2);
    assert_eq!(outcome["wrong"].as_array().unwrap().len(), 1);
    assert_eq!(outcome["wrong"][0]["line"], 3);
}

#[test]
fn officers_with_wrong_dates_units_or_two_names_are_refused() {
    let folder = prepared();
    let before = events(&folder);
    let header = "code,name,unit,role,role_unit,from,until,own_household\n";
    for (rows, code, line) in [
        ("o-1,An,05158,commune-chair,05158,2026-13-01,,\n", "import.bad_field", 2),
        ("o-1,An,05158,commune-chair,05158,01/01/2026,,\n", "import.bad_field", 2),
        ("o-1,An,05158,Chủ tịch,05158,2026-01-01,,\n", "import.bad_field", 2),
        ("o-1,An,05158,commune-chair,05158,2026-02-01,2026-01-01,\n", "officer.bad_term", 2),
        ("o-1,An,05158,commune-chair,77777,2026-01-01,,\n", "officer.unknown_unit", 2),
        (
            "o-1,An,05158,commune-chair,05158,2026-01-01,,\n\
             o-1,Ân,05158,commune-reviewer,05158,2026-01-01,,\n",
            "import.contradiction",
            3,
        ),
        (
            "o-1,An,05158,commune-chair,05158,2026-01-01,,\n\
             o-1,An,05158,commune-chair,05158,2026-06-01,,\n",
            "officer.already_appointed",
            3,
        ),
    ] {
        let file = folder.file("table.csv", format!("{header}{rows}").as_bytes());
        let answer = folder.run(&["import", "officers", &file, "--json"]);
        assert!(!answer.success, "{rows}");
        let wrong = &answer.json()["wrong"][0];
        assert_eq!((&wrong["code"], &wrong["line"]), (&code.into(), &line.into()), "{wrong}");
        assert_eq!(events(&folder), before, "{rows}");
    }
}
