//! Lanes: where a case can wait, as one small number for title, role, step and state. A queue is
//! read lane by lane, each in the order of waiting, so a page costs the same however long the
//! queue is. Numbers are given in the order of the log, so that every rebuild gives the same.

use std::collections::HashMap;

use procedure::{Role, StepId, Title};
use rusqlite::{Connection, params};

use crate::apply::dossier::{CaseState, text};
use crate::error::ReadError;

/// What the cases of a lane have in common.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Lane {
    pub(crate) title: Title,
    pub(crate) role: Role,
    pub(crate) step: StepId,
    pub(crate) state: CaseState,
}

/// All lanes by now.
pub(crate) struct Lanes(HashMap<Lane, i64>);

impl Lanes {
    /// Those in the file.
    pub(crate) fn read(connection: &Connection) -> Result<Self, ReadError> {
        let mut statement = connection.prepare("SELECT * FROM lane")?;
        let rows = statement.query_map((), |row| Ok((row.get("id")?, of_row(row))))?;
        let mut lanes = HashMap::new();
        for row in rows {
            let (id, lane) = row?;
            lanes.insert(lane?, id);
        }
        Ok(Self(lanes))
    }

    /// The number of a lane; a new one is written at once.
    pub(crate) fn number(&mut self, connection: &Connection, lane: Lane) -> Result<i64, ReadError> {
        if let Some(number) = self.0.get(&lane) {
            return Ok(*number);
        }
        let number = self.0.len() as i64 + 1;
        let sql = "INSERT INTO lane (id, title, role, step, state) VALUES (?1, ?2, ?3, ?4, ?5)";
        connection.prepare_cached(sql)?.execute(params![
            number,
            lane.title.as_str(),
            lane.role.as_str(),
            lane.step.as_str(),
            lane.state.as_str(),
        ])?;
        self.0.insert(lane, number);
        Ok(number)
    }
}

/// From all columns of the table.
pub(crate) fn of_row(row: &rusqlite::Row<'_>) -> Result<Lane, ReadError> {
    Ok(Lane {
        title: text(row, "title")?,
        role: text(row, "role")?,
        step: text(row, "step")?,
        state: text(row, "state")?,
    })
}
