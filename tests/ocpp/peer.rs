//! A station of few words, which sends whatever it is told.

use core::time::Duration;
use std::net::TcpStream;

use serde_json::Value;
use tungstenite::client::IntoClientRequest;
use tungstenite::{Message, WebSocket};

pub(crate) struct Peer(WebSocket<TcpStream>);

impl Peer {
    /// Connects; an error if the handshake fails.
    pub(crate) fn connect(
        place: &str,
        path: &str,
        subprotocol: Option<&str>,
    ) -> Result<Self, String> {
        let stream = TcpStream::connect(place).expect("the server");
        let patience = Some(Duration::from_secs(60));
        stream.set_read_timeout(patience).expect("a time-out");
        let url = format!("ws://{place}{path}");
        let mut request = url.into_client_request().expect("a URL");
        if let Some(subprotocol) = subprotocol {
            let value = subprotocol.parse().expect("a header");
            request
                .headers_mut()
                .insert("Sec-WebSocket-Protocol", value);
        }
        let handshake = tungstenite::client::client(request, stream);
        let (socket, _) = handshake.map_err(|error| error.to_string())?;
        Ok(Self(socket))
    }

    pub(crate) fn send(&mut self, text: &str) {
        self.0.send(Message::text(text)).expect("a connection");
    }

    /// The next message after this one.
    #[track_caller]
    pub(crate) fn ask(&mut self, text: &str) -> Value {
        self.send(text);
        match self.0.read().expect("an answer") {
            Message::Text(answer) => serde_json::from_str(answer.as_str()).expect("JSON"),
            other => panic!("{other:?}"),
        }
    }

    /// Whether the other side closes, with nothing more to say.
    pub(crate) fn is_closed(&mut self) -> bool {
        matches!(self.0.read(), Ok(Message::Close(_)) | Err(_))
    }
}
