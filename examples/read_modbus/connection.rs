//! Bytes to a meter and back: a TCP connection or a serial port.

use core::time::Duration;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpStream, ToSocketAddrs};

use modbus_regmap::adu::{Parity, SerialLine};
use serial2::{CharSize, FlowControl, SerialPort, Settings, StopBits};

use crate::address::Address;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const WRITE_TIMEOUT: Duration = Duration::from_secs(5);
/// Sockets take no time-out of zero, and serial ports none below a millisecond.
const SHORTEST_WAIT: Duration = Duration::from_millis(1);

/// Something that is open.
pub(crate) enum Connection {
    Tcp(TcpStream),
    Serial(SerialPort),
}

impl Connection {
    /// Connects to a host, or opens a serial port with the settings of `line`.
    pub(crate) fn open(address: &Address, line: SerialLine) -> io::Result<Self> {
        match address {
            Address::Tcp { host, port, .. } => {
                let mut last = None;
                for place in (host.as_str(), *port).to_socket_addrs()? {
                    match TcpStream::connect_timeout(&place, CONNECT_TIMEOUT) {
                        Ok(stream) => return Self::over(stream),
                        Err(error) => last = Some(error),
                    }
                }
                Err(last.unwrap_or_else(|| ErrorKind::NotFound.into()))
            }
            Address::Serial(path) => {
                let mut port = SerialPort::open(path, |settings: Settings| set(settings, line))?;
                port.set_write_timeout(WRITE_TIMEOUT)?;
                // What came before the first request answers nothing.
                port.discard_buffers()?;
                Ok(Self::Serial(port))
            }
        }
    }

    /// Takes a stream that is connected.
    pub(crate) fn over(stream: TcpStream) -> io::Result<Self> {
        // A request is one small packet, which must not wait for more.
        stream.set_nodelay(true)?;
        stream.set_write_timeout(Some(WRITE_TIMEOUT))?;
        Ok(Self::Tcp(stream))
    }

    /// Waits for bytes, but no longer than `wait`; nothing may have come by then.
    ///
    /// The end of a connection is an error.
    pub(crate) fn read<'b>(
        &mut self,
        buffer: &'b mut [u8],
        wait: Option<Duration>,
    ) -> io::Result<&'b [u8]> {
        let wait = wait.map(|wait| wait.max(SHORTEST_WAIT));
        let result = match self {
            Self::Tcp(stream) => {
                stream.set_read_timeout(wait)?;
                stream.read(buffer)
            }
            Self::Serial(port) => {
                port.set_read_timeout(wait.unwrap_or(Duration::from_secs(3600)))?;
                port.read(buffer)
            }
        };
        match result {
            Ok(0) => Err(io::Error::new(
                ErrorKind::UnexpectedEof,
                "the connection was closed",
            )),
            Ok(length) => Ok(buffer.get(..length).unwrap_or_default()),
            Err(error) if is_no_failure(error.kind()) => Ok(&[]),
            Err(error) => Err(error),
        }
    }

    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Self::Tcp(stream) => stream.write_all(bytes),
            Self::Serial(port) => port.write_all(bytes),
        }
    }
}

/// A time-out has two names, and a signal may come at any time.
const fn is_no_failure(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::WouldBlock | ErrorKind::TimedOut | ErrorKind::Interrupted
    )
}

fn set(mut settings: Settings, line: SerialLine) -> io::Result<Settings> {
    settings.set_raw();
    settings.set_baud_rate(line.baud())?;
    settings.set_char_size(match line.data_bits() {
        7 => CharSize::Bits7,
        _ => CharSize::Bits8,
    });
    settings.set_parity(match line.parity() {
        Parity::None => serial2::Parity::None,
        Parity::Even => serial2::Parity::Even,
        Parity::Odd => serial2::Parity::Odd,
    });
    settings.set_stop_bits(match line.stop_bits() {
        2 => StopBits::Two,
        _ => StopBits::One,
    });
    settings.set_flow_control(FlowControl::None);
    Ok(settings)
}
