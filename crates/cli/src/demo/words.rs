//! What people write: notes, reasons, labels of evidence. In Vietnamese, as volunteers write.

use procedure::Title;

use super::dice::Dice;

/// A subject's own words in the self-assessment.
pub(super) const CLAIM_NOTES: &[&str] = &[
    "Có giấy tờ kèm theo.",
    "Số liệu tính đến hết tháng 9/2026.",
    "Chưa làm được như kế hoạch, tự chấm theo phần đã làm.",
    "Năm nay làm tốt hơn năm trước.",
    "Tự nhận chưa thật đều, xin góp ý.",
];

/// Why a reviewer changes points.
pub(super) const ADJUSTED: &[&str] = &[
    "Có thực hiện nhưng chưa thường xuyên.",
    "Điểm tự chấm cao hơn mức chung ở chỉ tiêu này.",
    "Có thực hiện nhưng kết quả chưa rõ.",
    "Đã đối chiếu sổ theo dõi, kết quả thấp hơn tự khai.",
    "Cuộc họp thẩm định thống nhất mức điểm này.",
];

/// Why a reviewer finds a claim not shown.
pub(super) const UNSUPPORTED: &[&str] = &[
    "Chưa có giấy tờ kèm theo, tạm tính theo phần xác nhận được.",
    "Minh chứng là của năm trước, chưa có của năm 2026.",
    "Ảnh gửi kèm mờ, không xác định được nội dung.",
    "Tự khai nhưng chưa có ai xác nhận.",
];

/// A later reviewer agrees with the hamlet's.
pub(super) const AGREED: &[&str] = &[
    "Thống nhất với kết quả thẩm định của xóm.",
    "Đã trao đổi lại với trưởng xóm, giữ điểm như xóm đề nghị.",
    "Hội Khuyến học xã nhất trí mức điểm này.",
];

/// A good word with a confirmed claim.
pub(super) const CONFIRMED: &[&str] = &[
    "Thực hiện tốt, đề nghị nêu gương.",
    "Đã kiểm tra thực tế, đúng như tự đánh giá.",
    "Minh chứng đầy đủ, rõ ràng.",
    "Cuộc họp nhất trí.",
];

/// Why a case goes back, whatever the indicator.
pub(super) const RETURNS: &[&str] = &[
    "Điểm tự chấm và minh chứng chưa khớp nhau, đề nghị xem lại.",
    "Thiếu minh chứng cho chỉ tiêu nêu bên dưới, đề nghị gửi thêm ảnh chụp hoặc sổ ghi chép.",
    "Minh chứng gửi nhầm của năm 2025, đề nghị gửi bản năm 2026.",
    "Phần ghi chú chưa đọc được, đề nghị viết lại cho rõ.",
    "Đề nghị kiểm tra lại trước khi trình Ủy ban nhân dân xã.",
    "Đề nghị ghi rõ hơn đã làm gì trong năm ở chỉ tiêu này.",
];

/// Why a family's case goes back, with the indicator in question.
pub(super) const RETURNS_OF_FAMILIES: &[(&str, &str)] = &[
    ("1a", "Chưa rõ các con đang học lớp mấy, trường nào."),
    ("1b", "Đề nghị bổ sung giấy xác nhận kết quả học tập của nhà trường."),
    ("2b", "Chưa ghi rõ người lớn trong nhà đã học nội dung gì trong năm."),
    ("2b", "Đề nghị làm rõ số buổi đã tham gia tại trung tâm học tập cộng đồng."),
    ("3a", "Đề nghị gửi ảnh chụp góc học tập của các cháu."),
    ("3b", "Chưa có xác nhận về đóng góp quỹ khuyến học."),
];

/// What a subject says with a supplement.
pub(super) const SUPPLEMENT_NOTES: &[&str] = &[
    "Đã bổ sung theo yêu cầu.",
    "Gửi lại bản chụp rõ hơn.",
    "Kèm giấy tờ của năm 2026.",
    "Đã sửa lại theo góp ý.",
];

/// What is said about one indicator of families alone.
#[derive(Clone, Copy, Default)]
pub(super) struct OfFamilies {
    pub(super) claim: &'static [&'static str],
    pub(super) adjusted: &'static [&'static str],
    pub(super) unsupported: &'static [&'static str],
    pub(super) supplement: &'static [&'static str],
}

