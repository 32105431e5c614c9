//! Who and what there is: hamlets, subjects, officers and what is an officer's own.
//! Deliberately absent: time, and what happens.

use anyhow::ensure;
use procedure::officer::Relation;
use procedure::{OfficerId, SubjectId, SubjectKind, UnitCode};

use super::dice::Dice;
use super::names::{self, ORGANISATIONS, People, Person};

mod officers;

pub(super) use officers::Posts;

/// The commune: Xã Mường Bi.
pub(super) const COMMUNE: &str = "05158";
/// Its province: Phú Thọ.
pub(super) const PROVINCE: &str = "25";
pub(super) const HAMLETS: usize = 27;
pub(super) const CLANS: usize = 38;
/// So many hamlets are weeks behind the others in autumn.
const LATE: usize = 5;

/// A hamlet.
pub(super) struct Hamlet {
    pub(super) code: UnitCode,
    pub(super) name: String,
    /// How well things go there: about -250 to 250.
    pub(super) zeal: i64,
    /// Whether it is weeks behind the others in autumn.
    pub(super) late: bool,
}

/// A subject.
pub(super) struct Subject {
    pub(super) id: SubjectId,
    pub(super) kind: SubjectKind,
    pub(super) code: String,
    pub(super) unit: UnitCode,
    /// Its hamlet; organisations have none.
    pub(super) hamlet: Option<usize>,
    pub(super) name: String,
    pub(super) address: String,
    /// The officers whose own it is.
    pub(super) owners: Vec<usize>,
    /// How well it learns, 0 to 999.
    pub(super) quality: usize,
}

/// An officer.
pub(super) struct Officer {
    pub(super) id: OfficerId,
    pub(super) code: String,
    pub(super) name: String,
    /// The unit that keeps the record.
    pub(super) unit: UnitCode,
    pub(super) roles: Vec<(&'static str, UnitCode)>,
    pub(super) interests: Vec<(usize, Relation)>,
}

/// Everybody and everything, in the order of the lists.
pub(super) struct World {
    pub(super) hamlets: Vec<Hamlet>,
    pub(super) subjects: Vec<Subject>,
    pub(super) officers: Vec<Officer>,
    pub(super) posts: Posts,
}

impl World {
    /// Makes it up.
    ///
    /// # Errors
    /// Fewer households than give every hamlet some.
    pub(super) fn make(seed: u64, households: usize) -> anyhow::Result<Self> {
        ensure!(
            (100..=200_000).contains(&households),
            "the demonstration needs 100 to 200,000 households, not {households}"
        );
        let mut maker = Maker {
            dice: Dice::new(seed, "world"),
            people: People::read()?,
            hamlets: Vec::new(),
            subjects: Vec::new(),
            households: Vec::new(),
        };
        maker.hamlets()?;
        maker.households(households)?;
        let staff = officers::staff(&mut maker)?;
        maker.clans(&staff)?;
        maker.organisations()?;
        maker.communities()?;
        let (officers, posts) = officers::settle(&mut maker, staff);
        Ok(Self { hamlets: maker.hamlets, subjects: maker.subjects, officers, posts })
    }

    /// Whether the subject's hamlet is weeks behind the others in autumn.
    pub(super) fn is_late(&self, subject: usize) -> bool {
        self.subjects[subject].hamlet.is_some_and(|hamlet| self.hamlets[hamlet].late)
    }

    /// The households of a hamlet.
    pub(super) fn households(&self, hamlet: usize) -> impl Iterator<Item = &Subject> {
        let here =
            move |one: &&Subject| one.kind == SubjectKind::Household && one.hamlet == Some(hamlet);
        self.subjects.iter().filter(here)
    }

    /// The officer's own household.
    pub(super) fn own_household(&self, officer: usize) -> Option<usize> {
        let mut own = self.officers[officer].interests.iter();
        own.find(|(_, relation)| *relation == Relation::Household).map(|(subject, _)| *subject)
    }

    /// The first of some officers whose own the subject is not.
    pub(super) fn impartial(&self, officers: &[usize], subject: usize) -> Option<usize> {
        let owners = &self.subjects[subject].owners;
        officers.iter().copied().find(|officer| !owners.contains(officer))
    }
}

struct Maker {
    dice: Dice,
    people: People,
    hamlets: Vec<Hamlet>,
    subjects: Vec<Subject>,
    /// Per hamlet, the households that are nobody's own yet.
    households: Vec<Vec<usize>>,
}

impl Maker {
    fn hamlets(&mut self) -> anyhow::Result<()> {
        let names = names::hamlets(&mut self.dice, HAMLETS);
        for (name, number) in names.into_iter().zip(1..) {
            let code = format!("{COMMUNE}-{number:02}").parse()?;
            let zeal = self.dice.between(-150, 150) + self.dice.between(-100, 100);
            self.hamlets.push(Hamlet { code, name, zeal, late: false });
        }
        let mut slowest: Vec<_> = (0..HAMLETS).collect();
        slowest.sort_by_key(|hamlet| self.hamlets[*hamlet].zeal);
        slowest.iter().take(LATE).for_each(|hamlet| self.hamlets[*hamlet].late = true);
        Ok(())
    }

