//! Tables from spreadsheets, as CSV: any of the usual separators, with or without a byte-order
//! mark, column names in Vietnamese or English.
//!
//! Everything wrong is found in one pass and named with its line and column. Deliberately absent:
//! what the rows mean, and XLSX.

use std::collections::BTreeMap;
use std::path::Path;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::failure::CliError;

/// Largest file that is taken in.
pub(crate) const BYTES_MAX: u64 = 64 * 1024 * 1024;

/// A column that a table may have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    /// Its name here and in English tables.
    pub(crate) name: &'static str,
    /// Its name in Vietnamese tables.
    pub(crate) vi: &'static str,
    /// Whether every row must fill it.
    pub(crate) required: bool,
}

/// A row, by column name; empty fields are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its line in the file, from 1.
    pub(crate) line: u64,
    fields: BTreeMap<&'static str, String>,
}

/// Something wrong, with its line.
#[derive(Debug)]
pub(crate) struct Problem {
    /// Line in the file, from 1; 0 for the whole file.
    pub(crate) line: u64,
    /// What is wrong.
    pub(crate) error: anyhow::Error,
}

/// What a file holds: the rows that are right, and everything that is not.
#[derive(Debug, Default)]
pub(crate) struct Table {
    pub(crate) rows: Vec<Row>,
    pub(crate) problems: Vec<Problem>,
}

impl Row {
    /// A field, if it is filled.
    pub(crate) fn get(&self, column: &str) -> Option<&str> {
        self.fields.get(column).map(String::as_str)
    }

    /// A field that must be filled, parsed.
    pub(crate) fn parse<T>(&self, column: &'static str) -> Result<T, CliError>
    where
        T: std::str::FromStr,
        T::Err: std::fmt::Display,
    {
        let text =
            self.get(column).ok_or_else(|| CliError::EmptyField { column: column.into() })?;
        text.parse().map_err(|error: T::Err| CliError::BadField {
            column: column.to_owned(),
            value: text.chars().take(80).collect(),
            allowed: error.to_string(),
        })
    }

    /// A field that may be empty, parsed.
    pub(crate) fn parse_some<T>(&self, column: &'static str) -> Result<Option<T>, CliError>
    where
        T: std::str::FromStr,
        T::Err: std::fmt::Display,
    {
        self.get(column).is_some().then(|| self.parse(column)).transpose()
    }

    /// Everything in the row as one text, the same for the same content.
    pub(crate) fn content(&self) -> String {
        self.fields.iter().map(|(name, value)| format!("{name}={value}\n")).collect()
    }
}

/// Reads a file.
pub(crate) fn read(path: &Path, columns: &'static [Column]) -> Result<Table, CliError> {
    let failed = |error: std::io::Error| CliError::File {
        file: path.display().to_string(),
        detail: error.to_string(),
    };
    let bytes = std::fs::metadata(path).map_err(failed)?.len();
    if bytes > BYTES_MAX {
        let file = path.display().to_string();
        return Err(CliError::FileTooLarge { file, bytes, maximum: BYTES_MAX });
    }
    parse(&std::fs::read(path).map_err(failed)?, columns)
}

/// Reads the bytes of a file.
pub(crate) fn parse(bytes: &[u8], columns: &'static [Column]) -> Result<Table, CliError> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    must_be_utf8(bytes)?;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .delimiter(delimiter(bytes))
        .from_reader(bytes);
    let mut records = reader.records();
    let broken =
        |error: csv::Error| CliError::File { file: "CSV".into(), detail: error.to_string() };
    let Some(header) = records.next() else { return Err(CliError::NoHeader) };
    let names = header_columns(&header.map_err(broken)?, columns)?;
    let mut table = Table::default();
    let mut lines = Lines { bytes, place: 0, line: 1 };
    for record in records {
        let record = record.map_err(broken)?;
        let line = lines.of(record.position().map_or(0, |place| place.byte() as usize));
        if record.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        match row(&record, line, &names) {
            Ok(row) => table.rows.push(row),
            Err(error) => table.problems.push(Problem { line, error: error.into() }),
        }
    }
    if table.rows.is_empty() && table.problems.is_empty() {
        return Err(CliError::NoRows);
    }
    Ok(table)
}

/// Counts lines as an editor does. The reader's own count stands one line behind where lines end
/// in CR and LF, and where empty ones were passed over.
struct Lines<'a> {
    bytes: &'a [u8],
    place: usize,
    line: u64,
}

impl Lines<'_> {
    /// The line on which the record after `place` begins; places only grow.
    fn of(&mut self, place: usize) -> u64 {
        let ends = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let rest = self.bytes.get(place..).unwrap_or_default();
        let begin = place + rest.iter().take_while(|byte| ends(byte)).count();
        let passed = self.bytes.get(self.place..begin).unwrap_or_default();
        self.line += passed.iter().filter(|byte| **byte == b'\n').count() as u64;
        self.place = begin;
        self.line
    }
}

