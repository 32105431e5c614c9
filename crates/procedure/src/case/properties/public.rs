//! Votes, postings and objections of a story, and the way that they let it take.

use alloc::collections::BTreeSet;

use proptest::prop_assert;

use super::Checked;
use crate::case::spec::sample::POSTING_DAYS;
use crate::case::{Event, MinutesRecorded, ObjectionKind};
use crate::date::Date;

#[derive(Default)]
pub(super) struct Public {
    /// Whether the meeting was for it, since the hamlet's review.
    vote: Option<bool>,
    /// The last day of the posting since then, and whether it was closed.
    hangs_until: Option<Date>,
    closed: bool,
    /// Objections that wait for an answer.
    open: BTreeSet<u16>,
    /// Everything that was said, by its number.
    said: BTreeSet<u16>,
}

impl Public {
    pub(super) fn hears(&mut self, event: &Event, today: Date) -> Checked {
        match event {
            Event::MinutesRecorded(event) => self.votes(event, today)?,
            Event::PostedPublicly(event) => {
                prop_assert!(self.hangs_until.is_none(), "posted twice");
                let until = event.days.until.expect("a last day");
                prop_assert!(until.days_since(event.days.from) + 1 >= i32::from(POSTING_DAYS));
                self.hangs_until = Some(until);
            }
            Event::ObjectionFiled(event) => {
                prop_assert!(self.hangs_until.is_some() && !self.closed);
                prop_assert!(self.said.last().is_none_or(|last| *last < event.objection));
                self.said.insert(event.objection);
                if event.kind == ObjectionKind::Objection {
                    self.open.insert(event.objection);
                }
            }
            Event::ObjectionResolved(event) => {
                prop_assert!(self.said.contains(&event.objection));
                self.open.remove(&event.objection);
            }
            Event::SentBackForReview(_) => self.goes_back_to("hamlet_review"),
            Event::StepCompleted(event) if event.step.as_str() == "posting" => {
                prop_assert!(self.is_to_be_closed(today), "closed before its time");
                self.closed = true;
            }
            _ => {}
        }
        Ok(())
    }

    fn votes(&mut self, event: &MinutesRecorded, today: Date) -> Checked {
        let votes = event.votes;
        prop_assert!(self.vote.is_none(), "voted twice");
        prop_assert!(votes.in_favour + votes.against + votes.abstained == event.present);
        prop_assert!(event.present * 2 >= event.convened && event.held_on <= today);
        prop_assert!(event.agreed == (votes.in_favour * 100 >= event.present * 66));
        self.vote = Some(event.agreed);
        Ok(())
    }

    /// The step after one; a vote against leads to the decision.
    pub(super) fn after(&self, step: &str) -> &'static str {
        match step {
            "self_assessment" => "hamlet_review",
            "hamlet_review" => "hamlet_meeting",
            "hamlet_meeting" if self.vote == Some(true) => "posting",
            "posting" => "commune_review",
            "hamlet_meeting" | "commune_review" => "decision",
            other => panic!("{other}"),
        }
    }

    /// The review that a case comes back to from a step.
    pub(super) fn review_before(&self, step: &str) -> &'static str {
        match step {
            "decision" if self.vote == Some(false) => "hamlet_review",
            "decision" | "commune_review" => "commune_review",
            _ => "hamlet_review",
        }
    }

    /// Meeting and posting come after the hamlet's review alone.
    pub(super) fn goes_back_to(&mut self, review: &str) {
        if review == "hamlet_review" {
            (self.vote, self.hangs_until, self.closed) = (None, None, false);
        }
    }

    pub(super) fn is_to_be_closed(&self, today: Date) -> bool {
        self.hangs_until.is_some_and(|until| until < today) && self.open.is_empty()
    }

    /// A title needs a vote for it, and a posting that ended undisputed.
    pub(super) fn speaks_for_it(&self) -> Checked {
        prop_assert!(self.vote == Some(true), "recognised with the vote {:?}", self.vote);
        prop_assert!(self.closed && self.open.is_empty(), "recognised unposted or disputed");
        Ok(())
    }
}
