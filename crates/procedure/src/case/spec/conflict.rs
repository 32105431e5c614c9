//! Nobody acts in office on a case of his own household, clan or organisation.

use super::*;
use crate::officer::Relation;

#[test]
fn no_act_of_office_on_ones_own_case_whatever_the_relation() {
    for relation in Relation::ALL {
        let own = |by: Officer| by.owning(family(), *relation);
        for command in [Command::Claim, review(CLAIMED), send_back()] {
            let refusal = Refusal::OwnSubject { officer: reviewer().id };
            at_hamlet_review().by(own(reviewer())).when(command).refused(refusal);
        }
        for command in [Command::Claim, recognise("2026-11-20"), refuse("2026-11-20"), send_back()]
        {
            let refusal = Refusal::OwnSubject { officer: chair().id };
            at_decision(CLAIMED).by(own(chair())).when(command).refused(refusal);
        }
    }
}

#[test]
fn another_subject_of_ones_own_is_no_hindrance() {
    let neighbour = reviewer().owning(SubjectId::of_code("05158-01-0002"), Relation::Household);
    at_hamlet_review().by(neighbour).when(review(CLAIMED)).happens();
}

#[test]
fn an_interest_declared_after_a_claim_stops_the_review() {
    let case = at_hamlet_review().and(Command::Claim);
    let cousin = reviewer().owning(family(), Relation::Clan);
    let refusal = Refusal::OwnSubject { officer: cousin.id };
    case.by(cousin).when(review(CLAIMED)).refused(refusal);
}

#[test]
fn an_own_case_is_withdrawn_without_a_role() {
    let head = officer("head").owning(family(), Relation::Household);
    at_decision(CLAIMED).by(head).when(withdraw()).happens();
}
