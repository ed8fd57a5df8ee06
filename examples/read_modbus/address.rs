//! Where a meter is: `192.168.1.124:502/1` or `/dev/ttyUSB0`.

use core::fmt;
use core::str::FromStr;

use modbus_regmap::UnitId;

/// The port of Modbus over TCP.
const TCP_PORT: u16 = 502;

/// A connection over the network, or a serial port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Address {
    /// A host and the unit behind it.
    Tcp {
        host: String,
        port: u16,
        unit: Option<UnitId>,
    },
    /// The path or name of a serial port.
    Serial(String),
}

impl Address {
    pub(crate) fn tcp(host: &str, port: u16, unit: Option<UnitId>) -> Self {
        let host = host.to_owned();
        Self::Tcp { host, port, unit }
    }

    /// The unit, where the address names one.
    pub(crate) const fn unit(&self) -> Option<UnitId> {
        match self {
            Self::Tcp { unit, .. } => *unit,
            Self::Serial(_) => None,
        }
    }
}

impl FromStr for Address {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if is_serial(text) {
            return Ok(Self::Serial(text.to_owned()));
        }
        let wrong = |what: &str| format!("{text:?} is no address: {what}");
        let (place, unit) = match text.split_once('/') {
            Some((place, unit)) => {
                let unit = unit.parse().map_err(|_| wrong("the unit is 0 to 255"))?;
                (place, Some(UnitId(unit)))
            }
            None => (text, None),
        };
        let (host, port) = split_port(place);
        let port = match port {
            Some(port) => port.parse().map_err(|_| wrong("the port is 0 to 65535"))?,
            None => TCP_PORT,
        };
        if host.is_empty() {
            return Err(wrong("there is no host"));
        }
        Ok(Self::tcp(host, port, unit))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp { host, port, .. } if host.contains(':') => write!(f, "[{host}]:{port}"),
            Self::Tcp { host, port, .. } => write!(f, "{host}:{port}"),
            Self::Serial(path) => f.write_str(path),
        }
    }
}

/// Host names have no path in front, and no host is called like a port of Windows.
fn is_serial(text: &str) -> bool {
    let number = text
        .get(..3)
        .filter(|name| name.eq_ignore_ascii_case("COM"))
        .and_then(|_| text.get(3..));
    text.starts_with(['/', '\\', '.'])
        || number.is_some_and(|number| {
            !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
        })
}

/// An address of IPv6 has brackets if a port follows.
fn split_port(place: &str) -> (&str, Option<&str>) {
    if let Some((host, rest)) = place
        .strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
    {
        return (host, rest.strip_prefix(':'));
    }
    match place.split_once(':') {
        Some((_, rest)) if rest.contains(':') => (place, None),
        Some((host, port)) => (host, Some(port)),
        None => (place, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tcp(host: &str, port: u16, unit: Option<u8>) -> Address {
        Address::tcp(host, port, unit.map(UnitId))
    }

    #[test]
    fn hosts_have_ports_and_units() {
        for (text, expected) in [
            ("192.168.1.124:502/1", tcp("192.168.1.124", 502, Some(1))),
            ("192.168.1.124/7", tcp("192.168.1.124", 502, Some(7))),
            ("meter.example", tcp("meter.example", 502, None)),
            ("meter.example:1502", tcp("meter.example", 1502, None)),
            ("[::1]:1502/255", tcp("::1", 1502, Some(255))),
            ("::1", tcp("::1", 502, None)),
        ] {
            assert_eq!(text.parse(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn serial_ports_are_paths_or_names_of_windows() {
        for text in ["/dev/ttyUSB0", "COM3", "com12", r"\\.\COM10", "./line"] {
            assert_eq!(text.parse(), Ok(Address::Serial(text.to_owned())), "{text}");
        }
        assert_eq!("comet".parse(), Ok(tcp("comet", 502, None)));
    }

    #[test]
    fn what_is_no_address_says_why() {
        for (text, why) in [
            ("", "there is no host"),
            (":502", "there is no host"),
            ("host:65536", "the port"),
            ("host/256", "the unit"),
        ] {
            let error = text.parse::<Address>().unwrap_err();
            assert!(error.contains(why), "{error}");
        }
    }
}
