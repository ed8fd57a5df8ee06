//! OBIS codes of channels, and channels of OBIS codes.
//!
//! Both ways are partial: many channels have no code and many codes no channel, and nothing is
//! guessed. The meaning of C and D depends on the medium: the counter of now is D = 8 for
//! electricity and D = 0 for heat, water and gas.

use super::ObisCode;
use super::table::{
    CONDUCTORS, ELECTRICITY, ELECTRICITY_COUNTER, ELECTRICITY_D, GAS_VOLUME, GENERAL, HEAT,
    HEAT_COST, MAX_TARIFF, THERMAL_D, WATER,
};
use crate::{Channel, Direction, Medium, Phase, Quantity, Span, Statistic};

/// The OBIS code of a channel, if there is one that says exactly this.
///
/// - The tariff becomes E, where it is at most 63 and the code takes tariffs.
/// - Maximum and minimum of a momentary value become D: 6 and 3 for electricity, 5 and 4 for
///   heat, cooling and water. Averages of electricity are D = 4 while they run
///   ([`Span::Moment`]) and D = 5 when they are complete ([`Span::Interval`]).
/// - Storage 0 is F = 255. Storage 1 of a counter of heat, cooling, water or heat cost allocation
///   is its set-date value, D = 2. Every other storage number has no code, as a storage number is
///   not a billing period: where the period is known, take the code of storage 0 and
///   [`ObisCode::with_f`].
/// - Energy of an electricity meter needs a direction: C = 1 is import, not "not said".
/// - What every meter has (fabrication number, operating time, error flags) is a code of A = 0.
///
/// ```
/// use meter_units::{Channel, Direction, Medium, Quantity, channel_of, obis_for};
///
/// let channel = Channel {
///     direction: Direction::Import,
///     tariff: 2,
///     ..Channel::new(Quantity::Energy, Medium::ELECTRICITY)
/// };
/// let code = obis_for(&channel).expect("tariffs of imported energy have codes");
/// assert_eq!(code.to_string(), "1-0:1.8.2*255");
/// assert_eq!(channel_of(code), Some(channel));
/// ```
#[must_use]
pub fn obis_for(channel: &Channel) -> Option<ObisCode> {
    if channel.subunit != 0 {
        return None;
    }
    if let Some((_, groups)) = general(|quantity, _| quantity == channel.quantity) {
        let [c, d, e] = groups;
        let plain = *channel == Channel::new(channel.quantity, channel.medium);
        return plain.then_some(ObisCode([0, 0, c, d, e, 255]));
    }
    let a = channel.medium.obis_group_a()?;
    let (c, d) = match a {
        1 => (electricity_c(channel)?, electricity_d(channel)?),
        4..=6 | 8 | 9 => thermal(a, channel)?,
        7 => gas(channel)?,
        _ => return None,
    };
    let e = u8::try_from(channel.tariff)
        .ok()
        .filter(|e| *e <= MAX_TARIFF && (*e == 0 || takes_tariff(a, d, channel.span)))?;
    Some(ObisCode([a, 0, c, d, e, 255]))
}

/// The channel that an OBIS code names, if there is one that says exactly this.
///
/// OBIS tells fewer media apart than the device types of M-Bus. The channel gets the type that
/// meters of this medium usually are: 4 for heat, 10 for cooling, 7 for cold water, 6 for hot
/// water, and "other" for codes of A = 0. Where the meter's own type is known, [`channel_in`]
/// keeps it.
#[must_use]
pub fn channel_of(code: ObisCode) -> Option<Channel> {
    let medium = match code.a() {
        0 => Medium::OTHER,
        1 => Medium::ELECTRICITY,
        4 => Medium::HEAT_COST_ALLOCATOR,
        5 => Medium::COOLING_OUTLET,
        6 => Medium::HEAT_OUTLET,
        7 => Medium::GAS,
        8 => Medium::WATER,
        9 => Medium::WARM_WATER,
        _ => return None,
    };
    read(code, medium)
}

/// The channel that an OBIS code names in a meter of this medium.
///
/// The medium of the channel is the meter's. `None` if the code belongs to another medium, with
/// one exception: older heat and cooling meters name their volume 8-0:1.0.0, which is the volume
/// of a water meter.
///
/// For every channel that has a code, `channel_in(code, channel.medium)` is that channel.
#[must_use]
pub fn channel_in(code: ObisCode, medium: Medium) -> Option<Channel> {
    let a = medium.obis_group_a();
    if code.a() == 0 || a == Some(code.a()) {
        return read(code, medium);
    }
    match (code.0, a) {
        ([8, b, 1, d, e, f], Some(a @ (5 | 6))) => read(ObisCode([a, b, 2, d, e, f]), medium),
        _ => None,
    }
}

impl Medium {
    /// Value group A of the OBIS codes of this medium (EN 13757-1).
    ///
    /// `None` if OBIS has none, or more than one: a combined meter for heat and cooling has codes
    /// of A = 6 and of A = 5.
    #[must_use]
    pub const fn obis_group_a(self) -> Option<u8> {
        match self {
            Self::OTHER | Self::BUS_SYSTEM_COMPONENT => Some(0),
            Self::ELECTRICITY => Some(1),
            Self::HEAT_COST_ALLOCATOR => Some(4),
            Self::COOLING_OUTLET | Self::COOLING_INLET => Some(5),
            Self::HEAT_OUTLET | Self::HEAT_INLET => Some(6),
            Self::GAS | Self::CALORIFIC_VALUE => Some(7),
            Self::WATER | Self::COLD_WATER => Some(8),
            Self::WARM_WATER | Self::HOT_WATER => Some(9),
            Self::OIL => Some(16),
            Self::COMPRESSED_AIR => Some(17),
            _ => None,
        }
    }
}