/// What is said about one indicator of families alone; nothing for other titles.
pub(super) fn of_families(title: Title, indicator: &str) -> OfFamilies {
    if title != Title::Family {
        return OfFamilies::default();
    }
    match indicator {
        "1a" => OfFamilies {
            claim: &["Gia đình có ba con đang đi học.", "Một cháu đang học đại học ở Hà Nội."],
            adjusted: &["Một cháu còn nghỉ học nhiều buổi trong học kỳ I."],
            ..OfFamilies::default()
        },
        "1b" => OfFamilies {
            claim: &["Năm nay có cháu đạt học sinh tiên tiến."],
            adjusted: &["Kết quả học kỳ II của cháu chưa đạt như tự đánh giá."],
            unsupported: &["Chưa có xác nhận của nhà trường."],
            supplement: &["Đã xin xác nhận của nhà trường ngày hôm qua."],
        },
        "2b" => OfFamilies {
            claim: &[
                "Vợ chồng tôi học lớp kỹ thuật trồng bưởi do xã mở.",
                "Có tham gia lớp chuyển đổi số cộng đồng tại nhà văn hóa.",
                "Mấy tháng đi làm xa nên không dự được hết các buổi.",
            ],
            adjusted: &["Mới dự một buổi, chưa hết nội dung đã đăng ký."],
            unsupported: &["Không thấy tên trong danh sách lớp học cộng đồng."],
            supplement: &[
                "Bổ sung danh sách lớp học có tên vợ chồng tôi.",
                "Xin đính chính: đã học 4 buổi, không phải 6 buổi.",
            ],
        },
        "2c" => OfFamilies {
            claim: &["Ông bà cao tuổi vẫn đọc báo và kèm các cháu học."],
            ..OfFamilies::default()
        },
        "3a" => OfFamilies {
            claim: &["Đã mua thêm sách và lắp mạng cho các cháu học."],
            adjusted: &["Góc học tập còn dùng chung với chỗ để nông cụ, cần sắp xếp lại."],
            ..OfFamilies::default()
        },
        "3b" => OfFamilies {
            adjusted: &["Đóng góp quỹ khuyến học chậm so với thời gian đã cam kết."],
            unsupported: &["Sổ quỹ khuyến học của xóm chưa ghi khoản này."],
            supplement: &["Kèm biên lai đóng góp quỹ khuyến học."],
            ..OfFamilies::default()
        },
        "4b" => OfFamilies {
            adjusted: &["Còn một lần bị nhắc nhở về giữ gìn vệ sinh chung."],
            ..OfFamilies::default()
        },
        _ => OfFamilies::default(),
    }
}

/// Why a title is refused.
pub(super) const REFUSALS: &[&str] = &[
    "Tổng điểm thẩm định chưa đạt ngưỡng công nhận của bộ tiêu chí.",
    "Chưa đủ điểm; đề nghị tiếp tục phấn đấu và đăng ký lại năm 2027.",
    "Kết quả thẩm định thấp hơn mức tối thiểu, đã thông báo lý do từng chỉ tiêu.",
    "Chưa đạt tổng điểm tối thiểu sau khi Hội Khuyến học xã thẩm định.",
];

/// Why somebody strives no more.
pub(super) const WITHDRAWALS: &[&str] = &[
    "Gia đình chuyển đi làm ăn xa, xin rút đăng ký.",
    "Trong năm có việc hiếu, không theo được, xin rút.",
    "Đăng ký nhầm hai lần cho cùng một nhà, xin rút một hồ sơ.",
    "Tự thấy chưa đủ điều kiện, xin để sang năm.",
    "Chủ hộ ốm dài ngày, xin rút hồ sơ năm nay.",
];

/// The same for what is no family.
pub(super) const WITHDRAWALS_OF_BODIES: &[&str] = &[
    "Ban khuyến học đang kiện toàn, xin rút đăng ký năm nay.",
    "Chưa thống nhất được trong cuộc họp chung, xin để sang năm.",
];

/// Why a title is refused that the meeting of the hamlet did not vote for.
pub(super) const REFUSALS_BY_MEETING: &[&str] = &[
    "Cuộc họp bình xét của xóm không đạt tỷ lệ tán thành theo quy định.",
    "Đa số người dự họp xóm chưa tán thành, biên bản họp kèm theo.",
    "Chưa được cuộc họp xóm thống nhất; đề nghị khắc phục và đăng ký lại năm 2027.",
];

