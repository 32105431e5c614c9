//! What was typed into a form that was not taken, so that the page shows it again; passwords are left out.
//! Deliberately absent: what is wrong; the problem says it.

use web::problem::Problem;

use crate::act::Act;
use crate::failure::Told;
use crate::fields::Fields;

/// Which field a refusal is about.
const FIELDS: [(&str, &str); 15] = [
    ("officer.bad_code", "code"),
    ("officer.already_enrolled", "code"),
    ("officer.unknown", "code"),
    ("officer.delegated_to_self", "code"),
    ("officer.unknown_unit", "unit"),
    ("actor.not_appointed", "unit"),
    ("officer.already_appointed", "role"),
    ("officer.bad_term", "until"),
    ("officer.bad_delegation", "until"),
    ("officer.bad_token_end", "until"),
    ("officer.bad_label", "label"),
    ("officer.not_appointed", "from"),
    ("officer.not_delegated", "from"),
    ("subject.unknown", "subject"),
    ("password.wrong_old", "password_old"),
];

/// A form that was not taken; of a page without one, nothing.
#[derive(Default)]
pub(crate) struct Typed {
    form: &'static str,
    fields: Fields,
    pub(crate) told: Option<Told>,
    wrong: String,
}

impl Typed {
    /// What was typed into `form`, with what is wrong.
    pub(crate) fn refused(form: &'static str, act: &Act, problem: &Problem) -> Self {
        let code = problem.code();
        let known = FIELDS.iter().find(|(known, _)| *known == code).map(|(_, field)| *field);
        let password = code.starts_with("password.").then_some("password_new");
        let wrong = problem.param("field").or(known).or(password).unwrap_or_default();
        Self {
            form,
            fields: act.fields.clone().without_passwords(),
            told: Some(Told::of(problem, &act.desk.look)),
            wrong: wrong.to_owned(),
        }
    }

    /// What was typed into a field, or else what stands there at first.
    pub(crate) fn value(&self, form: &str, name: &str, first: &str) -> String {
        if form == self.form { self.fields.raw(name).to_owned() } else { first.to_owned() }
    }

    /// Whether a choice of a field was made.
    pub(crate) fn chose(&self, form: &str, name: &str, value: &str) -> bool {
        form == self.form && self.fields.raw(name) == value
    }

    /// Whether a field is the one that is wrong.
    pub(crate) fn wrong(&self, form: &str, name: &str) -> bool {
        form == self.form && self.wrong == name
    }
}