    /// Hamlets are of unequal size: the largest has about four times the people of the smallest.
    fn households(&mut self, total: usize) -> anyhow::Result<()> {
        let weights: Vec<usize> = (0..HAMLETS).map(|_| 40 + self.dice.below(120)).collect();
        let (sum, spare) = (weights.iter().sum::<usize>(), total - 2 * HAMLETS);
        let mut sizes: Vec<_> = weights.iter().map(|weight| 2 + spare * weight / sum).collect();
        let rest = total - sizes.iter().sum::<usize>();
        sizes.iter_mut().take(rest).for_each(|size| *size += 1);
        for (hamlet, size) in sizes.into_iter().enumerate() {
            let mut here = Vec::with_capacity(size);
            for number in 1..=size {
                let head = self.people.person(&mut self.dice);
                let code = format!("{}-{number:04}", self.hamlets[hamlet].code);
                let quality = self.dice.below(1000);
                let household = SubjectKind::Household;
                here.push(self.add(household, code, Some(hamlet), head.full(), quality)?);
            }
            self.dice.shuffle(&mut here);
            self.households.push(here);
        }
        Ok(())
    }

    /// Some clans have an officer among them, so that he has to leave their cases to others.
    fn clans(&mut self, staff: &[officers::Member]) -> anyhow::Result<()> {
        let mut taken: Vec<(usize, &str)> = Vec::new();
        for number in 1..=CLANS {
            let (hamlet, surname) = loop {
                let drawn = match number % 3 {
                    0 => {
                        let member = &staff[self.dice.below(staff.len())];
                        (member.home, member.person.surname)
                    }
                    _ => (Some(self.dice.below(HAMLETS)), self.people.surname(&mut self.dice)),
                };
                let (Some(hamlet), surname) = drawn else { continue };
                if !taken.contains(&(hamlet, surname)) {
                    break (hamlet, surname);
                }
            };
            taken.push((hamlet, surname));
            let name = format!("Dòng họ {surname} {}", self.hamlets[hamlet].name);
            let (code, quality) = (format!("{COMMUNE}-DH-{number:02}"), self.dice.below(1000));
            self.add(SubjectKind::Clan, code, Some(hamlet), name, quality)?;
        }
        Ok(())
    }

    fn organisations(&mut self) -> anyhow::Result<()> {
        for (name, number) in ORGANISATIONS.iter().zip(1..) {
            let (code, quality) = (format!("{COMMUNE}-DV-{number:02}"), self.dice.below(1000));
            self.add(SubjectKind::Organisation, code, None, (*name).to_owned(), quality)?;
        }
        Ok(())
    }

    fn communities(&mut self) -> anyhow::Result<()> {
        for hamlet in 0..HAMLETS {
            let code = format!("{COMMUNE}-CD-{:02}", hamlet + 1);
            let name = format!("Cộng đồng {}", self.hamlets[hamlet].name);
            let quality = usize::try_from(500 + self.hamlets[hamlet].zeal).unwrap_or(0).min(999);
            self.add(SubjectKind::Community, code, Some(hamlet), name, quality)?;
        }
        Ok(())
    }

    fn add(
        &mut self,
        kind: SubjectKind,
        code: String,
        hamlet: Option<usize>,
        name: String,
        quality: usize,
    ) -> anyhow::Result<usize> {
        let commune = "xã Mường Bi, tỉnh Phú Thọ";
        let (unit, address) = match hamlet {
            Some(hamlet) => {
                let hamlet = &self.hamlets[hamlet];
                (hamlet.code.clone(), format!("{}, {commune}", hamlet.name))
            }
            None => (COMMUNE.parse()?, commune.to_owned()),
        };
        let (id, owners) = (SubjectId::of_code(&code), Vec::new());
        let subject = Subject { id, kind, code, unit, hamlet, name, address, owners, quality };
        self.subjects.push(subject);
        Ok(self.subjects.len() - 1)
    }

    /// A household of the hamlet that is nobody's own yet; its head is he or a relative.
    fn household_of(&mut self, hamlet: usize, person: &Person) -> Option<usize> {
        let household = self.households.get_mut(hamlet)?.pop()?;
        let head = match self.dice.chance(600) {
            true => person.clone(),
            false => self.people.relative(&mut self.dice, person.surname),
        };
        self.subjects[household].name = head.full();
        Some(household)
    }
}
