//! The definitions that are shipped: each passes, and the numbers of the law are pinned here, so
//! that nobody changes law by accident. A number may change only with its source.

use procedure::Title;
use procedure::definition::{Anchor, Definition, Status, StepKind};

use super::parse;

macro_rules! shipped {
    ($($name:ident = $path:literal;)*) => {
        const FILES: &[(&str, &[u8])] = &[$(($path, $name)),*];
        $(const $name: &[u8] = include_bytes!(concat!(
            env!("CARGO_MANIFEST_DIR"), "/../../schemas/procedures/", $path
        ));)*
    };
}

shipped! {
    CITIZEN = "citizen/tayninh-pilot.toml";
    CLAN = "clan/sample-2026.toml";
    COMMUNITY = "community/sample-2026.toml";
    FAMILY = "family/sample-2026.toml";
    ORGANISATION = "organisation/tt22-2020.toml";
    PROVINCE = "organisation/tt24-2023-province.toml";
}

fn read(path: &str, bytes: &[u8]) -> Definition {
    parse(path, bytes).unwrap_or_else(|findings| {
        let lines: Vec<_> = findings.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"))
    })
}

/// `[id, maximum, points are verified, text is verified]` of each indicator.
fn indicators(definition: &Definition) -> Vec<(&str, u16, bool, bool)> {
    let seen = |status| status == Status::Verified;
    definition
        .indicators()
        .map(|indicator| {
            let (text, maximum) = (&indicator.text, &indicator.maximum);
            (indicator.id.as_str(), maximum.value, seen(maximum.status), seen(text.status))
        })
        .collect()
}

/// `[id, maximum, points are verified]` of each criterion.
fn criteria(definition: &Definition) -> Vec<(&str, u16, bool)> {
    let criteria = definition.criteria.iter();
    criteria
        .map(|criterion| {
            let maximum = &criterion.maximum;
            (criterion.id.as_str(), maximum.value, maximum.status == Status::Verified)
        })
        .collect()
}

#[test]
fn every_file_of_the_folder_is_checked_here() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/procedures");
    let mut files = Vec::new();
    for title in Title::ALL {
        #[expect(clippy::disallowed_methods, reason = "a test may look into the repository")]
        let entries = std::fs::read_dir(folder.join(title.as_str())).unwrap();
        for entry in entries {
            let name = entry.unwrap().file_name().into_string().unwrap();
            files.push(format!("{title}/{name}"));
        }
        // The tests of the definitions, which `scenario` reads.
        files.retain(|file| !file.ends_with("/tests"));
    }
    files.sort();
    let here: Vec<_> = FILES.iter().map(|(path, _)| *path).collect();
    assert_eq!(files, here);
}

#[test]
fn the_readme_explains_every_rule() {
    let readme = include_str!("../../../../schemas/procedures/README.md");
    for rule in procedure::definition::lint::Rule::ALL {
        assert!(readme.contains(&format!("| `{rule}` |")), "{rule} is not in the README");
    }
}

#[test]
fn every_shipped_definition_passes_and_is_named_as_its_file() {
    for (path, bytes) in FILES {
        let definition = read(path, bytes);
        assert_eq!(format!("{}.toml", definition.id.as_str().replacen('.', "/", 1)), *path);
    }
}

#[test]
fn samples_say_so_and_everything_unseen_makes_a_notice() {
    for (path, bytes) in FILES {
        let definition = read(path, bytes);
        let whole = ["citizen/tayninh-pilot.toml", "organisation/tt22-2020.toml"].contains(path);
        assert_eq!(definition.sample, !whole, "{path}");
        assert!(definition.is_provisional(), "{path}");
        assert!(definition.notice.is_some(), "{path}");
        let seen = *path == "organisation/tt24-2023-province.toml";
        assert_eq!(definition.validity.status == Status::Verified, seen, "{path}");
    }
}

#[test]
fn no_limit_meeting_or_posting_is_called_seen() {
    for (path, bytes) in FILES {
        for step in read(path, bytes).steps {
            let id = &step.id;
            let unseen = |status| assert_eq!(status, Status::Provisional, "{path}: {id}");
            if let Some(rule) = step.meeting {
                unseen(rule.quorum_percent.status);
                unseen(rule.majority_percent.status);
            }
            if let Some(rule) = step.posting {
                unseen(rule.days.status);
            }
            if let Some(limit) = step.limit {
                unseen(limit.status);
                limit.by.into_iter().for_each(|day| unseen(day.status));
            }
        }
    }
}

#[test]
fn a_year_as_the_demo_plays_it_is_possible() {
    for (path, bytes) in FILES {
        let Definition { season, in_force, .. } = read(path, bytes);
        let day = |text: &str| text.parse::<procedure::Date>().unwrap();
        assert!(in_force.contains(day("2026-01-05")), "{path}");
        let opens = season.registration_from.and_then(|day| day.of(2026));
        assert!(opens.is_none_or(|opens| opens <= day("2026-01-05")), "{path}");
        let closes = season.registration_until.and_then(|day| day.of(2026));
        assert!(closes.is_none_or(|closes| closes >= day("2026-06-30")), "{path}");
        let recognition = season.recognition_from.and_then(|day| day.of(2026));
        assert!(recognition.is_none_or(|from| from <= day("2026-11-15")), "{path}");
    }
}

