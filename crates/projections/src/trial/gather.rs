//! From the log to what is judged: of each case its place, its definition, its last points and
//! where it stands. Deliberately absent: events of other titles, years and places; they are passed
//! over, undecoded where their stream says enough.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use codec::MetadataView;
use event_store::RecordedEvent;
use procedure::case::{self, CaseRegistered, Event};
use procedure::{
    Aggregate, CaseId, Definition, EventSet, IndicatorId, ProcedureId, Title, UnitCode, edition,
};

use super::place::{Node, Places};
use super::{End, Scope};
use crate::error::ReadError;

const CASES: &str = case::State::CATEGORY;
const EDITIONS: &str = edition::State::CATEGORY;

/// The event that opens a case.
const OPENING: &str = "CaseRegistered";
/// The events after it that are decoded.
const DECODED: [&str; 7] = [
    "SelfAssessed",
    "Supplemented",
    "Reviewed",
    "TitleRecognised",
    "RecognitionAnnulled",
    "RecognitionRefused",
    "CaseWithdrawn",
];

/// An indicator's number among [`Gathered::indicators`], and points.
pub(super) type Line = (u16, u16);

/// A case, as far as it is judged.
pub(super) struct Kept {
    pub(super) id: CaseId,
    pub(super) place: Node,
    /// Number of its definition among [`Gathered::procedures`].
    pub(super) procedure: u16,
    pub(super) end: End,
    pub(super) claimed: Option<Box<[Line]>>,
    pub(super) reviewed: Option<Box<[Line]>>,
}

/// What the log has said so far.
pub(super) struct Gathered {
    title: Title,
    year: i16,
    /// The definitions of the title.
    pub(super) editions: BTreeMap<ProcedureId, Definition>,
    pub(super) procedures: Numbered<ProcedureId>,
    pub(super) indicators: Numbered<IndicatorId>,
    pub(super) places: Places,
    pub(super) cases: Vec<Kept>,
    found: HashMap<CaseId, u32>,
}

impl Gathered {
    pub(super) fn new(title: Title, scope: &Scope) -> Self {
        Self {
            title,
            year: scope.year,
            editions: BTreeMap::new(),
            procedures: Numbered::default(),
            indicators: Numbered::default(),
            places: Places::below(scope.unit.clone()),
            cases: Vec::new(),
            found: HashMap::new(),
        }
    }

    /// Takes in a page of the log.
    pub(super) fn page(&mut self, events: &[RecordedEvent]) -> Result<(), ReadError> {
        events.iter().try_for_each(|event| {
            self.event(event).map_err(|detail| ReadError::Stopped {
                position: event.position,
                event_type: event.event_type.to_string(),
                detail,
            })
        })
    }

    fn event(&mut self, event: &RecordedEvent) -> Result<(), String> {
        match event.stream.category() {
            CASES => self.case(event),
            EDITIONS => self.edition(event),
            _ => Ok(()),
        }
    }

    fn edition(&mut self, event: &RecordedEvent) -> Result<(), String> {
        if let edition::Event::ProcedurePublished(published) = decode(event)?
            && published.definition.title == self.title
        {
            let definition = *published.definition;
            self.editions.insert(definition.id.clone(), definition);
        }
        Ok(())
    }

    fn case(&mut self, event: &RecordedEvent) -> Result<(), String> {
        let stream = event.stream.as_str();
        let id = codec::stream::uuid_of(stream).ok_or_else(|| stream.to_owned())?;
        if &*event.event_type == OPENING {
            return match decode(event)? {
                Event::CaseRegistered(registered) => self.opened(CaseId(id), &registered),
                _ => Ok(()),
            };
        }
        let kept = self.found.get(&CaseId(id)).filter(|_| DECODED.contains(&&*event.event_type));
        match kept.copied() {
            Some(kept) => self.changed(kept, decode(event)?),
            None => Ok(()),
        }
    }

