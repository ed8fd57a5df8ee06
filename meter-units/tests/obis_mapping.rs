//! The mapping between channels and OBIS codes, row by row and as a whole.
#![allow(missing_docs)]

use meter_units::{
    Channel, Direction, Medium, ObisCode, Phase, Quantity, Span, Statistic, channel_in, channel_of,
    obis_for,
};

fn electricity(quantity: Quantity) -> Channel {
    Channel::new(quantity, Medium::ELECTRICITY)
}

fn written(channel: Channel) -> Option<String> {
    obis_for(&channel).map(|code| format!("{code:#}"))
}

#[track_caller]
fn check(channel: Channel, text: &str) {
    assert_eq!(written(channel).as_deref(), Some(text));
    assert_eq!(text.parse().map(channel_of), Ok(Some(channel)));
}

#[test]
fn electricity_counters_are_time_integrals_with_tariff() {
    use Direction::{Export, Import, Q1, Q4};
    for (quantity, direction, text) in [
        (Quantity::Energy, Import, "1-0:1.8.0"),
        (Quantity::Energy, Export, "1-0:2.8.0"),
        (Quantity::ReactiveEnergy, Import, "1-0:3.8.0"),
        (Quantity::ReactiveEnergy, Export, "1-0:4.8.0"),
        (Quantity::ReactiveEnergy, Q1, "1-0:5.8.0"),
        (Quantity::ReactiveEnergy, Q4, "1-0:8.8.0"),
        (Quantity::ApparentEnergy, Import, "1-0:9.8.0"),
        (Quantity::ApparentEnergy, Export, "1-0:10.8.0"),
    ] {
        check(
            Channel {
                direction,
                ..electricity(quantity)
            },
            text,
        );
    }
    let import = Channel {
        direction: Import,
        ..electricity(Quantity::Energy)
    };
    check(
        Channel {
            tariff: 2,
            ..import
        },
        "1-0:1.8.2",
    );
    check(
        Channel {
            tariff: 63,
            ..import
        },
        "1-0:1.8.63",
    );
    assert_eq!(
        written(Channel {
            tariff: 64,
            ..import
        }),
        None
    );
    check(
        Channel {
            phase: Phase::L3,
            ..import
        },
        "1-0:61.8.0",
    );
    let export = Channel {
        direction: Export,
        phase: Phase::L2,
        ..import
    };
    check(export, "1-0:42.8.0");
}

#[test]
fn electricity_moments_have_phases_and_statistics() {
    let power = Channel {
        direction: Direction::Import,
        ..electricity(Quantity::Power)
    };
    check(power, "1-0:1.7.0");
    let net = Channel {
        direction: Direction::Net,
        ..power
    };
    check(net, "1-0:16.7.0");
    check(
        Channel {
            phase: Phase::L2,
            ..net
        },
        "1-0:56.7.0",
    );
    check(
        Channel {
            phase: Phase::L1,
            ..power
        },
        "1-0:21.7.0",
    );

    let maximum = Channel {
        statistic: Statistic::Maximum,
        ..power
    };
    check(maximum, "1-0:1.6.0");
    check(
        Channel {
            tariff: 1,
            ..maximum
        },
        "1-0:1.6.1",
    );
    assert_eq!(written(Channel { tariff: 1, ..power }), None);
    let minimum = Channel {
        statistic: Statistic::Minimum,
        ..power
    };
    check(minimum, "1-0:1.3.0");
    let running = Channel {
        statistic: Statistic::Average,
        ..power
    };
    check(running, "1-0:1.4.0");
    let last = Channel {
        span: Span::Interval,
        ..running
    };
    check(last, "1-0:1.5.0");

    for (quantity, phase, text) in [
        (Quantity::Current, Phase::L1, "1-0:31.7.0"),
        (Quantity::Current, Phase::L3, "1-0:71.7.0"),
        (Quantity::Current, Phase::N, "1-0:91.7.0"),
        (Quantity::Voltage, Phase::L2, "1-0:52.7.0"),
        (Quantity::Voltage, Phase::L12, "1-0:124.7.0"),
        (Quantity::Voltage, Phase::L31, "1-0:126.7.0"),
        (Quantity::PowerFactor, Phase::Total, "1-0:13.7.0"),
        (Quantity::PowerFactor, Phase::L1, "1-0:33.7.0"),
        (Quantity::Frequency, Phase::Total, "1-0:14.7.0"),
    ] {
        check(
            Channel {
                phase,
                ..electricity(quantity)
            },
            text,
        );
    }
}

