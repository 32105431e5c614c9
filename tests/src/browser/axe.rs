//! Accessibility, by the rules of axe-core, which lies in `tests/vendor/axe-core`.
//!
//! A machine finds a part of what WCAG asks for. Deliberately absent: what it cannot judge, such as
//! whether a label says the right thing.

use std::fmt;

use serde_json::{Value, json};

use super::{Browser, text};

const AXE: &str = include_str!("../../vendor/axe-core/axe.min.js");

/// WCAG 2.2 up to level AA, and what experience adds.
const TAGS: &[&str] = &["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// How bad something must be to fail a test.
const FAILING: &[&str] = &["serious", "critical"];

/// How many elements are shown of those that break one rule.
const SHOWN: usize = 5;

/// What breaks one rule.
#[derive(Clone, Debug)]
pub struct Violation {
    /// The rule's name, such as `color-contrast`.
    pub rule: String,
    /// `minor`, `moderate`, `serious` or `critical`.
    pub impact: String,
    /// What the rule asks for.
    pub help: String,
    /// Where it is explained.
    pub help_url: String,
    /// The elements that break it: selector, source, and what to do.
    pub elements: Vec<[String; 3]>,
}

impl Violation {
    /// Whether it is bad enough to fail a test.
    #[must_use]
    pub fn fails(&self) -> bool {
        FAILING.contains(&self.impact.as_str())
    }
}

/// What was found on a page.
#[derive(Clone, Debug)]
pub struct Findings {
    /// Rules that are broken.
    pub violations: Vec<Violation>,
    /// Rules of which the machine could not say whether they are, with the number of elements.
    pub undecided: Vec<(String, usize)>,
    /// How many rules were held against the page and kept.
    pub passed: usize,
}

impl Findings {
    /// What fails a test, as text; nothing where nothing does.
    #[must_use]
    pub fn failure(&self) -> Option<String> {
        let failing: Vec<&Violation> = self.violations.iter().filter(|one| one.fails()).collect();
        (!failing.is_empty()).then(|| failing.iter().map(ToString::to_string).collect())
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} ({}): {}\n  {}", self.rule, self.impact, self.help, self.help_url)?;
        for [selector, source, remedy] in self.elements.iter().take(SHOWN) {
            writeln!(f, "  at {selector}\n     {source}")?;
            for line in remedy.lines().filter(|line| !line.trim().is_empty()) {
                writeln!(f, "     {line}")?;
            }
        }
        match self.elements.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => writeln!(f, "  and {more} more"),
        }
    }
}

impl fmt::Display for Findings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for violation in &self.violations {
            write!(f, "{violation}")?;
        }
        for (rule, count) in &self.undecided {
            writeln!(f, "{rule}: undecided for {count} elements; look for yourself")?;
        }
        writeln!(f, "{} rules kept, {} broken", self.passed, self.violations.len())
    }
}

impl Browser {
    /// Holds the page against the rules.
    #[must_use]
    #[track_caller]
    pub fn axe(&self) -> Findings {
        const RUN: &str = "
            const [tags, done] = arguments;
            const options = {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations', 'incomplete']};
            axe.run(document, options).then(
                found => done({
                    violations: found.violations,
                    incomplete: found.incomplete.map(one => [one.id, one.nodes.length]),
                    passed: found.passes.length,
                }),
                error => done({error: String(error)}),
            )";
        self.script(AXE, &[]);
        let body = json!({"script": RUN, "args": [TAGS]});
        let found = self.told("run axe", self.driver.post("execute/async", &body));
        if let Some(error) = found["error"].as_str() {
            self.fail(&format!("axe failed: {error}"));
        }
        let list = |name: &str| found[name].as_array().cloned().unwrap_or_default();
        let undecided = |one: &Value| (text(&one[0]), one[1].as_u64().unwrap_or_default() as usize);
        Findings {
            violations: list("violations").iter().map(violation).collect(),
            undecided: list("incomplete").iter().map(undecided).collect(),
            passed: found["passed"].as_u64().unwrap_or_default() as usize,
        }
    }
}

fn violation(value: &Value) -> Violation {
    let nodes = value["nodes"].as_array().into_iter().flatten();
    Violation {
        rule: text(&value["id"]),
        impact: text(&value["impact"]),
        help: text(&value["help"]),
        help_url: text(&value["helpUrl"]),
        elements: nodes
            .map(|node| {
                [text(&node["target"][0]), text(&node["html"]), text(&node["failureSummary"])]
            })
            .collect(),
    }
}
