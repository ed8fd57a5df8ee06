//! The named deviations of real stations and back ends.

use alloc::string::String;

bitflags::bitflags! {
    /// Deviations from OCPP 1.6-J: those that reading may bend into shape, or those that it met.
    ///
    /// [`Tolerance::STRICT`] bends nothing: the verdict is that of the official schemas.
    /// [`Tolerance::LENIENT`] takes all of them. A frame that is valid reads the same with and
    /// without any of them.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
    pub struct Tolerance: u32 {
        /// A byte order mark stands before the frame.
        const BYTE_ORDER_MARK = 1 << 0;
        /// The message type is text or has a decimal point: `"2"`, `2.0`.
        const MESSAGE_TYPE_FORM = 1 << 1;
        /// The message id has more than 36 characters. It is kept whole, for the answer.
        const LONG_ID = 1 << 2;
        /// The message id is a number. It is kept as it was written, for the answer.
        const NUMERIC_ID = 1 << 3;
        /// The error code is none of 1.6, such as the spellings of later versions. It is kept.
        const UNKNOWN_ERROR_CODE = 1 << 4;
        /// Description or details of a CALLERROR are null, of another type, or the details are
        /// missing. What is no text counts as an empty one; details are kept.
        const ERROR_PARTS = 1 << 5;
        /// An optional member is null: it counts as missing.
        const NULL_MEMBER = 1 << 6;
        /// A member that the message does not have is passed over.
        const ADDITIONAL_MEMBER = 1 << 7;
        /// An empty text stands for a missing word, time or number. For an optional member it counts as
        /// missing; a required time stays empty, and so without an instant.
        const EMPTY_MEMBER = 1 << 8;
        /// `errorCode` is missing: `NoError`. `readonly` is missing: `false`.
        const MISSING_MEMBER = 1 << 9;
        /// `idTag` of StartTransaction is missing (free charging): it counts as empty.
        const MISSING_ID_TAG = 1 << 10;
        /// `meterValue` or `sampledValue` is missing, and the object has no unknown member that
        /// could stand for it: it counts as an empty list.
        const MISSING_LIST = 1 << 11;
        /// The answer of a station has no `status`. It stays empty, which is no word of the list.
        const MISSING_STATUS = 1 << 12;
        /// A time of ISO 8601 that RFC 3339 does not have: without zone (which counts as UTC),
        /// without seconds, a zone without colon or minutes, a space for the `T`, a comma, 24:00,
        /// the basic form without separators.
        const TIME_FORM = 1 << 13;
        /// A time is a number of seconds since 1970. It is written again as RFC 3339 has it.
        const TIME_AS_NUMBER = 1 << 14;
        /// A number is text: `"1"`.
        const NUMBER_AS_TEXT = 1 << 15;
        /// A sampled value or the value of a configuration key is a number, or true or false. It is
        /// kept as it was written.
        const TEXT_AS_NUMBER = 1 << 16;
        /// An integer is written with a decimal point: `1.0`.
        const INTEGER_FORM = 1 << 17;
        /// `meterStart` or `meterStop` has a fraction: it is rounded, a half down.
        const METER_FRACTION = 1 << 18;
        /// A text is too long: up to five times, at least 255 characters, are kept whole.
        const LONG_TEXT = 1 << 19;
        /// A word is written in another case: `accepted`, `wh`.
        const LITERAL_CASE = 1 << 20;
        /// A word of what a station reports or answers is not in the list. It is kept as `Other`.
        const UNKNOWN_LITERAL = 1 << 21;
        /// A customary spelling: `C`, `Hz`, `%`, `L1N`.
        const LITERAL_ALIAS = 1 << 22;
        /// The phase is part of the measurand: `Current.Import.L1`.
        const PHASE_IN_MEASURAND = 1 << 23;
        /// A word that the errata sheet names and the schema does not: `Hertz`; `Celsius` in
        /// StopTransaction.
        const ERRATA = 1 << 24;
        /// The only element stands where its list should.
        const SINGLE_ELEMENT = 1 << 25;
        /// A limit is off a tenth by what a float of single or double precision is off: it is
        /// rounded.
        const FLOAT_NOISE = 1 << 26;
        /// A boolean is 0 or 1, or text.
        const BOOLEAN_FORM = 1 << 27;
        /// An answer that says `Rejected` has placeholders in its other members: they count as
        /// missing.
        const REJECTED_REST = 1 << 28;
        /// `interval` of the answer to BootNotification is called `heartbeatInterval`, as in the
        /// example that the standard prints.
        const MEMBER_ALIAS = 1 << 29;
    }
}

impl Tolerance {
    /// Nothing is bent.
    pub const STRICT: Self = Self::empty();

    /// Everything is bent that leaves a message.
    pub const LENIENT: Self = Self::all();

    /// The name of a single rule, as the constant is named; of several, that of the first.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.iter_names().next().map_or("", |(name, _)| name)
    }
}

impl Default for Tolerance {
    fn default() -> Self {
        Self::STRICT
    }
}

/// One place where a message was bent into shape.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Deviation {
    /// The rule that was needed, a single one.
    pub rule: Tolerance,
    /// What was bent, as a JSON pointer into the payload; empty for the frame itself.
    pub path: String,
}

/// What was read, and what was bent for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tolerated<T> {
    /// What was read.
    pub value: T,
    /// Where it deviates; empty for a valid frame, and then nothing was allocated for it.
    pub deviations: alloc::vec::Vec<Deviation>,
}
