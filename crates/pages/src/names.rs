//! Names for what the log has as codes: steps, units as they were called on a day, and officers, each
//! looked up once for a page.
//! Deliberately absent: names of titles and states; [`crate::words`] has them.

use std::collections::BTreeMap;

use procedure::text::Bilingual;
use procedure::{Date, Language, OfficerId, StepId, Title, UnitCode};
use projections::{ReadError, Reader};

/// Names of steps by title. Where editions call a step differently, the one that took force last counts.
#[derive(Clone, Debug, Default)]
pub(crate) struct Steps(BTreeMap<(Title, StepId), (Bilingual, usize)>);

impl Steps {
    /// Those of every published definition.
    pub(crate) fn read(reader: &Reader<'_>) -> Result<Self, ReadError> {
        let mut rows = reader.procedures()?;
        rows.sort_by_key(|row| row.in_force_from);
        let mut steps = BTreeMap::new();
        for row in rows {
            let Some(definition) = reader.definition(&row.id)? else { continue };
            for (at, step) in definition.steps.iter().enumerate() {
                steps.insert((row.title, step.id.clone()), (step.name.clone(), at));
            }
        }
        Ok(Self(steps))
    }

    /// The name of a step; its id where no definition is known.
    pub(crate) fn name(&self, title: Title, step: &StepId, language: Language) -> String {
        let found = self.0.get(&(title, step.clone()));
        found.map_or_else(|| step.to_string(), |(name, _)| name.get(language).to_owned())
    }

    /// The name of a step of whatever title.
    pub(crate) fn any(&self, step: &StepId, language: Language) -> String {
        let found = self.0.iter().find(|((_, other), _)| other == step);
        found.map_or_else(|| step.to_string(), |(_, (name, _))| name.get(language).to_owned())
    }

    /// Where a step comes in its procedure.
    pub(crate) fn place(&self, title: Title, step: &StepId) -> usize {
        self.0.get(&(title, step.clone())).map_or(usize::MAX, |(_, at)| *at)
    }
}

/// Names of units on days, each read once.
#[derive(Default)]
pub(crate) struct Units(BTreeMap<(UnitCode, Date), String>);

impl Units {
    /// The name of a unit on a day; its code where it has none.
    pub(crate) fn name(
        &mut self,
        reader: &Reader<'_>,
        code: &UnitCode,
        on: Date,
    ) -> Result<String, ReadError> {
        if let Some(name) = self.0.get(&(code.clone(), on)) {
            return Ok(name.clone());
        }
        let name = reader.unit(code, on)?.map_or_else(|| code.to_string(), |unit| unit.name);
        self.0.insert((code.clone(), on), name.clone());
        Ok(name)
    }

    /// A place as people say it: the smallest unit, and the one above it.
    pub(crate) fn place(
        &mut self,
        reader: &Reader<'_>,
        place: &[String],
        on: Date,
    ) -> Result<String, ReadError> {
        let mut names = Vec::new();
        for code in place.iter().rev().take(2) {
            let Ok(code) = code.parse() else { continue };
            names.push(self.name(reader, &code, on)?);
        }
        Ok(names.join(", "))
    }
}

/// Names of officers, each read once.
#[derive(Default)]
pub(crate) struct Officers {
    names: BTreeMap<OfficerId, Option<String>>,
    /// What the local lists call those whose name has been erased.
    codes: BTreeMap<OfficerId, String>,
}

impl Officers {
    /// The name of an officer; nothing where it has been erased.
    pub(crate) fn name(
        &mut self,
        reader: &Reader<'_>,
        id: OfficerId,
    ) -> Result<Option<String>, ReadError> {
        if let Some(name) = self.names.get(&id) {
            return Ok(name.clone());
        }
        let name = reader.officer_names(&[id])?.remove(&id);
        self.names.insert(id, name.clone());
        Ok(name)
    }

    /// His name, or what the local list calls him.
    pub(crate) fn called(
        &mut self,
        reader: &Reader<'_>,
        id: OfficerId,
    ) -> Result<String, ReadError> {
        if let Some(name) = self.name(reader, id)? {
            return Ok(name);
        }
        if let Some(code) = self.codes.get(&id) {
            return Ok(code.clone());
        }
        let code = reader.officer(id)?.map_or_else(|| id.to_string(), |officer| officer.code);
        self.codes.insert(id, code.clone());
        Ok(code)
    }
}
