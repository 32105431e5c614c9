//! Runs `hieuhoc` as a process of its own.

use std::io::{BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;

use crate::leash::Leash;

/// The program, built once per run of the tests, from the sources as they are.
#[must_use]
pub fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let test = std::env::current_exe().expect("a running test has a path");
        let profile = test.ancestors().nth(2).expect("target/<profile>/deps/<test>").to_path_buf();
        let mut build = Command::new(env!("CARGO"));
        build.args(["build", "--quiet", "--package", "cli", "--all-features"]);
        if profile.ends_with("release") {
            build.arg("--release");
        }
        assert!(build.status().expect("cargo runs").success(), "the program does not build");
        profile.join("hieuhoc")
    })
}

/// What a run of the program came to.
#[derive(Debug)]
pub struct Answer {
    /// Whether it ended well.
    pub success: bool,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

impl Answer {
    fn of(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
        Self {
            success: output.status.success(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
    }

    /// Standard output as JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }
}

/// A data folder of its own, removed at the end.
pub struct Folder {
    folder: tempfile::TempDir,
    /// The event store, unless it is a file in the folder.
    store: Option<String>,
}

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

impl Folder {
    /// An empty folder.
    #[must_use]
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder"), store: None }
    }

    /// The same with its events in another store from now on.
    #[must_use]
    pub fn on(mut self, store: &str) -> Self {
        self.store = Some(store.to_owned());
        self
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file into it and returns its path.
    #[must_use]
    pub fn file(&self, name: &str, content: &[u8]) -> String {
        let path = self.path().join(name);
        std::fs::write(&path, content).expect("a temporary file");
        path.to_str().expect("temporary paths are text").to_owned()
    }

    fn command(&self) -> Command {
        let mut command = Command::new(program());
        command.arg("--data").arg(self.path().join("data"));
        command.env_remove("HIEUHOC_DATA").env_remove("HIEUHOC_STORE");
        command.envs(self.store.as_ref().map(|store| ("HIEUHOC_STORE", store)));
        command
    }

    /// Runs a command on the folder.
    #[must_use]
    pub fn run(&self, arguments: &[&str]) -> Answer {
        Answer::of(self.command().args(arguments).output().expect("the program runs"))
    }

    /// Runs a command that reads from standard input.
    #[must_use]
    pub fn run_with(&self, arguments: &[&str], input: &str) -> Answer {
        let mut child = self
            .command()
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut stdin = child.stdin.take().expect("piped");
        stdin.write_all(input.as_bytes()).expect("the program reads");
        drop(stdin);
        Answer::of(child.wait_with_output().expect("the program ends"))
    }

    /// Runs a command and kills it without mercy after a time, if it has not ended by then.
    pub fn interrupt(&self, arguments: &[&str], after: std::time::Duration) {
        let mut command = self.command();
        command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the program runs");
        std::thread::sleep(after);
        let _ = child.kill();
        let _ = child.wait();
    }

    /// Runs a command that must end well.
    pub fn must(&self, arguments: &[&str]) -> Answer {
        let answer = self.run(arguments);
        assert!(answer.success, "{arguments:?}: {}{}", answer.out, answer.err);
        answer
    }

    /// Starts a server at a free port and waits until it says where.
    #[must_use]
    pub fn serve(&self) -> Server {
        self.serve_with(&[])
    }

    /// The same with more arguments.
    #[must_use]
    pub fn serve_with(&self, arguments: &[&str]) -> Server {
        let mut child = self
            .command()
            .args(["serve", "--listen", "127.0.0.1:0"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the program runs");
        let mut stdout = BufReader::new(child.stdout.take().expect("piped"));
        let base = address(&mut stdout);
        let metrics = arguments.contains(&"--metrics").then(|| address(&mut stdout));
        Server { child, base, metrics }
    }
}

/// The address in the next line.
fn address(stdout: &mut impl std::io::BufRead) -> String {
    let mut line = String::new();
    stdout.read_line(&mut line).expect("the server says where it is");
    let address = line.split_whitespace().find(|word| word.starts_with("http://"));
    address.unwrap_or_else(|| panic!("no address in {line:?}")).to_owned()
}

/// A running server; killed without mercy when dropped.
pub struct Server {
    child: Child,
    /// Where it is, such as `http://127.0.0.1:8387`.
    pub base: String,
    /// Where its metrics are, if it was asked for them.
    pub metrics: Option<String>,
}

impl Server {
    /// Asks it to end, and waits until it has; whether it ended well.
    #[must_use]
    pub fn terminate(mut self) -> bool {
        let asked = Command::new("kill").arg(self.child.id().to_string()).status();
        asked.expect("kill runs").success() && self.child.wait().expect("it ends").success()
    }

    /// Ends it as a power cut of the process would: SIGKILL.
    pub fn kill(mut self) {
        self.end();
    }

    fn end(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

/// A served demonstration of the year in a folder of its own; ends when dropped.
pub struct Demo {
    /// Where it is, such as `http://127.0.0.1:8387`.
    pub base: String,
    /// Ends before the folder goes.
    _process: Leash,
    _folder: Folder,
}

impl Demo {
    /// Plays a year with so many households and serves it at a free port.
    #[must_use]
    pub fn start(households: u32) -> Self {
        let folder = Folder::new();
        let mut command = folder.command();
        command.args(["demo", "--listen", "127.0.0.1:0", "--households"]);
        // It has no time to clear up what it put elsewhere.
        command.arg(households.to_string()).env("TMPDIR", folder.path());
        let mut process = Leash::start(&command);
        let line = process.line_with("http://").expect("the demonstration says where it is");
        let address = line.split_whitespace().find(|word| word.starts_with("http://"));
        let base = address.expect("found by it").to_owned();
        Self { base, _process: process, _folder: folder }
    }
}
