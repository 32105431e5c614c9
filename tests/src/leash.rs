//! Processes that end when this one does, however it does: by a panic, by Ctrl-C, by SIGKILL.
//!
//! Chromium is a dozen processes, and a test that fails must leave none behind. So a shell stands
//! between: it reads from a pipe that only this process holds open, and where the pipe ends it kills
//! its whole process group. Deliberately absent: an orderly end, which is the business of who started
//! what runs on the leash. Needs `sh`, and process groups, so a Unix.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, ChildStdout, Command, Stdio};

/// The shell does not hold the program's output open: its end is the program's end.
const HOLD: &str = r#""$@" </dev/null & exec >/dev/null; cat; kill -KILL 0"#;

/// A process with all its children; killed when dropped.
pub struct Leash {
    shell: Child,
    out: BufReader<ChildStdout>,
}

impl Leash {
    /// Starts a command: its program, arguments and environment count, its pipes do not.
    ///
    /// # Panics
    /// There is no `sh`.
    #[must_use]
    pub fn start(command: &Command) -> Self {
        let mut shell = Command::new("sh");
        shell.args(["-c", HOLD, "leash"]).arg(command.get_program()).args(command.get_args());
        for (name, value) in command.get_envs() {
            match value {
                Some(value) => shell.env(name, value),
                None => shell.env_remove(name),
            };
        }
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut shell, 0);
        let mut shell = shell
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("sh runs");
        let out = BufReader::new(shell.stdout.take().expect("piped"));
        Self { shell, out }
    }

    /// The next line of output in which `word` stands, without reading further; nothing where the
    /// program ended without it.
    pub fn line_with(&mut self, word: &str) -> Option<String> {
        let mut line = String::new();
        loop {
            line.clear();
            match self.out.read_line(&mut line) {
                Ok(1..) if line.contains(word) => return Some(line),
                Ok(1..) => {}
                Ok(0) | Err(_) => return None,
            }
        }
    }
}

impl Drop for Leash {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        let _ = self.shell.wait();
    }
}
