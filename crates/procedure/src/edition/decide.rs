//! Whether a definition can be published or retired.

use alloc::vec;
use alloc::vec::Vec;

use crate::definition::lint;
use crate::edition::command::{Command, Context};
use crate::edition::error::Refusal;
use crate::edition::event::{Event, ProcedurePublished, ProcedureRetired};
use crate::edition::state::State;
use crate::name::{Role, UnitCode};
use crate::refusal::Refused;

pub(super) fn decide(
    state: &State,
    command: Command,
    context: &Context<'_>,
) -> Result<Vec<Event>, Refused> {
    // Law holds for the nation, so publishing is for whoever administers all of it.
    let nation: Vec<UnitCode> = "VN".parse().into_iter().collect();
    context.actor.must_administer(Role::ADMINISTRATOR, &nation, context.today)?;
    match command {
        Command::Publish { definition, digest } => {
            if let Some((published, before)) = &state.published {
                let same = *before == digest;
                let procedure = published.id.clone();
                return if same {
                    Ok(vec![])
                } else {
                    Err(Refusal::ContentDiffers { procedure }.into())
                };
            }
            let findings = lint::check(&definition);
            if let Some(first) = findings.first() {
                return Err(Refusal::NotSound {
                    procedure: definition.id.clone(),
                    findings: findings.len(),
                    first: alloc::format!("{}: {}", first.path, first.en),
                }
                .into());
            }
            let on = context.today;
            Ok(vec![ProcedurePublished { definition, digest, on }.into()])
        }
        Command::Retire => match (&state.published, state.retired) {
            (None, _) => Err(Refusal::Unknown.into()),
            (Some(_), Some(_)) => Ok(vec![]),
            (Some(_), None) => Ok(vec![ProcedureRetired { on: context.today }.into()]),
        },
    }
}
