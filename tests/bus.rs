//! The examples `read_mbus` and `scan_mbus` from outside: over TCP they find and read what they do
//! without a port.

#![allow(clippy::expect_used)]

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// `cargo test` builds the examples beside the folder of the tests; `cargo test --test bus` alone
/// does not.
fn example(name: &str) -> Command {
    let test = std::env::current_exe().expect("the path of this test");
    let profile = test.ancestors().nth(2).expect("the folder of the profile");
    let path: PathBuf = profile.join("examples").join(name);
    Command::new(path.with_extension(std::env::consts::EXE_EXTENSION))
}

/// Standard output of an example that ends well.
fn output(name: &str, arguments: &[&str]) -> String {
    let run = example(name).args(arguments).output().expect("the example");
    let errors = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{name} {arguments:?}: {errors}");
    String::from_utf8(run.stdout).expect("text")
}

/// The simulated bus on a TCP port, until it is dropped.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start() -> Self {
        let mut child = example("scan_mbus")
            .args(["--serve", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("the example");
        let out = child.stdout.take().expect("its output");
        let mut address = String::new();
        let read = BufReader::new(out).read_line(&mut address);
        read.expect("the address");
        Self {
            child,
            address: address.trim().to_owned(),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may be gone already, which is as well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_readout_over_tcp_is_that_of_the_simulated_bus() {
    let server = Server::start();
    let meters = ["--address", "3", "--address", "66012345", "--json"];
    let over_tcp = output(
        "read_mbus",
        &[&[server.address.as_str()], &meters[..]].concat(),
    );
    assert_eq!(over_tcp, output("read_mbus", &meters));
    assert_eq!(over_tcp.lines().count(), 2);
    assert!(over_tcp.contains(r#""value":"14.787""#), "{over_tcp}");
}

#[test]
fn a_scan_over_tcp_finds_the_meters_of_the_simulated_bus() {
    let server = Server::start();
    // Only one of ten digits is answered here: a short search, in the time of a clock.
    let mask = ["--mask", "6601234F", "--json", "--retries", "0"];
    let over_tcp = output(
        "scan_mbus",
        &[&[server.address.as_str()], &mask[..]].concat(),
    );
    assert_eq!(over_tcp.lines().count(), 1);
    assert!(over_tcp.contains("66012345.PAD.02.04"), "{over_tcp}");
    let all = output("scan_mbus", &["--json"]);
    assert_eq!(all.lines().count(), 14);
    let backwards = output("scan_mbus", &["--json", "--reverse"]);
    assert_eq!(backwards.lines().count(), 14);
}

#[test]
fn wrong_arguments_are_refused() {
    for arguments in [&["--address", "999"][..], &["--nothing"], &["a", "b"]] {
        let run = example("read_mbus").args(arguments).output();
        assert_eq!(
            run.expect("the example").status.code(),
            Some(2),
            "{arguments:?}"
        );
    }
}
