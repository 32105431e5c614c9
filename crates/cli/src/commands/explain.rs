//! `explain`: the page of a code, in both languages.

use anyhow::Result;
use procedure::Refused;
use procedure::refusal::Page;

use crate::failure::CliError;
use crate::output::print;

pub(crate) fn run(code: Option<&str>) -> Result<()> {
    let Some(code) = code else {
        let mut lines: Vec<_> = pages()
            .map(|source| {
                let page = Page::parse(source);
                format!("{:36} {} / {}", page.code, page.vi.title, page.en.title)
            })
            .collect();
        lines.sort();
        return print(&lines.join("\n"));
    };
    match pages().find(|source| Page::parse(source).code == code) {
        Some(source) => print(source.trim_end()),
        None => Err(CliError::UnknownCode { code: code.chars().take(80).collect() }.into()),
    }
}

fn pages() -> impl Iterator<Item = &'static str> {
    Refused::pages()
        .chain(engine::TextError::PAGES.iter().copied())
        .chain(engine::PasswordError::PAGES.iter().copied())
        .chain(engine::EvidenceRefusal::PAGES.iter().copied())
        .chain(web::HttpRefusal::PAGES.iter().copied())
        .chain(pages::PageRefusal::PAGES.iter().copied())
        .chain(CliError::PAGES.iter().copied())
}
