//! A WebSocket with the subprotocol `ocpp1.6`.

use core::time::Duration;
use std::io::{self, ErrorKind};
use std::net::{Shutdown, TcpStream, ToSocketAddrs};

use tungstenite::client::IntoClientRequest;
use tungstenite::handshake::server::{ErrorResponse, Request, Response};
use tungstenite::http::{HeaderValue, StatusCode};
use tungstenite::protocol::WebSocketConfig;
use tungstenite::{Error, HandshakeError, Message, WebSocket};

use super::url::{Url, identity_of};

/// The subprotocol: OCPP-J 1.6, 3.1.2.
const SUBPROTOCOL: &str = "ocpp1.6";
const HEADER: &str = "Sec-WebSocket-Protocol";
/// How long a handshake, or writing one message, may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// More than any message of OCPP needs.
const MOST_BYTES: usize = 1 << 20;

/// One connection; each message is a text.
pub(crate) struct Connection {
    socket: WebSocket<TcpStream>,
}

/// Whether a peer has to offer the subprotocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subprotocol {
    Required,
    /// One that offers none is taken for OCPP 1.6.
    Assumed,
}

impl Connection {
    /// Connects a station to its central system.
    pub(crate) fn connect(url: &Url) -> io::Result<Self> {
        let mut request = url.to_string().into_client_request().map_err(failed)?;
        let subprotocol = HeaderValue::from_static(SUBPROTOCOL);
        request.headers_mut().insert(HEADER, subprotocol);
        let mut stream = Err(ErrorKind::NotFound.into());
        for address in url.authority.to_socket_addrs()? {
            stream = TcpStream::connect_timeout(&address, PATIENCE);
            if stream.is_ok() {
                break;
            }
        }
        let stream = prepared(stream?)?;
        let handshake = tungstenite::client::client_with_config(request, stream, Some(config()));
        let (socket, _) = handshake.map_err(handshake_failed)?;
        Ok(Self { socket })
    }

    /// Takes a station in, and says who it is.
    pub(crate) fn accept(stream: TcpStream, rule: Subprotocol) -> io::Result<(Self, String)> {
        let mut identity = None;
        let mut offers = Vec::new();
        // Its type is that of the library.
        #[allow(clippy::result_large_err)]
        let answer = |request: &Request, mut response: Response| {
            identity = identity_of(request.uri().path());
            if identity.is_none() {
                let mut refusal = ErrorResponse::new(None);
                *refusal.status_mut() = StatusCode::NOT_FOUND;
                return Err(refusal);
            }
            let headers = request.headers().get_all(HEADER).into_iter();
            let texts = headers.filter_map(|header| header.to_str().ok());
            let words = texts.flat_map(|text| text.split(',').map(str::trim));
            offers = words.map(str::to_owned).collect();
            if offers.iter().any(|offer| offer == SUBPROTOCOL) {
                let subprotocol = HeaderValue::from_static(SUBPROTOCOL);
                response.headers_mut().insert(HEADER, subprotocol);
            }
            Ok(response)
        };
        let stream = prepared(stream)?;
        let handshake = tungstenite::accept_hdr_with_config(stream, answer, Some(config()));
        let mut socket = handshake.map_err(handshake_failed)?;
        let is_offered = offers.iter().any(|offer| offer == SUBPROTOCOL);
        let is_assumed = offers.is_empty() && rule == Subprotocol::Assumed;
        let identity = identity.unwrap_or_default();
        if !is_offered && !is_assumed {
            // The handshake is finished, and the connection closed at once (3.1.2).
            let _ = socket.close(None);
            let _ = socket.flush();
            let text = format!("{identity} offers {offers:?}, not {SUBPROTOCOL}");
            return Err(io::Error::new(ErrorKind::InvalidData, text));
        }
        Ok((Self { socket }, identity))
    }

    pub(crate) fn send(&mut self, text: String) -> io::Result<()> {
        self.socket.send(Message::text(text)).map_err(failed)
    }

    /// The next message, or `None` if there is none for a while; an error once it is closed.
    pub(crate) fn receive(&mut self, wait: Duration) -> io::Result<Option<String>> {
        // A wait of nothing is refused by TCP streams.
        let wait = wait.max(Duration::from_millis(1));
        self.socket.get_ref().set_read_timeout(Some(wait))?;
        match self.socket.read() {
            Ok(Message::Text(text)) => Ok(Some(text.as_str().to_owned())),
            Ok(Message::Close(_)) => {
                let _ = self.socket.flush();
                Err(ErrorKind::ConnectionAborted.into())
            }
            Ok(Message::Ping(_)) => self.socket.flush().map_err(failed).map(|()| None),
            Ok(_) => Ok(None),
            Err(Error::Io(error))
                if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) =>
            {
                Ok(None)
            }
            Err(error) => Err(failed(error)),
        }
    }

    /// Says goodbye.
    pub(crate) fn close(mut self) {
        // The other side may be gone already.
        let _ = self.socket.close(None);
        for _ in 0..10 {
            if self.receive(Duration::from_millis(100)).is_err() {
                return;
            }
        }
    }

    /// Ends it without a word, as a cut wire does.
    pub(crate) fn cut(self) {
        let _ = self.socket.get_ref().shutdown(Shutdown::Both);
    }
}

fn prepared(stream: TcpStream) -> io::Result<TcpStream> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    Ok(stream)
}

fn config() -> WebSocketConfig {
    WebSocketConfig::default()
        .max_message_size(Some(MOST_BYTES))
        .max_frame_size(Some(MOST_BYTES))
}

fn failed(error: Error) -> io::Error {
    match error {
        Error::Io(error) => error,
        error => io::Error::other(error),
    }
}

fn handshake_failed<R: tungstenite::handshake::HandshakeRole>(
    error: HandshakeError<R>,
) -> io::Error {
    match error {
        HandshakeError::Failure(error) => failed(error),
        HandshakeError::Interrupted(_) => ErrorKind::TimedOut.into(),
    }
}