fn general(test: impl Fn(Quantity, [u8; 3]) -> bool) -> Option<(Quantity, [u8; 3])> {
    GENERAL
        .into_iter()
        .find(|(quantity, groups)| test(*quantity, *groups))
}

/// Whether E is the tariff in codes with this D.
fn takes_tariff(a: u8, d: u8, span: Span) -> bool {
    if a == 1 {
        d != 7
    } else {
        span == Span::Register
    }
}

fn electricity_c(channel: &Channel) -> Option<u8> {
    let counter = channel.span == Span::Register;
    let offset = match channel.phase {
        Phase::Total => 1,
        Phase::L1 => 21,
        Phase::L2 => 41,
        Phase::L3 => 61,
        phase => {
            let plain = !counter && channel.direction == Direction::None;
            return CONDUCTORS
                .into_iter()
                .find(|row| plain && row.1 == channel.quantity && row.2 == phase)
                .map(|(c, ..)| c);
        }
    };
    let row = ELECTRICITY.iter().position(|(measured, direction)| {
        let quantity = if counter {
            measured.counter
        } else {
            Some(measured.moment)
        };
        quantity == Some(channel.quantity) && *direction == channel.direction
    })?;
    u8::try_from(row).ok()?.checked_add(offset)
}

fn electricity_d(channel: &Channel) -> Option<u8> {
    if channel.storage != 0 {
        return None;
    }
    if channel.span == Span::Register {
        return (channel.statistic == Statistic::Instant).then_some(ELECTRICITY_COUNTER);
    }
    ELECTRICITY_D
        .into_iter()
        .find(|row| row.1 == channel.statistic && row.2 == channel.span)
        .map(|(d, ..)| d)
}

fn thermal_table(a: u8) -> &'static [(u8, Quantity)] {
    match a {
        4 => &HEAT_COST,
        5 | 6 => &HEAT,
        8 | 9 => &WATER,
        _ => &[],
    }
}

fn thermal(a: u8, channel: &Channel) -> Option<(u8, u8)> {
    let plain = channel.direction == Direction::None
        && channel.phase == Phase::Total
        && channel.span == Span::usual_for(channel.quantity);
    let (c, _) = thermal_table(a)
        .iter()
        .find(|row| plain && row.1 == channel.quantity)?;
    let (d, ..) = THERMAL_D
        .into_iter()
        .find(|(_, span, statistic, storage)| {
            *span == channel.span && *statistic == channel.statistic && *storage == channel.storage
        })?;
    Some((*c, d))
}

fn gas(channel: &Channel) -> Option<(u8, u8)> {
    let now = Channel {
        tariff: channel.tariff,
        ..Channel::new(Quantity::Volume, Medium::GAS)
    };
    (*channel == now).then_some(GAS_VOLUME)
}

/// What a code of this medium says; the other way around than [`obis_for`].
fn read(code: ObisCode, medium: Medium) -> Option<Channel> {
    let ObisCode([a, 0, c, d, e, 255]) = code else {
        return None;
    };
    if let Some((quantity, _)) = general(|_, groups| groups == [c, d, e]) {
        return Some(Channel::new(quantity, medium));
    }
    let channel = match a {
        1 => read_electricity(c, d, medium)?,
        4..=6 | 8 | 9 => {
            let (_, quantity) = thermal_table(a).iter().find(|row| row.0 == c)?;
            let usual = Span::usual_for(*quantity);
            let (_, span, statistic, storage) = THERMAL_D
                .into_iter()
                .find(|row| row.0 == d && row.1 == usual)?;
            Channel {
                span,
                statistic,
                storage,
                ..Channel::new(*quantity, medium)
            }
        }
        7 if (c, d) == GAS_VOLUME && medium == Medium::GAS => {
            Channel::new(Quantity::Volume, medium)
        }
        _ => return None,
    };
    if e > MAX_TARIFF || (e != 0 && !takes_tariff(a, d, channel.span)) {
        return None;
    }
    Some(Channel {
        tariff: u32::from(e),
        ..channel
    })
}

fn read_electricity(c: u8, d: u8, medium: Medium) -> Option<Channel> {
    let (moment, counter, direction, phase) = match c {
        1..=80 => {
            let row = c.checked_sub(1)?;
            let phase = match row / 20 {
                0 => Phase::Total,
                1 => Phase::L1,
                2 => Phase::L2,
                _ => Phase::L3,
            };
            let (measured, direction) = ELECTRICITY.get(usize::from(row % 20))?;
            (measured.moment, measured.counter, *direction, phase)
        }
        _ => {
            let (_, moment, phase) = CONDUCTORS.into_iter().find(|row| row.0 == c)?;
            (moment, None, Direction::None, phase)
        }
    };
    let (quantity, statistic, span) = if d == ELECTRICITY_COUNTER {
        (counter?, Statistic::Instant, Span::Register)
    } else {
        let (_, statistic, span) = ELECTRICITY_D.into_iter().find(|row| row.0 == d)?;
        (moment, statistic, span)
    };
    Some(Channel {
        direction,
        phase,
        statistic,
        span,
        ..Channel::new(quantity, medium)
    })
}