    fn opened(&mut self, id: CaseId, event: &CaseRegistered) -> Result<(), String> {
        if event.title != self.title || event.year != self.year {
            return Ok(());
        }
        let Some(place) = self.places.of_path(&event.place) else { return Ok(()) };
        let procedure = self.procedures.number(&event.procedure)?;
        self.found.insert(id, self.cases.len() as u32);
        let end = End::Open;
        self.cases.push(Kept { id, place, procedure, end, claimed: None, reviewed: None });
        Ok(())
    }

    fn changed(&mut self, kept: u32, event: Event) -> Result<(), String> {
        let kept = &mut self.cases[kept as usize];
        let indicators = &mut self.indicators;
        match event {
            Event::SelfAssessed(case::SelfAssessed { lines, .. })
            | Event::Supplemented(case::Supplemented { lines, .. }) => {
                let lines = lines.iter().map(|line| (&line.indicator, line.points));
                kept.claimed = Some(indicators.lines(lines)?);
            }
            Event::Reviewed(case::Reviewed { lines, .. }) => {
                let lines = lines.iter().map(|line| (&line.indicator, line.points));
                kept.reviewed = Some(indicators.lines(lines)?);
            }
            Event::TitleRecognised(_) => kept.end = End::Recognised,
            Event::RecognitionAnnulled(_) => kept.end = End::Open,
            Event::RecognitionRefused(_) => kept.end = End::Refused,
            Event::CaseWithdrawn(_) => kept.end = End::Withdrawn,
            _ => {}
        }
        Ok(())
    }

    /// Drops what only gathering needs, and sorts the cases by place and id.
    pub(super) fn sorted(mut self) -> Self {
        self.found = HashMap::new();
        let mut ranks = vec![0; self.places.len()];
        for (rank, place) in self.places.in_order().into_iter().enumerate() {
            ranks[place as usize] = rank;
        }
        self.cases.sort_unstable_by_key(|case| (ranks[case.place as usize], case.id));
        self
    }

    /// The units of a case, from the one that was asked for down.
    pub(super) fn place(&self, case: &Kept) -> Vec<UnitCode> {
        self.places.path(case.place).into_iter().cloned().collect()
    }
}

fn decode<E: EventSet>(event: &RecordedEvent) -> Result<E, String> {
    let metadata = MetadataView::decode(&event.metadata).map_err(|error| error.to_string())?;
    let read = codec::decode(&event.event_type, metadata.schema, &event.data);
    read.map_err(|error| error.to_string())
}

/// Names by number, each once.
pub(super) struct Numbered<T> {
    names: Vec<T>,
    numbers: HashMap<T, u16>,
}

impl<T> Default for Numbered<T> {
    fn default() -> Self {
        Self { names: Vec::new(), numbers: HashMap::new() }
    }
}

impl<T: Clone + Eq + Hash> Numbered<T> {
    fn number(&mut self, name: &T) -> Result<u16, String> {
        if let Some(number) = self.numbers.get(name) {
            return Ok(*number);
        }
        let number = u16::try_from(self.names.len()).map_err(|_| "too many names".to_owned())?;
        self.names.push(name.clone());
        self.numbers.insert(name.clone(), number);
        Ok(number)
    }

    /// The number of a name, if it has one.
    pub(super) fn find(&self, name: &T) -> Option<u16> {
        self.numbers.get(name).copied()
    }

    /// All names, by number.
    pub(super) fn names(&self) -> &[T] {
        &self.names
    }
}

impl Numbered<IndicatorId> {
    fn lines<'a>(
        &mut self,
        lines: impl Iterator<Item = (&'a IndicatorId, u16)>,
    ) -> Result<Box<[Line]>, String> {
        lines.map(|(indicator, points)| Ok((self.number(indicator)?, points))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_events_that_are_decoded_exist() {
        for name in DECODED.iter().chain([&OPENING]) {
            assert!(Event::NAMES.contains(name), "{name}");
        }
    }
}
