//! The browser that the tests of the pages drive: Chromium, and ChromeDriver, by which it is told
//! what to do.
//!
//! As root on Debian, which is what the build machine is, what is missing is installed; anywhere else
//! it is said what to type. Absent: going on without. Tests that need the browser fail without it.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};

/// One of the two, looked for where `tests/src/browser/driver.rs` looks.
struct Program {
    name: &'static str,
    /// An environment variable with its path.
    variable: &'static str,
    /// What it is called on `PATH`.
    names: &'static [&'static str],
}

const PROGRAMS: &[Program] = &[
    Program {
        name: "Chromium",
        variable: "HIEUHOC_CHROMIUM",
        names: &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
    },
    Program { name: "ChromeDriver", variable: "HIEUHOC_CHROMEDRIVER", names: &["chromedriver"] },
];

/// Both, and a font that has every Vietnamese letter; those that come with Chromium need not.
const INSTALL: &[&str] = &[
    "install",
    "--yes",
    "--no-install-recommends",
    "chromium",
    "chromium-driver",
    "fonts-dejavu-core",
];

/// Whether both are there, if need be after installing them; says of each that is not how to get it.
///
/// # Errors
/// `apt-get` could not be started.
pub(crate) fn ready() -> Result<bool> {
    let missing = missing(PROGRAMS);
    if missing.is_empty() {
        return Ok(true);
    }
    // A path that somebody gave is his to correct.
    let given = missing.iter().any(|program| std::env::var_os(program.variable).is_some());
    if !given && on_debian() && is_root() && install()? && self::missing(PROGRAMS).is_empty() {
        return Ok(true);
    }
    for program in self::missing(PROGRAMS) {
        eprintln!("{}", program.complaint(std::env::var_os(program.variable).map(PathBuf::from)));
    }
    Ok(false)
}

fn missing(programs: &[Program]) -> Vec<&Program> {
    programs.iter().filter(|program| !program.answers()).collect()
}

impl Program {
    fn answers(&self) -> bool {
        let path = std::env::var_os(self.variable).map(PathBuf::from);
        path.or_else(|| on_path(self.names)).is_some_and(|path| answers(&path))
    }

    fn complaint(&self, given: Option<PathBuf>) -> String {
        let Self { name, variable, .. } = self;
        match given {
            Some(path) => format!("error: {variable} is {}, which does not run", path.display()),
            None => format!(
                "error: {name} is missing: set {variable} to its path, or on Debian:\n  {}",
                command_line()
            ),
        }
    }
}

/// What to type where it is not done here.
fn command_line() -> String {
    format!("sudo apt-get update && sudo apt-get {}", INSTALL.join(" "))
}

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let mut files = names.iter().flat_map(|name| folders.iter().map(move |one| one.join(name)));
    files.find(|file| file.is_file())
}

fn answers(program: &Path) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}

fn on_debian() -> bool {
    Path::new("/etc/debian_version").exists() && on_path(&["apt-get"]).is_some()
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn install() -> Result<bool> {
    for arguments in [&["update"], INSTALL] {
        println!("\n==> apt-get {}", arguments.join(" "));
        let mut command = Command::new("apt-get");
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive").stdin(Stdio::null());
        if !command.status().context("apt-get could not be started")?.success() {
            return Ok(false);
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program(variable: &'static str, names: &'static [&'static str]) -> Program {
        Program { name: "Thing", variable, names }
    }

    #[test]
    fn a_program_is_found_by_any_of_its_names() {
        assert!(program("HIEUHOC_NO_SUCH", &["no-such-program", "git"]).answers());
        assert!(!program("HIEUHOC_NO_SUCH", &["no-such-program"]).answers());
        assert!(!program("PATH", &["git"]).answers(), "a path that was given is what counts");
        let [there, not] = [program("X_A", &["git"]), program("X_B", &["no-such-program"])];
        let programs = [there, not];
        let names: Vec<&str> = missing(&programs).iter().map(|one| one.variable).collect();
        assert_eq!(names, ["X_B"]);
    }

    #[test]
    fn what_is_missing_comes_with_the_line_to_type() {
        let thing = program("HIEUHOC_THING", &[]);
        assert_eq!(
            thing.complaint(None),
            "error: Thing is missing: set HIEUHOC_THING to its path, or on Debian:\n  \
             sudo apt-get update && sudo apt-get install --yes --no-install-recommends \
             chromium chromium-driver fonts-dejavu-core"
        );
        assert_eq!(
            thing.complaint(Some("a/b".into())),
            "error: HIEUHOC_THING is a/b, which does not run"
        );
    }
}
