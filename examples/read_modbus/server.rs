//! A meter that is none: our own server session over TCP or a serial port.

use core::net::SocketAddr;
use std::io::{self, Write};
use std::net::TcpListener;
use std::thread;
use std::time;

use meter_units::Instant;
use modbus_regmap::adu::{Ascii, Framing, Rtu, SerialLine, Tcp};
use modbus_regmap::server::{Config, Event, Output, Server};

use crate::address::Address;
use crate::cells::Cells;
use crate::connection::Connection;
use crate::options::Wire;

/// How many answers may wait to be sent over TCP.
const ROOM: usize = 16;

/// Serves until the program is stopped, and says where.
pub(crate) fn serve(
    address: &Address,
    wire: Wire,
    line: SerialLine,
    cells: &Cells,
    out: &mut impl Write,
) -> io::Result<()> {
    let Address::Tcp { host, port, .. } = address else {
        let mut connection = Connection::open(address, line)?;
        writeln!(out, "{address}")?;
        out.flush()?;
        return answer(&mut connection, wire, Some(line), cells.clone());
    };
    let listener = TcpListener::bind((host.as_str(), *port))?;
    writeln!(out, "{}", listener.local_addr()?)?;
    out.flush()?;
    loop {
        let stream = match listener.accept() {
            Ok((stream, _)) => stream,
            // A client that gave up before, or too many of them.
            Err(error) => {
                eprintln!("read_modbus: {error}");
                thread::sleep(time::Duration::from_millis(100));
                continue;
            }
        };
        let cells = cells.clone();
        thread::spawn(move || {
            // A client that goes away is no failure.
            let _ = Connection::over(stream)
                .and_then(|mut connection| answer(&mut connection, wire, None, cells));
        });
    }
}

/// Serves one connection over loopback, from a thread of its own.
pub(crate) fn serve_once(wire: Wire, cells: Cells) -> io::Result<SocketAddr> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    let place = listener.local_addr()?;
    thread::spawn(move || {
        let stream = listener.accept()?.0;
        answer(&mut Connection::over(stream)?, wire, None, cells)
    });
    Ok(place)
}

/// Answers the requests of one connection until it ends.
fn answer(
    connection: &mut Connection,
    wire: Wire,
    line: Option<SerialLine>,
    cells: Cells,
) -> io::Result<()> {
    let config = line.map_or(Config::tcp(), Config::serial);
    match wire {
        Wire::Tcp => drive(&mut Server::<Tcp, _, ROOM>::new(cells, config), connection),
        Wire::Rtu => drive(&mut Server::<Rtu, _, 1>::new(cells, config), connection),
        Wire::Ascii => drive(&mut Server::<Ascii, _, 1>::new(cells, config), connection),
    }
}

fn drive<F: Framing, const N: usize>(
    server: &mut Server<F, Cells, N>,
    connection: &mut Connection,
) -> io::Result<()> {
    let start = time::Instant::now();
    let now = || Instant::from_elapsed(start.elapsed());
    let mut buffer = [0; 1024];
    loop {
        while let Some(output) = server.poll_output() {
            match output {
                Output::Transmit(bytes) => connection.write(bytes)?,
                Output::Event(Event::Lost(_)) => return Ok(()),
                Output::Event(_) => {}
            }
        }
        let wait = server.poll_timeout().map(|due| due.duration_since(now()));
        let bytes = connection.read(&mut buffer, wait)?;
        server.handle_input(now(), bytes);
        server.handle_timeout(now());
    }
}
