//! Who acted and where, with the names of then.
//! Deliberately absent: what the reader may see; callers ask only about what he does.

use codec::ActorRecord;
use procedure::{Date, Language, OfficerId, UnitCode};
use projections::{ReadError, Reader};

use crate::names::{Officers, Units};
use crate::{format, words};

/// Names that were looked up for a page, each once.
pub(super) struct Names<'a, 'b> {
    pub(super) reader: &'a Reader<'b>,
    pub(super) language: Language,
    units: Units,
    officers: Officers,
}

/// Who acted, as it was then.
#[derive(Clone, Debug, Default)]
pub(super) struct Who {
    pub(super) id: Option<OfficerId>,
    pub(super) name: String,
    /// Role and unit of then.
    pub(super) office: String,
    /// In whose place.
    pub(super) in_place_of: Option<String>,
}

impl Who {
    /// On one line.
    pub(super) fn line(&self, language: &Language) -> String {
        let english = *language == Language::English;
        let mut line = self.name.clone();
        if !self.office.is_empty() {
            line = format!("{line}, {}", self.office);
        }
        if let Some(other) = &self.in_place_of {
            let words = if english { "in place of" } else { "thay" };
            line = format!("{line} ({words} {other})");
        }
        line
    }
}

impl<'a, 'b> Names<'a, 'b> {
    pub(super) fn new(reader: &'a Reader<'b>, language: Language) -> Self {
        Self { reader, language, units: Units::default(), officers: Officers::default() }
    }

    /// One of two texts.
    pub(super) fn t<'t>(&self, vi: &'t str, en: &'t str) -> &'t str {
        if self.language == Language::English { en } else { vi }
    }

    /// The unit as it was called on a day.
    pub(super) fn unit(&mut self, code: &UnitCode, on: Date) -> Result<String, ReadError> {
        self.units.name(self.reader, code, on)
    }

    /// The same by a code that may be none.
    pub(super) fn unit_text(&mut self, code: &str, on: Date) -> Result<String, ReadError> {
        match code.parse() {
            Ok(code) => self.unit(&code, on),
            Err(_) => Ok(code.to_owned()),
        }
    }

    /// The officer's name, or what the local list calls him.
    pub(super) fn officer(&mut self, id: OfficerId) -> Result<String, ReadError> {
        self.officers.called(self.reader, id)
    }

    /// Who acted, with role and unit as the event's envelope has them.
    pub(super) fn who(&mut self, actor: &ActorRecord, recorded_at: &str) -> Result<Who, ReadError> {
        let name = match (actor.officer, &actor.operator) {
            (Some(officer), _) => self.officer(officer)?,
            (None, Some(operator)) => {
                format!("{} ({operator})", self.t("Người giữ máy chủ", "Holder of the machine"))
            }
            (None, None) => self.t("Chương trình", "The program").to_owned(),
        };
        let mut office = Vec::new();
        office.extend(actor.role.as_ref().map(|role| words::role(role.as_str(), self.language)));
        if let Some(unit) = &actor.unit {
            let on = format::day_of(recorded_at);
            let named = on.map(|on| self.unit(unit, on)).transpose()?;
            office.push(named.unwrap_or_else(|| unit.to_string()));
        }
        let in_place_of = actor.in_place_of.map(|other| self.officer(other)).transpose()?;
        Ok(Who { id: actor.officer, name, office: office.join(", "), in_place_of })
    }
}
