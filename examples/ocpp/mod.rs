//! What the examples of OCPP share: the WebSocket, a simulated station, a small central system, and
//! the loop that drives either.

// Each example uses a part.
#![allow(dead_code)]

mod clock;
mod connection;
mod log;
mod options;
mod run;
mod script;
mod session;
mod station;
mod system;
mod url;
mod words;

#[allow(unused_imports)]
pub(crate) use self::{
    clock::Clock,
    connection::{Connection, Subprotocol},
    log::{Form, Log, Out},
    options::{Options, input},
    run::{conclude, is_sound, run_station},
    script::{Command, Script},
    session::{Party, Step, drive},
    station::{Setup, Station},
    system::{Entry, Policy, System},
    url::{Url, identity_of, with_port},
};