/// What people say about a posted family and nobody has to decide on.
pub(super) const COMMENTS: &[&str] = &[
    "Tôi nhất trí, gia đình này chăm lo việc học của con cháu.",
    "Đề nghị ghi thêm thành tích của cháu út trong năm học vừa qua.",
    "Tên chủ hộ trên danh sách nên ghi đủ cả tên đệm.",
    "Danh sách treo hơi cao, đề nghị để thấp xuống cho dễ đọc.",
    "Bà con trong ngõ đồng tình với danh sách này.",
];

/// An objection that is right, and what is answered.
pub(super) const UPHELD: (&str, &str) = (
    "Gia đình chưa tham gia lớp học cộng đồng nào trong năm, điểm chỉ tiêu 2b là quá cao.",
    "Đã kiểm tra danh sách lớp học: phản ánh có cơ sở, thẩm định lại.",
);

/// Objections that are not right, and what is answered.
pub(super) const NOT_UPHELD: &[(&str, &str)] = &[
    (
        "Tôi nghe nói con của gia đình đã bỏ học, đề nghị xem lại.",
        "Nhà trường xác nhận cháu vẫn đang theo học đầy đủ.",
    ),
    (
        "Gia đình chưa đóng quỹ khuyến học của xóm.",
        "Sổ quỹ khuyến học đã ghi đủ khoản đóng góp của gia đình ngày 12/9/2026.",
    ),
    (
        "Góc học tập trong ảnh không phải của nhà này.",
        "Tổ thẩm định đã đến tận nhà, góc học tập đúng như ảnh gửi kèm.",
    ),
];

/// What the minutes of a meeting say.
pub(super) const MINUTES: &[&str] = &[
    "Chủ trì nêu lý do họp, thư ký đọc kết quả thẩm định từng hộ, bà con cho ý kiến và biểu quyết \
     giơ tay từng hộ. Cuộc họp kết thúc lúc 21 giờ, biên bản được thông qua.",
    "Họp tại nhà văn hóa xóm. Đã thông báo tiêu chí và điểm từng hộ, thảo luận rồi biểu quyết. Biên \
     bản đọc lại trước cuộc họp, mọi người nhất trí.",
];

/// In what capacity somebody is at a meeting.
pub(super) const CHAIRS_MEETING: &str = "trưởng xóm, chủ trì";
/// The same for who writes the minutes.
pub(super) const WRITES_MINUTES: &str = "thẩm định viên, thư ký";
/// The same for everybody else.
pub(super) const FOR_HOUSEHOLD: &str = "đại diện hộ";

/// Why an officer takes over what another holds.
pub(super) const TAKE_OVERS: &[&str] = &[
    "Đồng chí được giao hồ sơ nghỉ ốm từ ngày 9 đến ngày 13 tháng 11.",
    "Làm thay trong thời gian đồng chí phụ trách nghỉ ốm.",
];

/// Why the administrator gives somebody a case.
pub(super) const ASSIGNMENTS: &[&str] =
    &["Giao lại do người đang giữ hồ sơ nghỉ ốm.", "Phân công lại để kịp thời hạn thẩm định."];

/// Why a case is taken off the draft of a decision.
pub(super) const TAKEN_OFF: &[&str] = &[
    "Cần đối chiếu lại tên chủ hộ với sổ hộ khẩu, để sang đợt sau.",
    "Xóm đề nghị xem lại một chỉ tiêu, để sang đợt sau.",
    "Gia đình xin hoãn nhận sang đợt sau.",
];

/// The same for a subject that is the signatory's own.
pub(super) const TAKEN_OFF_FOR_CONFLICT: &str =
    "Hộ của chính người ký quyết định; trình người được giao quyết định thay.";

