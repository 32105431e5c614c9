//! The programs that the gate calls and does not bring along.

use std::ffi::OsString;
use std::process::{Command, Stdio};

use crate::tree;

struct Tool {
    name: &'static str,
    /// A call that succeeds wherever the tool is there.
    call: (OsString, &'static [&'static str]),
    /// What to do where it is not.
    remedy: &'static str,
}

fn tools() -> Vec<Tool> {
    let mut tools = vec![
        Tool {
            name: "rustfmt",
            call: (tree::cargo(), &["fmt", "--version"]),
            remedy: "rustup component add rustfmt",
        },
        Tool {
            name: "clippy",
            call: (tree::cargo(), &["clippy", "--version"]),
            remedy: "rustup component add clippy",
        },
        Tool {
            name: "git",
            call: ("git".into(), &["--version"]),
            remedy: "on Debian: apt-get install git",
        },
    ];
    // SQLite is compiled from C. Elsewhere than on Unix the compiler is not called `cc`.
    if cfg!(unix) {
        tools.push(Tool {
            name: "a C compiler",
            call: (std::env::var_os("CC").unwrap_or_else(|| "cc".into()), &["--version"]),
            remedy: "on Debian: apt-get install build-essential",
        });
    }
    tools
}

/// Whether all are there; says of each that is not how to get it.
pub(super) fn present() -> bool {
    let missing: Vec<Tool> = tools().into_iter().filter(|tool| !tool.answers()).collect();
    for tool in &missing {
        eprintln!("error: {} is missing: {}", tool.name, tool.remedy);
    }
    missing.is_empty()
}

impl Tool {
    fn answers(&self) -> bool {
        let (program, arguments) = &self.call;
        Command::new(program)
            .args(*arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tool(program: &str, arguments: &'static [&'static str]) -> Tool {
        Tool { name: "t", call: (program.into(), arguments), remedy: "r" }
    }

    #[test]
    fn a_missing_or_failing_program_does_not_answer() {
        assert!(tool("git", &["--version"]).answers());
        assert!(!tool("no-such-program-anywhere", &[]).answers());
        assert!(!tool("git", &["--no-such-option"]).answers());
    }
}
