//! Decimals against a table of correctly rounded floats.
//!
//! The environment variable `METERING_VECTORS` says where the table is; without it there is nothing
//! to compare with.

mod vectors;

use meter_units::Decimal;

#[test]
fn floats_of_the_table() {
    let Some(table) = vectors::table("decimal_to_float.tsv") else {
        return;
    };
    let mut rows = 0;
    for line in table.lines().skip(1) {
        let row = Row::of(line).expect("the row has the known columns");
        let Row { value, .. } = row;
        assert_eq!(value.to_f64().to_bits(), row.f64_bits, "f64 of {line}");
        assert_eq!(value.to_f32().to_bits(), row.f32_bits, "f32 of {line}");
        let shortest = Decimal::try_from_f64_shortest(value.to_f64()).expect("it is in range");
        assert_eq!(shortest.to_f64().to_bits(), row.f64_bits, "{line}");
        // The last digit may differ where two texts of that length are equally near.
        assert_eq!(
            shortest.normalized().digits(),
            row.shortest.normalized().digits(),
            "shortest decimal of {line}"
        );
        rows += 1;
    }
    assert!(rows >= 400, "only {rows} rows");
}

struct Row {
    value: Decimal,
    f64_bits: u64,
    shortest: Decimal,
    f32_bits: u32,
}

impl Row {
    fn of(line: &str) -> Option<Self> {
        let mut fields = line.split('\t');
        let coefficient: Decimal = fields.next()?.parse().ok()?;
        Some(Self {
            value: coefficient.scale_by_power_of_ten(fields.next()?.parse().ok()?)?,
            f64_bits: u64::from_str_radix(fields.next()?, 16).ok()?,
            shortest: fields.next()?.parse().ok()?,
            f32_bits: u32::from_str_radix(fields.next()?, 16).ok()?,
        })
    }
}
