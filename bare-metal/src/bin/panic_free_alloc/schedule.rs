//! Smart charging and load management.

use core::hint::black_box;
use core::num::NonZeroU16;
use core::time::Duration;

use ocpp_types::load::{
    Currents, Demand, MODELS, Meter, Place, Station, Strategy, Target, Wiring, Zone,
};
use ocpp_types::messages::{
    ClearChargingProfileRequest, GetCompositeScheduleRequest, MeterValuesRequest,
    SetChargingProfileRequest,
};
use ocpp_types::meter_units::{Instant, Rounding};
use ocpp_types::schedule::{
    Bounds, Charging, Composite, PhaseRule, Profile, ProfileStack, RateUnit, Rules, Tenths, Window,
};
use ocpp_types::types::{ChargingProfile, Limit};
use ocpp_types::{Payload, RawPayload, Tolerance};

use super::show;

pub(super) fn stack(text: &str) {
    let mut stack = stack_of(text);
    let payload = RawPayload::new(text);
    if let Ok(request) = ClearChargingProfileRequest::decode(payload) {
        black_box(stack.clear_as_asked(&request));
    }
    for installed in stack.clone().profiles() {
        match stack.install(
            installed.connector(),
            installed.profile().clone(),
            charging(),
        ) {
            Ok(count) => drop(black_box(count)),
            Err(refusal) => show(refusal),
        }
        let (connector, profile) = (installed.connector(), installed.profile().clone());
        if let Some(charging) = charging() {
            black_box(stack.install_remote_start(connector, profile, charging)).ok();
        }
        black_box(stack.restore(installed.clone())).ok();
        black_box(ChargingProfile::from(installed.profile()));
        black_box(
            installed
                .profile()
                .limit_at(black_box(0), Some(black_box(0))),
        );
    }
    black_box(stack.end_transaction(black_box(1)));
    black_box(stack.bounds());
}

pub(super) fn composite(text: &str) {
    let stack = stack_of(text);
    let connectors = [charging(), None, charging()];
    let window = Window::new(black_box(0), black_box(i64::MAX));
    for unit in [RateUnit::Amperes, RateUnit::Watts] {
        let rules = rules(unit);
        let connector = black_box(1);
        let profiles = stack.profiles();
        let walks = [
            Composite::of_connector(profiles, connector, charging(), window, rules),
            Composite::of_station(profiles, &connectors, window, rules),
        ];
        for period in walks.into_iter().flatten() {
            black_box((period.start, period.phases));
            let Some(limit) = period.limit else {
                continue;
            };
            show(limit.wire());
            show(limit.round(black_box(6), Rounding::HalfEven));
            black_box(Some(limit) > period.limit);
        }
        let now = stack.limit_at(connector, charging(), black_box(0), rules);
        black_box((now.limit.is_some(), now.phases, now.until));
        let request = GetCompositeScheduleRequest::decode(RawPayload::new(text));
        if let Ok(request) = request {
            black_box(stack.composite(&request, black_box(0), &connectors, rules));
        }
    }
}

pub(super) fn load(text: &str) {
    let zone = Zone {
        maximum: tenths(),
        fail_safe: tenths(),
        stale_after: Duration::from_secs(black_box(60)),
    };
    let mut meters = [
        Meter::new(Place::Within),
        Meter::new(Place::Beside { fuse: tenths() }),
    ];
    let now = Instant::from_millis(black_box(0));
    let payload = MeterValuesRequest::decode_with(RawPayload::new(text), Tolerance::LENIENT);
    if let Ok(payload) = payload {
        for value in &payload.value.meter_value {
            let Some(currents) = Currents::from_readings(value.readings()) else {
                continue;
            };
            for meter in &mut meters {
                meter.read(now, currents);
            }
        }
    }
    let stations = black_box([station(Wiring::L1), station(Wiring::L2.and(Wiring::L3))]);
    let allocation = zone.share(now, &meters, black_box(&stations));
    for share in allocation.shares {
        for (name, strategy) in MODELS {
            let target = Target {
                connector: black_box(1),
                transaction: Some(black_box(1)),
                share,
                minimum: tenths(),
            };
            black_box((name, strategy.request(&target, black_box(0))));
        }
    }
    black_box((allocation.regime, allocation.valid_until));
    black_box(Strategy::of_model(text));
}

fn stack_of(text: &str) -> ProfileStack {
    let mut stack = ProfileStack::new(Bounds {
        connectors: black_box(2),
        profiles: black_box(8),
        stack_level: black_box(8),
        periods: black_box(24),
        unit: black_box(None),
    });
    let payload = RawPayload::new(text);
    for _ in 0..black_box(2_u32) {
        if let Ok(read) = SetChargingProfileRequest::decode_with(payload, Tolerance::LENIENT) {
            black_box(stack.set(&read.value, charging())).ok();
            if let Err(error) = Profile::try_from(&read.value.cs_charging_profiles) {
                show(error);
            }
        }
    }
    stack
}

fn station(wiring: Wiring) -> Station {
    Station {
        minimum: tenths(),
        demand: Demand::Charging,
        ..Station::new(wiring, tenths())
    }
}

fn rules(unit: RateUnit) -> Rules {
    Rules {
        unit,
        voltage: black_box(NonZeroU16::MIN),
        phases: black_box(PhaseRule::FewestPhases),
        fallback: black_box(Some(Tenths::ZERO)),
    }
}

fn charging() -> Option<Charging> {
    black_box(Some(Charging {
        since: black_box(0),
        transaction: black_box(None),
    }))
}

fn tenths() -> Tenths {
    black_box(Limit::ZERO.decimal())
        .try_into()
        .unwrap_or_default()
}
