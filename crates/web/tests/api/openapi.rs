//! The document against the router: every address is in it, and it says what can go wrong.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::Method;
use serde_json::{Value, json};

use crate::world::{World, request};

/// Every address that is served, with its methods.
const ROUTES: &[(&str, &[&str])] = &[
    ("/api/v1/assignments", &["post"]),
    ("/api/v1/calendar", &["get"]),
    ("/api/v1/cases", &["post"]),
    ("/api/v1/cases/{id}", &["get"]),
    ("/api/v1/cases/{id}/assignment", &["post"]),
    ("/api/v1/cases/{id}/claim", &["post"]),
    ("/api/v1/cases/{id}/evidence", &["post"]),
    ("/api/v1/cases/{id}/evidence/{digest}", &["get"]),
    ("/api/v1/cases/{id}/minutes", &["post"]),
    ("/api/v1/cases/{id}/objections", &["post"]),
    ("/api/v1/cases/{id}/objections/{number}/resolution", &["post"]),
    ("/api/v1/cases/{id}/posting", &["post"]),
    ("/api/v1/cases/{id}/posting/closure", &["post"]),
    ("/api/v1/cases/{id}/recognition", &["post"]),
    ("/api/v1/cases/{id}/refusal", &["post"]),
    ("/api/v1/cases/{id}/release", &["post"]),
    ("/api/v1/cases/{id}/return", &["post"]),
    ("/api/v1/cases/{id}/review", &["post"]),
    ("/api/v1/cases/{id}/revocation", &["post"]),
    ("/api/v1/cases/{id}/self-assessment", &["post"]),
    ("/api/v1/cases/{id}/supplement", &["post"]),
    ("/api/v1/cases/{id}/takeover", &["post"]),
    ("/api/v1/cases/{id}/timeline", &["get"]),
    ("/api/v1/cases/{id}/withdrawal", &["post"]),
    ("/api/v1/decisions", &["get", "post"]),
    ("/api/v1/decisions/{id}", &["get"]),
    ("/api/v1/decisions/{id}/annex", &["get"]),
    ("/api/v1/decisions/{id}/cancellation", &["post"]),
    ("/api/v1/decisions/{id}/cases", &["get"]),
    ("/api/v1/decisions/{id}/correction", &["post"]),
    ("/api/v1/decisions/{id}/discard", &["post"]),
    ("/api/v1/decisions/{id}/listing", &["post"]),
    ("/api/v1/decisions/{id}/removals", &["post"]),
    ("/api/v1/decisions/{id}/signature", &["post"]),
    ("/api/v1/me", &["get"]),
    ("/api/v1/meetings", &["post"]),
    ("/api/v1/minutes", &["post"]),
    ("/api/v1/objections", &["get"]),
    ("/api/v1/officers", &["get", "post"]),
    ("/api/v1/officers/{id}", &["get"]),
    ("/api/v1/officers/{id}/appointments", &["post"]),
    ("/api/v1/officers/{id}/delegations", &["post"]),
    ("/api/v1/officers/{id}/delegations/end", &["post"]),
    ("/api/v1/officers/{id}/handover", &["post"]),
    ("/api/v1/officers/{id}/interests", &["post"]),
    ("/api/v1/officers/{id}/password", &["post"]),
    ("/api/v1/officers/{id}/relief", &["post"]),
    ("/api/v1/officers/{id}/sessions/end", &["post"]),
    ("/api/v1/officers/{id}/tokens", &["post"]),
    ("/api/v1/officers/{id}/tokens/revocation", &["post"]),
    ("/api/v1/posting-closures", &["post"]),
    ("/api/v1/postings", &["post"]),
    ("/api/v1/procedures", &["get", "post"]),
    ("/api/v1/procedures/{id}", &["get"]),
    ("/api/v1/procedures/{id}/retirement", &["post"]),
    ("/api/v1/queue", &["get"]),
    ("/api/v1/queue/counts", &["get"]),
    ("/api/v1/queue/escalated", &["get"]),
    ("/api/v1/refusals", &["get"]),
    ("/api/v1/refusals/{code}", &["get"]),
    ("/api/v1/refused-acts", &["get"]),
    ("/api/v1/reminders", &["get"]),
    ("/api/v1/signs", &["get"]),
    ("/api/v1/subjects", &["get", "post"]),
    ("/api/v1/subjects/{id}", &["get"]),
    ("/api/v1/subjects/{id}/correction", &["post"]),
    ("/api/v1/subjects/{id}/move", &["post"]),
    ("/api/v1/subjects/{id}/titles", &["get"]),
    ("/api/v1/titles", &["get"]),
    ("/api/v1/totals", &["get"]),
    ("/api/v1/units/{code}", &["get"]),
    ("/api/v1/units/{code}/children", &["get"]),
    ("/api/v1/units/{root}/reorganisations", &["post"]),
];

