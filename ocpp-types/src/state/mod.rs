//! What a station and a central system have to remember, as small types.
//!
//! Each is useful alone, reads no clock and does no I/O. Their functions are total: whatever the
//! other side reports gives a state, and what is unusual about it is told rather than refused.
//!
//! | state | type |
//! |---|---|
//! | boot: accepted, pending, rejected; heartbeats | [`registration::Registration`] |
//! | connectors and their transitions | [`connector::Connector`] |
//! | who may charge: local list, cache, the order of asking | [`authorization::decide`] |
//! | a transaction from its start to its stop | [`transaction::Transaction`] |
//! | reservations | [`reservation::Reservations`] |
//! | firmware updates and uploads | [`progress::Progress`] |
//! | configuration keys | [`configuration::Configuration`] |
//!
//! Charging profiles have a room of their own: [`schedule`](crate::schedule).

pub mod authorization;
pub mod configuration;
pub mod connector;
pub mod progress;
pub mod registration;
pub mod reservation;
pub mod transaction;
