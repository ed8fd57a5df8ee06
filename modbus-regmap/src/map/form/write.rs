//! Registers to the form of map files.

use alloc::string::String;
use alloc::vec::Vec;

use meter_units::{Channel, Decimal, Quantity, Rounding, Span, Statistic, Unit};

use super::{DeviceForm, LabelForm, MapForm, NumberText, RegisterForm, shown};
use crate::encoding::{ByteOrder, Encoding, Order, Scale, Signedness, WordOrder};
use crate::map::words::{self, QuantityWord};
use crate::map::{Access, Device, Register, RegisterMap, Strings, UnitCodes, Verified};

pub(super) fn map(map: &RegisterMap<'_>) -> MapForm {
    let registers = map.registers();
    let confirmed = registers.iter().fold(0_usize, |count, own| {
        count.saturating_add(own.is_confirmed().into())
    });
    MapForm {
        device: device(map.device(), confirmed),
        register: registers
            .iter()
            .map(|own| register(own, map.device()))
            .collect(),
    }
}

fn device(device: &Device<'_>, confirmed: usize) -> DeviceForm {
    let order = device.order();
    let is_plain = matches!(order.words, WordOrder::HighFirst | WordOrder::LowFirst);
    DeviceForm {
        name: shown(device.name()),
        vendor: device.vendor().map(Into::into),
        medium: Some(match device.medium_word() {
            Some(word) => shown(word),
            None => shown(device.medium()),
        }),
        default_function: Some(device.table().read_function()),
        default_word_order: is_plain.then(|| word_order(order).into()),
        byte_order: is_plain.then(|| byte_order(order).into()),
        default_order: (!is_plain).then(|| shown(order)),
        address_convention: None,
        default_serial: device.serial(),
        max_registers_per_read: device.max_registers,
        max_gap: device.max_gap(),
        even_register_count_only: device.even_counts(),
        even_address_only: device.even_starts(),
        values_must_not_be_split: device.whole_values().then_some(true),
        forbidden: device.forbidden().to_vec(),
        pause: device.pause().and_then(|pause| {
            let nanoseconds = u64::try_from(pause.as_nanos()).ok()?;
            let seconds = Decimal::from(nanoseconds).scale_by_power_of_ten(-9)?;
            Some(NumberText(shown(seconds.normalized())))
        }),
        relative_addresses: device.has_relative_addresses(),
        sunspec_length: device.sunspec_length(),
        verified: Some(device.verified()).filter(|verified| *verified != Verified::Unstated),
        registers_confirmed_by_two_sources: Some(confirmed),
        sources: owned(device.sources()),
        notes: owned(device.notes()),
    }
}

fn register(register: &Register<'_>, device: &Device<'_>) -> RegisterForm {
    let order = register.order();
    let is_plain = matches!(order.words, WordOrder::HighFirst | WordOrder::LowFirst);
    let mut form = RegisterForm {
        name: shown(register.name()),
        address: NumberText(shown(register.address())),
        count: Some(register.count()),
        function: Some(register.table().read_function()),
        alt_function: register.second_table().map(|table| table.read_function()),
        unit: unit(register),
        encoding: register.parts().map(Into::into),
        word_order: is_plain.then(|| word_order(order).into()),
        byte_order: (is_plain && order.bytes != device.order().bytes)
            .then(|| byte_order(order).into()),
        order: (!is_plain).then(|| shown(order)),
        scale: (register.scale() != Scale::ONE || register.encoding().is_number())
            .then(|| NumberText(shown(register.scale()))),
        offset: (!register.offset().is_zero()).then(|| NumberText(shown(register.offset()))),
        round: register.round().map(|round| round.places),
        rounding: register
            .round()
            .filter(|round| round.mode != Rounding::HalfEven)
            .map(|round| shown(round.mode)),
        not_available: register
            .not_available()
            .map(|marker| NumberText(shown(marker))),
        scale_register: register.scale_register(),
        unit_register: register.unit_register(),
        unit_codes: match register.unit_codes() {
            UnitCodes::Concentrator => Some("t29".into()),
            UnitCodes::Labels if register.quantity_word() == Some("by-unit-code") => {
                Some("labels".into())
            }
            UnitCodes::Labels => None,
        },
        access: Some(register.access())
            .filter(|access| *access != Access::Read)
            .map(|access| access.name().into()),
        sources: owned(register.sources()),
        conflicts: owned(register.conflicts()),
        doubt: register.doubt().map(Into::into),
        labels: LabelForm(
            register
                .labels()
                .map(|(code, label)| (shown(code), shown(label)))
                .collect(),
        ),
        ..RegisterForm::default()
    };
    write_type(&mut form, register.encoding());
    write_channel(&mut form, register, device);
    form
}

fn write_type(form: &mut RegisterForm, encoding: Encoding) {
    match (encoding, encoding.type_name()) {
        (Encoding::Field(field), _) if field.is_bit() && encoding.registers() == 1 => {
            form.kind = "bit".into();
            form.bit = Some(field.low());
        }
        (Encoding::Field(field), _) => {
            form.kind = "field".into();
            form.low_bit = Some(field.low());
            form.width = Some(field.bits());
            form.signed = (field.sign() == Signedness::Signed).then_some(true);
        }
        (_, name) => form.kind = name.unwrap_or_default().into(),
    }
}

fn write_channel(form: &mut RegisterForm, register: &Register<'_>, device: &Device<'_>) {
    let channel = register.channel();
    let word = match register.quantity_word() {
        Some(word) => Some(shown(word)),
        None => Some(channel.quantity)
            .filter(|quantity| *quantity != Quantity::None)
            .map(shown),
    };
    // what the reader takes from the word alone
    let mut said = Channel::new(Quantity::None, device.medium());
    if let Some(word) = word.as_deref().and_then(QuantityWord::read) {
        said = Channel::new(word.quantity, word.medium.unwrap_or(device.medium()));
        said.direction = word.direction;
        said.statistic = word.statistic;
        if word.statistic != Statistic::Instant {
            said.span = Span::Moment;
        }
    }
    form.quantity = word;
    form.medium = (channel.medium != said.medium).then(|| shown(channel.medium));
    form.direction = (channel.direction != said.direction).then(|| shown(channel.direction));
    form.statistic = (channel.statistic != said.statistic).then(|| shown(channel.statistic));
    form.span = (channel.span != said.span).then(|| shown(channel.span));
    form.phase = words::phase_word(channel.phase).map(Into::into);
    form.tariff = Some(channel.tariff).filter(|tariff| *tariff != 0);
    form.storage = Some(channel.storage).filter(|storage| *storage != 0);
    form.subunit = Some(channel.subunit).filter(|subunit| *subunit != 0);
}

/// The unit in a word that is read as the same.
fn unit(register: &Register<'_>) -> Option<String> {
    if let Some(word) = register.unit_word() {
        return Some(word.into());
    }
    let Some(unit) = register.unit() else {
        return Some(words::BY_REGISTER.into());
    };
    if unit == Unit::ONE {
        return None;
    }
    let code = shown(unit.ucum());
    if words::unit(&code, register.channel().quantity) == Some(unit) {
        return Some(code);
    }
    Some(shown(unit.key()))
}

const fn word_order(order: Order) -> &'static str {
    match order.words {
        WordOrder::LowFirst => "little",
        _ => "big",
    }
}

const fn byte_order(order: Order) -> &'static str {
    match order.bytes {
        ByteOrder::HighFirst => "big",
        ByteOrder::LowFirst => "little",
    }
}

fn owned(texts: Strings<'_>) -> Vec<String> {
    texts.map(Into::into).collect()
}
