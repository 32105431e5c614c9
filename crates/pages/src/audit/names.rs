//! Names for what the log has as codes: officers, and units as they were called on a day.
//! Deliberately absent: what the reader may see; callers ask only about what he does.

use std::collections::BTreeMap;

use codec::ActorRecord;
use procedure::{Date, Language, OfficerId, UnitCode};
use projections::{ReadError, Reader};

use crate::{format, words};

/// Names that were looked up for a page, each once.
pub(super) struct Names<'a, 'b> {
    pub(super) reader: &'a Reader<'b>,
    pub(super) language: Language,
    units: BTreeMap<(UnitCode, Date), String>,
    officers: BTreeMap<OfficerId, String>,
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
        Self { reader, language, units: BTreeMap::new(), officers: BTreeMap::new() }
    }

    /// One of two texts.
    pub(super) fn t<'t>(&self, vi: &'t str, en: &'t str) -> &'t str {
        if self.language == Language::English { en } else { vi }
    }

    /// The unit as it was called on a day.
    pub(super) fn unit(&mut self, code: &UnitCode, on: Date) -> Result<String, ReadError> {
        let key = (code.clone(), on);
        if let Some(name) = self.units.get(&key) {
            return Ok(name.clone());
        }
        let found = self.reader.unit(code, on)?;
        let name = found.map_or_else(|| code.to_string(), |unit| unit.name);
        self.units.insert(key, name.clone());
        Ok(name)
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
        if let Some(name) = self.officers.get(&id) {
            return Ok(name.clone());
        }
        let found = self.reader.officer(id)?;
        let name = found.map(|officer| officer.name.unwrap_or(officer.code));
        let name = name.unwrap_or_else(|| id.to_string());
        self.officers.insert(id, name.clone());
        Ok(name)
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
