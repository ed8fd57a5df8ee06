//! A wire that can be cut.

use alloc::sync::Arc;
use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Mutex, MutexGuard};
use std::thread;

/// Passes connections on to another place.
pub(crate) struct Proxy {
    place: String,
    wire: Arc<Mutex<Wire>>,
}

#[derive(Default)]
struct Wire {
    streams: Vec<TcpStream>,
    is_blocked: bool,
    /// The text of the server that does not come through; the wire is cut instead.
    fatal: Option<String>,
}

impl Proxy {
    pub(crate) fn start(to: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let place = listener.local_addr().expect("an address").to_string();
        let wire = Arc::new(Mutex::new(Wire::default()));
        let (shared, to) = (Arc::clone(&wire), to.to_owned());
        thread::spawn(move || {
            for client in listener.incoming() {
                let client = client.expect("a connection");
                let mut wire = lock(&shared);
                if wire.is_blocked {
                    continue;
                }
                let server = TcpStream::connect(&to).expect("the server");
                let copy = |stream: &TcpStream| stream.try_clone().expect("a second handle");
                wire.streams.extend([copy(&client), copy(&server)]);
                let (up, down) = (Arc::clone(&shared), Arc::clone(&shared));
                let (from, into) = (copy(&client), copy(&server));
                thread::spawn(move || pass(from, into, &up, Watch::Nothing));
                thread::spawn(move || pass(server, client, &down, Watch::Fatal));
            }
        });
        Self { place, wire }
    }

    pub(crate) fn place(&self) -> &str {
        &self.place
    }

    /// Cuts the wire, once, before this text of the server comes through.
    pub(crate) fn cut_at(&self, text: &str) {
        lock(&self.wire).fatal = Some(text.to_owned());
    }

    /// Cuts the wire, and lets nobody in.
    pub(crate) fn block(&self) {
        let mut wire = lock(&self.wire);
        wire.is_blocked = true;
        wire.cut();
    }

    pub(crate) fn unblock(&self) {
        lock(&self.wire).is_blocked = false;
    }
}

impl Wire {
    fn cut(&mut self) {
        for stream in self.streams.drain(..) {
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Watch {
    Nothing,
    Fatal,
}

/// Passes bytes on until either side is gone. What a server sends is not masked, so that its texts
/// can be read.
fn pass(mut from: TcpStream, mut into: TcpStream, wire: &Mutex<Wire>, watch: Watch) {
    let mut buffer = [0; 4096];
    let mut text = String::new();
    while let Ok(length @ 1..) = from.read(&mut buffer) {
        let bytes = &buffer[..length];
        if watch == Watch::Fatal {
            text.push_str(&String::from_utf8_lossy(bytes));
            let mut wire = lock(wire);
            let is_fatal = |fatal: &mut String| text.contains(fatal.as_str());
            if wire.fatal.take_if(is_fatal).is_some() {
                wire.cut();
                return;
            }
        }
        if into.write_all(bytes).is_err() {
            break;
        }
    }
    let _ = into.shutdown(Shutdown::Both);
}

fn lock(wire: &Mutex<Wire>) -> MutexGuard<'_, Wire> {
    wire.lock().expect("nobody panics with it")
}
