//! What is built parses back to what it was built from: records, readings, application data,
//! commands, addresses.
//!
//! The first byte says which of them the rest of the input is for.
#![no_main]

use libfuzzer_sys::fuzz_target;
use mbus_proto::app::{BaudRate, Command, ResetCode};
use mbus_proto::link::{
    FrameCountBit, Identification, Manufacturer, PrimaryAddress, SecondaryAddress,
    SecondaryAddressMask,
};
use mbus_proto::meter_units::{Decimal, Number, Reading, Value};
use mbus_proto::record::{DataField, Function, Record, RecordBuilder, Records};
use mbus_proto::{ApplicationData, ByteOrder, EncodeError, Frame};

fuzz_target!(|input: &[u8]| {
    let Some((kind, input)) = input.split_first() else {
        return;
    };
    match kind % 6 {
        0 => check_parts(input),
        1 => check_readings(input, ByteOrder::LeastFirst),
        2 => check_readings(input, ByteOrder::MostFirst),
        3 => check_application(input),
        4 => check_commands(input),
        _ => check_addresses(input),
    }
});

/// What a record is made of, taken from the front of the input.
struct Parts<'a> {
    vif: &'a [u8],
    text: Option<String>,
    vife: &'a [u8],
    function: Function,
    storage: u64,
    tariff: u32,
    subunit: u16,
    content: u8,
    field: DataField,
    data: &'a [u8],
}

impl<'a> Parts<'a> {
    fn take(input: &'a [u8]) -> Option<Self> {
        let ([dif, content, lengths, a, b, c, d, e, f, g, h], rest) =
            input.split_first_chunk::<11>()?;
        let (vif, rest) = rest.split_at_checked(usize::from(lengths & 3))?;
        let (vife, data) = rest.split_at_checked(usize::from(lengths >> 4))?;
        let text = (lengths & 0x0C == 0x0C).then(|| vif.iter().copied().map(char::from).collect());
        Some(Self {
            vif,
            text,
            vife,
            function: Function::from_dif(*dif),
            storage: u64::from_le_bytes([*a, *b, *c, *d, *e, 0, 0, 0]),
            tariff: u32::from_le_bytes([*f, *g, *h & 0x1F, 0]),
            subunit: u16::from_le_bytes([*g, *h >> 6]),
            content: *content,
            field: DataField::from_dif(*dif),
            data,
        })
    }

    fn builder(&'a self) -> Result<RecordBuilder<'a>, EncodeError> {
        let mut builder = match &self.text {
            Some(text) => RecordBuilder::plain_text(text)?,
            None => RecordBuilder::new(self.vif)?,
        };
        for &code in self.vife {
            builder = builder.vife(code)?;
        }
        let builder = builder
            .function(self.function)
            .storage(self.storage)?
            .tariff(self.tariff)?
            .subunit(self.subunit)?;
        let number = self.number();
        match self.content % 7 {
            0 => builder.raw(self.field, self.data),
            1 => {
                let (&lvar, data) = self.data.split_first().ok_or(EncodeError::Value)?;
                builder.raw_variable(lvar, data)
            }
            2 => builder.integer(self.field, number),
            3 => builder.unsigned(self.field, number.cast_unsigned()),
            4 => builder.flags(self.field, number.cast_unsigned()),
            5 => builder.bcd(self.field, number),
            _ => builder.text(str::from_utf8(self.data).map_err(|_| EncodeError::Value)?),
        }
    }

    /// The first eight bytes of the data.
    fn number(&self) -> i64 {
        let mut bytes = [0; 8];
        for (to, from) in bytes.iter_mut().zip(self.data) {
            *to = *from;
        }
        i64::from_le_bytes(bytes)
    }
}

fn check_parts(input: &[u8]) {
    let Some(parts) = Parts::take(input) else {
        return;
    };
    let Ok(builder) = parts.builder() else {
        return;
    };
    // Where the text of a VIF is no plain text, the meter may have sent it after the VIFE.
    if let Some(text) = &parts.text {
        let control = |character| matches!(character, '\0'..='\x1F' | '\x7F'..='\u{9F}' | '\u{FF}');
        if text.is_empty() || text.contains(control) {
            return;
        }
    }
    let bytes = built(builder);
    let record = only(&bytes);
    assert_eq!(record.as_bytes(), bytes);
    assert_eq!(record.function(), parts.function);
    assert_eq!(record.storage(), parts.storage);
    assert_eq!(record.tariff(), parts.tariff);
    assert_eq!(record.subunit(), parts.subunit);
    match &parts.text {
        Some(text) => assert_eq!(record.plain_text().unwrap(), text.as_str()),
        None => assert!(same_codes(
            record.vib().as_bytes(),
            &[parts.vif, parts.vife].concat()
        )),
    }
    let number = parts.number();
    match parts.content % 7 {
        0 => assert_eq!(record.data(), parts.data),
        1 => {
            assert_eq!(record.lvar(), parts.data.first().copied());
            assert_eq!(record.data(), &parts.data[1..]);
        }
        2..=4 => {
            assert_eq!(record.data(), &number.to_le_bytes()[..record.data().len()]);
            // All beyond the data is the sign.
            let sign = number >> 63;
            let beyond = sign.to_le_bytes();
            let len = record.data().len();
            assert!(number.to_le_bytes()[len..] == beyond[len..] || parts.content % 7 != 2);
        }
        5 => {
            // A plain VIF whose unit is one and that scales nothing: digits come back as they are.
            let vif_only = parts.vife.is_empty() && parts.vif == [0xFD, 0x3A];
            if vif_only {
                let value = Decimal::new(number, 0)
                    .map(Number::Decimal)
                    .map(Value::Number);
                assert_eq!(Some(record.value()), value);
            }
        }
        _ => {
            let shown: String = record
                .data()
                .iter()
                .rev()
                .map(|&byte| char::from(byte))
                .collect();
            assert_eq!(shown.as_bytes(), parts.data);
        }
    }
}

/// Whether two chains have the same codes, their extension bits aside.
fn same_codes(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a ^ b) & 0x7F == 0)
}

