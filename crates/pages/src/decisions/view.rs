//! What every page about a decision shows: the decision with its names, and the lines of its lists.
//! Deliberately absent: what its reader may do; [`Rights`] asks the engine.

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::EngineError;
use procedure::decision::{Command, State};
use procedure::refusal::Class;
use procedure::{Date, DecisionId, Definition, Language, OfficerId, UnitCode};
use projections::query::decisions::{CaseLine, DecisionRow, DecisionTotal, EarlierTitle};
use projections::query::units::UnitRow;
use projections::{ReadError, Reader};
use web::problem::Problem;

use super::asker;
use crate::desk::Desk;
use crate::fields::Fields;
use crate::format;

/// Stands for what belongs to no hamlet, in addresses.
pub(super) const ELSEWHERE: &str = "-";

/// A decision with its names.
pub(super) struct View {
    pub(super) row: DecisionRow,
    /// What the log says, which the read models may not have counted yet.
    pub(super) state: Arc<State>,
    /// The revision of that.
    pub(super) revision: u64,
    pub(super) definition: Definition,
    pub(super) unit: String,
    pub(super) drafted_by: String,
    pub(super) signed_by: Option<String>,
    /// What stands on it, hamlet by hamlet, by the read models.
    pub(super) totals: Vec<DecisionTotal>,
    hamlets: BTreeMap<UnitCode, String>,
    language: Language,
}

impl View {
    /// The decision, if its reader may see it.
    pub(super) async fn of(desk: &Desk, id: DecisionId) -> Result<Self, Problem> {
        let today = desk.reading.today;
        let read = desk.read(move |reader| {
            let Some(row) = reader.decision(id)? else { return Ok(None) };
            let Some((_, definition)) = reader.procedure(&row.procedure)? else { return Ok(None) };
            let unit = reader.unit(&row.unit, today)?.map_or_else(|| row.unit.to_string(), named);
            let drafted_by = officer(reader, row.drafted_by)?;
            let signed_by = row.signed_by.map(|officer| self::officer(reader, officer));
            let signed_by = signed_by.transpose()?;
            let totals = reader.decision_totals(id)?;
            let below = reader.children(&row.unit, today)?;
            let hamlets = below.into_iter().map(|unit| (unit.code.clone(), unit.name)).collect();
            Ok(Some((row, definition, unit, (drafted_by, signed_by), totals, hamlets)))
        });
        let seen = read.await?.filter(|(row, ..)| desk.reading.sees(&row.place));
        let (row, definition, unit, (drafted_by, signed_by), totals, hamlets) =
            seen.ok_or_else(web::api::decisions::unknown)?;
        let (state, revision) = desk.reading.app.engine.decision_state(id).await?;
        let language = desk.look.language;
        Ok(Self {
            row,
            state,
            revision,
            definition,
            unit,
            drafted_by,
            signed_by,
            totals,
            hamlets,
            language,
        })
    }

    /// Title and year, as the head of a page says it.
    pub(super) fn name(&self) -> String {
        let title = crate::words::word("title", self.row.title.as_str(), self.language);
        format!("{title} {}", self.row.year)
    }

    /// What the definition is called.
    pub(super) fn definition_name(&self) -> &str {
        self.definition.name.get(self.language)
    }

    /// The number that counts: the corrected one, if there is one.
    pub(super) fn number(&self) -> Option<&str> {
        self.row.corrected_number.as_deref().or(self.row.number.as_deref())
    }

    /// How many cases are on the annex.
    pub(super) fn listed(&self) -> usize {
        self.state.listed.len()
    }

    pub(super) fn is(&self, state: &str) -> bool {
        self.row.state == state
    }

    /// How many cases have followed, of how many.
    pub(super) fn followed(&self) -> (u64, u64) {
        let DecisionRow { listed, placed, concluded, .. } = self.row;
        let done = match self.row.state.as_str() {
            "draft" => placed,
            "signed" => concluded,
            _ => listed.saturating_sub(placed + concluded),
        };
        (done.min(listed), listed)
    }

    /// A hamlet by name.
    pub(super) fn hamlet(&self, code: Option<&UnitCode>) -> String {
        match code {
            Some(code) => self.hamlets.get(code).cloned().unwrap_or_else(|| code.to_string()),
            None => match self.language {
                Language::Vietnamese => format!("Không thuộc thôn nào ({})", self.unit),
                Language::English => format!("Of no hamlet ({})", self.unit),
            },
        }
    }

    /// Whether its titles have bands or levels.
    pub(super) fn has_levels(&self) -> bool {
        let outcome = &self.definition.outcome;
        !outcome.levels.is_empty() || !outcome.bands.is_empty()
    }

