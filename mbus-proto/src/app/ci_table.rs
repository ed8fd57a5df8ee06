//! The tables of the CI field.

use crate::app::CiDirection::{self, Either, FromDevice, ToDevice};
use crate::app::HeaderKind::{self, Long, None as No, Other, Short};

/// One code, or a range of codes.
pub(super) struct Row {
    pub(super) first: u8,
    pub(super) last: u8,
    pub(super) header: HeaderKind,
    pub(super) direction: CiDirection,
    pub(super) name: &'static str,
}

const fn row(
    first: u8,
    last: u8,
    header: HeaderKind,
    direction: CiDirection,
    name: &'static str,
) -> Row {
    Row {
        first,
        last,
        header,
        direction,
        name,
    }
}

/// EN 13757-7:2018, Table 2; what is missing is reserved.
#[rustfmt::skip]
pub(super) static CODES: [Row; 73] = [
    row(0x00, 0x1F, No, Either, "DLMS-based application"),
    row(0x50, 0x50, No, ToDevice, "application reset or select"),
    row(0x51, 0x51, No, ToDevice, "command, full frame"),
    row(0x52, 0x52, No, ToDevice, "selection of slaves"),
    row(0x53, 0x53, Long, ToDevice, "application reset or select"),
    row(0x54, 0x54, No, ToDevice, "request of selected application"),
    row(0x55, 0x55, Long, ToDevice, "request of selected application"),
    row(0x5A, 0x5A, Short, ToDevice, "command, full frame"),
    row(0x5B, 0x5B, Long, ToDevice, "command, full frame"),
    row(0x5C, 0x5C, No, ToDevice, "synchronize action"),
    row(0x5F, 0x5F, Long, Either, "specific usage"),
    row(0x60, 0x60, Long, ToDevice, "command, DLMS/COSEM with OBIS"),
    row(0x61, 0x61, Short, ToDevice, "command, DLMS/COSEM with OBIS"),
    row(0x64, 0x64, Long, ToDevice, "command, OBIS-type descriptors"),
    row(0x65, 0x65, Short, ToDevice, "command, OBIS-type descriptors"),
    row(0x66, 0x66, No, FromDevice, "response of selected application"),
    row(0x67, 0x67, Short, FromDevice, "response of selected application"),
    row(0x68, 0x68, Long, FromDevice, "response of selected application"),
    row(0x69, 0x69, No, FromDevice, "response, format frame"),
    row(0x6A, 0x6A, Short, FromDevice, "response, format frame"),
    row(0x6B, 0x6B, Long, FromDevice, "response, format frame"),
    row(0x6C, 0x6C, Long, ToDevice, "time synchronization, absolute"),
    row(0x6D, 0x6D, Long, ToDevice, "time synchronization, relative"),
    row(0x6E, 0x6E, Short, FromDevice, "application error"),
    row(0x6F, 0x6F, Long, FromDevice, "application error"),
    row(0x70, 0x70, No, FromDevice, "application error"),
    row(0x71, 0x71, No, FromDevice, "alarm"),
    row(0x72, 0x72, Long, FromDevice, "response, full frame"),
    row(0x73, 0x73, Long, FromDevice, "response, compact frame"),
    row(0x74, 0x74, Short, FromDevice, "alarm"),
    row(0x75, 0x75, Long, FromDevice, "alarm"),
    row(0x78, 0x78, No, FromDevice, "response, full frame"),
    row(0x79, 0x79, No, FromDevice, "response, compact frame"),
    row(0x7A, 0x7A, Short, FromDevice, "response, full frame"),
    row(0x7B, 0x7B, Short, FromDevice, "response, compact frame"),
    row(0x7C, 0x7C, Long, FromDevice, "response, DLMS/COSEM with OBIS"),
    row(0x7D, 0x7D, Short, FromDevice, "response, DLMS/COSEM with OBIS"),
    row(0x7E, 0x7E, Long, FromDevice, "response, OBIS-type descriptors"),
    row(0x7F, 0x7F, Short, FromDevice, "response, OBIS-type descriptors"),
    row(0x80, 0x80, Long, ToDevice, "transport layer, no application data"),
    row(0x81, 0x81, Other, Either, "network layer"),
    row(0x82, 0x82, Long, ToDevice, "network management"),
    row(0x83, 0x83, No, ToDevice, "network management"),
    row(0x84, 0x84, Long, ToDevice, "transport layer, compact frame expected"),
    row(0x85, 0x85, Long, ToDevice, "transport layer, format frame expected"),
    row(0x86, 0x86, Other, Either, "extended link layer V"),
    row(0x87, 0x87, Long, FromDevice, "network management"),
    row(0x88, 0x88, Short, FromDevice, "network management"),
    row(0x89, 0x89, No, FromDevice, "network management"),
    row(0x8A, 0x8A, Short, FromDevice, "transport layer, no application data"),
    row(0x8B, 0x8B, Long, FromDevice, "transport layer, no application data"),
    row(0x8C, 0x8C, Other, Either, "extended link layer I"),
    row(0x8D, 0x8D, Other, Either, "extended link layer II"),
    row(0x8E, 0x8E, Other, Either, "extended link layer III"),
    row(0x8F, 0x8F, Other, Either, "extended link layer IV"),
    row(0x90, 0x90, Other, Either, "authentication and fragmentation layer"),
    row(0x9E, 0x9E, Short, Either, "specific usage"),
    row(0x9F, 0x9F, Long, Either, "specific usage"),
    row(0xA0, 0xB7, Other, Either, "manufacturer specific"),
    row(0xB8, 0xB8, No, ToDevice, "set baud rate to 300"),
    row(0xB9, 0xB9, No, ToDevice, "set baud rate to 600"),
    row(0xBA, 0xBA, No, ToDevice, "set baud rate to 1200"),
    row(0xBB, 0xBB, No, ToDevice, "set baud rate to 2400"),
    row(0xBC, 0xBC, No, ToDevice, "set baud rate to 4800"),
    row(0xBD, 0xBD, No, ToDevice, "set baud rate to 9600"),
    row(0xBE, 0xBE, No, ToDevice, "set baud rate to 19200"),
    row(0xBF, 0xBF, No, ToDevice, "set baud rate to 38400"),
    row(0xC0, 0xC0, Long, ToDevice, "image transfer, command"),
    row(0xC1, 0xC1, Short, FromDevice, "image transfer, response"),
    row(0xC2, 0xC2, Long, FromDevice, "image transfer, response"),
    row(0xC3, 0xC3, Long, ToDevice, "security information transfer, command"),
    row(0xC4, 0xC4, Short, FromDevice, "security information transfer, response"),
    row(0xC5, 0xC5, Long, FromDevice, "security information transfer, response"),
];

