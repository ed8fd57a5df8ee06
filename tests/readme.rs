//! The Rust code of the readme runs: this file holds all of it.

use core::error::Error;

type Outcome = Result<(), Box<dyn Error>>;

#[test]
fn a_reading_is_built() -> Outcome {
    use meter_units::{Channel, Decimal, Medium, Quantity, Reading, Unit, Value};

    let channel = Channel::new(Quantity::Energy, Medium::ELECTRICITY);
    let energy = Decimal::new(12_565, -3).ok_or("an exponent out of range")?;
    let reading = Reading::new(channel, Value::from(energy), Unit::KWH);
    assert_eq!(format!("{} {}", reading.value, reading.unit), "12.565 kWh");
    Ok(())
}

#[test]
fn a_telegram_is_read() -> Outcome {
    use mbus_proto::Telegram;
    use mbus_proto::meter_units::Reading;

    let bytes = [
        0x68, 0x0D, 0x0D, 0x68, 0x08, 0x02, 0x78, // a response of the slave with address 2
        0x03, 0x13, 0x15, 0x31, 0x00, // volume
        0x4B, 0x04, 0x37, 0x18, 0x02, // energy, storage 1
        0x7E, 0x16,
    ];
    for reading in Telegram::parse(&bytes)?.readings() {
        let Reading {
            channel,
            value,
            unit,
            ..
        } = reading?;
        println!("{} {value} {unit}", channel.quantity);
    }
    let readings: Result<Vec<_>, _> = Telegram::parse(&bytes)?.readings().collect();
    let lines = readings?
        .iter()
        .map(|it| format!("{} {} {}", it.channel.quantity, it.value, it.unit))
        .collect::<Vec<_>>();
    assert_eq!(lines, ["volume 12.565 m³", "energy 218.37 kWh"]);
    Ok(())
}

#[test]
fn a_register_is_read() -> Outcome {
    use modbus_regmap::Registers;
    use modbus_regmap::models;
    use modbus_regmap::plan::{Place, Selection};

    let map = models::EASTRON_SDM120.map();
    let plan = map.plan(Selection::Names(&["voltage"]))?;
    let request = plan.requests().next().ok_or("no request")?;
    // … `client::Client` sends it, and hands out the registers of the answer.
    let answer = Registers::from_bytes(&[0x43, 0x66, 0x40, 0x00]).ok_or("odd length")?;
    for (register, reading) in request.readings(&map, Place::ABSOLUTE, answer) {
        let reading = reading?;
        println!("{} {} {}", register.name(), reading.value, reading.unit);
    }
    let mut readings = request.readings(&map, Place::ABSOLUTE, answer);
    let (register, reading) = readings.next().ok_or("no reading")?;
    let reading = reading?;
    let line = format!("{} {} {}", register.name(), reading.value, reading.unit);
    assert_eq!(line, "voltage 230.25 V");
    assert!(readings.next().is_none());
    Ok(())
}

#[test]
fn a_frame_is_read() -> Outcome {
    use ocpp_types::{Message, Request};

    let text = r#"[2,"19223201","Authorize",{"idTag":"0A1B2C3D4E5F60"}]"#;
    if let Message::Call {
        id,
        request: Request::Authorize(authorize),
    } = Message::parse(text, |_| None)?
    {
        println!("{id} {}", authorize.id_tag);
    }
    assert!(Message::parse(text, |_| None).is_ok());
    Ok(())
}

#[test]
fn the_code_of_the_readme_stands_in_this_file() {
    let here = trimmed(include_str!("readme.rs"));
    let blocks = include_str!("../README.md").split("```rust\n").skip(1);
    let mut count = 0;
    for block in blocks {
        let code = block.split("```").next().unwrap_or_default();
        assert!(here.contains(&trimmed(code)), "not tested:\n{code}");
        count += 1;
    }
    assert_eq!(count, 4);
}

/// The code without blanks and line ends, which depend on the indentation.
fn trimmed(text: &str) -> String {
    text.split_whitespace().collect()
}
