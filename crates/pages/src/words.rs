//! The fixed names of the program in words that officers use, in both languages.
//! Deliberately absent: names of steps, criteria and procedures; their definitions have them.

use procedure::Language;

type Words = &'static [(&'static str, &'static str, &'static str)];

const TITLES: Words = &[
    ("family", "Gia đình học tập", "Learning family"),
    ("clan", "Dòng họ học tập", "Learning clan"),
    ("community", "Cộng đồng học tập", "Learning community"),
    ("organisation", "Đơn vị học tập", "Learning organisation"),
    ("citizen", "Công dân học tập", "Learning citizen"),
];

const KINDS: Words = &[
    ("household", "Hộ gia đình", "Household"),
    ("clan", "Dòng họ", "Clan"),
    ("community", "Cộng đồng", "Community"),
    ("organisation", "Đơn vị", "Organisation"),
    ("citizen", "Công dân", "Citizen"),
];

const STATES: Words = &[
    ("registered", "Đã đăng ký", "Registered"),
    ("in_review", "Đang thẩm định", "In review"),
    ("in_meeting", "Chờ họp bình xét", "Awaiting the meeting"),
    ("posted", "Đang niêm yết", "Posted publicly"),
    ("awaiting_decision", "Chờ quyết định", "Awaiting the decision"),
    ("returned", "Chờ bổ sung", "Returned for supplement"),
    ("recognised", "Đã công nhận", "Recognised"),
    ("revoked", "Đã thu hồi", "Revoked"),
    ("refused", "Không công nhận", "Not recognised"),
    ("withdrawn", "Đã rút", "Withdrawn"),
    ("open", "Đang giải quyết", "Open"),
];

const ROLES: Words = &[
    ("administrator", "Quản trị", "Administrator"),
    ("registrar", "Người lập danh sách", "Registrar"),
    ("hamlet-recorder", "Người ghi hồ sơ thôn", "Hamlet recorder"),
    ("hamlet-reviewer", "Chi hội khuyến học thôn", "Hamlet branch"),
    ("commune-reviewer", "Hội Khuyến học xã", "Commune association"),
    ("commune-chair", "Chủ tịch UBND xã", "Chair of the commune"),
    ("organisation-recorder", "Người ghi hồ sơ đơn vị", "Organisation recorder"),
    ("province-reviewer", "Thẩm định cấp tỉnh", "Province reviewer"),
    ("province-chair", "Chủ tịch UBND tỉnh", "Chair of the province"),
    ("auditor", "Người kiểm tra", "Auditor"),
    ("supervisor", "Người theo dõi", "Supervisor"),
];

const FINDINGS: Words = &[
    ("confirmed", "Xác nhận", "Confirmed"),
    ("adjusted", "Điều chỉnh", "Adjusted"),
    ("unsupported", "Chưa đủ minh chứng", "Not supported"),
];

const DECISIONS: Words = &[
    ("draft", "Dự thảo", "Draft"),
    ("signed", "Đã ký", "Signed"),
    ("discarded", "Đã bỏ", "Discarded"),
    ("cancelled", "Đã hủy", "Cancelled"),
];

const LEVELS: Words = &[
    ("nation", "Cả nước", "Nation"),
    ("province", "Tỉnh, thành phố", "Province"),
    ("commune", "Xã, phường, đặc khu", "Commune"),
    ("hamlet", "Thôn, tổ dân phố", "Hamlet"),
];

const STATUSES: Words =
    &[("verified", "Đã đối chiếu", "Verified"), ("provisional", "Chưa đối chiếu", "Provisional")];

const SIDES: Words = &[
    ("applicant", "Người đăng ký", "Applicant"),
    ("reviewer", "Người thẩm định", "Reviewer"),
    ("posting", "Niêm yết", "Posting"),
    ("approver", "Người quyết định", "Approver"),
    ("paused", "Bổ sung (tạm dừng tính hạn)", "Supplement (time pauses)"),
];

const RELATIONS: Words = &[
    ("household", "Hộ của mình", "Own household"),
    ("clan", "Dòng họ của mình", "Own clan"),
    ("community", "Cộng đồng nơi ở", "Own community"),
    ("organisation", "Đơn vị của mình", "Own organisation"),
    ("person", "Bản thân", "Himself"),
];

