//! Where a central system is, and who a station is: OCPP-J 1.6, 3.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// The port, where none is named.
pub(crate) const PORT: u16 = 9000;

/// What RFC 3986 does not reserve.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The URL of a connection: that of the endpoint, and the identity of the station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Url {
    /// `HOST:PORT`
    pub(crate) authority: String,
    path: String,
    identity: String,
}

impl Url {
    /// Takes an address apart. The identity is the last part of the path, if it is not given.
    pub(crate) fn parse(text: &str, identity: Option<&str>) -> Result<Self, String> {
        let rest = match text.split_once("://") {
            None => text,
            Some(("ws", rest)) => rest,
            Some((scheme, _)) => return Err(format!("{scheme}: only ws is spoken here")),
        };
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        if authority.is_empty() {
            return Err(format!("{text:?} names no host"));
        }
        let path = path.trim_end_matches('/');
        let (path, identity) = match identity {
            Some(identity) => (path, identity.to_owned()),
            None => {
                let (path, last) = path.rsplit_once('/').unwrap_or(("", path));
                (path, decode(last)?)
            }
        };
        if identity.is_empty() {
            return Err(format!("{text:?} names no station"));
        }
        Ok(Self {
            authority: with_port(authority),
            path: path.to_owned(),
            identity,
        })
    }

    pub(crate) fn identity(&self) -> &str {
        &self.identity
    }
}

impl core::fmt::Display for Url {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "ws://{}/", self.authority)?;
        if !self.path.is_empty() {
            write!(f, "{}/", self.path)?;
        }
        write!(f, "{}", utf8_percent_encode(&self.identity, RESERVED))
    }
}

/// The identity in the path of a request: the last part that is not empty.
pub(crate) fn identity_of(path: &str) -> Option<String> {
    let last = path.rsplit('/').find(|part| !part.is_empty())?;
    decode(last).ok()
}

/// The address with a port.
pub(crate) fn with_port(authority: &str) -> String {
    let port = authority.rsplit_once(':').map(|(_, port)| port);
    if port.is_some_and(|port| port.parse::<u16>().is_ok()) {
        authority.to_owned()
    } else {
        format!("{authority}:{PORT}")
    }
}

fn decode(part: &str) -> Result<String, String> {
    let decoded = percent_decode_str(part).decode_utf8();
    let decoded = decoded.map_err(|_| format!("{part:?} is no UTF-8"))?;
    Ok(decoded.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_a_port_and_an_identity() {
        let url = Url::parse("ws://host/ocpp/RDAM%20123", None).unwrap();
        assert_eq!(
            (url.authority.as_str(), url.identity()),
            ("host:9000", "RDAM 123")
        );
        assert_eq!(url.to_string(), "ws://host:9000/ocpp/RDAM%20123");
        let url = Url::parse("[::1]:80/a/b/", Some("C/D")).unwrap();
        assert_eq!(url.to_string(), "ws://[::1]:80/a/b/C%2FD");
        assert_eq!(with_port("[::1]"), "[::1]:9000");
        assert!(Url::parse("wss://host/x", None).is_err());
        assert!(Url::parse("ws://host/", None).is_err());
        assert!(Url::parse("ws:///x", None).is_err());
    }

    #[test]
    fn the_identity_is_the_last_part_of_the_path() {
        assert_eq!(identity_of("/ocpp/CP%201/").as_deref(), Some("CP 1"));
        assert_eq!(identity_of("/"), None);
        assert_eq!(identity_of("/%FF"), None);
    }
}
