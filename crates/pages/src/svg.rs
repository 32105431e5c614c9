//! Charts drawn on the server (biểu đồ): pairs of bars, a line, bars that lie. Each says in words what
//! it shows, scales to the width that it gets, and can be told apart without colour: by lightness and by
//! hatching. Texts are escaped here, so that a template may put a chart in as it is.
//!
//! Deliberately absent: scripts and styles inside. The exact numbers stand in a table beside each chart.

use std::fmt::Write as _;

use procedure::Language;

use crate::format;

/// Width of every chart in its own units, near that of a phone, so that letters stay readable there.
const WIDTH: usize = 360;
/// Room for the numbers of the scale.
const LEFT: usize = 34;
/// Where the ground line of standing charts lies.
const GROUND: usize = 136;
/// Height of the room above it.
const HEIGHT: usize = 120;
/// Room that a lying bar takes with its label.
const ROW: usize = 34;
/// Longest label of a lying bar.
const LABEL_MAX: usize = 46;

const INK: &str = "#1b2430";
const SOFT: &str = "#566273";
const DARK: &str = "#0b5394";
const LIGHT: &str = "#cfe0f1";

/// What a chart is, for who cannot see it.
pub(crate) struct About<'a> {
    /// A name of plain letters, of its own on the page.
    pub(crate) id: &'a str,
    /// What it shows.
    pub(crate) title: &'a str,
    /// What is to be seen in it, in a sentence.
    pub(crate) text: &'a str,
    /// How numbers are written.
    pub(crate) language: Language,
}

/// Two bars under one label.
pub(crate) struct Pair {
    pub(crate) label: String,
    pub(crate) values: [u64; 2],
}

/// A bar that lies, with the part of it that stands out.
pub(crate) struct Bar {
    pub(crate) label: String,
    pub(crate) value: u64,
    /// Of the value; drawn dark over the rest.
    pub(crate) part: u64,
    /// What is written behind the bar.
    pub(crate) said: String,
}

/// Bars in pairs, the first dark, the second hatched; `names` tell them apart.
pub(crate) fn pairs(about: &About<'_>, names: [&str; 2], groups: &[Pair]) -> String {
    let most = groups.iter().flat_map(|group| group.values).max().unwrap_or(0);
    let top = scale_top(most);
    let mut out = begin(about, GROUND + 40);
    hatching(&mut out, about.id);
    scale(&mut out, top, about.language);
    let hatch = format!("url(#{}-hatch)", about.id);
    let fills = [DARK, hatch.as_str()];
    let room = (WIDTH - LEFT) / groups.len().max(1);
    let bar = (room * 2 / 5).max(2);
    for (at, group) in groups.iter().enumerate() {
        let left = LEFT + at * room + (room - 2 * bar) / 2;
        for (side, (value, fill)) in group.values.iter().zip(fills).enumerate() {
            let height = share(*value, top, HEIGHT);
            rect(&mut out, (left + side * bar, GROUND - height, bar - 1, height), fill);
        }
        // Every label would not fit where there are many.
        if groups.len() <= 8 || (groups.len() - 1 - at).is_multiple_of(2) {
            text(&mut out, (left + bar, GROUND + 13), "middle", &group.label);
        }
    }
    for (side, (name, fill)) in names.into_iter().zip(fills).enumerate() {
        let left = LEFT + side * 150;
        rect(&mut out, (left, GROUND + 24, 12, 10), fill);
        text(&mut out, (left + 17, GROUND + 33), "start", name);
    }
    out.push_str("</svg>");
    out
}

/// A line through points with their labels; the last value is written at its end.
pub(crate) fn line(about: &About<'_>, points: &[(String, u64)]) -> String {
    let top = scale_top(points.iter().map(|(_, value)| *value).max().unwrap_or(0));
    let mut out = begin(about, GROUND + 20);
    scale(&mut out, top, about.language);
    // Room for the last number on the right.
    let room = (WIDTH - LEFT - 40) / points.len().saturating_sub(1).max(1);
    let place = |at: usize, value: u64| (LEFT + 4 + at * room, GROUND - share(value, top, HEIGHT));
    let mut path = String::new();
    for (at, (_, value)) in points.iter().enumerate() {
        let (x, y) = place(at, *value);
        let _ = write!(path, "{}{x} {y}", if at == 0 { "M" } else { " L" });
    }
    let _ = write!(out, "<path d=\"{path}\" fill=\"none\" stroke=\"{DARK}\" stroke-width=\"2\"/>");
    for (at, (label, value)) in points.iter().enumerate() {
        let (x, y) = place(at, *value);
        let _ = write!(out, "<circle cx=\"{x}\" cy=\"{y}\" r=\"3\" fill=\"{DARK}\"/>");
        if (points.len() - 1 - at).is_multiple_of(2) {
            text(&mut out, (x, GROUND + 13), "middle", label);
        }
        if at + 1 == points.len() {
            text(
                &mut out,
                (x + 6, y.saturating_sub(3)),
                "start",
                &format::number(*value, about.language),
            );
        }
    }
    out.push_str("</svg>");
    out
}

