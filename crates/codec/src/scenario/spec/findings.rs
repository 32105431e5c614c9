//! What is wrong with a file: its rule, its line, and what was meant.

use super::*;

/// Line and rule of each finding in the sound file with one text in place of another.
fn found(text: &str, instead: &str) -> Vec<(usize, &'static str)> {
    let findings = findings(&with(text, instead));
    for Located { vi, en, .. } in &findings {
        assert!(!vi.is_empty() && !en.is_empty());
    }
    findings.into_iter().map(|finding| (finding.line, finding.rule)).collect()
}

/// The one finding in the sound file with that in place of the last sentence of given.
fn in_sentence(sentence: &str) -> Located {
    let text = with("2026-03-10 chị Hoa tự chấm: 1a 10, 1b 8, còn lại 7", sentence);
    let mut findings = findings(&text);
    assert_eq!(findings.len(), 1, "{sentence}: {findings:?}");
    let finding = findings.remove(0);
    assert_eq!((finding.line, finding.column), (12, 8), "{sentence}");
    finding
}

#[test]
fn the_head_of_a_file_is_checked() {
    let cases = [
        ("\"family.sample-2026\"", "\"family.sample-2025\"", 1, "unknown-procedure"),
        ("nam = 2026\n", "", 11, "missing-field"),
        ("nam = 2026", "năm_nay = 1\nnam = 2026", 2, "not-a-test-file"),
        ("nam = 2026", "tham_so = 1\nnam = 2026", 2, "unknown-field"),
        ("nam = 2026", "nam = 2026\nlich = \"us\"", 3, "unknown-calendar"),
        ("\"VN\", \"25\"", "\"VN\", \"hai lăm\"", 3, "bad-units"),
        ("[\"VN\", \"25\", \"05158\", \"05158-01\"]", "[]", 3, "bad-units"),
        ("ten = \"Đủ điểm\"", "ten = \" \"", 11, "duplicate-name"),
        ("thi = [\"đã thẩm định\", \"tổng điểm 74\"]", "thi = []", 14, "nothing-expected"),
    ];
    for (text, instead, line, rule) in cases {
        let all = found(text, instead);
        assert_eq!(all.len(), 1, "{instead}: {all:?}");
        assert_eq!(all[0].1, rule, "{instead}");
        assert!(rule == "missing-field" || all[0].0 == line, "{instead}: {all:?}");
    }
    let start = SOUND.split("[[tinh_huong]]").next().unwrap();
    assert_eq!(findings(start)[0].rule, "no-scenario");
}

#[test]
fn people_are_checked() {
    let cases = [
        ("\"hamlet-recorder\"", "\"hamlet-recorde\"", "unknown-role"),
        ("\"hamlet-recorder\"", "5", "not-a-test-file"),
        ("tu = \"2026-01-01\"", "tu = \"hôm qua\"", "bad-date"),
        ("\"ông Bình\" = {", "\"Lê, Văn\" = \"hamlet-reviewer\"\n\"ông Bình\" = {", "bad-name"),
        ("\"ông Bình\" = {", "\"hệ thống\" = \"hamlet-reviewer\"\n\"ông Bình\" = {", "bad-name"),
        (
            "\"ông Bình\" = {",
            "\"ông  Bình \" = \"hamlet-reviewer\"\n\"ông Bình\" = {",
            "duplicate-name",
        ),
        (
            "\"ông Bình\" = {",
            "\"chị Hoa\" = \"hamlet-reviewer\"\n\"ông Bình\" = {",
            "not-a-test-file",
        ),
    ];
    for (text, instead, rule) in cases {
        let all = found(text, instead);
        assert_eq!(all.iter().map(|(_, rule)| *rule).collect::<Vec<_>>(), [rule], "{instead}");
        assert!((7..=9).contains(&all[0].0), "{instead}: {all:?}");
    }
}

