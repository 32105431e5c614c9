//! `import subjects`: households, clans, communities, organisations, citizens.

use anyhow::Result;
use engine::{Done, Engine, EngineError, Principal, Request};
use procedure::subject::Command;
use procedure::{Sealed, SubjectId};
use uuid::Uuid;

use super::rows::Kind;
use crate::failure::CliError;
use crate::table::{Column, Row};

pub(super) struct Subjects;

impl Kind for Subjects {
    const COLUMNS: &'static [Column] = &[
        Column { name: "code", vi: "mã", required: true },
        Column { name: "kind", vi: "loại", required: true },
        Column { name: "unit", vi: "đơn vị hành chính", required: true },
        Column { name: "name", vi: "tên", required: true },
        Column { name: "address", vi: "địa chỉ", required: false },
    ];
    const NAME: &'static str = "subjects";
    type Command = Command;

    fn owner(code: &str) -> Uuid {
        SubjectId::of_code(code).0
    }

    fn commands(
        row: &Row,
        first: Option<&Row>,
        sample: bool,
        seal: &mut dyn FnMut(&'static str, &str) -> Result<Sealed, EngineError>,
    ) -> Result<Vec<Command>> {
        if let Some(first) = first {
            let value = row.get("code").unwrap_or_default().to_owned();
            return Err(CliError::DuplicateRow { value, line: first.line }.into());
        }
        Ok(vec![Command::Register {
            kind: row.parse("kind")?,
            code: row.parse("code")?,
            unit: row.parse("unit")?,
            name: seal("name", row.get("name").unwrap_or_default())?,
            address: row.get("address").map(|address| seal("address", address)).transpose()?,
            sample,
        }])
    }

    async fn rehearse(
        engine: &Engine,
        principal: &Principal,
        owner: Uuid,
        commands: &[(Uuid, Command)],
    ) -> Result<(), (usize, EngineError)> {
        engine.rehearse_subject(principal, SubjectId(owner), commands).await
    }

    async fn execute(
        engine: &Engine,
        request: &Request,
        owner: Uuid,
        command: Command,
    ) -> Result<Done, EngineError> {
        engine.subject(request, SubjectId(owner), command).await
    }
}