#[test]
fn heat_and_water_count_with_d_zero() {
    for (quantity, medium, text) in [
        (Quantity::Energy, Medium::HEAT_OUTLET, "6-0:1.0.0"),
        (Quantity::Energy, Medium::COOLING_OUTLET, "5-0:1.0.0"),
        (Quantity::Volume, Medium::HEAT_OUTLET, "6-0:2.0.0"),
        (Quantity::Power, Medium::HEAT_OUTLET, "6-0:8.0.0"),
        (Quantity::VolumeFlow, Medium::HEAT_OUTLET, "6-0:9.0.0"),
        (Quantity::FlowTemperature, Medium::HEAT_OUTLET, "6-0:10.0.0"),
        (
            Quantity::ReturnTemperature,
            Medium::HEAT_OUTLET,
            "6-0:11.0.0",
        ),
        (
            Quantity::TemperatureDifference,
            Medium::HEAT_OUTLET,
            "6-0:12.0.0",
        ),
        (Quantity::Volume, Medium::WATER, "8-0:1.0.0"),
        (Quantity::Volume, Medium::WARM_WATER, "9-0:1.0.0"),
        (Quantity::VolumeFlow, Medium::WATER, "8-0:2.0.0"),
        (Quantity::FlowTemperature, Medium::WARM_WATER, "9-0:3.0.0"),
        (Quantity::Volume, Medium::GAS, "7-0:3.0.0"),
        (Quantity::HcaUnits, Medium::HEAT_COST_ALLOCATOR, "4-0:1.0.0"),
    ] {
        check(Channel::new(quantity, medium), text);
    }
    let energy = Channel::new(Quantity::Energy, Medium::HEAT_OUTLET);
    check(
        Channel {
            tariff: 3,
            ..energy
        },
        "6-0:1.0.3",
    );
    check(
        Channel {
            storage: 1,
            ..energy
        },
        "6-0:1.2.0",
    );
    assert_eq!(
        written(Channel {
            storage: 2,
            ..energy
        }),
        None
    );

    let flow = Channel::new(Quantity::VolumeFlow, Medium::HEAT_OUTLET);
    for (statistic, text) in [
        (Statistic::Maximum, Some("6-0:9.5.0")),
        (Statistic::Minimum, Some("6-0:9.4.0")),
        (Statistic::Average, None),
        (Statistic::DuringError, None),
    ] {
        assert_eq!(written(Channel { statistic, ..flow }).as_deref(), text);
    }
}

#[test]
fn device_types_that_obis_does_not_tell_apart_share_a_code() {
    let inlet = Channel::new(Quantity::Energy, Medium::HEAT_INLET);
    let code = obis_for(&inlet).unwrap();
    assert_eq!(code, ObisCode([6, 0, 1, 0, 0, 255]));
    assert_eq!(channel_in(code, Medium::HEAT_INLET), Some(inlet));
    assert_eq!(
        channel_of(code),
        Some(Channel::new(Quantity::Energy, Medium::HEAT_OUTLET))
    );
    assert_eq!(channel_in(code, Medium::WATER), None);
}

#[test]
fn what_every_meter_has_is_of_no_medium() {
    for (quantity, text) in [
        (Quantity::FabricationNumber, "0-0:96.1.0"),
        (Quantity::OperatingTime, "0-0:96.8.0"),
        (Quantity::ErrorFlags, "0-0:97.97.0"),
    ] {
        check(Channel::new(quantity, Medium::OTHER), text);
        let channel = Channel::new(quantity, Medium::STEAM);
        assert_eq!(written(channel).as_deref(), Some(text));
        let code = text.parse().unwrap();
        assert_eq!(channel_in(code, Medium::STEAM), Some(channel));
    }
    assert_eq!(
        channel_of(ObisCode([1, 0, 96, 1, 0, 255])),
        Some(electricity(Quantity::FabricationNumber))
    );
}

#[test]
fn older_heat_meters_name_their_volume_like_water() {
    let code = ObisCode([8, 0, 1, 0, 0, 255]);
    let volume = Channel::new(Quantity::Volume, Medium::HEAT_OUTLET);
    assert_eq!(channel_in(code, Medium::HEAT_OUTLET), Some(volume));
    assert_eq!(written(volume).as_deref(), Some("6-0:2.0.0"));
}

