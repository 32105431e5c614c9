//! How SQLite goes about a statement, for tests that hold queries to their indexes.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::schema::{INDEXES, TABLES};

/// Empty read models.
pub(crate) fn empty() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(TABLES).unwrap();
    connection.execute_batch(INDEXES).unwrap();
    connection
}

/// The lines of the plan of a statement, whatever its values.
pub(crate) fn of(connection: &Connection, sql: &str) -> Vec<String> {
    let mut plan = connection.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
    let nulls = vec![Value::Null; plan.parameter_count()];
    let lines = plan.query_map(params_from_iter(nulls), |row| row.get(3)).unwrap();
    lines.map(Result::unwrap).collect()
}
