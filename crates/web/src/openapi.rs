//! The OpenAPI 3.1 document: what the endpoints say of themselves, and what they all share.
//!
//! Headers, security and problem answers are the same everywhere and are added here, so that no
//! endpoint can forget them. Keys are sorted: the committed file changes only when the API does.
//! Deliberately absent: a page that draws it.

use serde_json::{Map, Value, json};

use crate::api;
use crate::limits::BODY_MAX;
use crate::problem::Document;

/// The OpenAPI document as pretty JSON; the same bytes on every machine.
#[must_use]
pub fn openapi() -> String {
    let (_, mut document) = api::routes().merge(api::uploads()).split_for_parts();
    let components = document.components.get_or_insert_default();
    components.schemas.insert("Problem".to_owned(), <Document as utoipa::PartialSchema>::schema());
    let mut document = serde_json::to_value(&document).unwrap_or_default();
    document["openapi"] = json!("3.1.0");
    document["info"] = info();
    document["components"]["securitySchemes"] = json!({ "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token `hh_…` that speaks for an officer (RFC 6750).",
    }});
    document["components"]["responses"] = responses();
    document["components"]["parameters"] = parameters();
    document["security"] = json!([{ "token": [] }]);
    if let Some(paths) = document["paths"].as_object_mut() {
        let items = paths.values_mut().filter_map(Value::as_object_mut);
        for (method, operation) in items.flat_map(|item| item.iter_mut()) {
            complete(method, operation);
        }
    }
    let mut text = serde_json::to_string_pretty(&sorted(document)).unwrap_or_default();
    text.push('\n');
    text
}

fn info() -> Value {
    json!({
        "title": "hieuhoc",
        "version": "1",
        "description": concat!(
            "Recognition of the titles of the learning society: from registration to a title in ",
            "force.\n\nEvery command takes an `Idempotency-Key` (repeating it changes nothing) and ",
            "`If-Match` (the revision that it was decided on). Every failure is ",
            "`application/problem+json` with a stable code; its `type` is a page that says what to ",
            "do. A command's answer has waited up to half a second for the read models; what took ",
            "longer is awaited by sending its `Hieuhoc-Position` with the next request, to whichever ",
            "server."
        ),
    })
}

/// Adds to an operation what all have.
fn complete(method: &str, operation: &mut Value) {
    let open = operation["security"] == json!([{}]);
    let takes_file = takes_file(operation);
    let names: &[&str] = match method {
        // The same file again is the same file, whatever it is called and whatever it is seen with.
        "post" if takes_file => &[],
        // Each of many cases has a revision of its own.
        "post" if is_about_many(operation) => {
            &["IdempotencyKey", "HieuhocPosition", "AfterPosition"]
        }
        "post" => &["IdempotencyKey", "IfMatch", "HieuhocPosition", "AfterPosition"],
        _ if open => &[],
        _ => &["HieuhocPosition", "AfterPosition"],
    };
    let shared = names.iter().chain(&["AcceptLanguage"]);
    let shared = shared.map(|name| json!({ "$ref": format!("#/components/parameters/{name}") }));
    let mut all = operation["parameters"].as_array().cloned().unwrap_or_default();
    all.extend(shared);
    operation["parameters"] = Value::Array(all);
    for (status, name) in PROBLEMS {
        let of_all = matches!(*status, "400" | "404" | "408" | "500");
        let of_signed_in = !open && matches!(*status, "401" | "503");
        // What an endpoint says itself of too much, or of the wrong kind, stands.
        if operation["responses"].get(status).is_some() || (takes_file && *status == "412") {
            continue;
        }
        if of_all || of_signed_in || method == "post" {
            operation["responses"][*status] =
                json!({ "$ref": format!("#/components/responses/{name}") });
        }
    }
    if method == "post" && !takes_file {
        for status in ["200", "201"] {
            if operation["responses"].get(status).is_some() {
                operation["responses"][status]["headers"] = headers();
            }
        }
    }
}

/// Whether what is sent is a file, and no command.
fn takes_file(operation: &Value) -> bool {
    operation["requestBody"]["content"].get("application/octet-stream").is_some()
}