#[test]
fn a_scenario_called_as_another_is_named() {
    let again = SOUND.split("[[tinh_huong]]").last().unwrap();
    let all = findings(&format!("{SOUND}\n[[tinh_huong]]{again}"));
    assert_eq!(
        all.iter().map(|one| (one.line, one.rule)).collect::<Vec<_>>(),
        [(17, "duplicate-name")]
    );
}

#[test]
fn a_sentence_that_is_not_understood_names_the_nearest_and_all_others() {
    let finding = in_sentence("2026-03-10 chị Hoa tư chấm: 1a 10");
    assert_eq!(finding.rule, "unknown-sentence");
    assert!(finding.vi.contains("có phải ý là “tự chấm: 1a 10, 1b 8, còn lại 7”?"), "{finding}");
    for form in sentence::VERBS.iter().map(|verb| verb.form) {
        assert!(finding.vi.contains(form) && finding.en.contains(form), "{form}");
    }
    let far = in_sentence("2026-03-10 chị Hoa uống trà");
    assert_eq!(far.rule, "unknown-sentence");
    assert!(!far.vi.contains("có phải"), "{far}");
    let plain = in_sentence("2026-03-10 chị Hoa tham dinh: nhu tu cham");
    assert!(plain.vi.contains("có phải ý là “thẩm định: "), "{plain}");
}

#[test]
fn days_people_and_indicators_have_to_be_there() {
    let cases = [
        ("2026-02-30 chị Hoa tự chấm: tất cả 7", "bad-date"),
        ("chị Hoa tự chấm: tất cả 7", "bad-date"),
        ("", "bad-date"),
        ("2026-03-10", "unknown-person"),
        ("2026-03-10 chị Hoà tự chấm: tất cả 7", "unknown-person"),
        ("2026-03-10 tự chấm: tất cả 7", "unknown-person"),
        ("2026-03-10 chị Hoa giao cho ông Binh", "unknown-person"),
        ("2026-03-10 chị Hoa tự chấm: 1z 7, còn lại 7", "unknown-indicator"),
        ("2026-03-10 chị Hoa tự chấm: 1a 7, 1a 8, còn lại 7", "indicator-twice"),
        ("2026-03-10 chị Hoa trả lại để bổ sung 1a, 1a: thiếu", "indicator-twice"),
        ("2026-03-10 chị Hoa tự chấm: 1a 9,5", "unknown-indicator"),
        ("2026-03-10 chị Hoa trả lại để bổ sung 9x: thiếu", "unknown-indicator"),
        ("2026-02-27 chị Hoa tự chấm: tất cả 7", "dates-backwards"),
        ("2026-03-10 hệ thống tự chấm: tất cả 7", "unknown-sentence"),
        ("2026-03-10 chị Hoa kiểm tra thời hạn", "unknown-sentence"),
    ];
    for (sentence, rule) in cases {
        assert_eq!(in_sentence(sentence).rule, rule, "{sentence}");
    }
    let near = in_sentence("2026-03-10 chị Hoà tự chấm: tất cả 7");
    assert!(near.vi.contains("có phải ý là “chị Hoa”?") && near.vi.contains("ông Bình"), "{near}");
}

