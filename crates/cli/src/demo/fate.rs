//! How far each case gets by 8 December. The shares are ours, chosen so that every state is seen;
//! they are no statistics of any real commune.

use procedure::SubjectKind;

use self::Fate::{
    AtCommune, AtDecision, AtHamlet, AtMeeting, AtPosting, Recognised, Refused, RegisteredOnly,
    Returned, Unregistered, Withdrawn,
};
use super::dice::Dice;
use super::world::World;

/// One in so many of what waits for the commune is in no late hamlet.
const ELSEWHERE: usize = 20;

/// How far a subject gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fate {
    /// Never registered for the title.
    Unregistered,
    /// Registered, and no more heard of.
    RegisteredOnly,
    /// Waits for the review of the hamlet.
    AtHamlet,
    /// Waits for the meeting of the hamlet.
    AtMeeting,
    /// Hangs out in the hamlet.
    AtPosting,
    /// Waits for the review of the commune.
    AtCommune,
    /// Waits for the decision.
    AtDecision,
    /// Sent back, and nothing has come.
    Returned,
    /// Strives no more.
    Withdrawn,
    /// Refused.
    Refused,
    /// Recognised.
    Recognised,
}

/// How many of each: those who did too little first, then those who reached too little, then the
/// rest, of whom most are recognised.
struct Shares {
    idle: [(Fate, usize); 4],
    refused: usize,
    /// What has not come far because its hamlet is late.
    late: [(Fate, usize); 3],
    open: [(Fate, usize); 3],
}

impl Shares {
    fn of(kind: SubjectKind, count: usize) -> Self {
        let [
            unregistered,
            registered,
            hamlet,
            meeting,
            posting,
            refused,
            withdrawn,
            returned,
            commune,
            decision,
        ] = match kind {
            SubjectKind::Household | SubjectKind::Citizen => {
                [110, 30, 18, 7, 10, 20, 10, 20, 30, 45].map(|permille| count * permille / 1000)
            }
            SubjectKind::Clan => [2, 2, 2, 0, 0, 2, 1, 2, 2, 3],
            SubjectKind::Community => [0, 1, 2, 0, 0, 2, 0, 2, 2, 2],
            SubjectKind::Organisation => [1, 1, 0, 0, 0, 1, 0, 1, 1, 2],
        };
        Self {
            idle: [
                (Unregistered, unregistered),
                (RegisteredOnly, registered),
                (AtHamlet, hamlet),
                (AtMeeting, meeting),
            ],
            refused,
            late: [
                (AtPosting, posting),
                (AtCommune, commune - commune / ELSEWHERE),
                (AtDecision, decision),
            ],
            // A few are left lying for no such reason.
            open: [(Withdrawn, withdrawn), (Returned, returned), (AtCommune, commune / ELSEWHERE)],
        }
    }
}

/// The fate of each subject, in the order of the list.
pub(super) fn of_all(seed: u64, world: &World) -> Vec<Fate> {
    let mut dice = Dice::new(seed, "fate");
    let mut fates = vec![Recognised; world.subjects.len()];
    for kind in SubjectKind::ALL {
        let subjects = world.subjects.iter().enumerate();
        let mut here: Vec<usize> =
            subjects.filter(|(_, one)| one.kind == *kind).map(|(place, _)| place).collect();
        let shares = Shares::of(*kind, here.len());
        // In some hamlets things are slow: most of what is late comes from there.
        here.sort_by_cached_key(|place| {
            let hamlet = world.subjects[*place].hamlet;
            let zeal = hamlet.map_or(0, |hamlet| world.hamlets[hamlet].zeal);
            zeal + dice.between(0, 700)
        });
        let mut left = here.into_iter();
        for (fate, count) in shares.idle {
            left.by_ref().take(count).for_each(|place| fates[place] = fate);
        }
        let mut left: Vec<_> = left.collect();
        left.sort_by_cached_key(|place| world.subjects[*place].quality + dice.below(200));
        let mut left = left.into_iter();
        left.by_ref().take(shares.refused).for_each(|place| fates[place] = Refused);
        let mut left: Vec<_> = left.collect();
        dice.shuffle(&mut left);
        // Stable: those of late hamlets first, each group in the order of chance.
        left.sort_by_key(|place| !world.is_late(*place));
        let mut left = left.into_iter();
        for (fate, count) in shares.late {
            left.by_ref().take(count).for_each(|place| fates[place] = fate);
        }
        let mut left: Vec<_> = left.collect();
        dice.shuffle(&mut left);
        let mut left = left.into_iter();
        for (fate, count) in shares.open {
            left.by_ref().take(count).for_each(|place| fates[place] = fate);
        }
    }
    if let Some(own) = world.own_household(world.posts.chair) {
        recognise(&mut fates, own, world);
    }
    fates
}

/// Changes the fate of a household with that of a recognised one like it.
fn recognise(fates: &mut [Fate], own: usize, world: &World) {
    let alike = |place: &usize| {
        let subject = &world.subjects[*place];
        subject.kind == SubjectKind::Household
            && subject.owners.is_empty()
            && world.is_late(*place) == world.is_late(own)
    };
    let mut others = (0..fates.len()).filter(alike);
    if let Some(other) = others.find(|place| fates[*place] == Recognised) {
        fates.swap(own, other);
    }
}
