//! The figures of `docs/performance.md`, each as a ratio measured in one run: `cargo bench -p cli`.
//!
//! Sizes can be set: `HIEUHOC_BENCH_CASES` (default 20,000 cases of eight events for writing and
//! rebuilding), `HIEUHOC_BENCH_OPEN` (default 100,000 open cases for reading),
//! `HIEUHOC_BENCH_DECISION` (default 10,000 cases of one decision) and `HIEUHOC_BENCH_TRIAL`
//! (default 100,000 reviewed cases for the trial of a draft). The files go to a
//! temporary folder of the project's target folder, so that the disk is the same as the data's.

mod commands;
mod decision;
mod pages;
mod queries;
mod rebuild;
mod trial;

use std::path::PathBuf;

fn main() -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    match trial::asked_for() {
        Some(store) => runtime.block_on(trial::run(&store)),
        None => runtime.block_on(run()),
    }
}

async fn run() -> anyhow::Result<()> {
    let folder = tempfile::tempdir_in(target())?;
    println!("cores: {}", std::thread::available_parallelism()?);
    let (store, keyring) =
        commands::measure(folder.path(), size("HIEUHOC_BENCH_CASES", 20_000)).await?;
    rebuild::measure(folder.path(), store, keyring).await?;
    queries::measure(folder.path(), size("HIEUHOC_BENCH_OPEN", 100_000)).await?;
    decision::measure(folder.path(), size("HIEUHOC_BENCH_DECISION", 10_000)).await?;
    trial::measure(folder.path(), size("HIEUHOC_BENCH_TRIAL", 100_000)).await
}

fn size(variable: &str, default: usize) -> usize {
    std::env::var(variable).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}

/// The folder of the build, which is on the project's disk.
fn target() -> PathBuf {
    let program = std::env::current_exe().unwrap_or_default();
    let folder = program.ancestors().find(|path| path.ends_with("release"));
    folder.map_or_else(std::env::temp_dir, |path| path.to_path_buf())
}

/// The middle of the values.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
