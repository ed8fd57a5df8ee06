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

pub(crate) use clock::Clock;
pub(crate) use connection::{Connection, Subprotocol};
pub(crate) use log::{Form, Log, Out};
pub(crate) use options::{Options, input};
pub(crate) use run::run_station;
pub(crate) use script::{Command, Script};
pub(crate) use session::{Party, Step, drive};
pub(crate) use station::{Setup, Station, Timekeeping};
#[allow(unused_imports)]
pub(crate) use system::{Entry, Policy, System};
#[allow(unused_imports)]
pub(crate) use url::{Url, identity_of, with_port};