/// Bars that lie, each under its label, with what is said behind it.
pub(crate) fn bars(about: &About<'_>, rows: &[Bar], most: u64) -> String {
    let mut out = begin(about, rows.len() * ROW + 4);
    let room = WIDTH - 84;
    for (at, row) in rows.iter().enumerate() {
        let top = at * ROW;
        text(&mut out, (0, top + 12), "start", &short(&row.label));
        let whole = share(row.value.min(most), most, room);
        let part = share(row.part.min(most), most, room).min(whole);
        let _ = write!(
            out,
            "<rect x=\"0.5\" y=\"{}.5\" width=\"{}\" height=\"11\" fill=\"{LIGHT}\" stroke=\"{DARK}\"/>",
            top + 16,
            whole.max(1)
        );
        if part > 0 {
            rect(&mut out, (0, top + 16, part, 12), DARK);
        }
        text(&mut out, (whole + 6, top + 26), "start", &row.said);
    }
    out.push_str("</svg>");
    out
}

fn begin(about: &About<'_>, height: usize) -> String {
    let About { id, title, text, .. } = about;
    let (title, text) = (escaped(title), escaped(text));
    format!(
        "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-labelledby=\"{id}-title {id}-text\" font-size=\"11\" fill=\"{INK}\">\
         <title id=\"{id}-title\">{title}</title><desc id=\"{id}-text\">{text}</desc>"
    )
}

/// Lines on light ground, for what is not dark.
fn hatching(out: &mut String, id: &str) {
    let _ = write!(
        out,
        "<defs><pattern id=\"{id}-hatch\" width=\"4\" height=\"4\" patternUnits=\"userSpaceOnUse\" \
         patternTransform=\"rotate(45)\"><rect width=\"4\" height=\"4\" fill=\"{LIGHT}\"/>\
         <rect width=\"1.4\" height=\"4\" fill=\"{DARK}\"/></pattern></defs>"
    );
}

/// The ground, the middle and the top, with their numbers.
fn scale(out: &mut String, top: u64, language: Language) {
    for (value, y) in [(0, GROUND), (top / 2, GROUND - HEIGHT / 2), (top, GROUND - HEIGHT)] {
        let _ = write!(
            out,
            "<path d=\"M{LEFT} {y}.5H{WIDTH}\" stroke=\"{}\"/>",
            if value == 0 { SOFT } else { "#d7dde5" }
        );
        text(out, (LEFT - 5, y + 4), "end", &format::number(value, language));
    }
}

/// An even, round number at or above the most: 2, 4, 10, 20, 40, 100, and so on.
fn scale_top(most: u64) -> u64 {
    let mut step = 1_u64;
    loop {
        for top in [2, 4, 10] {
            let top = step.saturating_mul(top);
            if top >= most {
                return top;
            }
        }
        step = step.saturating_mul(10);
    }
}

/// As much of a length as a value is of the whole, rounded; at least 1 for anything above 0.
fn share(value: u64, whole: u64, length: usize) -> usize {
    if value == 0 || whole == 0 {
        return 0;
    }
    let part = (u128::from(value) * length as u128 + u128::from(whole) / 2) / u128::from(whole);
    usize::try_from(part).unwrap_or(length).clamp(1, length)
}

fn rect(out: &mut String, (x, y, width, height): (usize, usize, usize, usize), fill: &str) {
    if width > 0 && height > 0 {
        let _ = write!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"/>"
        );
    }
}

fn text(out: &mut String, (x, y): (usize, usize), anchor: &str, said: &str) {
    let said = escaped(said);
    let _ = write!(out, "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{said}</text>");
}

fn short(label: &str) -> String {
    if label.chars().count() <= LABEL_MAX {
        return label.to_owned();
    }
    let kept: String = label.chars().take(LABEL_MAX - 1).collect();
    format!("{kept}…")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const ABOUT: About<'_> =
        About { id: "a", title: "<b>", text: "\"x\" & y", language: Language::Vietnamese };

    #[test]
    fn bars_are_as_high_as_their_numbers_and_texts_are_escaped() {
        let group = |label: &str, values| Pair { label: label.to_owned(), values };
        let drawn = pairs(&ABOUT, ["<i>", "đi"], &[group("</svg>", [10, 5]), group("b", [0, 1])]);
        for height in [120, 60, 12] {
            assert!(drawn.contains(&format!(" height=\"{height}\" fill=")), "{height} {drawn}");
        }
        assert!(!drawn.contains("height=\"0\""));
        assert_eq!(drawn.matches("</svg>").count(), 1);
        for foreign in ["<b>", "<i>", "style=", "\"x\" &"] {
            assert!(!drawn.contains(foreign), "{foreign} {drawn}");
        }
    }

    #[test]
    fn empty_charts_and_great_numbers_are_drawn() {
        assert!(pairs(&ABOUT, ["a", "b"], &[]).ends_with("</svg>"));
        assert!(line(&ABOUT, &[]).ends_with("</svg>"));
        let points = [("1".to_owned(), u64::MAX), ("2".to_owned(), 0)];
        assert!(line(&ABOUT, &points).contains("M38 16 L"));
        let row = Bar { label: "x".repeat(99), value: 7, part: 9, said: "7".to_owned() };
        assert!(bars(&ABOUT, &[row], 7).contains("…</text>"));
    }

    #[test]
    fn scales_end_at_round_numbers() {
        let tops: Vec<_> = [0, 2, 3, 5, 11, 21, 41, 999].map(scale_top).into();
        assert_eq!(tops, [2, 2, 4, 10, 20, 40, 100, 1000]);
    }
}