/// In half of the cases a text of one's own list, if there is one; else of the general list.
pub(super) fn choose(
    dice: &mut Dice,
    general: &[&'static str],
    own: &[&'static str],
) -> &'static str {
    let takes_own = dice.chance(500) && !own.is_empty();
    dice.pick(if takes_own { own } else { general })
}

/// Labels of evidence for an indicator.
pub(super) fn evidence(title: Title, indicator: &str) -> &'static [&'static str] {
    match (title, indicator) {
        (Title::Family, "1a") => &[
            "Giấy xác nhận đang học của trường, năm học 2026–2027",
            "Thẻ học sinh của các con (bản chụp)",
        ],
        (Title::Family, "1b") => {
            &["Học bạ năm học 2025–2026 (bản chụp)", "Phiếu liên lạc cuối năm"]
        }
        (Title::Family, "1c") => {
            &["Nhận xét của Đoàn Thanh niên xóm, hè 2026", "Giấy khen hoạt động hè"]
        }
        (Title::Family, "2a") => &["Sổ theo dõi xóa mù chữ của xóm", "Bằng tốt nghiệp (bản chụp)"],
        (Title::Family, "2b") => &[
            "Danh sách lớp kỹ thuật trồng bưởi, tháng 5/2026",
            "Giấy chứng nhận lớp chuyển đổi số cộng đồng",
            "Sổ ghi chép các buổi sinh hoạt tại trung tâm học tập cộng đồng",
        ],
        (Title::Family, "2c") => {
            &["Xác nhận của chi hội khuyến học xóm", "Ảnh buổi họp gia đình đầu năm học"]
        }
        (Title::Family, "3a") => {
            &["Ảnh chụp góc học tập", "Ảnh tủ sách gia đình", "Hóa đơn lắp mạng, tháng 3/2026"]
        }
        (Title::Family, "3b") => {
            &["Biên lai đóng góp quỹ khuyến học 2026", "Sổ quỹ khuyến học của xóm, trang 4"]
        }
        (Title::Family, "4a") => &[
            "Ảnh mô hình nuôi ong của gia đình",
            "Xác nhận của Hội Nông dân xóm về áp dụng kỹ thuật mới",
        ],
        (Title::Family, _) => &["Biên bản họp xóm tháng 10/2026", "Xác nhận của trưởng xóm"],
        (Title::Clan, "2b") => &[
            "Sổ quỹ khuyến học của dòng họ năm 2026",
            "Bảng công khai thu chi quỹ, rằm tháng Giêng",
        ],
        (Title::Clan, _) => &[
            "Biên bản họp họ đầu năm 2026",
            "Danh sách con cháu được khen thưởng năm 2026",
            "Danh sách gia đình trong họ, có xác nhận của trưởng họ",
        ],
        (Title::Community, "1b") => &["Kế hoạch khuyến học của xóm năm 2026 và báo cáo kết quả"],
        (Title::Community, _) => &[
            "Báo cáo của chi hội khuyến học xóm, tháng 10/2026",
            "Ảnh tủ sách nhà văn hóa xóm",
            "Biên bản hội nghị nhân dân xóm",
        ],
        (Title::Organisation, _) => &[
            "Kế hoạch bồi dưỡng năm 2026 của đơn vị",
            "Báo cáo tự đánh giá của đơn vị",
            "Danh sách thành viên hoàn thành chương trình bồi dưỡng",
            "Quyết định công nhận danh hiệu thi đua năm học 2025–2026 (bản chụp)",
        ],
        (Title::Citizen, _) => &["Sổ ghi chép tự học năm 2026"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_can_be_sealed() {
        let general = [
            CLAIM_NOTES,
            ADJUSTED,
            UNSUPPORTED,
            AGREED,
            CONFIRMED,
            RETURNS,
            SUPPLEMENT_NOTES,
            REFUSALS,
            WITHDRAWALS,
            WITHDRAWALS_OF_BODIES,
            REFUSALS_BY_MEETING,
            COMMENTS,
            MINUTES,
            TAKE_OVERS,
            ASSIGNMENTS,
            TAKEN_OFF,
        ];
        let mut texts = general.concat();
        texts.extend([UPHELD.0, UPHELD.1, TAKEN_OFF_FOR_CONFLICT]);
        texts.extend(NOT_UPHELD.iter().flat_map(|(said, answered)| [said, answered]));
        texts.extend(RETURNS_OF_FAMILIES.iter().map(|(_, reason)| reason));
        for indicator in ["1a", "1b", "2b", "2c", "3a", "3b", "4b"] {
            let OfFamilies { claim, adjusted, unsupported, supplement } =
                of_families(Title::Family, indicator);
            texts.extend([claim, adjusted, unsupported, supplement].concat());
        }
        assert!(texts.len() > 60);
        for text in texts {
            assert_eq!(engine::personal::check("text", text), Ok(()));
        }
        for title in Title::ALL {
            assert!(!evidence(*title, "1a").is_empty());
        }
    }
}