#[test]
fn each_sentence_has_one_form() {
    let wrong = [
        "đăng ký năm nay",
        "đăng ký ngay",
        "tự chấm",
        "tự chấm:",
        "tự chấm: 1a",
        "tự chấm: 1a mười",
        "tự chấm: 1a 10,, còn lại 7",
        "tự chấm: 1a 10 (, còn lại 7",
        "tự chấm: còn lại 7, còn lại 8",
        "tự chấm: 1a 7, tất cả 8",
        "tự chấm: như tự chấm",
        "tự chấm: tất cả đạt",
        "bổ sung 1b 9",
        "nhận xử lý: tôi",
        "giao cho ông Bình giúp",
        "tiếp nhận thay",
        "trả lại để bổ sung:",
        "ghi biên bản họp: mời 40, có mặt 30",
        "ghi biên bản họp: mời 40, có mặt 30, đồng ý 28, đồng ý 2",
        "ghi biên bản họp: mời 40, có mặt 30, đồng ý nhiều",
        "niêm yết tại Nhà văn hóa",
        "niêm yết đến 2026-05-23",
        "niêm yết đến mai tại Nhà văn hóa",
        "ghi phản đối của Bùi Văn A",
        "trả lời phản đối 1: có lẽ, đã xem",
        "trả lời phản đối một: chấp nhận, đúng",
        "trả lời phản đối 1: chấp nhận",
        "công nhận theo quyết định",
        "công nhận theo quyết định 1 ngày nào",
        "không công nhận theo quyết định 1",
        "thu hồi từ 2026-01-01 quyết định 1: gian dối",
        "rút hồ sơ",
        "đưa vào dự thảo quyết định ngay",
        "hủy quyết định bằng quyết định 2",
    ];
    for what in wrong {
        let finding = in_sentence(&format!("2026-03-10 chị Hoa {what}"));
        assert_eq!(finding.rule, "sentence-form", "{what}");
        assert!(finding.vi.contains("phải viết theo mẫu “"), "{finding}");
    }
}

#[test]
fn expectations_are_checked() {
    let cases = [
        ("được công nhân", "unknown-expectation", "được công nhận"),
        ("tổng điểm nhiều", "unknown-expectation", "tổng điểm N"),
        ("bị từ chối: case.below_treshold", "unknown-code", "case.below_threshold"),
        ("không có: quá hạng", "unknown-expectation", "quá hạn"),
        ("chuyển sang bước postin", "unknown-name", "posting"),
        ("đến lượt commune-chai", "unknown-name", "commune-chair"),
        ("xếp loại Tốt", "unknown-name", ""),
    ];
    for (then, rule, near) in cases {
        let findings = findings(&with("tổng điểm 74", then));
        assert_eq!(findings.len(), 1, "{then}");
        let finding = &findings[0];
        assert_eq!((finding.line, finding.column, finding.rule), (14, 24, rule), "{then}");
        assert_eq!(finding.vi.contains(&format!("có phải ý là “{near}”")), !near.is_empty());
    }
}

#[test]
fn all_that_is_wrong_is_said_from_the_top_down() {
    let text = with("1b 8, còn lại 7", "1z 8").replace("ông Bình thẩm", "ông Bin thẩm");
    let text = text.replace("hamlet-recorder", "x");
    let all: Vec<_> = findings(&text).iter().map(|one| (one.line, one.rule)).collect();
    assert_eq!(all, [(7, "unknown-role"), (12, "unknown-indicator"), (13, "unknown-person")]);
}

#[test]
fn a_title_from_another_year_is_checked() {
    for (held, rule) in [
        ("{ muc = \"level-9\", quyet_dinh = \"2025-12-20\" }", "unknown-name"),
        ("{ quyet_dinh = \"2025-13-20\" }", "bad-date"),
        ("{ muc = \"level-1\" }", "missing-field"),
    ] {
        let all = found("ten = \"Đủ điểm\"", &format!("ten = \"Đủ điểm\"\ndang_co = {held}"));
        assert_eq!(all, [(12, rule)], "{held}");
    }
}

#[test]
fn bytes_that_are_no_text_are_named() {
    let rule = |bytes: &[u8]| parse("x.toml", bytes, known()).unwrap_err()[0].rule;
    assert_eq!(rule(b"thu_tuc = \"\xff\""), "not-utf8");
    assert_eq!(rule(&vec![b'#'; crate::definition::SIZE_MAX + 1]), "too-large");
    let apart = with("chị Hoa\" =", "chi\u{323} Hoa\" =");
    assert_eq!(rule(apart.as_bytes()), "decomposed-text");
    assert!(findings(&format!("\u{feff}{SOUND}")).is_empty());
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_refused_or_played() {
    for (at, _) in SOUND.char_indices() {
        let text = &SOUND[..at];
        if findings(text).is_empty() {
            played(text);
        }
    }
}
