//! What the rules would say to the acts that a page could offer, asked of the engine without effect.
//! Deliberately absent: any rule.

use engine::{Principal, Rehearsed};
use procedure::case::{ClaimInput, Command, Finding, ReviewInput};
use procedure::definition::{Indicator, StepKind};
use procedure::refusal::Class;
use procedure::{CaseId, Definition, OfficerId, Refused, Sealed};
use projections::timeline::StateView;
use web::problem::Problem;

use crate::desk::Desk;

/// The answers.
pub(super) struct Asked {
    /// Whether he holds it.
    pub(super) held: bool,
    pub(super) claim: bool,
    pub(super) release: bool,
    pub(super) take_over: bool,
    pub(super) send_back: bool,
    /// Whether he may give his points now.
    pub(super) review: bool,
    /// The page on which he can write for the subject now: the end of its address.
    pub(super) entry: Option<&'static str>,
    /// Why he cannot take the step whose turn it is; nothing if he can, or if it is over.
    pub(super) refused: Option<Refused>,
    /// What stands in the case's own way.
    pub(super) obstacles: Vec<procedure::case::Refusal>,
    /// To whom he could give the case.
    pub(super) assignable: Vec<OfficerId>,
}

/// Asks what who looks may do with a case.
pub(super) async fn ask(
    desk: &Desk,
    id: CaseId,
    (state, definition): (&StateView, &Definition),
    officers: &[OfficerId],
) -> Result<Asked, Problem> {
    let kind = kind(state, definition);
    let principal = Principal::Officer(desk.session.officer);
    let commands = [
        Command::Claim,
        Command::Release,
        Command::TakeOver { reason: unsaid() },
        Command::Return { reason: unsaid(), indicators: Vec::new() },
        step_act(state, definition, kind),
    ];
    let engine = &desk.look.site.app.engine;
    let Rehearsed { refused, obstacles, assignable } =
        engine.rehearse_case(&principal, id, &commands, officers).await?;
    let mut refused = refused.into_iter();
    let mut open = || refused.next().flatten().is_none();
    let (claim, release, take_over, send_back) = (open(), open(), open(), open());
    // What was not filled in yet is no reason.
    let refused = refused.next().flatten().filter(|refused| refused.get().class() != Class::Input);
    let entry = match kind {
        _ if refused.is_some() => None,
        _ if state.phase == "returned" => Some("supplement"),
        Some(StepKind::SelfAssessment) => Some("self-assessment"),
        _ => None,
    };
    let held = state.holder == Some(desk.session.officer);
    Ok(Asked {
        held,
        claim: claim && !held,
        release,
        take_over: take_over && !held,
        send_back,
        review: kind == Some(StepKind::Review) && refused.is_none(),
        entry,
        refused,
        obstacles,
        assignable,
    })
}

/// What is done in the step whose turn it is; nothing for a case that is closed.
pub(super) fn kind(state: &StateView, definition: &Definition) -> Option<StepKind> {
    definition.step(&state.turn.as_ref()?.step).map(|step| step.kind)
}

/// The act by which the step is taken. Where that needs more than is known here (a meeting, a decision),
/// taking the case to oneself asks the same of who acts.
fn step_act(state: &StateView, definition: &Definition, kind: Option<StepKind>) -> Command {
    if state.phase == "returned" {
        return Command::Supplement { lines: Vec::new(), declarant: None };
    }
    match kind {
        Some(StepKind::SelfAssessment) => {
            let lines = definition.indicators().map(unclaimed).collect();
            Command::SelfAssess { lines, declarant: None }
        }
        Some(StepKind::Review) => {
            let confirmed = |indicator| confirmed(indicator, state);
            Command::Review { lines: definition.indicators().map(confirmed).collect() }
        }
        _ => Command::Claim,
    }
}

fn unclaimed(indicator: &Indicator) -> ClaimInput {
    ClaimInput { indicator: indicator.id.clone(), points: 0, evidence: Vec::new(), note: None }
}

fn confirmed(indicator: &Indicator, state: &StateView) -> ReviewInput {
    let claimed = state.claims.get(indicator.id.as_str()).map_or(0, |claim| claim.points);
    ReviewInput {
        indicator: indicator.id.clone(),
        points: claimed.into(),
        finding: Finding::Confirmed,
        note: None,
    }
}

/// A reason is not asked for before it is meant.
fn unsaid() -> Sealed {
    Sealed::new(String::new())
}