const EVENTS: Words = &[
    ("CaseRegistered", "Đăng ký", "Registered"),
    ("Prefilled", "Điền sẵn từ năm trước", "Filled from last year"),
    ("SelfAssessed", "Tự đánh giá", "Self-assessed"),
    ("Supplemented", "Bổ sung", "Supplemented"),
    ("CaseWithdrawn", "Rút hồ sơ", "Withdrawn"),
    ("Claimed", "Nhận việc", "Claimed"),
    ("Released", "Trả lại việc", "Released"),
    ("Assigned", "Giao việc", "Assigned"),
    ("TakenOver", "Tiếp nhận thay", "Taken over"),
    ("Reviewed", "Thẩm định", "Reviewed"),
    ("ReturnedForSupplement", "Trả lại để bổ sung", "Returned for supplement"),
    ("StepCompleted", "Xong bước", "Step completed"),
    ("MinutesRecorded", "Ghi biên bản họp", "Minutes recorded"),
    ("PostedPublicly", "Niêm yết", "Posted publicly"),
    ("ObjectionFiled", "Có ý kiến", "Objection filed"),
    ("ObjectionResolved", "Trả lời ý kiến", "Objection answered"),
    ("SentBackForReview", "Chuyển thẩm định lại", "Sent back for review"),
    ("DeadlineWarned", "Sắp đến hạn", "Due soon"),
    ("DeadlineBreached", "Quá hạn", "Overdue"),
    ("Escalated", "Báo cấp trên", "Escalated"),
    ("HandedOver", "Chuyển thẩm quyền", "Handed over"),
    ("Reminded", "Nhắc việc", "Reminded"),
    ("PlacedOnDecision", "Đưa vào danh sách", "Placed on a decision"),
    ("RemovedFromDecision", "Rút khỏi danh sách", "Taken off a decision"),
    ("TitleRecognised", "Công nhận", "Recognised"),
    ("RecognitionAnnulled", "Hủy công nhận", "Recognition annulled"),
    ("RecognitionRefused", "Không công nhận", "Not recognised"),
    ("TitleRevoked", "Thu hồi danh hiệu", "Title revoked"),
    ("TitleLapsed", "Hết hiệu lực", "Title lapsed"),
    ("DecisionDrafted", "Lập dự thảo quyết định", "Decision drafted"),
    ("CasesListed", "Đưa hồ sơ vào danh sách", "Cases listed"),
    ("CaseTakenOff", "Rút hồ sơ khỏi danh sách", "Case taken off"),
    ("DecisionSigned", "Ký quyết định", "Decision signed"),
    ("DecisionDiscarded", "Bỏ dự thảo", "Draft discarded"),
    ("DecisionCorrected", "Đính chính quyết định", "Decision corrected"),
    ("DecisionCancelled", "Hủy quyết định", "Decision cancelled"),
    ("MeetingRecorded", "Ghi cuộc họp", "Meeting recorded"),
    ("SubjectRegistered", "Lập đối tượng", "Subject registered"),
    ("SubjectMoved", "Chuyển địa bàn", "Subject moved"),
    ("PersonalDataCorrected", "Sửa thông tin", "Personal data corrected"),
    ("OfficerEnrolled", "Lập tài khoản", "Officer enrolled"),
    ("Appointed", "Giao nhiệm vụ", "Appointed"),
    ("Relieved", "Thôi nhiệm vụ", "Relieved"),
    ("InterestDeclared", "Khai lợi ích liên quan", "Interest declared"),
    ("Delegated", "Ủy quyền", "Delegated"),
    ("DelegationEnded", "Chấm dứt ủy quyền", "Delegation ended"),
    ("TokenIssued", "Cấp mã truy cập", "Token issued"),
    ("TokenRevoked", "Thu mã truy cập", "Token revoked"),
    ("PasswordSet", "Đặt mật khẩu", "Password set"),
    ("SessionEnded", "Đăng xuất", "Signed out"),
    ("SessionsEnded", "Đăng xuất mọi nơi", "Signed out everywhere"),
    ("ActRefused", "Việc bị từ chối", "Act refused"),
];

