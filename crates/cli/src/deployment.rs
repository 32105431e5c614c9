//! What stands in `deploy` and `docs/operations.md` about metrics, alarms and settings, held against
//! what the program has. Deliberately absent: whether containers run; that takes containers.

use std::collections::BTreeSet;

use clap::CommandFactory as _;
use web::metrics::{Kind, METRICS};

use crate::args::Arguments;

const DASHBOARD: &str = include_str!("../../../deploy/grafana/dashboard.json");
const ALARMS: &str = include_str!("../../../deploy/alarms.yml");
const COMPOSE: &str = include_str!("../../../deploy/compose.yaml");
const DOCKERFILE: &str = include_str!("../../../deploy/Dockerfile");
const SETTINGS: &str = include_str!("../../../deploy/hieuhoc.env.example");
const UNIT: &str = include_str!("../../../deploy/hieuhoc.service");
const KURRENTDB: &str = include_str!("../../../docs/kurrentdb.md");
const OPERATIONS: &str = include_str!("../../../docs/operations.md");

/// Read by no argument: by the log.
const OF_THE_LOG: &str = "HIEUHOC_LOG";

/// Every word that begins so, as far as it has letters of its kind.
fn words<'a>(text: &'a str, prefix: &'a str) -> BTreeSet<&'a str> {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let starts = text.match_indices(prefix).map(|(start, _)| start);
    let whole = starts.filter(|start| !text[..*start].ends_with(part));
    whole.map(|start| text[start..].split(|c| !part(c)).next().unwrap_or_default()).collect()
}

/// The metric of a name in a query.
fn metric(name: &str) -> Option<&'static str> {
    METRICS.iter().find_map(|metric| {
        let rest = name.strip_prefix(metric.name)?;
        let parts: &[&str] = match metric.kind {
            Kind::Histogram => &["_bucket", "_sum", "_count"],
            Kind::Counter | Kind::Gauge => &[""],
        };
        parts.contains(&rest).then_some(metric.name)
    })
}

#[test]
fn dashboard_and_alarms_ask_for_metrics_that_exist() {
    for (file, text) in [("dashboard", DASHBOARD), ("alarms", ALARMS)] {
        let names = words(text, "hieuhoc_");
        assert!(names.len() > 5, "{file}");
        for name in names {
            assert!(metric(name).is_some(), "{file}: {name}");
        }
    }
    assert_eq!(metric("hieuhoc_append_seconds"), None, "no line has this name");
    assert_eq!(metric("hieuhoc_events"), None);
}

#[test]
fn the_dashboard_shows_every_metric() {
    let dashboard: serde_json::Value = serde_json::from_str(DASHBOARD).unwrap();
    let panels = dashboard["panels"].as_array().unwrap();
    let targets = panels.iter().flat_map(|panel| panel["targets"].as_array().unwrap());
    let queries: Vec<_> = targets.map(|target| target["expr"].as_str().unwrap()).collect();
    let shown: BTreeSet<_> =
        queries.iter().flat_map(|query| words(query, "hieuhoc_")).filter_map(metric).collect();
    assert_eq!(shown, METRICS.iter().map(|metric| metric.name).collect());
}

#[test]
fn the_handbook_lists_every_metric_and_no_other() {
    let told = words(OPERATIONS, "hieuhoc_");
    assert_eq!(told, METRICS.iter().map(|metric| metric.name).collect());
}

#[test]
fn the_handbook_explains_every_alarm_and_every_outcome() {
    let alarms: Vec<_> = ALARMS.lines().filter_map(|line| line.split("- alert: ").nth(1)).collect();
    assert!(alarms.len() >= 10);
    let told = OPERATIONS.split("### Alarms").nth(1).unwrap();
    let rows = told.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    assert_eq!(rows.collect::<Vec<_>>(), alarms);
    for outcome in engine::meter::OUTCOMES {
        assert!(OPERATIONS.contains(&format!("`{outcome}`")), "{outcome}");
    }
}

#[test]
fn every_setting_that_is_named_is_one_of_the_program() {
    let mut known: BTreeSet<String> = BTreeSet::from([OF_THE_LOG.to_owned()]);
    let mut commands = vec![Arguments::command()];
    while let Some(command) = commands.pop() {
        let named = command.get_arguments().filter_map(|argument| argument.get_env());
        known.extend(named.filter_map(|name| name.to_str()).map(ToOwned::to_owned));
        commands.extend(command.get_subcommands().cloned());
    }
    let files = [
        ("compose", COMPOSE),
        ("Dockerfile", DOCKERFILE),
        ("settings", SETTINGS),
        ("unit", UNIT),
        ("handbook", OPERATIONS),
    ];
    for (file, text) in files {
        for name in words(text, "HIEUHOC_") {
            assert!(known.contains(name), "{file}: {name}");
        }
    }
    assert!(words(SETTINGS, "HIEUHOC_").len() > 5);
}

#[cfg(feature = "kurrentdb")]
#[test]
fn the_cluster_that_is_named_as_an_example_is_understood() {
    let line = SETTINGS.lines().find_map(|line| line.strip_prefix("# HIEUHOC_STORE="));
    // The authority lies where containers have it, and not here.
    let url = line.unwrap().replace("&tlsCaFile=/certificates/ca/ca.crt", "");
    let store = crate::store_url::StoreUrl::parse(&url).unwrap();
    let nodes = "kurrentdb://hieuhoc@node1:2113,node2:2113,node3:2113?log=hieuhoc";
    assert_eq!(store.to_string(), nodes);
    for node in ["node1:", "node2:", "node3:"] {
        assert!(COMPOSE.lines().any(|line| line.trim() == node), "{node}");
    }
}

#[test]
fn the_checks_that_guarantees_rest_on_are_checks_of_the_contract() {
    let checks: BTreeSet<_> =
        event_store::contract::catalogue().iter().map(|check| check.name).collect();
    let table = KURRENTDB.split("## What is relied on").nth(1).unwrap();
    let table = table.split("\n## ").next().unwrap();
    let named = table.lines().filter_map(|row| row.rsplit('|').nth(1)).flat_map(|cell| {
        cell.split('`').skip(1).step_by(2).filter(|name| name.contains('-')).collect::<Vec<_>>()
    });
    let named: BTreeSet<_> = named.collect();
    assert!(named.len() > 8 && named.is_subset(&checks), "{:?}", named.difference(&checks));
}
