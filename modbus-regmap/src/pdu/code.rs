//! The codes that a protocol data unit starts with, and why a server refuses.

use meter_units::__code_table as code_table;

code_table! {
    /// What a request asks for (Modbus Application Protocol 1.1b3, 5.1).
    ///
    /// 65 to 72 and 100 to 110 are for users. 0 is invalid, and 128 to 255 are exceptions.
    pub enum FunctionCode: u8 {
        0x01 => ReadCoils, "read coils";
        0x02 => ReadDiscreteInputs, "read discrete inputs";
        0x03 => ReadHoldingRegisters, "read holding registers";
        0x04 => ReadInputRegisters, "read input registers";
        0x05 => WriteSingleCoil, "write single coil";
        0x06 => WriteSingleRegister, "write single register";
        0x07 => ReadExceptionStatus, "read exception status";
        0x08 => Diagnostics, "diagnostics";
        0x0B => GetCommEventCounter, "get comm event counter";
        0x0C => GetCommEventLog, "get comm event log";
        0x0F => WriteMultipleCoils, "write multiple coils";
        0x10 => WriteMultipleRegisters, "write multiple registers";
        0x11 => ReportServerId, "report server id";
        0x14 => ReadFileRecord, "read file record";
        0x15 => WriteFileRecord, "write file record";
        0x16 => MaskWriteRegister, "mask write register";
        0x17 => ReadWriteMultipleRegisters, "read/write multiple registers";
        0x18 => ReadFifoQueue, "read FIFO queue";
        0x2B => EncapsulatedInterface, "encapsulated interface transport";
    }
}

code_table! {
    /// Why a server refuses a request (Modbus Application Protocol 1.1b3, 7).
    pub enum ExceptionCode: u8 {
        0x01 => IllegalFunction, "illegal function";
        0x02 => IllegalDataAddress, "illegal data address";
        0x03 => IllegalDataValue, "illegal data value";
        0x04 => ServerDeviceFailure, "server device failure";
        0x05 => Acknowledge, "acknowledge";
        0x06 => ServerDeviceBusy, "server device busy";
        0x07 => NegativeAcknowledge, "negative acknowledge";
        0x08 => MemoryParityError, "memory parity error";
        0x0A => GatewayPathUnavailable, "gateway path unavailable";
        0x0B => GatewayTargetFailedToRespond, "gateway target device failed to respond";
    }
}

/// What a diagnostics request asks for (Modbus Application Protocol 1.1b3, 6.8.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct SubFunction(pub u16);

impl SubFunction {
    /// The data comes back.
    pub const RETURN_QUERY_DATA: Self = Self(0x00);
    /// The serial line is restarted; with data `FF00` the event log is cleared, too.
    pub const RESTART_COMMUNICATIONS: Self = Self(0x01);
    /// The diagnostic register.
    pub const RETURN_DIAGNOSTIC_REGISTER: Self = Self(0x02);
    /// The high byte of the data becomes the last character of ASCII frames.
    pub const CHANGE_ASCII_DELIMITER: Self = Self(0x03);
    /// The server falls silent, and does not even answer this request.
    pub const FORCE_LISTEN_ONLY: Self = Self(0x04);
    /// Counters and the diagnostic register are set to zero.
    pub const CLEAR_COUNTERS: Self = Self(0x0A);
    /// Messages seen on the line.
    pub const BUS_MESSAGE_COUNT: Self = Self(0x0B);
    /// Frames with a wrong checksum.
    pub const BUS_ERROR_COUNT: Self = Self(0x0C);
    /// Exceptions answered.
    pub const EXCEPTION_COUNT: Self = Self(0x0D);
    /// Messages to this server.
    pub const SERVER_MESSAGE_COUNT: Self = Self(0x0E);
    /// Messages to this server that it did not answer.
    pub const NO_RESPONSE_COUNT: Self = Self(0x0F);
    /// Negative acknowledgements answered.
    pub const NAK_COUNT: Self = Self(0x10);
    /// Busy exceptions answered.
    pub const BUSY_COUNT: Self = Self(0x11);
    /// Characters that came too fast.
    pub const OVERRUN_COUNT: Self = Self(0x12);
    /// The counter of characters that came too fast is set to zero.
    pub const CLEAR_OVERRUN: Self = Self(0x14);
}

#[cfg(test)]
mod tests {
    extern crate alloc;

    use alloc::string::ToString;

    use super::*;

    #[test]
    fn every_code_survives() {
        for code in 0..=u8::MAX {
            assert_eq!(FunctionCode::from_code(code).code(), code);
            assert_eq!(ExceptionCode::from_code(code).code(), code);
        }
    }

    #[test]
    fn the_last_gateway_exception_is_11() {
        assert_eq!(ExceptionCode::GatewayTargetFailedToRespond.code(), 11);
        assert_eq!(ExceptionCode::from_code(9), ExceptionCode::Other(9));
        assert_eq!(ExceptionCode::Other(9).to_string(), "other 0x09");
    }
}
