//! Runs `hieuhoc` as a process of its own.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

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
    /// Standard output as JSON.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }
}

/// A data folder of its own, removed at the end.
pub struct Folder(tempfile::TempDir);

impl Default for Folder {
    fn default() -> Self {
        Self::new()
    }
}

impl Folder {
    /// An empty folder.
    #[must_use]
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    /// Its path.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.0.path()
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
        command
    }

    /// Runs a command on the folder.
    #[must_use]
    pub fn run(&self, arguments: &[&str]) -> Answer {
        let output = self.command().args(arguments).output().expect("the program runs");
        let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
        Answer {
            success: output.status.success(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
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
        let mut child = self
            .command()
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the program runs");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("piped");
        BufReader::new(stdout).read_line(&mut line).expect("the server says where it is");
        let address = line.split_whitespace().find(|word| word.starts_with("http://"));
        let base = address.unwrap_or_else(|| panic!("no address in {line:?}")).to_owned();
        Server { child, base }
    }
}

/// A running server; killed without mercy when dropped.
pub struct Server {
    child: Child,
    /// Where it is, such as `http://127.0.0.1:8387`.
    pub base: String,
}

impl Server {
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
