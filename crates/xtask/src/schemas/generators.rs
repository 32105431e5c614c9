//! The generators, one row each: the one place where a generated file is added.

use super::output::Generator;

/// All of them. No two give the same path.
pub(super) const ALL: &[Generator] = &[
    Generator { name: "events and definitions", owns: &["events"], run: codec::schema::all },
    Generator {
        name: "OpenAPI",
        owns: &[],
        run: || vec![("openapi.json".to_owned(), web::openapi())],
    },
];