fn must_be_utf8(bytes: &[u8]) -> Result<(), CliError> {
    let Err(error) = std::str::from_utf8(bytes) else { return Ok(()) };
    let good = &bytes[..error.valid_up_to()];
    let line = 1 + good.iter().filter(|byte| **byte == b'\n').count() as u64;
    let start = good.iter().rposition(|byte| *byte == b'\n').map_or(0, |place| place + 1);
    Err(CliError::NotUtf8 { line, byte: (good.len() - start + 1) as u64 })
}

/// The separator that is most frequent in the first line.
fn delimiter(bytes: &[u8]) -> u8 {
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let count = |separator: u8| first.iter().filter(|byte| **byte == separator).count();
    // Of equals, the last is taken: the comma.
    *b"\t;,".iter().max_by_key(|separator| count(**separator)).unwrap_or(&b',')
}

fn header_columns(
    header: &csv::StringRecord,
    columns: &'static [Column],
) -> Result<Vec<&'static Column>, CliError> {
    let mut found: Vec<&'static Column> = Vec::new();
    for name in header {
        let key = fold(name);
        let known = columns.iter().find(|column| key == column.name || key == fold(column.vi));
        let Some(column) = known else {
            let known: Vec<_> =
                columns.iter().map(|column| format!("{} ({})", column.name, column.vi)).collect();
            let column = name.chars().take(80).collect();
            return Err(CliError::UnknownColumn { column, known: known.join(", ") });
        };
        if found.iter().any(|before| before.name == column.name) {
            return Err(CliError::ColumnTwice { column: column.name.into() });
        }
        found.push(column);
    }
    let missing = |column: &&Column| {
        column.required && !found.iter().any(|present| present.name == column.name)
    };
    match columns.iter().find(missing) {
        Some(column) => Err(CliError::MissingColumn { column: column.name.into() }),
        None => Ok(found),
    }
}

fn row(
    record: &csv::StringRecord,
    line: u64,
    columns: &[&'static Column],
) -> Result<Row, CliError> {
    if record.len() != columns.len() {
        return Err(CliError::FieldCount { found: record.len(), expected: columns.len() });
    }
    let mut fields = BTreeMap::new();
    for (column, field) in columns.iter().zip(record) {
        let text: String = field.trim().nfc().collect();
        if !text.is_empty() {
            fields.insert(column.name, text);
        } else if column.required {
            return Err(CliError::EmptyField { column: column.name.into() });
        }
    }
    Ok(Row { line, fields })
}

/// A column name without case, accents and blanks: `Đơn vị` and `don_vi` are the same.
fn fold(name: &str) -> String {
    name.trim()
        .nfd()
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(char::to_lowercase)
        .map(|letter| match letter {
            'đ' => 'd',
            ' ' | '-' => '_',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &[Column] = &[
        Column { name: "code", vi: "mã", required: true },
        Column { name: "unit", vi: "đơn vị", required: false },
    ];

    fn parsed(text: &str) -> Table {
        parse(text.as_bytes(), COLUMNS).unwrap()
    }

    #[test]
    fn the_usual_shapes_of_a_spreadsheet_are_read_alike() {
        let plain = parsed("code,unit\nA,05158\n").rows;
        assert_eq!(plain[0].get("unit"), Some("05158"));
        for text in [
            "\u{FEFF}code;unit\r\nA;05158\r\n",
            "Mã\tĐơn vị\nA\t05158",
            "MA,Don_Vi\n A , 05158 \n\n,\n",
            "\"code\",\"unit\"\n\"A\",\"05158\"\n",
        ] {
            assert_eq!(parsed(text).rows, plain, "{text:?}");
        }
    }

    #[test]
    fn lines_are_counted_as_an_editor_does() {
        for end in ["\n", "\r\n"] {
            let text = ["code,unit", "A,1", "", "\"B\nb\",2", "C,3", ",4", ""].join(end);
            let table = parsed(&text);
            let lines: Vec<_> = table.rows.iter().map(|row| row.line).collect();
            assert_eq!(lines, [2, 4, 6], "{text:?}");
            assert_eq!(table.problems[0].line, 7, "{text:?}");
        }
    }

    #[test]
    fn decomposed_letters_are_composed() {
        assert_eq!(parsed("code\nBu\u{0300}i\n").rows[0].get("code"), Some("Bùi"));
    }

    #[test]
    fn what_is_wrong_with_the_whole_file_is_named() {
        let error = |bytes: &[u8]| parse(bytes, COLUMNS).unwrap_err();
        assert_eq!(error(b""), CliError::NoHeader);
        assert_eq!(error(b"code,unit\n"), CliError::NoRows);
        assert_eq!(error(b"unit\nA\n"), CliError::MissingColumn { column: "code".into() });
        assert_eq!(error(b"code,code\nA,B\n"), CliError::ColumnTwice { column: "code".into() });
        assert!(matches!(error(b"code,age\nA,1\n"), CliError::UnknownColumn { .. }));
        assert_eq!(error(b"code\nA\nB\xFFc\n"), CliError::NotUtf8 { line: 3, byte: 2 });
    }

    #[test]
    fn what_is_wrong_with_a_row_is_named_with_its_line_and_the_others_are_read() {
        let table = parsed("code,unit\nA,1\nB\n,2\nC,3\n");
        assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 5]);
        assert_eq!(table.problems.iter().map(|p| p.line).collect::<Vec<_>>(), [3, 4]);
    }
}
