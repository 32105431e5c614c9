//! The officers: who they are, what they are appointed to, and what is their own.

use procedure::officer::Relation;
use procedure::{OfficerId, Role, SubjectKind, UnitCode};

use super::{COMMUNE, HAMLETS, Maker, Officer, PROVINCE};
use crate::demo::names::Person;

/// Who holds which post, as places in the list of officers.
pub(in crate::demo) struct Posts {
    /// Keeps units, officers and organisations of the commune.
    pub(in crate::demo) administrator: usize,
    /// Looks on, from the province.
    pub(in crate::demo) supervisor: usize,
    /// Looks into everything in the commune, changes nothing.
    pub(in crate::demo) auditor: usize,
    /// Head of each hamlet: enters subjects and what they hand in.
    pub(in crate::demo) recorders: Vec<usize>,
    /// Reviews in each hamlet.
    pub(in crate::demo) reviewers: Vec<usize>,
    /// Acts where a hamlet's reviewer may not; sits in the commune's association as well.
    pub(in crate::demo) stand_by: usize,
    /// Review for the commune.
    pub(in crate::demo) commune_reviewers: Vec<usize>,
    /// Enters what organisations hand in.
    pub(in crate::demo) organisation_recorder: usize,
    /// Decides.
    pub(in crate::demo) chair: usize,
    /// Decides in the chair's place while he is away, and has no power of his own.
    pub(in crate::demo) vice_chair: usize,
    /// Decides where the chair may not.
    pub(in crate::demo) substitute: usize,
}

/// An officer-to-be with the hamlet in which he lives.
pub(super) struct Member {
    pub(super) person: Person,
    pub(super) home: Option<usize>,
    unit: UnitCode,
    roles: Vec<(&'static str, UnitCode)>,
}

const COMMUNE_REVIEWERS: usize = 4;

/// The places of the commune's own staff in the list; the hamlets' follow.
const ADMINISTRATOR: usize = 0;
const SUPERVISOR: usize = 1;
const AUDITOR: usize = 2;
const CHAIR: usize = 3;
const VICE_CHAIR: usize = 4;
const SUBSTITUTE: usize = 5;
const ORGANISATION_RECORDER: usize = 6;
const STAND_BY: usize = 7;
const FIRST_COMMUNE_REVIEWER: usize = 8;
const FIRST_OF_HAMLETS: usize = FIRST_COMMUNE_REVIEWER + COMMUNE_REVIEWERS;
const LAST_COMMUNE_REVIEWER: usize = FIRST_OF_HAMLETS - 1;

/// The people and their appointments.
pub(super) fn staff(maker: &mut Maker) -> anyhow::Result<Vec<Member>> {
    let commune: UnitCode = COMMUNE.parse()?;
    let of_commune: [&[&str]; FIRST_COMMUNE_REVIEWER] = [
        &[Role::ADMINISTRATOR],
        &["supervisor"],
        &["auditor"],
        &["commune-chair"],
        &[],
        &["commune-chair"],
        &["organisation-recorder"],
        &["hamlet-reviewer", "commune-reviewer"],
    ];
    let mut staff = Vec::new();
    let reviewers = std::iter::repeat_n(&["commune-reviewer"][..], COMMUNE_REVIEWERS);
    for (place, roles) in of_commune.into_iter().chain(reviewers).enumerate() {
        let person = maker.people.person(&mut maker.dice);
        let (unit, home) = match place {
            SUPERVISOR => (PROVINCE.parse()?, None),
            _ => (commune.clone(), Some(maker.dice.below(HAMLETS))),
        };
        let roles = roles.iter().map(|role| (*role, unit.clone())).collect();
        staff.push(Member { person, home, roles, unit });
    }
    for hamlet in 0..HAMLETS {
        let unit = maker.hamlets[hamlet].code.clone();
        let recorder = vec![(Role::REGISTRAR, unit.clone()), ("hamlet-recorder", unit.clone())];
        for roles in [recorder, vec![("hamlet-reviewer", unit)]] {
            let person = maker.people.person(&mut maker.dice);
            staff.push(Member { person, home: Some(hamlet), unit: commune.clone(), roles });
        }
    }
    Ok(staff)
}

/// Makes officers of them, with their own households, clans and organisations.
pub(super) fn settle(maker: &mut Maker, staff: Vec<Member>) -> (Vec<Officer>, Posts) {
    let officers = staff.into_iter().enumerate().map(|(place, member)| {
        let interests = interests(maker, place, &member);
        for (subject, _) in &interests {
            maker.subjects[*subject].owners.push(place);
        }
        let code = format!("CB-{}-{:03}", member.unit, place + 1);
        let Member { person, unit, roles, .. } = member;
        let (id, name) = (OfficerId::of_code(&code), person.full());
        Officer { id, code, name, unit, roles, interests }
    });
    let officers = officers.collect();
    let place = |offset| move |hamlet| FIRST_OF_HAMLETS + 2 * hamlet + offset;
    let posts = Posts {
        administrator: ADMINISTRATOR,
        supervisor: SUPERVISOR,
        auditor: AUDITOR,
        recorders: (0..HAMLETS).map(place(0)).collect(),
        reviewers: (0..HAMLETS).map(place(1)).collect(),
        stand_by: STAND_BY,
        commune_reviewers: (FIRST_COMMUNE_REVIEWER..FIRST_OF_HAMLETS).collect(),
        organisation_recorder: ORGANISATION_RECORDER,
        chair: CHAIR,
        vice_chair: VICE_CHAIR,
        substitute: SUBSTITUTE,
    };
    (officers, posts)
}

fn interests(maker: &mut Maker, place: usize, member: &Member) -> Vec<(usize, Relation)> {
    let mut interests = Vec::new();
    let Some(home) = member.home else { return interests };
    // Nine of ten; of those who decide, each.
    let has_household = matches!(place, CHAIR | SUBSTITUTE) || maker.dice.chance(900);
    if has_household && let Some(household) = maker.household_of(home, &member.person) {
        interests.push((household, Relation::Household));
    }
    // Those who step in for others have no clan of their own here, so that somebody always can.
    if matches!(place, STAND_BY | SUBSTITUTE | LAST_COMMUNE_REVIEWER) {
        return interests;
    }
    let clan = format!("Dòng họ {} {}", member.person.surname, maker.hamlets[home].name);
    let clan = maker.subjects.iter().position(|subject| subject.name == clan);
    interests.extend(clan.map(|clan| (clan, Relation::Clan)));
    // The chair works in the first body of the list, one reviewer in the first school.
    let organisation = match place {
        CHAIR => Some(0),
        FIRST_COMMUNE_REVIEWER => Some(2),
        _ => None,
    };
    let mut bodies = maker.subjects.iter().enumerate();
    let mut of_kind = bodies.by_ref().filter(|(_, one)| one.kind == SubjectKind::Organisation);
    let body = organisation.and_then(|number| of_kind.nth(number));
    interests.extend(body.map(|(body, _)| (body, Relation::Organisation)));
    interests
}
