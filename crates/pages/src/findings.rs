//! What is wrong with a text that somebody sent, shown in the text itself, line by line.
//! Deliberately absent: finding it; `codec` does.

use std::collections::BTreeMap;

use codec::definition::Located;
use procedure::Language;

/// Lines shown before and after one that is wrong.
const AROUND: usize = 2;
/// The most that is shown at once.
const MOST: usize = 40;

/// A line of the text.
pub(crate) struct SourceLine {
    pub(crate) number: usize,
    pub(crate) text: String,
    /// Whether lines before it are left out.
    pub(crate) gap: bool,
    pub(crate) found: Vec<Found>,
}

/// One thing that is wrong with it.
pub(crate) struct Found {
    pub(crate) column: usize,
    pub(crate) rule: &'static str,
    pub(crate) text: String,
}

/// The lines with findings, and those around them.
pub(crate) fn excerpt(source: &str, findings: &[Located], language: Language) -> Vec<SourceLine> {
    let mut shown: BTreeMap<usize, Vec<Found>> = BTreeMap::new();
    for located in findings.iter().take(MOST) {
        let first = located.line.saturating_sub(AROUND).max(1);
        for number in first..=located.line.saturating_add(AROUND) {
            shown.entry(number).or_default();
        }
        let text = located.text(language).to_owned();
        let found = Found { column: located.column, rule: located.rule, text };
        shown.entry(located.line).or_default().push(found);
    }
    let (mut lines, mut before) = (Vec::new(), 0);
    let texts: Vec<&str> = source.lines().collect();
    for (number, found) in shown {
        let text = texts.get(number - 1).copied();
        if text.is_none() && found.is_empty() {
            continue;
        }
        let text: String = text.unwrap_or_default().chars().take(400).collect();
        lines.push(SourceLine { number, text, gap: number > before + 1, found });
        before = number;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(line: usize) -> Located {
        let (vi, en) = ("sai".to_owned(), "wrong".to_owned());
        Located { file: "f".to_owned(), line, column: 3, rule: "syntax", vi, en }
    }

    #[test]
    fn a_finding_stands_at_its_line_among_those_around_it() {
        let source = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj";
        let lines = excerpt(source, &[located(2), located(9), located(10)], Language::English);
        let seen: Vec<_> =
            lines.iter().map(|line| (line.number, line.gap, line.found.len())).collect();
        let expected = [
            (1, false, 0),
            (2, false, 1),
            (3, false, 0),
            (4, false, 0),
            (7, true, 0),
            (8, false, 0),
            (9, false, 1),
            (10, false, 1),
        ];
        assert_eq!(seen, expected);
        assert_eq!(lines[1].found[0].text, "wrong");
    }

    #[test]
    fn a_finding_after_the_last_line_is_shown_too() {
        let lines = excerpt("", &[located(1)], Language::Vietnamese);
        assert_eq!((lines.len(), lines[0].found[0].text.as_str()), (1, "sai"));
    }
}
