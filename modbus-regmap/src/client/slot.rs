//! One request on its way.

use core::time::Duration;

use meter_units::Instant;

use crate::client::{Event, Mismatch, RequestId};
use crate::pdu::{self, Bits, ExceptionCode, FunctionCode, Registers, Request, Response};
use crate::{Table, UnitId};

/// A request, and its answer once that is there.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub(super) state: State,
    pub(super) id: RequestId,
    pub(super) unit: UnitId,
    pub(super) attempts_left: u8,
    /// How often it was sent.
    pub(super) sent: u8,
    /// How many of them got no answer in time.
    pub(super) lost: u8,
    pub(super) pause: Duration,
    pub(super) is_answered: bool,
    /// What was wrong with the last answer.
    pub(super) mismatch: Option<Mismatch>,
    /// How long the answer can be.
    pub(super) longest_answer: usize,
    pub(super) cells: Cells,
    pdu: [u8; pdu::MAX_LENGTH],
    length: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Free,
    /// To be sent when the line is free, but not before this time.
    Ready {
        not_before: Instant,
    },
    /// To be handed out for sending.
    Sending {
        transaction: u16,
        deadline: Instant,
    },
    /// An answer is awaited, whose first byte may move the deadline.
    Waiting {
        transaction: u16,
        first_byte_by: Instant,
        deadline: Instant,
    },
    /// Sent to devices that do not answer, which have until then to work on it.
    Quiet {
        until: Instant,
    },
    /// To be reported, in the order of these numbers.
    Done {
        outcome: Outcome,
        order: u64,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Answered,
    Exception(ExceptionCode),
    Sent,
    NoAnswer(Option<Mismatch>),
}

/// What a request reads or writes, which its answer does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cells {
    table: Option<Table>,
    address: u16,
    count: u16,
}

impl Slot {
    pub(super) const FREE: Self = Self {
        state: State::Free,
        id: RequestId(0),
        unit: UnitId(0),
        attempts_left: 0,
        sent: 0,
        lost: 0,
        pause: Duration::ZERO,
        is_answered: true,
        mismatch: None,
        longest_answer: 0,
        cells: Cells {
            table: None,
            address: 0,
            count: 0,
        },
        pdu: [0; pdu::MAX_LENGTH],
        length: 0,
    };

    pub(super) const fn is_free(&self) -> bool {
        matches!(self.state, State::Free)
    }

    /// Whether the request was sent and its end is not known.
    pub(super) const fn is_open(&self) -> bool {
        matches!(
            self.state,
            State::Sending { .. } | State::Waiting { .. } | State::Quiet { .. }
        )
    }

    /// When the wait for an answer, or for devices that give none, is over.
    pub(super) const fn deadline(&self) -> Option<Instant> {
        match self.state {
            State::Waiting { deadline, .. } | State::Quiet { until: deadline } => Some(deadline),
            _ => None,
        }
    }

    pub(super) fn pdu(&self) -> &[u8] {
        self.pdu.get(..self.length).unwrap_or_default()
    }

    pub(super) fn function(&self) -> u8 {
        self.pdu().first().copied().unwrap_or_default()
    }

    /// Room for the encoded request.
    pub(super) const fn buffer(&mut self) -> &mut [u8] {
        &mut self.pdu
    }

    pub(super) const fn set_length(&mut self, length: usize) {
        self.length = length;
    }

    /// Puts an answer in the place of the request.
    pub(super) fn store(&mut self, response: &[u8]) {
        if let Some(place) = self.pdu.get_mut(..response.len()) {
            for (to, from) in place.iter_mut().zip(response) {
                *to = *from;
            }
            self.length = response.len();
        }
    }

    pub(super) fn event(&self, outcome: Outcome) -> Event<'_> {
        let (id, unit) = (self.id, self.unit);
        match outcome {
            Outcome::Sent => Event::Sent { id },
            Outcome::NoAnswer(None) => Event::TimedOut { id, unit },
            Outcome::NoAnswer(Some(mismatch)) => Event::Invalid { id, unit, mismatch },
            Outcome::Exception(code) => Event::Exception {
                id,
                unit,
                function: FunctionCode::from_code(self.function() & 0x7F),
                code,
            },
            Outcome::Answered => match Response::parse(self.pdu()) {
                Ok(response) => self.answered(response),
                // Unreachable: only what was parsed is stored.
                Err(error) => Event::Invalid {
                    id,
                    unit,
                    mismatch: Mismatch::Malformed(error),
                },
            },
        }
    }

    fn answered<'a>(&self, response: Response<'a>) -> Event<'a> {
        let (id, unit) = (self.id, self.unit);
        let Cells {
            table: Some(table),
            address,
            count,
        } = self.cells
        else {
            return Event::Answered { id, unit, response };
        };
        match response {
            Response::ReadCoils(bits) | Response::ReadDiscreteInputs(bits) => Event::Bits {
                id,
                unit,
                table,
                address,
                bits: bits.first(usize::from(count)).unwrap_or(Bits::EMPTY),
            },
            Response::ReadHoldingRegisters(registers)
            | Response::ReadInputRegisters(registers)
            | Response::ReadWriteMultipleRegisters(registers) => Event::Registers {
                id,
                unit,
                table,
                address,
                registers: registers
                    .window(0, usize::from(count))
                    .unwrap_or(Registers::EMPTY),
            },
            _ => Event::Written {
                id,
                unit,
                table,
                address,
                count,
            },
        }
    }
}

impl Cells {
    pub(super) fn of(request: &Request<'_>) -> Self {
        let (table, address, count) = match *request {
            Request::ReadCoils { address, count } => (Some(Table::Coil), address, count),
            Request::ReadDiscreteInputs { address, count } => {
                (Some(Table::DiscreteInput), address, count)
            }
            Request::ReadHoldingRegisters { address, count }
            | Request::ReadWriteMultipleRegisters {
                read_address: address,
                read_count: count,
                ..
            } => (Some(Table::HoldingRegister), address, count),
            Request::ReadInputRegisters { address, count } => {
                (Some(Table::InputRegister), address, count)
            }
            Request::WriteSingleCoil { address, .. } => (Some(Table::Coil), address, 1),
            Request::WriteSingleRegister { address, .. }
            | Request::MaskWriteRegister { address, .. } => {
                (Some(Table::HoldingRegister), address, 1)
            }
            Request::WriteMultipleCoils { address, values } => {
                (Some(Table::Coil), address, saturated(values.len()))
            }
            Request::WriteMultipleRegisters { address, values } => (
                Some(Table::HoldingRegister),
                address,
                saturated(values.len()),
            ),
            _ => (None, 0, 0),
        };
        Self {
            table,
            address,
            count,
        }
    }
}

fn saturated(count: usize) -> u16 {
    u16::try_from(count).unwrap_or(u16::MAX)
}