fn check_readings(input: &[u8], order: ByteOrder) {
    for record in Records::new(input).with_byte_order(order).flatten() {
        let sent = record.reading();
        let Ok(builder) = RecordBuilder::from_reading(&sent) else {
            continue;
        };
        let bytes = built(builder);
        let back = only(&bytes).reading();
        assert_eq!(back.channel, sent.channel);
        assert_eq!(back.unit.kind(), sent.unit.kind());
        match (back.value, sent.value) {
            // The shortest text of the same float depends on its width.
            (Value::Number(Number::F32(back)), Value::Number(Number::F64(sent))) => {
                assert_eq!(f64::from(back), sent);
            }
            (Value::Number(back_number), Value::Number(number)) => assert_eq!(
                back_number
                    .to_decimal()
                    .map(|number| in_base(number, &back)),
                number.to_decimal().map(|number| in_base(number, &sent)),
            ),
            (back, sent) => assert_eq!(back, sent),
        }
    }
}

fn in_base(value: Decimal, reading: &Reading<'_>) -> Option<Decimal> {
    value.scale_by_power_of_ten(reading.unit.prefix().power())
}

fn check_application(input: &[u8]) {
    let Ok(data) = ApplicationData::parse(input) else {
        return;
    };
    let mut bytes = vec![0xAA; data.encoded_len()];
    let Ok(length) = data.encode_into(&mut bytes) else {
        panic!("no CI field for {data:?}");
    };
    assert_eq!(length, bytes.len());
    assert_eq!(bytes, input);
    let mut appended = Vec::new();
    assert_eq!(data.encode(&mut appended), Ok(()));
    assert_eq!(appended, bytes);
    assert_eq!(ApplicationData::parse(&bytes), Ok(data));
    let ci = data.ci().expect("it was encoded");
    if let ApplicationData::Other { ci, header, data } = data {
        if let Ok(plain) = ApplicationData::from_plain(ci, header, data) {
            assert_eq!(plain.header(), header);
        }
    }
    assert_eq!(Some(&ci.code()), input.first());
}

