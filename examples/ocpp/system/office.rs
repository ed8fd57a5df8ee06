//! What the central system knows of its stations and their transactions.

use alloc::collections::BTreeMap;
use alloc::sync::Arc;
use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::mpsc::{self, Sender};

use ocpp_types::messages::{
    RegistrationStatus, StartTransactionRequest, StatusNotificationRequest, StopTransactionRequest,
};
use ocpp_types::state::connector::{Connector, Unusual};

use super::super::{Command, Script};

/// What the central system knows.
#[derive(Default)]
pub(super) struct Office {
    stations: HashMap<String, Record>,
    transactions: Vec<Entry>,
    faults: u32,
}

/// A station, connected or not.
pub(super) struct Record {
    /// The answer to its last boot.
    pub(super) status: Option<RegistrationStatus<'static>>,
    pub(super) boots: usize,
    /// Counts its connections: the last one is the one that counts.
    pub(super) connection: u64,
    connectors: BTreeMap<i64, Connector>,
    script: Arc<Mutex<Script>>,
    commands: Sender<Command>,
}

/// A transaction, at work or over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) id: i64,
    pub(crate) station: String,
    pub(crate) start: StartTransactionRequest<'static>,
    pub(crate) stop: Option<StopTransactionRequest<'static>>,
}

impl Office {
    /// The station with that name, which is known from now on.
    pub(super) fn record(&mut self, name: &str) -> &mut Record {
        self.stations.entry(name.to_owned()).or_insert_with(|| {
            let (commands, inbox) = mpsc::channel();
            Record {
                status: None,
                boots: 0,
                connection: 0,
                connectors: BTreeMap::new(),
                script: Arc::new(Mutex::new(Script::from_inbox(inbox))),
                commands,
            }
        })
    }

    pub(super) fn command(&mut self, station: &str, command: Command) {
        // The other end is in the same record.
        let _ = self.record(station).commands.send(command);
    }

    /// Gives a transaction its number; the one it has, if its start was sent again because the
    /// answer got lost.
    pub(super) fn start(&mut self, name: &str, start: &StartTransactionRequest<'_>) -> i64 {
        let is_same = |entry: &&Entry| entry.station == name && entry.start == *start;
        if let Some(known) = self.transactions.iter().find(is_same) {
            return known.id;
        }
        let id = i64::try_from(self.transactions.len()).map_or(i64::MAX, |count| count + 1);
        self.transactions.push(Entry {
            id,
            station: name.to_owned(),
            start: start.clone().into_owned(),
            stop: None,
        });
        id
    }

    /// Ends a transaction; `None` for one that is not known, which is answered all the same.
    pub(super) fn stop(&mut self, name: &str, stop: &StopTransactionRequest<'_>) -> Option<()> {
        let mut entries = self.transactions.iter_mut();
        let is_it = |entry: &&mut Entry| entry.station == name && entry.id == stop.transaction_id;
        entries.find(is_it)?.stop = Some(stop.clone().into_owned());
        Some(())
    }

    pub(super) fn transactions(&self) -> &[Entry] {
        &self.transactions
    }

    pub(super) fn fault(&mut self) {
        self.faults += 1;
    }

    pub(super) const fn faults(&self) -> u32 {
        self.faults
    }
}

impl Record {
    pub(super) fn report(&mut self, status: &StatusNotificationRequest<'_>) -> Unusual {
        let number = status.connector_id;
        match self.connectors.get_mut(&number) {
            Some(connector) => connector.report_message(status),
            None => {
                // What it was before is not known, so that nothing is unusual.
                let mut connector = Connector::new(number);
                connector.report_message(status);
                self.connectors.insert(number, connector);
                Unusual::empty()
            }
        }
    }

    pub(super) fn script(&self) -> Arc<Mutex<Script>> {
        Arc::clone(&self.script)
    }
}

impl Entry {
    /// Watt-hours, once it is over.
    pub(crate) fn energy(&self) -> Option<i64> {
        let stop = self.stop.as_ref()?;
        stop.meter_stop.checked_sub(self.start.meter_start)
    }
}

#[cfg(test)]
mod tests {
    use ocpp_types::types::{DateTime, IdToken};

    use super::*;

    #[test]
    fn a_start_that_is_sent_again_has_the_same_number() {
        let mut office = Office::default();
        let time = DateTime::from_unix(0).unwrap();
        let tag = IdToken::new("TAG").unwrap();
        let start = StartTransactionRequest::new(1, tag, 1000, time.clone());
        let other = StartTransactionRequest {
            connector_id: 2,
            ..start.clone()
        };
        assert_eq!(office.start("A", &start), 1);
        assert_eq!(office.start("A", &start), 1);
        assert_eq!(office.start("A", &other), 2);
        assert_eq!(office.start("B", &start), 3);
        let stop = StopTransactionRequest::new(1500, time, 1);
        assert_eq!(office.stop("B", &stop), None);
        assert_eq!(office.stop("A", &stop), Some(()));
        assert_eq!(office.transactions()[0].energy(), Some(500));
    }
}
