//! An example as a program: what it is given, and what comes out of it.

#![allow(dead_code, reason = "no test needs all of it")]

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::Value;

/// What a run gave.
pub(crate) struct Run {
    pub(crate) status: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Run {
    /// The lines of the output, which have to be JSON.
    pub(crate) fn answers(&self) -> Vec<Value> {
        let lines = self.out.lines();
        lines
            .map(|line| serde_json::from_str(line).expect("a JSON object"))
            .collect()
    }

    /// The one line of the output.
    pub(crate) fn only(&self) -> Value {
        let mut answers = self.answers();
        assert_eq!(answers.len(), 1, "{}", self.out);
        answers.pop().expect("one line")
    }
}

/// The command that starts an example, whose input is empty.
///
/// `cargo test` builds the examples beside the folder of the tests; `cargo test --test …` alone
/// does not.
pub(crate) fn command(name: &str, arguments: &[&str]) -> Command {
    let test = std::env::current_exe().expect("the path of this test");
    let profile = test.ancestors().nth(2).expect("the folder of the profile");
    let path = profile.join("examples").join(name);
    let mut command = Command::new(path.with_extension(std::env::consts::EXE_EXTENSION));
    command.args(arguments).stdin(Stdio::null());
    command
}

/// Runs an example to its end.
pub(crate) fn run(name: &str, arguments: &[&str]) -> Run {
    run_from("", name, arguments)
}

/// Runs an example with this standard input.
pub(crate) fn run_from(input: impl AsRef<[u8]>, name: &str, arguments: &[&str]) -> Run {
    end(start(name, arguments), input)
}

/// Starts an example that can be written to and read from.
pub(crate) fn start(name: &str, arguments: &[&str]) -> Child {
    command(name, arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("built by `cargo build --examples`")
}

/// Gives it this standard input, and waits for its end.
pub(crate) fn end(mut child: Child, input: impl AsRef<[u8]>) -> Run {
    let mut stdin = child.stdin.take().expect("a pipe");
    // It may end without reading.
    let _ = stdin.write_all(input.as_ref());
    drop(stdin);
    let output = child.wait_with_output().expect("an end");
    Run {
        status: output.status.code(),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

/// A program that ends with the test, however that ends.
pub(crate) struct Running(pub(crate) Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may be gone already, which is as well.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A server of ours.
pub(crate) struct Serving {
    _running: Running,
    pub(crate) address: String,
}

impl Serving {
    /// One that prints first where it serves.
    pub(crate) fn start(name: &str, arguments: &[&str]) -> Self {
        let child = command(name, arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("built by `cargo build --examples`");
        let mut running = Running(child);
        let out = running.0.stdout.take().expect("a pipe");
        let mut address = String::new();
        BufReader::new(out).read_line(&mut address).expect("a line");
        address.truncate(address.trim_end().len());
        assert!(!address.is_empty(), "the server does not start");
        Self {
            _running: running,
            address,
        }
    }
}

/// A file that is gone after the test.
pub(crate) struct TestFile(PathBuf);

impl TestFile {
    pub(crate) fn new(name: &str, text: &str) -> Self {
        let own = format!("{}-{}-{name}", env!("CARGO_CRATE_NAME"), std::process::id());
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(own);
        fs::write(&path, text).expect("a file");
        Self(path)
    }

    pub(crate) fn path(&self) -> &str {
        self.0.to_str().expect("UTF-8")
    }
}

impl Drop for TestFile {
    fn drop(&mut self) {
        // What is left over hurts nobody.
        let _ = fs::remove_file(&self.0);
    }
}