fn check_commands(input: &[u8]) {
    let Some((&[address, code, flags], rest)) = input.split_first_chunk() else {
        return;
    };
    let address = PrimaryAddress::from_code(address);
    let mut bytes = [0; 8];
    for (to, from) in bytes.iter_mut().zip(rest) {
        *to = *from;
    }
    let [a, b, c, d, ..] = bytes;
    let number = Identification::from_bcd(u32::from_le_bytes([a, b, c, d]));
    let mask = SecondaryAddressMask::from_bytes(bytes);
    let reset = (flags & 1 != 0).then(|| ResetCode::from_code(code));
    let toggle = if flags & 2 == 0 {
        FrameCountBit::Clear
    } else {
        FrameCountBit::Set
    };

    for short in [Command::reset_link(address), Command::deselect()] {
        assert!(matches!(
            short.with_frame_count(toggle).frame(),
            Frame::Short(_)
        ));
    }
    check_command(Command::reset_application(address, reset), toggle, |data| {
        let ApplicationData::Reset { codes, .. } = data else {
            return false;
        };
        codes.first().copied() == reset.map(ResetCode::code)
    });
    check_command(Command::select(mask), toggle, |data| {
        matches!(data, ApplicationData::Selection { mask: sent, data } if *sent == mask
            && data.bytes().is_empty())
    });
    check_command(Command::select_fabrication(mask, number), toggle, |data| {
        matches!(data, ApplicationData::Selection { mask: sent, data } if *sent == mask
            && one_record(data.records(), &[a, b, c, d]))
    });
    let new = SecondaryAddress::from_bytes(bytes);
    let commands = [
        Command::set_primary_address(address, PrimaryAddress::from_code(code))
            .map(|command| (command, vec![code])),
        Some((
            Command::set_identification(address, number),
            vec![a, b, c, d],
        )),
        Some((Command::set_secondary_address(address, new), bytes.to_vec())),
        Some((Command::set_clock(address, [a, b, c, d]), vec![a, b, c, d])),
        Some((Command::set_date(address, [a, b]), vec![a, b])),
        Some((Command::request_all(address), Vec::new())),
        Some((Command::request_all_by_dif(address), Vec::new())),
    ];
    for (command, sent) in commands.into_iter().flatten() {
        check_command(command, toggle, |data| {
            matches!(data, ApplicationData::Command { data, .. }
                if one_record(data.records().from_master(), &sent))
        });
    }
    if let Ok(command) = Command::request_data(address, rest) {
        check_command(
            command,
            toggle,
            |data| matches!(data, ApplicationData::Command { data, .. } if data.bytes() == rest),
        );
    }
    for command in [
        Command::synchronize(address),
        Command::synchronize_classic(address),
    ] {
        check_command(command, toggle, |data| {
            matches!(data, ApplicationData::Synchronize { .. })
        });
    }
    if let Some(rate) = BaudRate::from_bits_per_second(u32::from(code) * 300) {
        check_command(Command::set_baud_rate(address, rate), toggle, |data| {
            *data == ApplicationData::SetBaudRate(rate)
        });
    }
}

fn one_record(mut records: Records<'_>, data: &[u8]) -> bool {
    let first = records.next();
    matches!(first, Some(Ok(record)) if record.data() == data) && records.next().is_none()
}

fn check_command(
    command: Command,
    toggle: FrameCountBit,
    says: impl Fn(&ApplicationData<'_>) -> bool,
) {
    let command = command.with_frame_count(toggle);
    let frame = command.frame();
    let mut bytes = vec![0xAA; frame.encoded_len()];
    assert_eq!(frame.encode_into(&mut bytes), Ok(bytes.len()));
    let (parsed, rest) = Frame::parse(&bytes).expect("a frame");
    assert_eq!((parsed, rest), (frame, &[][..]));
    assert_eq!(
        parsed.control().and_then(|control| control.frame_count()),
        Some(toggle)
    );
    let data = parsed
        .application()
        .expect("user data")
        .expect("application data");
    assert!(says(&data), "{data:?}");
}

fn check_addresses(input: &[u8]) {
    if let Some((&bytes, _)) = input.split_first_chunk::<8>() {
        let address = SecondaryAddress::from_bytes(bytes);
        assert_eq!(address.to_bytes(), bytes);
        assert_eq!(address.to_string().parse(), Ok(address));
        assert_eq!(format!("{address:X}").parse(), Ok(address));
        let mask = SecondaryAddressMask::from_bytes(bytes);
        assert_eq!(mask.to_bytes(), bytes);
        assert_eq!(mask.to_string().parse(), Ok(mask));
        assert_eq!(format!("{mask:X}").parse(), Ok(mask));
        assert!(SecondaryAddressMask::ANY.matches(&address));
        let [.., a, b] = bytes;
        let manufacturer = Manufacturer::from_code(u16::from_le_bytes([a, b]));
        assert_eq!(manufacturer.to_string().parse(), Ok(manufacturer));
    }
    let text = String::from_utf8_lossy(input);
    stable::<SecondaryAddress>(&text);
    stable::<SecondaryAddressMask>(&text);
    stable::<Identification>(&text);
    stable::<Manufacturer>(&text);
}

fn stable<T>(text: &str)
where
    T: std::str::FromStr<Err: std::fmt::Debug> + std::fmt::Display + std::fmt::Debug + PartialEq,
{
    if let Ok(parsed) = text.parse::<T>() {
        assert_eq!(
            parsed.to_string().parse::<T>().expect("its own text"),
            parsed
        );
    }
}

fn built(builder: RecordBuilder<'_>) -> Vec<u8> {
    let mut bytes = vec![0xAA; builder.encoded_len()];
    assert_eq!(builder.encode_into(&mut bytes), Ok(bytes.len()));
    let mut appended = Vec::new();
    builder.encode(&mut appended);
    assert_eq!(appended, bytes);
    bytes
}

fn only(bytes: &[u8]) -> Record<'_> {
    let mut records = Records::new(bytes);
    let record = records.next().expect("a record").expect("a sound record");
    assert_eq!(records.next(), None);
    record
}
