//! Where the bytes go: a TCP bridge, a serial port, or a simulated bus.

use core::time::Duration;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time;

use mbus_proto::meter_units::Instant;
use serial2::{CharSize, FlowControl, Parity, SerialPort, Settings, StopBits};

use super::Bus;

/// A port, and the clock that goes with it.
pub(crate) struct Port {
    line: Line,
    start: time::Instant,
}

enum Line {
    Tcp(TcpStream),
    Serial(SerialPort),
    Simulated(Bus),
}

impl Port {
    /// A bridge if the name looks like one (`host:port`), else a serial port.
    pub(crate) fn open(name: &OsStr, bits_per_second: u32) -> io::Result<Self> {
        let bridge = name.to_str().filter(|name| {
            let port = name.rsplit_once(':').map(|(_, port)| port.parse::<u16>());
            port.is_some_and(|port| port.is_ok())
        });
        let line = match bridge {
            Some(bridge) => {
                let stream = TcpStream::connect(bridge)?;
                stream.set_nodelay(true)?;
                Line::Tcp(stream)
            }
            None => {
                // A pseudo terminal has no parity, and refuses to be told of one.
                let parity = if is_pseudo_terminal(name) {
                    Parity::None
                } else {
                    Parity::Even
                };
                Line::Serial(SerialPort::open(name, |mut settings: Settings| {
                    settings.set_raw();
                    settings.set_baud_rate(bits_per_second)?;
                    settings.set_char_size(CharSize::Bits8);
                    settings.set_parity(parity);
                    settings.set_stop_bits(StopBits::One);
                    settings.set_flow_control(FlowControl::None);
                    Ok(settings)
                })?)
            }
        };
        Ok(Self::new(line))
    }

    /// A bus whose time passes as fast as it can.
    pub(crate) fn simulated(bus: Bus) -> Self {
        Self::new(Line::Simulated(bus))
    }

    fn new(line: Line) -> Self {
        Self {
            line,
            start: time::Instant::now(),
        }
    }

    pub(crate) const fn is_simulated(&self) -> bool {
        matches!(self.line, Line::Simulated(_))
    }

    pub(crate) fn now(&self) -> Instant {
        match &self.line {
            Line::Simulated(bus) => bus.now(),
            _ => Instant::from_elapsed(self.start.elapsed()),
        }
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.line {
            Line::Tcp(stream) => stream.write_all(bytes),
            Line::Serial(port) => port.write_all(bytes),
            Line::Simulated(bus) => {
                bus.send(bytes);
                Ok(())
            }
        }
    }

    /// Reads what is there, or waits for it no longer than `wait`: then the length is 0.
    pub(crate) fn read(&mut self, buffer: &mut [u8], wait: Duration) -> io::Result<usize> {
        // A wait of nothing is refused by TCP streams, and forever to some serial ports.
        let wait = wait.max(Duration::from_millis(1));
        let read = match &mut self.line {
            Line::Tcp(stream) => {
                stream.set_read_timeout(Some(wait))?;
                stream.read(buffer)
            }
            Line::Serial(port) => {
                port.set_read_timeout(wait)?;
                port.read(buffer)
            }
            Line::Simulated(bus) => return Ok(bus.receive(buffer, wait)),
        };
        match read {
            // The other end is gone.
            Ok(0) => Err(ErrorKind::UnexpectedEof.into()),
            Err(error) if is_nothing_yet(error.kind()) => Ok(0),
            read => read,
        }
    }

    /// Follows a switch of the bit rate. A bridge has to be told otherwise.
    pub(crate) fn set_bit_rate(&mut self, bits_per_second: u32) -> io::Result<()> {
        if let Line::Serial(port) = &mut self.line {
            let mut settings = port.get_configuration()?;
            settings.set_baud_rate(bits_per_second)?;
            port.set_configuration(&settings)?;
        }
        Ok(())
    }
}

/// Linux has its pseudo terminals in one folder; links to them are common.
fn is_pseudo_terminal(name: &OsStr) -> bool {
    fs::canonicalize(name).is_ok_and(|path| path.starts_with("/dev/pts"))
}

/// A time-out has two names, and a signal may come at any time.
const fn is_nothing_yet(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted
    )
}
