//! Where a device is reached.

use core::fmt;
use core::str::FromStr;

use crate::UnitId;

/// Where a device is reached: a unit on a serial line, or a host with a unit behind it.
///
/// ```
/// use modbus_regmap::UnitId;
/// use modbus_regmap::map::Link;
///
/// assert_eq!(Link::parse("7"), Ok(Link::Serial(UnitId(7))));
/// let tcp = Link::parse("192.168.1.124:502/1")?;
/// assert_eq!(tcp, Link::Tcp { host: "192.168.1.124", port: 502, unit: UnitId(1) });
/// # Ok::<(), modbus_regmap::map::ParseLinkError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Link<'a> {
    /// A unit on a serial line, 1 to 247: `7`.
    Serial(UnitId),
    /// A unit behind a host: `192.168.1.124:502/1`, `meter.local:502/1`, `[fe80::1]:502/1`.
    Tcp {
        /// The name or address of the host; an IPv6 address without its brackets.
        host: &'a str,
        /// The port, not 0.
        port: u16,
        /// The unit.
        unit: UnitId,
    },
}

/// Why a text is no link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ParseLinkError {
    /// It is neither a unit nor `host:port/unit`.
    #[error("neither a unit such as `7` nor a link such as `192.168.1.124:502/1`")]
    Malformed,
    /// The host is neither a name nor an address.
    #[error("the host is neither a name nor an address")]
    Host,
    /// The port is not within 1 to 65535.
    #[error("the port is not within 1 to 65535")]
    Port,
    /// The unit is not within 1 to 247 on a line, or 0 to 255 behind a host.
    #[error("the unit is out of range")]
    Unit,
}

impl<'a> Link<'a> {
    /// Reads a link; the host is borrowed from the text.
    ///
    /// # Errors
    ///
    /// [`ParseLinkError`] if the text is no link.
    pub fn parse(text: &'a str) -> Result<Self, ParseLinkError> {
        let Some((socket, unit)) = text.rsplit_once('/') else {
            let unit = number(text).ok_or(if text.contains(':') {
                ParseLinkError::Malformed
            } else {
                ParseLinkError::Unit
            })?;
            return match UnitId(unit) {
                unit if unit.is_device() => Ok(Self::Serial(unit)),
                _ => Err(ParseLinkError::Unit),
            };
        };
        let (host, port) = socket.rsplit_once(':').ok_or(ParseLinkError::Malformed)?;
        let host = match host.strip_prefix('[') {
            Some(host) => {
                let host = host.strip_suffix(']').ok_or(ParseLinkError::Host)?;
                core::net::Ipv6Addr::from_str(host).map_err(|_| ParseLinkError::Host)?;
                host
            }
            None if is_host(host) => host,
            None => return Err(ParseLinkError::Host),
        };
        let port = number(port)
            .filter(|port| *port != 0)
            .ok_or(ParseLinkError::Port)?;
        let unit = UnitId(number(unit).ok_or(ParseLinkError::Unit)?);
        Ok(Self::Tcp { host, port, unit })
    }
}

/// A number without a sign, which `parse` would take.
fn number<T: FromStr>(text: &str) -> Option<T> {
    text.bytes()
        .all(|digit| digit.is_ascii_digit())
        .then(|| text.parse().ok())
        .flatten()
}

/// Whether the text is an IPv4 address, or a name that is not made of digits and points alone.
fn is_host(text: &str) -> bool {
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_');
    if text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.')
    {
        return core::net::Ipv4Addr::from_str(text).is_ok();
    }
    text.len() <= 253 && text.bytes().all(is_name) && !text.starts_with(['-', '.'])
}

/// As [`Link::parse`] reads it.
impl fmt::Display for Link<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Serial(unit) => unit.fmt(f),
            Self::Tcp { host, port, unit } if host.contains(':') => {
                write!(f, "[{host}]:{port}/{unit}")
            }
            Self::Tcp { host, port, unit } => write!(f, "{host}:{port}/{unit}"),
        }
    }
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::string::ToString;

    use super::*;

    #[test]
    fn links_are_read_and_written() {
        for text in [
            "1",
            "247",
            "192.168.1.124:502/1",
            "meter-3.example:5020/255",
            "[fe80::1]:502/0",
        ] {
            assert_eq!(Link::parse(text).unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_link_is_refused() {
        use ParseLinkError::{Host, Malformed, Port, Unit};
        for (text, error) in [
            ("", Unit),
            ("0", Unit),
            ("248", Unit),
            ("+7", Unit),
            ("192.168.1.124:502", Malformed),
            ("192.168.1.124/1", Malformed),
            ("192.168.1.324:502/1", Host),
            (":502/1", Host),
            ("fe80::1:502/1", Host),
            ("[fe80::1:502/1", Host),
            ("[meter]:502/1", Host),
            ("meter:0/1", Port),
            ("meter:65536/1", Port),
            ("meter:502/256", Unit),
            ("meter:502/", Unit),
        ] {
            assert_eq!(Link::parse(text), Err(error), "{text}");
        }
    }
}
