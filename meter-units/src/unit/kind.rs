//! What units measure.

use crate::words::words;

words! {
    /// What a unit measures; numbers convert within a kind only.
    ///
    /// Finer than a physical dimension: active, reactive and apparent energy share one and still
    /// must not be mixed up, and a temperature has an offset that a difference has not.
    pub enum Kind {
        /// Energy: active electrical energy, heat.
        Energy = "energy",
        /// Volume times temperature difference.
        VolumeTemp = "volume_temp",
        /// Reactive energy.
        ReactiveEnergy = "reactive_energy",
        /// Apparent energy.
        ApparentEnergy = "apparent_energy",
        /// Power: active electrical power, heat flow.
        Power = "power",
        /// Reactive power.
        ReactivePower = "reactive_power",
        /// Apparent power.
        ApparentPower = "apparent_power",
        /// Voltage.
        Voltage = "voltage",
        /// Current.
        Current = "current",
        /// Electric charge.
        Charge = "charge",
        /// Voltage squared times time.
        VoltSqTime = "volt_sq_time",
        /// Current squared times time.
        AmpSqTime = "amp_sq_time",
        /// Voltage times time.
        VoltTime = "volt_time",
        /// Electric resistance.
        Resistance = "resistance",
        /// Frequency.
        Frequency = "frequency",
        /// Rotational speed.
        RotationalSpeed = "rotational_speed",
        /// Volume as metered.
        Volume = "volume",
        /// Volume of gas at base conditions.
        VolumeNorm = "volume_norm",
        /// Volume flow.
        VolumeFlow = "volume_flow",
        /// Volume flow of gas at base conditions.
        VolumeFlowNorm = "volume_flow_norm",
        /// Mass.
        Mass = "mass",
        /// Mass flow.
        MassFlow = "mass_flow",
        /// Temperature.
        Temperature = "temperature",
        /// Difference of two temperatures.
        TemperatureDiff = "temperature_diff",
        /// Pressure.
        Pressure = "pressure",
        /// Time that passes.
        Duration = "duration",
        /// Calendar months, which have no fixed length.
        CalendarMonths = "calendar_months",
        /// Symbols per time on a line.
        SymbolRate = "symbol_rate",
        /// Time in bits of a line.
        BitTimes = "bit_times",
        /// Angle.
        Angle = "angle",
        /// Ratio of two equal kinds.
        Ratio = "ratio",
        /// Power on a logarithmic scale.
        LogPower = "log_power",
        /// Ratio on a logarithmic scale.
        LogRatio = "log_ratio",
        /// Consumption of a heat cost allocator.
        HcaUnits = "hca_units",
        /// Number of things or events.
        Count = "count",
        /// Money.
        Money = "money",
        /// Bits, each with a meaning.
        Flags = "flags",
        /// Point in time.
        Instant = "instant",
        /// Place in a row, such as a day of the week.
        Ordinal = "ordinal",
        /// Energy per volume.
        EnergyDensity = "energy_density",
        /// Mass per volume.
        Density = "density",
        /// Pulses per energy.
        PulseConstant = "pulse_constant",
        /// Pulses per volume.
        PulseConstantVol = "pulse_constant_vol",
        /// Length.
        Length = "length",
        /// Speed.
        Speed = "speed",
        /// Power per area.
        Irradiance = "irradiance",
        /// Product or quotient that has no kind of its own.
        Compound = "compound",
    }
}

impl Kind {
    /// The kind of a quotient.
    pub(super) const fn over(self, divisor: Self) -> Self {
        match (self, divisor) {
            (Self::Energy, Self::Duration) => Self::Power,
            (Self::ReactiveEnergy, Self::Duration) => Self::ReactivePower,
            (Self::ApparentEnergy, Self::Duration) => Self::ApparentPower,
            (Self::Charge, Self::Duration) => Self::Current,
            (Self::Volume, Self::Duration) => Self::VolumeFlow,
            (Self::VolumeNorm, Self::Duration) => Self::VolumeFlowNorm,
            (Self::Mass, Self::Duration) => Self::MassFlow,
            (Self::Length, Self::Duration) => Self::Speed,
            (Self::Energy, Self::Volume) => Self::EnergyDensity,
            (Self::Mass, Self::Volume) => Self::Density,
            _ => Self::Compound,
        }
    }

    /// Whether the two are related, but not by a factor: by a logarithm or by the calendar.
    pub(crate) const fn is_bent_from(self, other: Self) -> bool {
        matches!(
            (self, other),
            (Self::LogPower, Self::Power)
                | (Self::Power, Self::LogPower)
                | (Self::LogRatio, Self::Ratio)
                | (Self::Ratio, Self::LogRatio)
                | (Self::CalendarMonths, Self::Duration)
                | (Self::Duration, Self::CalendarMonths)
        )
    }
}