#[test]
fn nothing_is_invented() {
    // not said is neither import nor the total of both
    assert_eq!(obis_for(&electricity(Quantity::Energy)), None);
    let import = Channel {
        direction: Direction::Import,
        ..electricity(Quantity::Energy)
    };
    for channel in [
        Channel {
            storage: 1,
            ..import
        },
        Channel {
            subunit: 1,
            ..import
        },
        Channel {
            phase: Phase::N,
            ..import
        },
        Channel {
            span: Span::Interval,
            ..import
        },
        Channel {
            statistic: Statistic::Maximum,
            ..import
        },
        Channel {
            medium: Medium::STEAM,
            ..import
        },
        Channel {
            medium: Medium::HEAT_OUTLET,
            ..import
        },
        Channel::new(Quantity::Energy, Medium::HEAT_COOLING),
        Channel::new(Quantity::Volume, Medium::CALORIFIC_VALUE),
        Channel::new(Quantity::BaudRate, Medium::ELECTRICITY),
    ] {
        assert_eq!(obis_for(&channel), None, "{channel:?}");
    }
    for text in [
        "1-0:1.8.0*0",
        "1-0:1.8.64",
        "1-1:1.8.0",
        "1-0:1.7.6",
        "1-0:1.7.1",
        "1-0:31.8.0",
        "1-0:81.7.1",
        "1-0:0.0.0",
        "6-0:1.8.0",
        "6-0:1.5.0",
        "6-0:8.2.0",
        "6-0:10.0.1",
        "7-0:3.1.0",
        "0-0:1.0.0",
        "99-0:96.1.0",
        "255-255:255.255.255",
    ] {
        assert_eq!(channel_of(text.parse().unwrap()), None, "{text}");
    }
}

#[test]
fn every_code_of_the_meter_itself_comes_back() {
    let mut mapped = 0;
    for [a, c, d] in (0..=9_u8)
        .flat_map(|a| (0..=u8::MAX).flat_map(move |c| (0..=u8::MAX).map(move |d| [a, c, d])))
    {
        for e in [0, 1, 63, 64] {
            let code = ObisCode([a, 0, c, d, e, 255]);
            let Some(channel) = channel_of(code) else {
                continue;
            };
            mapped += 1;
            let expected = if c >= 96 && a != 0 && c < 124 {
                ObisCode([0, 0, c, d, e, 255])
            } else {
                code
            };
            assert_eq!(obis_for(&channel), Some(expected), "{code}");
        }
    }
    // electricity: 64 counters in 3 tariffs, 85 moments in 3 tariffs of 4 averages and now;
    // heat and cooling; cold and hot water; heat cost allocators; gas; what every meter has
    assert_eq!(mapped, 64 * 3 + 85 * 13 + 2 * 27 + 2 * 12 + 6 + 3 + 24);
}

#[test]
fn every_channel_with_a_code_comes_back() {
    let mut mapped = 0;
    for quantity in Quantity::ALL {
        for medium in [0, 2, 3, 4, 5, 7, 10, 12, 13, 20, 22].map(Medium) {
            let plain = Channel::new(*quantity, medium);
            let variants = Direction::ALL.iter().flat_map(|direction| {
                Phase::ALL.iter().flat_map(move |phase| {
                    Statistic::ALL.iter().flat_map(move |statistic| {
                        Span::ALL.iter().map(move |span| Channel {
                            direction: *direction,
                            phase: *phase,
                            statistic: *statistic,
                            span: *span,
                            ..plain
                        })
                    })
                })
            });
            for channel in variants {
                for (tariff, storage) in [(0, 0), (7, 0), (0, 1), (7, 1)] {
                    let channel = Channel {
                        tariff,
                        storage,
                        ..channel
                    };
                    if let Some(code) = obis_for(&channel) {
                        mapped += 1;
                        assert_eq!(channel_in(code, medium), Some(channel));
                        let usual = channel_of(code).unwrap();
                        assert_eq!(obis_for(&usual), Some(code));
                        assert_eq!(Channel { medium, ..usual }, channel);
                    }
                }
            }
        }
    }
    assert!(mapped > 1_000, "{mapped}");
}
