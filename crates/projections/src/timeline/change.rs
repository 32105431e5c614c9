//! What is different between two states, field by field.

use serde::Serialize;
use serde_json::Value;

/// A field that is different.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// Where it stands, such as `claims/1a/points`.
    pub path: String,
    /// What it was; null if it was not there.
    pub before: Value,
    /// What it is; null if it is not there any more.
    pub after: Value,
}

/// The differences, in the order of paths.
pub(super) fn between(before: &Value, after: &Value) -> Vec<Change> {
    let mut changes = Vec::new();
    walk(String::new(), before, after, &mut changes);
    changes
}

fn walk(path: String, before: &Value, after: &Value, changes: &mut Vec<Change>) {
    if before == after {
        return;
    }
    let (was, is) = (before.as_object(), after.as_object());
    if was.is_none() && is.is_none() {
        changes.push(Change { path, before: before.clone(), after: after.clone() });
        return;
    }
    // A field that begins or ends is told by its parts, so that it reads like one that changes.
    let mut names: Vec<&String> = was.into_iter().chain(is).flat_map(|map| map.keys()).collect();
    names.sort();
    names.dedup();
    for name in names {
        let of = |map: Option<&serde_json::Map<String, Value>>| {
            map.and_then(|map| map.get(name)).cloned().unwrap_or(Value::Null)
        };
        let path = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
        walk(path, &of(was), &of(is), changes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn only_what_is_different_is_named() {
        let before = json!({ "a": 1, "b": { "x": 1, "y": 2 }, "c": [1] });
        let after = json!({ "a": 1, "b": { "x": 1, "y": 3 }, "c": [1, 2], "d": { "z": 4 } });
        let paths: Vec<_> =
            between(&before, &after).into_iter().map(|change| change.path).collect();
        assert_eq!(paths, ["b/y", "c", "d/z"]);
        assert!(between(&after, &after).is_empty());
    }
}