const ACTS: Words = &[
    ("register_case", "Đăng ký", "Register"),
    ("self_assess", "Tự đánh giá", "Self-assess"),
    ("supplement", "Bổ sung", "Supplement"),
    ("claim", "Nhận việc", "Claim"),
    ("release", "Trả lại việc", "Release"),
    ("assign", "Giao việc", "Assign"),
    ("take_over", "Tiếp nhận thay", "Take over"),
    ("review", "Thẩm định", "Review"),
    ("return_for_supplement", "Trả lại để bổ sung", "Return for supplement"),
    ("record_minutes", "Ghi biên bản họp", "Record minutes"),
    ("post", "Niêm yết", "Post"),
    ("object", "Gửi ý kiến", "Object"),
    ("resolve_objection", "Trả lời ý kiến", "Answer an objection"),
    ("close_posting", "Kết thúc niêm yết", "Close the posting"),
    ("recognise", "Công nhận", "Recognise"),
    ("refuse", "Không công nhận", "Refuse"),
    ("withdraw", "Rút hồ sơ", "Withdraw"),
    ("revoke", "Thu hồi danh hiệu", "Revoke"),
    ("renew", "Mở hồ sơ gia hạn", "Open a renewal"),
    ("follow_decision", "Theo quyết định", "Follow the decision"),
    ("watch", "Theo dõi thời hạn", "Watch the time"),
    ("lapse", "Hết hiệu lực", "Lapse"),
    ("draft_decision", "Lập dự thảo quyết định", "Draft a decision"),
    ("list_cases", "Đưa hồ sơ vào danh sách", "List cases"),
    ("take_off_case", "Rút hồ sơ khỏi danh sách", "Take a case off"),
    ("sign_decision", "Ký quyết định", "Sign a decision"),
    ("discard_decision", "Bỏ dự thảo", "Discard a draft"),
    ("correct_decision", "Đính chính quyết định", "Correct a decision"),
    ("cancel_decision", "Hủy quyết định", "Cancel a decision"),
    ("record_meeting", "Ghi cuộc họp", "Record a meeting"),
    ("register_subject", "Lập đối tượng", "Register a subject"),
    ("move_subject", "Chuyển địa bàn", "Move a subject"),
    ("correct_personal_data", "Sửa thông tin", "Correct personal data"),
    ("enrol_officer", "Lập tài khoản", "Enrol an officer"),
    ("appoint", "Giao nhiệm vụ", "Appoint"),
    ("relieve", "Cho thôi nhiệm vụ", "Relieve"),
    ("declare_interest", "Khai lợi ích liên quan", "Declare an interest"),
    ("delegate", "Ủy quyền", "Delegate"),
    ("end_delegation", "Chấm dứt ủy quyền", "End a delegation"),
    ("issue_token", "Cấp mã truy cập", "Issue a token"),
    ("revoke_token", "Thu mã truy cập", "Revoke a token"),
    ("reorganise_units", "Sắp xếp đơn vị", "Reorganise units"),
    ("set_password", "Đặt mật khẩu", "Set a password"),
    ("end_session", "Đăng xuất", "Sign out"),
    ("end_sessions", "Đăng xuất mọi nơi", "Sign out everywhere"),
    ("save_draft", "Lưu bản nháp", "Save a draft"),
    ("discard_draft", "Bỏ bản nháp", "Discard a draft"),
    ("publish_procedure", "Ban hành thủ tục", "Publish a procedure"),
    ("retire_procedure", "Ngừng thủ tục", "Retire a procedure"),
    ("publish_calendar", "Ban hành lịch làm việc", "Publish the calendar"),
];

/// A name in words; the name itself if it is not known here.
pub(crate) fn word(kind: &str, name: &str, language: Language) -> String {
    found(of_kind(kind), name, language).unwrap_or(name).to_owned()
}

/// All names of a kind with their words.
pub(crate) fn all(kind: &str, language: Language) -> Vec<(&'static str, &'static str)> {
    let english = language == Language::English;
    let words = of_kind(kind).iter();
    words.map(|(name, vi, en)| (*name, if english { *en } else { *vi })).collect()
}

fn of_kind(kind: &str) -> Words {
    match kind {
        "title" => TITLES,
        "kind" => KINDS,
        "state" => STATES,
        "role" => ROLES,
        "finding" => FINDINGS,
        "decision" => DECISIONS,
        "level" => LEVELS,
        "status" => STATUSES,
        "relation" => RELATIONS,
        "waiting" => SIDES,
        "event" => EVENTS,
        "act" => ACTS,
        _ => &[],
    }
}

/// A role in words.
pub(crate) fn role(name: &str, language: Language) -> String {
    word("role", name, language)
}

fn found(words: Words, name: &str, language: Language) -> Option<&'static str> {
    let (_, vi, en) = words.iter().find(|(known, _, _)| *known == name)?;
    Some(if language == Language::English { en } else { vi })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knows(words: Words, name: &str) {
        assert!(words.iter().any(|(known, _, _)| *known == name), "{name}");
    }

    #[test]
    fn every_name_of_the_core_has_words() {
        procedure::Title::ALL.iter().for_each(|name| knows(TITLES, &name.to_string()));
        procedure::SubjectKind::ALL.iter().for_each(|name| knows(KINDS, &name.to_string()));
        procedure::case::Finding::ALL.iter().for_each(|name| knows(FINDINGS, &name.to_string()));
        procedure::officer::Relation::ALL
            .iter()
            .for_each(|name| knows(RELATIONS, &name.to_string()));
        let states = projections::query::CaseState::ALL;
        states.iter().for_each(|name| knows(STATES, &name.to_string()));
        let sides = projections::query::queue::WaitingOn::ALL;
        sides.iter().for_each(|name| knows(SIDES, &name.to_string()));
        let levels = procedure::territory::UnitLevel::ALL;
        levels.iter().for_each(|name| knows(LEVELS, &name.to_string()));
    }

    #[test]
    fn an_unknown_name_is_shown_as_it_is() {
        assert_eq!(word("role", "ward-elder", Language::Vietnamese), "ward-elder");
        assert_eq!(role("commune-chair", Language::English), "Chair of the commune");
    }
}
