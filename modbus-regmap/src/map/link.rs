//! Where a device is reached.

use core::fmt;
use core::str::FromStr;

use crate::UnitId;
use crate::text::{Parts, rsplit_once, split_once};

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
        let Some((socket, unit)) = rsplit_once(text, "/") else {
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
        let (host, port) = rsplit_once(socket, ":").ok_or(ParseLinkError::Malformed)?;
        let host = match host.strip_prefix('[') {
            Some(host) => {
                let host = host.strip_suffix(']').ok_or(ParseLinkError::Host)?;
                Some(host)
                    .filter(|host| is_ipv6(host))
                    .ok_or(ParseLinkError::Host)?
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

/// Whether the text is an IPv6 address without a zone, as core reads it, which can panic.
fn is_ipv6(text: &str) -> bool {
    match split_once(text, "::") {
        // the two colons stand for a group at least
        Some((front, back)) => match (groups(front, false), groups(back, true)) {
            (Some(front), Some(back)) => front.saturating_add(back) <= 7,
            _ => false,
        },
        None => groups(text, true) == Some(8),
    }
}

/// How many groups of 16 bits there are; an IPv4 address at the end is two.
fn groups(text: &str, may_end_in_ipv4: bool) -> Option<usize> {
    let mut count = 0_usize;
    if text.is_empty() {
        return Some(count);
    }
    let mut parts = Parts::of(text, ":").peekable();
    while let Some(part) = parts.next() {
        let is_last = parts.peek().is_none();
        let is_group =
            matches!(part.len(), 1..=4) && part.bytes().all(|digit| digit.is_ascii_hexdigit());
        let is_ipv4 = may_end_in_ipv4 && is_last && core::net::Ipv4Addr::from_str(part).is_ok();
        count = count.saturating_add(match (is_group, is_ipv4) {
            (true, _) => 1,
            (_, true) => 2,
            _ => return None,
        });
    }
    Some(count)
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

    use proptest::prelude::*;

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
    fn addresses_of_ipv6_are_those_of_core() {
        for text in [
            "::",
            "::1",
            "1::",
            "1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7::",
            "::2:3:4:5:6:7:8",
            "::ffff:1.2.3.4",
            "1:2:3:4:5:6:1.2.3.4",
        ] {
            assert!(
                is_ipv6(text) && text.parse::<core::net::Ipv6Addr>().is_ok(),
                "{text}"
            );
        }
        for text in [
            "",
            ":",
            ":::",
            "1",
            "1:2:3:4:5:6:7",
            "1:2:3:4:5:6:7:8:9",
            "1:2:3:4::5:6:7:8",
            "1::2::3",
            "12345::",
            "g::",
            "1.2.3.4::",
            "::1.2.3.4:5",
            "::1.2.3",
            ":1::",
            "::1:",
            "fe80::1%eth0",
            "+1::",
        ] {
            assert!(
                !is_ipv6(text) && text.parse::<core::net::Ipv6Addr>().is_err(),
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_text_is_an_address_if_core_says_so(text in "[0-9a:.]{0,3}(:[0-9a.]{0,2}){0,9}") {
            prop_assert_eq!(is_ipv6(&text), text.parse::<core::net::Ipv6Addr>().is_ok(), "{}", text);
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