/// The row of each code; FFh for a reserved code.
pub(super) static INDEX: [u8; 256] = index();

// Evaluated by the compiler, for which an index out of range is an error.
#[allow(clippy::indexing_slicing)]
const fn index() -> [u8; 256] {
    let mut index = [u8::MAX; 256];
    let mut row: u8 = 0;
    while (row as usize) < CODES.len() {
        let mut code = CODES[row as usize].first as usize;
        while code <= CODES[row as usize].last as usize {
            index[code] = row;
            code += 1;
        }
        row += 1;
    }
    index
}

/// The M-Bus Documentation, Rev. 4.8, where it differs.
pub(super) static CLASSIC: [(u8, &str); 14] = [
    (0x51, "data send, mode 1"),
    (0x52, "selection of slaves, mode 1"),
    (0x54, "synchronize action"),
    (0x55, "data send, mode 2"),
    (0x56, "selection of slaves, mode 2"),
    (0x72, "variable data response, mode 1"),
    (0x73, "fixed data response, mode 1"),
    (0x76, "variable data response, mode 2"),
    (0x77, "fixed data response, mode 2"),
    (0xB1, "request of a RAM readout"),
    (0xB2, "send of user data to RAM"),
    (0xB3, "start of the calibration mode"),
    (0xB4, "EEPROM readout"),
    (0xB6, "start of the software test"),
];
