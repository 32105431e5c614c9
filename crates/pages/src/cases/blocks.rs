//! The box that says what stands in the way of the next step, and why, in the words of the refusals.
//! Deliberately absent: finding it out; see [`super::ask`].

use procedure::Refusal as _;

use crate::cases::file::File;
use crate::cases::known::Said;
use crate::words;

/// What the box says.
pub(super) struct Blocks {
    /// What stands in the case's own way.
    pub(super) case: Vec<Said>,
    /// What stands in the way of who looks.
    pub(super) own: Option<Said>,
    /// Whose turn it is.
    pub(super) waits_for: Option<String>,
    /// Whether the points are the subject's own, no review being there yet.
    pub(super) by_claims: bool,
}

impl Blocks {
    /// Of a case that goes on; nothing for one that is closed.
    pub(super) fn of(file: &File) -> Option<Self> {
        let turn = file.state()?.turn.as_ref()?;
        let known = &file.known;
        let case: Vec<_> = file.asked.obstacles.iter().map(|one| known.say(one)).collect();
        let refused = file.asked.refused.as_ref().map(|refused| refused.get());
        // What stands in the case's way stands in everybody's.
        let own = refused.filter(|own| !case.iter().any(|said| said.code == own.code()));
        let role = words::role(turn.role.as_str(), known.language);
        Some(Self {
            own: own.map(|own| known.say(own)),
            waits_for: Some(format!(
                "{}: {role}, {}",
                known.step(turn.step.as_str()),
                known.unit(turn.unit.as_str())
            )),
            by_claims: file.state()?.assessments.is_empty()
                && file.asked.obstacles.iter().any(is_of_points),
            case,
        })
    }
}

fn is_of_points(refusal: &procedure::case::Refusal) -> bool {
    let points = ["case.below_threshold", "case.indicator_below_minimum", "case.target_not_met"];
    points.contains(&refusal.code())
}
