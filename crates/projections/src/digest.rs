//! One digest of everything that the read models say, to compare a rebuild with what was followed.

use codec::digest::hex;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use sha2::{Digest as _, Sha256};

use crate::error::ReadError;
use crate::schema::DIGESTED;

/// SHA-256 over all rows of all tables in the order of their keys, each value with its type and
/// length. Independent of the order in which rows were written and of the size of batches.
///
/// # Errors
/// Those of SQLite.
pub fn digest(connection: &Connection) -> Result<String, ReadError> {
    let mut sha = Sha256::new();
    for (table, order) in DIGESTED {
        sha.update(table.as_bytes());
        let mut statement =
            connection.prepare(&format!("SELECT * FROM {table} ORDER BY {order}"))?;
        let columns = statement.column_count();
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                update(&mut sha, row.get_ref(column)?);
            }
        }
    }
    Ok(hex(&sha.finalize()))
}

fn update(sha: &mut Sha256, value: ValueRef<'_>) {
    let (kind, bytes): (u8, &[u8]) = match value {
        ValueRef::Null => (0, &[]),
        ValueRef::Integer(number) => return number_into(sha, number),
        ValueRef::Real(number) => return number_into(sha, number.to_bits() as i64),
        ValueRef::Text(text) => (3, text),
        ValueRef::Blob(bytes) => (4, bytes),
    };
    sha.update([kind]);
    sha.update((bytes.len() as u64).to_be_bytes());
    sha.update(bytes);
}

fn number_into(sha: &mut Sha256, number: i64) {
    sha.update([1]);
    sha.update(number.to_be_bytes());
}
