//! Names that nobody bears on purpose: people, hamlets, clans, organisations.
//! Deliberately absent: real people. What sounds like a real body says `(mẫu)`, sample.

use anyhow::Context as _;

use super::dice::Dice;

const SURNAMES: &str = include_str!("../../data/names/surnames_north.csv");
const MALE: &str = include_str!("../../data/names/given_male.txt");
const FEMALE: &str = include_str!("../../data/names/given_female.txt");

/// Surnames that are frequent where Mường people live weigh more here than in the list of the
/// north. The factors are ours and claim nothing.
const LOCAL: &[(&str, u32)] = &[("Bùi", 14), ("Đinh", 10), ("Hà", 3)];

const LAND: &[&str] = &["Suối", "Đồi", "Đồng", "Bãi", "Khe", "Lũng", "Gò", "Vườn", "Bến"];
const MARK: &[&str] =
    &["Sim", "Trong", "Chè", "Dâu", "Vầu", "Đa", "Cọ", "Hoa Ban", "Nứa", "Trám", "Mận", "Gạo"];

/// Organisations of a commune. Schools bear invented names.
pub(super) const ORGANISATIONS: &[&str] = &[
    "Cơ quan Ủy ban nhân dân xã (mẫu)",
    "Cơ quan Đảng ủy xã (mẫu)",
    "Trường Trung học cơ sở Hoa Ban (mẫu)",
    "Trường Tiểu học Hoa Ban (mẫu)",
    "Trường Tiểu học Đồi Sim (mẫu)",
    "Trường Tiểu học và Trung học cơ sở Suối Trong (mẫu)",
    "Trường Mầm non Hoa Ban (mẫu)",
    "Trường Mầm non Đồi Sim (mẫu)",
    "Trường Mầm non Bến Gạo (mẫu)",
    "Trạm Y tế xã (mẫu)",
    "Công an xã (mẫu)",
    "Ban Chỉ huy Quân sự xã (mẫu)",
    "Trung tâm Phục vụ hành chính công xã (mẫu)",
    "Cơ quan Ủy ban Mặt trận Tổ quốc xã (mẫu)",
    "Trung tâm Học tập cộng đồng xã (mẫu)",
    "Hợp tác xã Nông nghiệp Đồng Dâu (mẫu)",
    "Bưu điện văn hóa xã (mẫu)",
];

/// A person's name.
#[derive(Clone)]
pub(super) struct Person {
    pub(super) surname: &'static str,
    pub(super) given: String,
}

impl Person {
    /// In Vietnamese order.
    pub(super) fn full(&self) -> String {
        format!("{} {}", self.surname, self.given)
    }
}

/// Makes people of the lists.
pub(super) struct People {
    surnames: Vec<(&'static str, u32)>,
    weight: u32,
    given: [Vec<&'static str>; 2],
}

impl People {
    /// Reads the lists.
    pub(super) fn read() -> anyhow::Result<Self> {
        let mut surnames = Vec::new();
        for line in SURNAMES.lines().skip(1) {
            let (surname, weight) = line.split_once(',').context("a surname and its weight")?;
            let (whole, tenths) = weight.split_once('.').unwrap_or((weight, "0"));
            let weight = whole.parse::<u32>()? * 10 + tenths.parse::<u32>()?;
            let local = LOCAL.iter().find(|(name, _)| *name == surname);
            surnames.push((surname, weight * local.map_or(1, |(_, factor)| *factor)));
        }
        let weight = surnames.iter().map(|(_, weight)| weight).sum();
        let names = |list: &'static str| list.lines().collect();
        Ok(Self { surnames, weight, given: [names(MALE), names(FEMALE)] })
    }

    pub(super) fn surname(&self, dice: &mut Dice) -> &'static str {
        let mut at = u32::try_from(dice.below(self.weight as usize)).unwrap_or(0);
        for (surname, weight) in &self.surnames {
            if at < *weight {
                return surname;
            }
            at -= weight;
        }
        "Nguyễn"
    }

    pub(super) fn person(&self, dice: &mut Dice) -> Person {
        let surname = self.surname(dice);
        self.relative(dice, surname)
    }

    /// Somebody with that surname.
    pub(super) fn relative(&self, dice: &mut Dice, surname: &'static str) -> Person {
        let list = &self.given[usize::from(dice.chance(380))];
        Person { surname, given: list[dice.below(list.len())].to_owned() }
    }
}

/// Names of hamlets, no two alike.
pub(super) fn hamlets(dice: &mut Dice, count: usize) -> Vec<String> {
    let pairs = LAND.iter().flat_map(|land| MARK.iter().map(move |mark| (land, mark)));
    let mut all: Vec<_> = pairs.map(|(land, mark)| format!("Xóm {land} {mark}")).collect();
    dice.shuffle(&mut all);
    all.truncate(count);
    all
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_come_from_the_lists_in_vietnamese_order() {
        let (people, mut dice) = (People::read().unwrap(), Dice::new(1, "test"));
        let names: Vec<_> = (0..2000).map(|_| people.person(&mut dice)).collect();
        let bui = names.iter().filter(|person| person.surname == "Bùi").count();
        assert!((300..600).contains(&bui), "{bui}");
        assert!(names.iter().all(|person| person.full().starts_with(person.surname)));
        assert!(names.iter().all(|person| !person.given.is_empty()));
        assert!(!names.iter().any(|person| person.given.contains('Ð')));
    }

    #[test]
    fn hamlets_have_different_names() {
        let names = hamlets(&mut Dice::new(3, "test"), 27);
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), 27);
    }
}
