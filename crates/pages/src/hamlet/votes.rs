//! The votes of a meeting on many cases, as they stand in its form: against and abstained are filled in,
//! and for is what is left of those who were there, unless it is filled in too.
//! Deliberately absent: whether a vote is for a case; the definition's rule says that.

use procedure::CaseId;
use web::api::cases::VotesInput;
use web::api::minutes::CaseVotes;

use crate::fields::Fields;

/// The votes of the cases that are marked; where they cannot be, the cases.
pub(super) fn read(fields: &Fields, present: u32) -> Result<Vec<CaseVotes>, Vec<CaseId>> {
    let (mut votes, mut wrong) = (Vec::new(), Vec::new());
    for case in fields.all("case").filter_map(|case| case.parse::<CaseId>().ok()) {
        match of(fields, case, present) {
            Some(found) => votes.push(CaseVotes { case, votes: found }),
            None => wrong.push(case),
        }
    }
    if wrong.is_empty() { Ok(votes) } else { Err(wrong) }
}

fn of(fields: &Fields, case: CaseId, present: u32) -> Option<VotesInput> {
    let number = |name: &str| match fields.get(&format!("{name}.{case}")) {
        None => Some(None),
        Some(text) => text.parse::<u32>().ok().map(Some),
    };
    let (against, abstained) = (number("against")?.unwrap_or(0), number("abstained")?.unwrap_or(0));
    let left = present.checked_sub(against.checked_add(abstained)?)?;
    let in_favour = number("for")?.unwrap_or(left);
    (in_favour == left).then_some(VotesInput { in_favour, against, abstained })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_does_not_vote_against_votes_for() {
        let case = CaseId(uuid::Uuid::from_u128(7));
        let votes = |rest: &str| {
            let fields = Fields::parse(format!("case={case}&{rest}").as_bytes());
            let votes = read(&fields, 10).ok()?.pop()?.votes;
            Some((votes.in_favour, votes.against, votes.abstained))
        };
        assert_eq!(votes(""), Some((10, 0, 0)));
        assert_eq!(votes(&format!("against.{case}=2&abstained.{case}=1")), Some((7, 2, 1)));
        assert_eq!(votes(&format!("for.{case}=7&against.{case}=3")), Some((7, 3, 0)));
        for wrong in [
            "for.#=9",
            "against.#=11",
            "against.#=-1",
            "against.#=x",
            "against.#=4294967295&abstained.#=9",
        ] {
            assert_eq!(votes(&wrong.replace('#', &case.to_string())), None, "{wrong}");
        }
    }
}
