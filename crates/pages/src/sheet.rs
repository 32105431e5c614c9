//! Tables as files for Excel and LibreOffice: CSV (RFC 4180) in UTF-8 with its mark, so that the letters
//! are read right, and with no cell that a program would run as a formula.
//! Deliberately absent: XLSX.

use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use web::HttpRefusal;
use web::problem::Problem;

/// The table as a file to be kept under a name of plain letters.
pub(crate) fn csv<R, C>(name: &str, header: &[&str], rows: R) -> Result<Response, Problem>
where
    R: IntoIterator<Item = Vec<C>>,
    C: AsRef<str>,
{
    let bytes = write(header, rows).map_err(|error| {
        tracing::error!(%error, "a table cannot be written");
        HttpRefusal::Internal
    })?;
    let disposition = format!("attachment; filename=\"{name}.csv\"");
    let disposition = HeaderValue::try_from(disposition).map_err(|_| HttpRefusal::Internal)?;
    let headers: [(HeaderName, HeaderValue); 2] = [
        (CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8; header=present")),
        (CONTENT_DISPOSITION, disposition),
    ];
    Ok((headers, bytes).into_response())
}

fn write<R, C>(header: &[&str], rows: R) -> Result<Vec<u8>, csv::Error>
where
    R: IntoIterator<Item = Vec<C>>,
    C: AsRef<str>,
{
    let mut bytes = vec![0xef, 0xbb, 0xbf];
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(&mut bytes);
    writer.write_record(header)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| harmless(cell.as_ref())))?;
    }
    writer.flush()?;
    drop(writer);
    Ok(bytes)
}

/// A cell that begins like a formula gets a mark in front that makes it text (OWASP, CSV injection).
/// Plain numbers stay numbers.
fn harmless(cell: &str) -> String {
    let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    let number = cell.parse::<f64>().is_ok();
    if risky && !number { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_kept_and_no_cell_is_a_formula() {
        let rows = vec![
            vec!["Đinh Thị Hồng", "=cmd|' /C calc'!A0", "-3"],
            vec!["a,b \"c\"", "@x", "+84 912"],
        ];
        let text = String::from_utf8(write(&["Tên", "Ghi chú", "Số"], rows).unwrap()).unwrap();
        let expected = "\u{feff}Tên,Ghi chú,Số\r\nĐinh Thị Hồng,'=cmd|' /C calc'!A0,-3\r\n\
            \"a,b \"\"c\"\"\",'@x,'+84 912\r\n";
        assert_eq!(text, expected);
    }
}
