//! What imports of many streams have in common: one item per stream, rehearsed, then carried out
//! many at a time.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Result;
use engine::{Done, Engine, EngineError, Principal, Request};
use procedure::Sealed;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::args::ImportFile;
use crate::commands::officer::operator;
use crate::failure::CliError;
use crate::output::progress;
use crate::table::{self, Column, Problem, Row};

use super::Outcome;

/// How many items are carried out at once: enough for the store to commit them together.
pub(super) const AT_ONCE: usize = 64;

/// A kind of thing that is imported, one stream each.
pub(super) trait Kind: Send + Sync + 'static {
    /// The columns of its table.
    const COLUMNS: &'static [Column];
    /// Its name in command ids and on progress bars.
    const NAME: &'static str;
    /// Its command.
    type Command: Clone + Send + Sync + 'static;

    /// The stream's owner, by the code of the row.
    fn owner(code: &str) -> Uuid;

    /// The commands of one more row of the same code; `first` if there was none before. `seal`
    /// turns a text into a sealed one.
    fn commands(
        row: &Row,
        first: Option<&Row>,
        sample: bool,
        seal: &mut dyn FnMut(&'static str, &str) -> Result<Sealed, EngineError>,
    ) -> Result<Vec<Self::Command>>;

    /// Whether the commands would be accepted.
    fn rehearse(
        engine: &Engine,
        principal: &Principal,
        owner: Uuid,
        commands: &[(Uuid, Self::Command)],
    ) -> impl Future<Output = Result<(), (usize, EngineError)>> + Send;

    /// Carries one out.
    fn execute(
        engine: &Engine,
        request: &Request,
        owner: Uuid,
        command: Self::Command,
    ) -> impl Future<Output = Result<Done, EngineError>> + Send;
}

/// All rows of one code.
pub(super) struct Item {
    owner: Uuid,
    rows: Vec<Row>,
    sample: bool,
}

/// Reads a file into items, in the order of their first rows.
pub(super) fn read<K: Kind>(file: &ImportFile) -> Result<(Vec<Item>, Vec<Problem>)> {
    let table = table::read(&file.file, K::COLUMNS)?;
    let mut problems = table.problems;
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut items: Vec<Item> = Vec::new();
    for row in table.rows {
        let code = row.get("code").unwrap_or_default().to_owned();
        let Some(place) = places.get(&code) else {
            places.insert(code.clone(), items.len());
            let owner = K::owner(&code);
            items.push(Item { owner, rows: vec![row], sample: file.sample });
            continue;
        };
        let item = &mut items[*place];
        match item.rows.iter().find(|before| before.content() == row.content()) {
            Some(before) => {
                let error = CliError::DuplicateRow { value: code, line: before.line };
                problems.push(Problem { line: row.line, error: error.into() });
            }
            None => item.rows.push(row),
        }
    }
    Ok((items, problems))
}

impl Item {
    /// Its commands with their ids and lines.
    fn commands<K: Kind>(
        &self,
        seal: &mut dyn FnMut(&'static str, &str) -> Result<Sealed, EngineError>,
    ) -> Result<Vec<(u64, Uuid, K::Command)>, Problem> {
        let mut commands = Vec::new();
        for (index, row) in self.rows.iter().enumerate() {
            let first = if index == 0 { None } else { self.rows.first() };
            let at = |error| Problem { line: row.line, error };
            let of_row = K::commands(row, first, self.sample, seal).map_err(at)?;
            for (number, command) in of_row.into_iter().enumerate() {
                let name = format!("import/{}/{number}/{}{}", K::NAME, self.sample, row.content());
                let id = Uuid::new_v5(&procedure::name::NAMESPACE, name.as_bytes());
                commands.push((row.line, id, command));
            }
        }
        Ok(commands)
    }
}

/// Checks an item without writing anything, and gives it back: texts are checked, but not sealed.
pub(super) async fn rehearse<K: Kind>(engine: &Engine, item: Item) -> Result<Item, Problem> {
    let mut check = |field: &'static str, text: &str| {
        engine::personal::check(field, text)?;
        Ok(Sealed::new(String::new()))
    };
    let commands = item.commands::<K>(&mut check)?;
    let bare: Vec<_> = commands.iter().map(|(_, id, command)| (*id, command.clone())).collect();
    match K::rehearse(engine, &operator(), item.owner, &bare).await {
        Ok(()) => Ok(item),
        Err((index, error)) => {
            let line = commands.get(index).map_or(0, |(line, ..)| *line);
            Err(Problem { line, error: error.into() })
        }
    }
}

/// Carries out the items, many at a time.
pub(super) async fn carry_out<K: Kind>(
    engine: &Arc<Engine>,
    items: Vec<Item>,
    outcome: &mut Outcome,
) -> Result<()> {
    engine.make_keys(&items.iter().map(|item| item.owner).collect::<Vec<_>>())?;
    let bar = progress(items.len() as u64, K::NAME);
    let mut running = JoinSet::new();
    let mut waiting = items.into_iter();
    loop {
        while running.len() < AT_ONCE {
            let Some(item) = waiting.next() else { break };
            running.spawn(one::<K>(engine.clone(), item));
        }
        let Some(done) = running.join_next().await else { break };
        let (taken, already_there) = done??;
        outcome.taken += taken;
        outcome.already_there += already_there;
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(())
}

/// Carries out one item; returns how many of its rows are new, and how many were there.
async fn one<K: Kind>(engine: Arc<Engine>, item: Item) -> Result<(usize, usize)> {
    let sealer = engine.sealer(item.owner)?;
    let mut seal = |field: &'static str, text: &str| sealer.seal(field, text);
    let commands = item.commands::<K>(&mut seal).map_err(|problem| problem.error)?;
    let mut new_lines = std::collections::BTreeSet::new();
    for (line, id, command) in commands {
        let request = Request::new(operator(), id);
        let done = K::execute(&engine, &request, item.owner, command).await?;
        if !done.repeated && done.events > 0 {
            new_lines.insert(line);
        }
    }
    Ok((new_lines.len(), item.rows.len() - new_lines.len()))
}
