//! `import officers`: who they are, one line per appointment, and what is their own.

use anyhow::Result;
use engine::{Done, Engine, EngineError, Principal, Request};
use procedure::date::Period;
use procedure::officer::{Command, Relation};
use procedure::{OfficerId, Sealed, SubjectId};
use uuid::Uuid;

use super::rows::Kind;
use crate::failure::CliError;
use crate::table::{Column, Row};

pub(super) struct Officers;

/// Columns that must be the same in every line of one officer.
const PERSON: [&str; 2] = ["name", "unit"];

impl Kind for Officers {
    const COLUMNS: &'static [Column] = &[
        Column { name: "code", vi: "mã", required: true },
        Column { name: "name", vi: "tên", required: true },
        Column { name: "unit", vi: "đơn vị hành chính", required: true },
        Column { name: "role", vi: "vai trò", required: true },
        Column { name: "role_unit", vi: "địa bàn", required: true },
        Column { name: "from", vi: "từ ngày", required: true },
        Column { name: "until", vi: "đến ngày", required: false },
        Column { name: "own_household", vi: "hộ của mình", required: false },
        Column { name: "own_clan", vi: "dòng họ của mình", required: false },
        Column { name: "own_organisation", vi: "đơn vị của mình", required: false },
    ];
    const NAME: &'static str = "officers";
    type Command = Command;

    fn owner(code: &str) -> Uuid {
        OfficerId::of_code(code).0
    }

    fn commands(
        row: &Row,
        first: Option<&Row>,
        sample: bool,
        seal: &mut dyn FnMut(&'static str, &str) -> Result<Sealed, EngineError>,
    ) -> Result<Vec<Command>> {
        let mut commands = Vec::new();
        match first {
            None => commands.push(Command::Enrol {
                code: row.parse("code")?,
                name: seal("name", row.get("name").unwrap_or_default())?,
                unit: row.parse("unit")?,
                sample,
            }),
            Some(first) => {
                if let Some(column) = PERSON.iter().find(|name| row.get(name) != first.get(name)) {
                    let column = (*column).to_owned();
                    return Err(CliError::Contradiction { column, line: first.line }.into());
                }
            }
        }
        let term = Period { from: row.parse("from")?, until: row.parse_some("until")? };
        let (role, unit) = (row.parse("role")?, row.parse("role_unit")?);
        commands.push(Command::Appoint { role, unit, term });
        let own = [
            ("own_household", Relation::Household),
            ("own_clan", Relation::Clan),
            ("own_organisation", Relation::Organisation),
        ];
        for (column, relation) in own {
            if let Some(code) = row.get(column) {
                let subject = SubjectId::of_code(code);
                commands.push(Command::DeclareInterest { subject, relation });
            }
        }
        Ok(commands)
    }

    async fn rehearse(
        engine: &Engine,
        principal: &Principal,
        owner: Uuid,
        commands: &[(Uuid, Command)],
    ) -> Result<(), (usize, EngineError)> {
        engine.rehearse_officer(principal, OfficerId(owner), commands).await
    }

    async fn execute(
        engine: &Engine,
        request: &Request,
        owner: Uuid,
        command: Command,
    ) -> Result<Done, EngineError> {
        engine.officer(request, OfficerId(owner), command).await
    }
}
