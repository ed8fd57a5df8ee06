//! The examples `read_mbus` and `scan_mbus` from outside: over TCP and over a serial port they find
//! and read what they do without a port.

#![allow(clippy::expect_used, clippy::std_instead_of_alloc)]

mod program;

use crate::program::{Serving, run};

/// Standard output of an example that ends well.
fn output(name: &str, arguments: &[&str]) -> String {
    let run = run(name, arguments);
    assert_eq!(run.status, Some(0), "{name} {arguments:?}: {}", run.err);
    run.out
}

/// The simulated bus on a TCP port, until it is dropped.
fn serving() -> Serving {
    Serving::start("scan_mbus", &["--serve", "127.0.0.1:0"])
}

#[test]
fn a_readout_over_tcp_is_that_of_the_simulated_bus() {
    let server = serving();
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
    let server = serving();
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

/// A serial port without wires, with the simulated bus at its other end.
#[cfg(target_os = "linux")]
mod terminal {
    use core::time::Duration;
    use std::fs;
    use std::io::{Read, Write};
    use std::net::TcpStream;
    use std::os::fd::AsRawFd;
    use std::sync::Arc;
    use std::thread;

    use serial2::{CharSize, SerialPort, StopBits};

    use super::{output, serving};
    use crate::program::Serving;

    struct Terminal {
        path: String,
        /// Open all the time, so that an example that ends does not hang up.
        near: SerialPort,
        _server: Serving,
    }

    impl Terminal {
        fn start() -> Self {
            let server = serving();
            let (mut far, near) = SerialPort::pair().expect("a pseudo terminal");
            let name = format!("/proc/self/fd/{}", near.as_raw_fd());
            let path = fs::read_link(name).expect("its name");
            let mut bridge = TcpStream::connect(&server.address).expect("the simulated bus");
            let mut answers = bridge.try_clone().expect("the other direction");
            far.set_read_timeout(Duration::from_secs(600))
                .expect("a time-out");
            let far = Arc::new(far);
            let port = Arc::clone(&far);
            thread::spawn(move || {
                let mut buffer = [0; 512];
                while let Ok(length) = port.read(&mut buffer) {
                    let sent = buffer.get(..length).map(|bytes| bridge.write_all(bytes));
                    sent.expect("what was read").expect("a bridge");
                }
            });
            thread::spawn(move || {
                let mut buffer = [0; 512];
                while let Ok(length @ 1..) = answers.read(&mut buffer) {
                    let sent = buffer.get(..length).map(|bytes| far.write_all(bytes));
                    sent.expect("what was read").expect("a terminal");
                }
            });
            Self {
                path: path.into_os_string().into_string().expect("text"),
                near,
                _server: server,
            }
        }
    }

    #[test]
    fn a_readout_over_a_serial_port_is_that_of_the_simulated_bus() {
        let terminal = Terminal::start();
        let meters = ["--address", "3", "--address", "66012345", "--json"];
        let over_serial = output(
            "read_mbus",
            &[&[terminal.path.as_str()], &meters[..]].concat(),
        );
        assert_eq!(over_serial, output("read_mbus", &meters));
        let settings = terminal.near.get_configuration().expect("its settings");
        assert_eq!(settings.get_baud_rate().ok(), Some(2400));
        assert_eq!(settings.get_char_size().ok(), Some(CharSize::Bits8));
        assert_eq!(settings.get_stop_bits().ok(), Some(StopBits::One));
    }

    #[test]
    fn a_scan_over_a_serial_port_finds_the_meters_of_the_simulated_bus() {
        let terminal = Terminal::start();
        let port = [terminal.path.as_str(), "--bit-rate", "9600"];
        let mask = ["--mask", "1234001F", "--json", "--retries", "0"];
        let found = output("scan_mbus", &[&port[..], &mask[..]].concat());
        assert_eq!(found.lines().count(), 10);
        assert!(found.contains("12340019.PAD.01.07"), "{found}");
        let sweep = ["--primary", "38-41", "--json", "--retries", "0"];
        let found = output("scan_mbus", &[&port[..], &sweep[..]].concat());
        assert_eq!(found.lines().count(), 1);
        let settings = terminal.near.get_configuration().expect("its settings");
        assert_eq!(settings.get_baud_rate().ok(), Some(9600));
    }
}

#[test]
fn wrong_arguments_are_refused() {
    for (arguments, why) in [
        (&["--address", "999"][..], "no address: 999"),
        (&["--nothing"], "'--nothing'"),
        (&["a", "b"], "more than one port"),
        (&["a"], "no address to read"),
        (&["/nowhere", "--address", "1"], "No such file"),
    ] {
        let run = run("read_mbus", arguments);
        assert_eq!(run.status, Some(2), "{arguments:?}");
        assert!(run.err.contains(why), "{}", run.err);
    }
}