/// Addresses of commands on one case, officer or decision, or on many cases, that `paths` lack.
#[track_caller]
pub(crate) fn every_command_is_among(below: &[&str], paths: &[String]) {
    let posts = ROUTES.iter().filter(|(_, methods)| methods.contains(&"post"));
    for (template, _) in posts.filter(|(path, _)| below.iter().any(|top| path.starts_with(top))) {
        let asked = paths.iter().any(|path| fits(template, path));
        assert!(asked, "{template} is not in the table");
    }
}

/// Whether an address is one of a template.
fn fits(template: &str, path: &str) -> bool {
    let shape = |path: &str| -> Vec<String> {
        path.split('?').next().unwrap().split('/').map(ToOwned::to_owned).collect()
    };
    let (template, path) = (shape(template), shape(path));
    template.len() == path.len()
        && template.iter().zip(&path).all(|(one, other)| one == other || one.starts_with('{'))
}

fn document() -> Value {
    serde_json::from_str(&web::openapi()).unwrap()
}

fn operations(document: &Value) -> Vec<(String, String, Value)> {
    let paths = document["paths"].as_object().unwrap();
    let all = paths.iter().flat_map(|(path, item)| {
        let methods = item.as_object().unwrap().iter();
        methods.map(move |(method, operation)| (path.clone(), method.clone(), operation.clone()))
    });
    all.collect()
}

/// That each read in the document has been asked for by one of `paths`.
#[track_caller]
pub(crate) fn every_read_is_among(paths: &[&str]) {
    for (template, method, _) in operations(&document()) {
        let asked = paths.iter().any(|path| fits(&template, path));
        assert!(method != "get" || asked, "{template} is not in the table of who may read what");
    }
}

#[test]
fn the_document_has_every_route() {
    let documented: BTreeSet<_> =
        operations(&document()).into_iter().map(|(path, method, _)| (path, method)).collect();
    let listed = ROUTES.iter().flat_map(|(path, methods)| {
        methods.iter().map(move |method| ((*path).to_owned(), (*method).to_owned()))
    });
    assert_eq!(documented, listed.collect());
}

#[tokio::test]
async fn the_router_serves_exactly_the_methods_of_the_document() {
    let world = World::new().await;
    for (path, methods) in ROUTES {
        let path = path.replace("{id}", "00000000-0000-0000-0000-000000000001");
        let path = path.replace("{code}", "VN").replace("{root}", "VN").replace("{number}", "1");
        let path = path.replace("{digest}", &"a".repeat(64));
        for method in ["get", "post", "put", "patch", "delete"] {
            let known = methods.contains(&method);
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let reply = world.send(request(method.clone(), "", &path, &[], Body::empty())).await;
            let expected =
                reply.code() != "http.method_not_allowed" && reply.code() != "http.no_such_address";
            assert_eq!(expected, known, "{method} {path}: {}", reply.text);
        }
    }
    let served = world.get("", "/api/v1/openapi.json").await.ok();
    assert_eq!(served.text, web::openapi());
}

#[test]
fn every_operation_is_explained_with_its_failures() {
    let document = document();
    assert_eq!(document["openapi"], "3.1.0");
    for (path, method, operation) in operations(&document) {
        let place = format!("{method} {path}");
        let text = |name: &str| operation[name].as_str().unwrap_or_default().to_owned();
        assert!(text("summary").len() > 10, "{place}: no summary");
        assert!(!text("operationId").is_empty(), "{place}: no id");
        let responses = operation["responses"].as_object().unwrap();
        let good = responses.keys().filter(|status| status.starts_with('2')).count();
        assert_eq!(good, 1, "{place}");
        let open = operation["security"] == json!([{}]);
        let mut expected = vec!["400", "404", "408", "500"];
        if !open {
            expected.extend(["401", "503"]);
        }
        if method == "post" {
            expected.extend(["403", "409", "413", "415", "422"]);
        }
        let file = path.ends_with("/evidence");
        if method == "post" && !file {
            expected.push("412");
        }
        for status in expected {
            assert!(responses.contains_key(status), "{place}: no {status}");
        }
        // The same file again is the same file: there is no revision and nothing to repeat.
        assert_eq!(file, method == "post" && !responses.contains_key("412"), "{place}");
    }
}

#[test]
fn every_reference_leads_somewhere_and_every_field_is_explained() {
    let document = document();
    let mut references = Vec::new();
    collect(&document, &mut references);
    assert!(references.len() > 100);
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        assert!(schema["description"].is_string(), "{name} is not explained");
        let Some(properties) = schema["properties"].as_object() else { continue };
        for (field, property) in properties {
            // A reference that may be null carries its words inside.
            let explained = property["description"].is_string()
                || property["oneOf"][0]["description"].is_string();
            assert!(explained, "{name}.{field} is not explained: {property}");
        }
    }
}

fn collect(value: &Value, references: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get("$ref") {
                references.push(reference.clone());
            }
            fields.values().for_each(|field| collect(field, references));
        }
        _ => {}
    }
}
