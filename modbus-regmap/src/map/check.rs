//! The rules that every map keeps.

use super::doubled::first_doubled;
use super::forbidden::Forbidden;
use super::index::Index;
use super::{Device, MapError, MapRule, Register, ShortName};
use crate::Table;
use crate::encoding::{Encoding, Marker, Scale};

/// Where the registers are found, or the first one that breaks a rule.
pub(super) fn check(device: &Device<'_>, registers: &[Register<'_>]) -> Result<Index, MapError> {
    let known = Index::of(registers);
    let forbidden = device.forbidden_in_order();
    let doubled = known.first_doubled(registers);
    for (index, register) in registers.iter().enumerate() {
        check_alone(device, &forbidden, register)
            .and_then(|()| check_lookups(register, registers, &known))
            .and(match doubled {
                Some(doubled) if doubled == index => Err(MapRule::DuplicateName),
                _ => Ok(()),
            })
            .map_err(|rule| MapError {
                rule,
                index,
                name: ShortName::new(register.name()),
            })?;
    }
    Ok(known)
}

fn check_alone(
    device: &Device<'_>,
    forbidden: &Forbidden<'_>,
    register: &Register<'_>,
) -> Result<(), MapRule> {
    if register.name().is_empty() {
        return Err(MapRule::NoName);
    }
    let (table, address, count) = (register.table, register.address, register.count());
    if count == 0 {
        return Err(MapRule::Empty);
    }
    if u32::from(address).saturating_add(count.into()) > 0x1_0000 {
        return Err(MapRule::AddressRange { address, count });
    }
    // a second table of the other kind would hold something else
    let is_mixed = register
        .also_table
        .is_some_and(|other| other.is_bits() != table.is_bits());
    if table.is_bits() || is_mixed {
        if !matches!(register.encoding, Encoding::Field(field) if field.is_bit() && field.low() == 0)
        {
            return Err(MapRule::NotABit);
        }
    } else if count > device.max_registers() {
        let max = device.max_registers();
        return Err(MapRule::TooLong { count, max });
    }
    if !register.encoding.takes(register.order) {
        return Err(MapRule::Order { count });
    }
    let is_scaled = register.scale != Scale::ONE
        || !register.offset.is_zero()
        || register.scale_register.is_some()
        || register.round.is_some();
    if is_scaled && !register.encoding.is_number() {
        return Err(MapRule::Scaled);
    }
    if register.access.is_writable() && matches!(table, Table::DiscreteInput | Table::InputRegister)
    {
        return Err(MapRule::ReadOnly);
    }
    check_marker(register)?;
    check_labels(register)?;
    let end = u32::from(address).saturating_add(count.into());
    if forbidden.first_in(table, address.into(), end).is_none() {
        return Ok(());
    }
    let mut ranges = device.forbidden().iter();
    match ranges.find(|range| range.touches(table, address, count)) {
        Some(range) => Err(MapRule::Forbidden(range.first.max(address))),
        None => Ok(()),
    }
}

fn check_marker(register: &Register<'_>) -> Result<(), MapRule> {
    let fits = match register.marker {
        None | Some(Marker::Zeros) => true,
        Some(Marker::Nan) => matches!(
            register.encoding,
            Encoding::F16 | Encoding::F32 | Encoding::F64 | Encoding::PowerFactor
        ),
        Some(Marker::Bits(bits)) => match register.count() {
            count @ 1..=3 => bits >> (16 * u32::from(count)) == 0,
            4 => true,
            _ => false,
        },
        Some(marker) => marker.bits(register.encoding).is_some(),
    };
    if fits { Ok(()) } else { Err(MapRule::Marker) }
}

fn check_labels(register: &Register<'_>) -> Result<(), MapRule> {
    let codes = register.labels().map(|(code, _)| code);
    // those of a file are sorted
    let mut pairs = codes.clone().zip(codes.clone().skip(1));
    if pairs.all(|(one, next)| one < next) {
        return Ok(());
    }
    let doubled = first_doubled(codes.clone());
    match doubled.and_then(|place| codes.clone().nth(place)) {
        Some(code) => Err(MapRule::DuplicateLabel(code)),
        None => Ok(()),
    }
}