    /// A band or level by name; a dash for none.
    pub(super) fn band(&self, id: Option<&str>) -> String {
        let Some(id) = id else { return "–".to_owned() };
        let outcome = &self.definition.outcome;
        let levels = outcome.levels.iter().map(|level| (&level.id, &level.name));
        let bands = outcome.bands.iter().map(|band| (&band.id, &band.name));
        let mut named = levels.chain(bands);
        let found = named.find(|(known, _)| known.as_str() == id);
        found.map_or_else(|| id.to_owned(), |(_, name)| name.get(self.language).to_owned())
    }

    /// The title of an earlier year in a few words.
    fn before(&self, before: Option<&EarlierTitle>) -> String {
        let Some(EarlierTitle { year, band, until }) = before else { return "–".to_owned() };
        let band = band.as_deref().map(|band| format!(", {}", self.band(Some(band))));
        let until = until.map(|until| format!(" (→ {})", format::day(until)));
        format!("{year}{}{}", band.unwrap_or_default(), until.unwrap_or_default())
    }
}

/// The name of a unit.
fn named(unit: UnitRow) -> String {
    unit.name
}

/// The name of an officer, or else his code.
pub(super) fn officer(reader: &Reader<'_>, id: OfficerId) -> Result<String, ReadError> {
    let found = reader.officer(id)?;
    Ok(found.map_or_else(|| id.to_string(), |officer| officer.name.unwrap_or(officer.code)))
}

/// A line of a list.
pub(super) struct Row {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) code: String,
    pub(super) sample: bool,
    pub(super) claimed: String,
    pub(super) reviewed: String,
    /// The band or level that the points come to.
    pub(super) band: String,
    /// The title before.
    pub(super) before: String,
    pub(super) objections: u16,
    pub(super) returns: u16,
    /// Whether its box was ticked in the form that could not be carried out.
    pub(super) checked: bool,
    /// Why who looks could not sign for it.
    pub(super) obstacle: Option<String>,
}

impl View {
    /// A line as people read it.
    pub(super) fn line(&self, line: CaseLine) -> Row {
        let points = |points: Option<u32>| points.map_or_else(|| "–".to_owned(), |p| p.to_string());
        let before = self.before(line.before.as_ref());
        let case = line.case;
        Row {
            id: case.id.to_string(),
            name: case.subject_name.unwrap_or_else(|| "–".to_owned()),
            code: case.subject_code.unwrap_or_default(),
            sample: case.sample,
            claimed: points(case.claimed),
            reviewed: points(case.reviewed),
            band: "–".to_owned(),
            before,
            objections: case.objections,
            returns: case.returns,
            checked: false,
            obstacle: None,
        }
    }
}

/// What the reader of a page could do, as the rules say before he tries.
#[derive(Debug, Default)]
pub(super) struct Rights {
    /// Put cases on the draft.
    pub(super) list: bool,
    /// Take cases off, and give the draft up.
    pub(super) give_up: bool,
    /// Sign, as far as it is about him and not about the cases.
    pub(super) sign: bool,
    /// Correct or cancel what is signed.
    pub(super) mend: bool,
}

impl Rights {
    pub(super) async fn of(desk: &Desk, view: &View) -> Result<Self, Problem> {
        let (engine, id) = (&desk.reading.app.engine, view.row.id);
        let (today, number) = (desk.reading.today, "1".to_owned());
        let reason = || engine.sealer(id.0)?.seal("reason", "-");
        let may = async |command: Command| -> Result<bool, Problem> {
            match engine.rehearse_decision(&asker(desk), id, command).await {
                Ok(()) => Ok(true),
                Err(EngineError::Refused(refused)) => Ok(!is_about_who_asks(refused.get().class())),
                Err(other) => Err(other.into()),
            }
        };
        let mut rights = Self::default();
        if view.state.is_draft() {
            let annex = codec::annex::annex_digest(b"").map_err(|_| web::HttpRefusal::Internal)?;
            rights.list = may(Command::List { cases: Vec::new() }).await?;
            rights.give_up = may(Command::Discard { reason: reason()? }).await?;
            rights.sign = may(Command::Sign { number, date: today, annex }).await?;
        } else if view.is("signed") {
            rights.mend = may(Command::Cancel { number, date: today, reason: reason()? }).await?;
        }
        Ok(rights)
    }
}

/// The day of a form as `<input type="date">` takes it: what was filled in, or today.
pub(super) fn day_filled(filled: &Fields, today: Date) -> String {
    match filled.day("date") {
        Ok(Some(day)) => day.to_string(),
        Ok(None) => today.to_string(),
        Err(_) => filled.get("date").unwrap_or_default().to_owned(),
    }
}

/// Whether a rule is about who asks, and not about what he asks for.
pub(super) fn is_about_who_asks(class: Class) -> bool {
    matches!(class, Class::Authority | Class::Conflict | Class::Separation)
}
