//! What differs is said, at its sentence and in the right words: the kit itself can fail.

use super::*;

/// Line, rule and Vietnamese text of each difference in the sound file with one text in place of
/// another.
fn differs(text: &str, instead: &str) -> Vec<(usize, &'static str, String)> {
    let reports = played(&with(text, instead));
    assert_eq!(reports.len(), 1);
    assert_eq!(reports[0].passed(), reports[0].differences.is_empty());
    let all = reports[0].differences.iter();
    all.map(|one| (one.line, one.rule, one.text(Language::Vietnamese).to_owned())).collect()
}

#[test]
fn what_did_not_come_of_it_is_said_with_what_did() {
    let all = differs("tổng điểm 74", "tổng điểm 75");
    let said = "mong đợi “tổng điểm 75”, nhưng thực tế: đã thẩm định (tổng điểm 74); xong bước \
                hamlet_review, đến bước hamlet_meeting của hamlet-reviewer";
    assert_eq!(all, [(14, "not-as-expected", said.to_owned())]);
    let english = played(&with("tổng điểm 74", "tổng điểm 75"))[0].differences[0].en.clone();
    assert!(english.contains("Reviewed (total 74)"), "{english}");
}

#[test]
fn a_refusal_is_told_with_code_and_message() {
    let all = differs("như tự chấm", "1a 11 (cao), còn lại như tự chấm");
    assert_eq!(all.iter().map(|(line, ..)| *line).collect::<Vec<_>>(), [14, 14]);
    let (_, _, said) = &all[0];
    let told = "mong đợi “đã thẩm định”, nhưng thực tế: bị từ chối: case.points_above_maximum (";
    assert!(said.starts_with(told) && said.contains("1a") && said.contains("11"), "{said}");
}

#[test]
fn a_refusal_that_was_expected_has_to_be_that_one() {
    let refused = |code: &str| {
        let text = with("như tự chấm", "1a 11 (cao), còn lại như tự chấm");
        let then = "thi = [\"đã thẩm định\", \"tổng điểm 74\"]";
        let text = text.replace(then, &format!("thi = [\"bị từ chối: {code}\"]"));
        played(&text)[0].passed()
    };
    assert!(refused("case.points_above_maximum"));
    assert!(!refused("case.below_threshold"));
    let all = differs("tổng điểm 74", "bị từ chối: case.closed");
    assert_eq!(all.len(), 1);
}

#[test]
fn a_given_that_is_refused_or_changes_nothing_ends_the_scenario() {
    let all = differs("1a 10, 1b 8, còn lại 7", "1a 99, còn lại 7");
    assert_eq!(all.len(), 1);
    let (line, rule, said) = &all[0];
    assert_eq!((*line, *rule), (12, "given-failed"));
    assert!(said.contains("bị từ chối: case.points_above_maximum"), "{said}");
    let quiet = "2026-03-10 hệ thống kiểm tra hiệu lực";
    let all = differs("2026-03-10 chị Hoa tự chấm: 1a 10, 1b 8, còn lại 7", quiet);
    assert_eq!(all.len(), 1);
    assert!(all[0].2.ends_with("nhưng: không thay đổi gì"), "{}", all[0].2);
}

#[test]
fn what_every_scenario_begins_with_counts_too() {
    let all = differs("2026-03-01 chị Hoa đăng ký", "2026-03-01 ông Bình đăng ký");
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].0, all[0].1), (4, "given-failed"));
    assert!(all[0].2.contains("actor.not_appointed"), "{}", all[0].2);
}

#[test]
fn each_expectation_can_fail() {
    let wrong = [
        "được công nhận",
        "không thay đổi gì",
        "không có: đã thẩm định",
        "không xếp loại",
        "có hiệu lực từ 2026-01-01",
        "có hiệu lực đến 2026-01-01",
        "hạn cuối 2026-01-01",
        "nhắc trước 30 ngày",
        "chuyển sang bước posting",
        "ở bước hamlet_review",
        "đến lượt commune-chair",
    ];
    for then in wrong {
        assert_eq!(differs("tổng điểm 74", then).len(), 1, "{then}");
    }
    let right = [
        "không có: được công nhận",
        "chuyển sang bước Họp thôn, tổ dân phố bình xét",
        "ở bước hamlet_meeting",
        "đến lượt hamlet-reviewer",
        "  xong   bước ",
    ];
    for then in right {
        assert_eq!(differs("tổng điểm 74", then), [], "{then}");
    }
}

#[test]
fn the_program_need_not_be_named() {
    for who in ["hệ thống ", ""] {
        let asks = format!("khi = \"2026-12-01 {who}kiểm tra hiệu lực\"");
        let text = with("khi = \"2026-05-11 ông Bình thẩm định: như tự chấm\"", &asks);
        let then = "thi = [\"đã thẩm định\", \"tổng điểm 74\"]";
        let text = text.replace(then, "thi = [\"không thay đổi gì\"]");
        assert!(played(&text)[0].passed());
    }
}

#[test]
fn the_calendar_counts_only_where_it_is_asked_for() {
    let head = with("cho = [\"2026-03-01 chị Hoa đăng ký\"]\n", "LICH\n");
    let head = head.split("[can_bo]").next().unwrap().to_owned();
    let body = r#"
[can_bo]
"cô Thu" = "organisation-recorder"
"anh Minh" = "province-reviewer"

[[tinh_huong]]
ten = "Hạn theo ngày"
cho = ["2026-03-01 cô Thu đăng ký"]
khi = "2027-01-15 hệ thống kiểm tra thời hạn"
thi = ["quá hạn"]
"#;
    for calendar in ["", "lich = \"vn\""] {
        let text = head.replace("LICH", calendar) + body;
        let text = text.replace("family.sample-2026", "organisation.tt24-2023-province");
        assert!(played(&text)[0].passed());
    }
}