/// The exponent and the code of the unit are values of the map, so that a plan reads them too.
fn check_lookups(
    register: &Register<'_>,
    registers: &[Register<'_>],
    known: &Index,
) -> Result<(), MapRule> {
    let has = |address| known.cell(registers, register.table, address).is_some();
    match (register.scale_register, register.unit_register) {
        (Some(address), _) if !has(address) => Err(MapRule::ScaleRegister(address)),
        (_, Some(address)) if !has(address) => Err(MapRule::UnitRegister(address)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use meter_units::Decimal;

    use super::*;
    use crate::encoding::Order;
    use crate::map::{Access, AddressRange, RegisterMap};

    const fn register(name: &str, address: u16, encoding: Encoding) -> Register<'_> {
        Register::new(name, Table::HoldingRegister, address, encoding)
    }

    fn rule(device: &Device<'_>, registers: &[Register<'_>]) -> Option<(usize, MapRule)> {
        RegisterMap::new(device, registers)
            .err()
            .map(|error| (error.index, error.rule))
    }

    #[test]
    fn each_rule_is_named_with_its_register() {
        let device = Device::new("meter").with_max_registers(11);
        let good = register("a", 0, Encoding::U16);
        for (bad, expected) in [
            (register("", 1, Encoding::U16), MapRule::NoName),
            (register("b", 1, Encoding::text(0)), MapRule::Empty),
            (
                register("b", 65_535, Encoding::U32),
                MapRule::AddressRange {
                    address: 65_535,
                    count: 2,
                },
            ),
            (
                register("b", 1, Encoding::text(12)),
                MapRule::TooLong { count: 12, max: 11 },
            ),
            (
                register("b", 1, Encoding::U32).with_order(Order::EFGHABCD),
                MapRule::Order { count: 2 },
            ),
            (
                register("b", 1, Encoding::text(2)).with_offset(Decimal::ONE),
                MapRule::Scaled,
            ),
            (
                register("b", 1, Encoding::U16).with_scale_register(9),
                MapRule::ScaleRegister(9),
            ),
            (
                register("b", 1, Encoding::U16).with_not_available(Marker::Bits(0x1_0000)),
                MapRule::Marker,
            ),
            (
                register("b", 1, Encoding::U16).with_not_available(Marker::Integer(-1)),
                MapRule::Marker,
            ),
            (
                register("b", 1, Encoding::ENUM16).with_labels(&[(1, "on"), (0, "off"), (1, "up")]),
                MapRule::DuplicateLabel(1),
            ),
            (
                Register::new("b", Table::Coil, 1, Encoding::U16),
                MapRule::NotABit,
            ),
            (
                register("b", 1, Encoding::U16).with_second_table(Table::Coil),
                MapRule::NotABit,
            ),
            (
                Register::new("b", Table::InputRegister, 1, Encoding::U16)
                    .with_access(Access::ReadWrite),
                MapRule::ReadOnly,
            ),
        ] {
            assert_eq!(rule(&device, &[good.clone(), bad]), Some((1, expected)));
        }
        let again = register("a", 5, Encoding::U16);
        assert_eq!(
            rule(&device, &[good, again]),
            Some((0, MapRule::DuplicateName))
        );
    }

    #[cfg(feature = "alloc")]
    #[test]
    fn the_first_broken_rule_of_a_long_map_is_named() {
        extern crate alloc;
        use alloc::{format, vec::Vec};
        let device = Device::new("meter");
        let names: Vec<_> = (0..300).map(|n| format!("v{}", n * 7 % 300)).collect();
        let mut registers: Vec<_> = (0..)
            .zip(&names)
            .map(|(address, name)| register(name, address, Encoding::U16))
            .collect();
        assert_eq!(rule(&device, &registers), None);
        let map = RegisterMap::new(&device, &registers).unwrap();
        assert_eq!(map.register("v7").map(Register::address), Some(1));
        assert_eq!(map.register("v300"), None);
        registers[250] = register("v14", 250, Encoding::U16);
        registers[200] = register("v21", 200, Encoding::U16);
        let doubled = Some((2, MapRule::DuplicateName));
        assert_eq!(rule(&device, &registers), doubled);
        registers[3] = register("", 3, Encoding::U16);
        assert_eq!(rule(&device, &registers), doubled);
        registers[1] = register("v7", 1, Encoding::U16).with_scale_register(300);
        assert_eq!(
            rule(&device, &registers),
            Some((1, MapRule::ScaleRegister(300)))
        );
    }

    #[test]
    fn forbidden_addresses_hold_no_value() {
        let ranges = [AddressRange {
            table: None,
            first: 10,
            last: 20,
        }];
        let device = Device::new("meter").with_forbidden(&ranges);
        for (address, expected) in [
            (8, None),
            (9, Some((0, MapRule::Forbidden(10)))),
            (20, Some((0, MapRule::Forbidden(20)))),
            (21, None),
        ] {
            let value = register("a", address, Encoding::U32);
            assert_eq!(rule(&device, &[value]), expected, "{address}");
        }
    }

    #[test]
    fn an_exponent_is_a_register_of_the_same_table() {
        let device = Device::new("meter");
        let value = register("a", 0, Encoding::I16).with_scale_register(1);
        let exponent = register("a_sf", 1, Encoding::ScaleFactor);
        let elsewhere = Register::new("a_sf", Table::InputRegister, 1, Encoding::ScaleFactor);
        assert_eq!(rule(&device, &[value.clone(), exponent]), None);
        assert_eq!(
            rule(&device, &[value, elsewhere]),
            Some((0, MapRule::ScaleRegister(1)))
        );
    }
}
