//! What happens to a case in public: the vote of the meeting, the posting, and what people say.

use std::collections::BTreeMap;

use procedure::SubjectKind;
use procedure::case::{ObjectionKind, Votes};

use super::meetings::Gathering;
use super::story::{Story, Went};
use crate::demo::act::CaseDeed;
use crate::demo::calendar::{DAY, MINUTE, Moment};
use crate::demo::dice::Dice;
use crate::demo::fate::Fate;
use crate::demo::words;
use crate::demo::world::World;

const HOUR: Moment = 60 * MINUTE;

/// An objection to a posted family, and what becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Said {
    /// It is right: the family is reviewed anew.
    Upheld,
    /// It is not, and is answered while the list hangs.
    Answered,
    /// It is not, and is answered when the list should have come down.
    AnsweredLate,
}

/// The four objections in the whole commune, by the subject that they are about.
pub(super) fn said(seed: u64, world: &World, fates: &[Fate]) -> BTreeMap<usize, Said> {
    let mut dice = Dice::new(seed, "said");
    let fits = |place: &usize| {
        let subject = &world.subjects[*place];
        subject.kind == SubjectKind::Household
            && subject.owners.is_empty()
            && fates[*place] == Fate::Recognised
            && !world.is_late(*place)
    };
    let mut fit: Vec<usize> = (0..fates.len()).filter(fits).collect();
    dice.shuffle(&mut fit);
    let said = [Said::Upheld, Said::Answered, Said::Answered, Said::AnsweredLate];
    fit.into_iter().zip(said).collect()
}

impl Story<'_> {
    /// The meeting of the hamlet votes. A case that it is not for goes straight to the decision.
    pub(super) fn meet(&mut self, fate: Fate) -> Went {
        let Some(hamlet) = self.subject().hamlet else { return Went::On };
        let scene = self.scene;
        let meeting = scene.meetings.after(hamlet, self.at);
        let Some(meeting) = meeting.filter(|_| fate != Fate::AtMeeting) else { return Went::Stays };
        let gathering = scene.meetings.get(meeting);
        let present = i64::try_from(gathering.meeting.present.len()).unwrap_or(0);
        let against = self.voted_down;
        let votes = self.votes(present, against);
        let at = gathering.entered + self.dice.between(5, 95) * MINUTE;
        let by = self.of_hamlet(hamlet);
        self.act(at, by, CaseDeed::Vote { meeting, votes });
        self.meeting = Some(meeting);
        if against { Went::ToDecision } else { Went::On }
    }

    /// Most are for it, or less than half.
    fn votes(&mut self, present: i64, against: bool) -> Votes {
        let share = match against {
            true => self.dice.between(15, 45),
            false if self.dice.chance(600) => 100,
            false => self.dice.between(70, 99),
        };
        let in_favour = present * share / 100;
        let abstained = (present - in_favour) * self.dice.between(0, 60) / 100;
        let count = |votes: i64| u32::try_from(votes).unwrap_or(0);
        Votes {
            in_favour: count(in_favour),
            against: count(present - in_favour - abstained),
            abstained: count(abstained),
        }
    }

    /// Hangs the case out with the others of its meeting, and takes it down.
    pub(super) fn post(&mut self, said: &mut Option<Said>) -> Went {
        let scene = self.scene;
        let (Some(hamlet), Some(meeting)) = (self.subject().hamlet, self.meeting) else {
            return Went::On;
        };
        let gathering = scene.meetings.get(meeting);
        let by = self.of_hamlet(hamlet);
        let place = format!("Nhà văn hóa {}", scene.world.hamlets[hamlet].name);
        let at = gathering.posted + self.dice.between(0, 30) * MINUTE;
        self.act(at, by, CaseDeed::Post { days: gathering.days, place });
        if self.dice.chance(8) {
            let text = self.dice.pick(words::COMMENTS);
            self.says(gathering, ObjectionKind::Comment, text);
        }
        match said.take() {
            Some(Said::Upheld) => {
                self.is_objected_to(gathering, (by, true), words::UPHELD);
                return Went::BackToReview;
            }
            Some(Said::Answered) => {
                let text = self.dice.pick(words::NOT_UPHELD);
                self.is_objected_to(gathering, (by, false), text);
            }
            Some(Said::AnsweredLate) => return self.is_answered_late(gathering, by),
            None => {}
        }
        if gathering.closed >= self.now() {
            return Went::Stays;
        }
        let at = gathering.closed + self.dice.between(0, 600) * 1000;
        self.routine(at);
        Went::On
    }

    /// Somebody says something on one of the first days; the head of the hamlet writes it down.
    fn says(&mut self, gathering: &Gathering, kind: ObjectionKind, text: &'static str) {
        let day = gathering.posted + self.dice.between(2, 4) * DAY;
        let at = day + self.dice.between(60, 540) * MINUTE;
        let name = self.neighbour();
        self.objections += 1;
        self.act(at.max(self.at + HOUR), self.recorder(), CaseDeed::Object { kind, name, text });
    }

    /// An objection that is answered while the list hangs.
    fn is_objected_to(
        &mut self,
        gathering: &Gathering,
        (by, upheld): (usize, bool),
        (text, reason): (&'static str, &'static str),
    ) {
        self.says(gathering, ObjectionKind::Objection, text);
        let day = gathering.posted + self.dice.between(6, 8) * DAY;
        let at = day + self.dice.between(60, 540) * MINUTE;
        let objection = self.objections;
        self.act(at, by, CaseDeed::Resolve { objection, upheld, reason });
    }

    /// The list cannot come down while the objection is open: the reviewer takes it down himself.
    fn is_answered_late(&mut self, gathering: &Gathering, by: usize) -> Went {
        let (text, reason) = self.dice.pick(words::NOT_UPHELD);
        self.says(gathering, ObjectionKind::Objection, text);
        self.routine(gathering.closed);
        let at = gathering.closed + 9 * HOUR + self.dice.between(0, 300) * MINUTE;
        let (objection, upheld) = (self.objections, false);
        self.act(at, by, CaseDeed::Resolve { objection, upheld, reason });
        self.act(at + 10 * MINUTE, by, CaseDeed::ClosePosting);
        Went::On
    }

    /// Who acts for the hamlet in this case.
    fn of_hamlet(&self, hamlet: usize) -> usize {
        let posts = &self.scene.world.posts;
        let officers = [posts.reviewers[hamlet], posts.stand_by];
        self.scene.world.impartial(&officers, self.subject).unwrap_or(posts.stand_by)
    }

    /// Somebody else of the hamlet.
    fn neighbour(&mut self) -> String {
        let world = self.scene.world;
        let hamlet = self.subject().hamlet.unwrap_or(0);
        let own = self.subject().id;
        let others = world.households(hamlet).filter(|one| one.id != own);
        let names: Vec<&str> = others.map(|one| one.name.as_str()).collect();
        match names.is_empty() {
            true => world.officers[self.recorder()].name.clone(),
            false => self.dice.pick(&names).to_owned(),
        }
    }
}