#[test]
fn circular_22_of_2020_is_as_it_was_read() {
    let law = read("tt22", ORGANISATION);
    assert_eq!(criteria(&law), [("1", 30, true), ("2", 30, true), ("3", 40, true)]);
    let expected = [
        ("1.1", 10),
        ("1.2", 10),
        ("1.3", 10),
        ("2.1", 10),
        ("2.2", 5),
        ("2.3", 10),
        ("2.4", 5),
        ("3.1", 25),
        ("3.2", 10),
        ("3.3", 5),
    ];
    assert_eq!(indicators(&law), expected.map(|(id, maximum)| (id, maximum, true, true)));
    let bands = law.outcome.bands.iter();
    let bands: Vec<_> = bands.map(|band| (band.name.vi.as_str(), band.from, band.status)).collect();
    let verified = Status::Verified;
    assert_eq!(bands, [("Tốt", 85, verified), ("Khá", 70, verified), ("Trung bình", 50, verified)]);
    let minimum = law.outcome.minimum_total.unwrap();
    assert_eq!((minimum.value, minimum.status), (50, verified));
    assert_eq!(law.outcome.minimum_each, None);
    assert_eq!(law.in_force.from, "2020-09-21".parse().unwrap());
    assert_eq!(law.in_force.status, verified);
}

#[test]
fn of_circular_24_of_2023_what_was_read_is_verified_and_no_more() {
    let law = read("tt24", PROVINCE);
    assert_eq!(criteria(&law), [("1", 5, true), ("2", 4, false), ("3", 8, false)]);
    let placeholders = ["2.3", "m2.2", "m2.3.3"];
    let read_in_vietnamese = ["1.1", "1.2", "1.3"];
    for (id, maximum, points, text) in indicators(&law) {
        assert_eq!(maximum, 1, "{id}");
        assert_eq!(points, !placeholders.contains(&id), "{id}");
        assert_eq!(text, read_in_vietnamese.contains(&id), "{id}");
    }
    let levels = law.outcome.levels.iter();
    let levels: Vec<_> = levels
        .map(|level| (level.name.vi.as_str(), level.targets.len(), level.months_after_below))
        .collect();
    assert_eq!(levels, [("Mức độ 1", 14, None), ("Mức độ 2", 3, Some(12))]);
    assert_eq!((law.validity.months, law.validity.counted_from), (36, Anchor::YearEnd));
    assert_eq!(law.in_force.status, Status::Provisional);
}

#[test]
fn the_pilot_of_tay_ninh_is_as_it_was_read() {
    let pilot = read("tayninh", CITIZEN);
    // The maxima of the groups are an addition of ours, and the words are summed up.
    assert_eq!(criteria(&pilot), [("a", 40, false), ("b", 40, false), ("c", 20, false)]);
    let ids = ["a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4", "c1", "c2"];
    assert_eq!(indicators(&pilot), ids.map(|id| (id, 10, true, false)));
    let total = pilot.outcome.minimum_total.unwrap();
    assert_eq!((total.value, total.status), (80, Status::Verified));
    let each = pilot.outcome.minimum_each.unwrap();
    assert_eq!((each.value, each.status), (5, Status::Verified));
    assert_eq!(total.source.as_str(), "tayninh");
}

#[test]
fn the_family_sample_claims_of_decision_448_what_was_read_and_no_more() {
    let sample = read("family", FAMILY);
    let expected = [("1", 30, true), ("2", 30, true), ("3", 20, false), ("4", 20, false)];
    assert_eq!(criteria(&sample), expected);
    let seen = ["1a", "1b", "1c", "2a"];
    for (id, maximum, points, text) in indicators(&sample) {
        assert_eq!((points, text), (seen.contains(&id), seen.contains(&id)), "{id}");
        assert!(!points || maximum == 10, "{id}");
    }
    assert_eq!(sample.outcome.minimum_total.unwrap().status, Status::Provisional);
}

#[test]
fn the_family_sample_goes_through_meeting_and_posting_as_cultural_families_do() {
    let sample = read("family", FAMILY);
    let steps: Vec<_> = sample.steps.iter().map(|step| (step.id.as_str(), step.kind)).collect();
    let expected = [
        ("self_assessment", StepKind::SelfAssessment),
        ("hamlet_review", StepKind::Review),
        ("hamlet_meeting", StepKind::Meeting),
        ("posting", StepKind::Posting),
        ("commune_review", StepKind::Review),
        ("decision", StepKind::Decision),
    ];
    assert_eq!(steps, expected);
    let days = &sample.steps[3].posting.as_ref().unwrap().days;
    assert_eq!((days.value, days.source.as_str()), (10, "gia-dinh-van-hoa"));
}

#[test]
fn nothing_of_clans_and_communities_is_called_seen() {
    for bytes in [CLAN, COMMUNITY] {
        let sample = read("sample", bytes);
        assert_eq!(criteria(&sample).iter().map(|(_, maximum, _)| maximum).sum::<u16>(), 100);
        assert!(criteria(&sample).iter().all(|(_, _, seen)| !seen));
        assert!(indicators(&sample).iter().all(|(_, _, points, text)| !points && !text));
        assert_eq!(sample.outcome.minimum_total.unwrap().status, Status::Provisional);
    }
}