/// Whether the answer is a list of what each case came to.
fn is_about_many(operation: &Value) -> bool {
    let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"];
    let name = schema.as_str().and_then(|reference| reference.rsplit('/').next());
    matches!(name, Some("Many" | "Listed"))
}

/// Statuses of problems, the names of their answers, and what they mean.
const PROBLEMS: &[(&str, &str)] = &[
    ("400", "Malformed"),
    ("401", "NotSignedIn"),
    ("403", "Forbidden"),
    ("404", "Absent"),
    ("408", "Timeout"),
    ("409", "State"),
    ("412", "Stale"),
    ("413", "TooLarge"),
    ("415", "NotJson"),
    ("422", "Input"),
    ("500", "Broken"),
    ("503", "Unavailable"),
];

fn responses() -> Value {
    let meaning = |status: &str| match status {
        "400" => "A part of the request cannot be read at all.".to_owned(),
        "401" => "No token, or one that does not count.".to_owned(),
        "403" => "No appointment for this act, an interest of one's own, or a step that must stay \
                  separate."
            .to_owned(),
        "404" => "Not there, or outside the asker's territory.".to_owned(),
        "408" => "Not done in time; repeat it with the same `Idempotency-Key`.".to_owned(),
        "409" => "Not in a state in which this can be done, or too many act at once.".to_owned(),
        "412" => "It is at another revision than `If-Match` says; `revision` has the actual one."
            .to_owned(),
        "413" => format!("The body has more than {BODY_MAX} bytes."),
        "415" => "The body is not said to be `application/json`.".to_owned(),
        "422" => {
            "What was handed in breaks a rule, or the key stands for another request.".to_owned()
        }
        "500" => "An error of the program, or stored data that cannot be read.".to_owned(),
        _ => "The store or the read models are not available; the page says whether the command \
              may have been done. Repeat it with the same `Idempotency-Key`."
            .to_owned(),
    };
    let response = |status: &str| {
        let schema = json!({ "schema": { "$ref": "#/components/schemas/Problem" } });
        json!({
            "description": meaning(status),
            "content": { "application/problem+json": schema },
        })
    };
    let all = PROBLEMS.iter().map(|(status, name)| ((*name).to_owned(), response(status)));
    Value::Object(all.collect())
}

fn parameters() -> Value {
    let parameter = |place: &str, name: &str, schema: Value, description: &str| {
        json!({ "in": place, "name": name, "required": false, "schema": schema,
            "description": description })
    };
    let text = || json!({ "type": "string" });
    json!({
        "IdempotencyKey": parameter("header", "Idempotency-Key",
            json!({ "type": "string", "format": "uuid" }),
            "The client's name for this act. The same key with the same request changes nothing \
             and has the same answer with `repeated: true`; with another request it is refused. \
             It counts for one officer and one address. Made by the server if absent."),
        "IfMatch": parameter("header", "If-Match", text(),
            "The revision that the command was decided on, quoted: `\"5\"`. Refused with 412 if it \
             is at another one now."),
        "HieuhocPosition": parameter("header", "Hieuhoc-Position", text(),
            "A position that a command gave back: waits up to two seconds until the read models \
             have counted it."),
        "AfterPosition": parameter("query", "after_position", text(),
            "The same as `Hieuhoc-Position`, for where headers cannot be set."),
        "AcceptLanguage": parameter("header", "Accept-Language", text(),
            "`vi` (by default) or `en`, for problems."),
    })
}

fn headers() -> Value {
    let text =
        |description: &str| json!({ "description": description, "schema": { "type": "string" } });
    json!({
        "ETag": text("The revision after the command, quoted."),
        "Hieuhoc-Position": text("What the next request waits for to find this write."),
    })
}

/// The same value with all keys in order.
fn sorted(value: Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.into_iter().map(sorted).collect()),
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.into_iter().collect();
            fields.sort_by(|one, other| one.0.cmp(&other.0));
            let sorted = fields.into_iter().map(|(name, field)| (name, sorted(field)));
            Value::Object(sorted.collect::<Map<_, _>>())
        }
        plain => plain,
    }
}
