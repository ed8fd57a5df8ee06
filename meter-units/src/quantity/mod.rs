//! What is measured, counted or described.

mod measurement_type;
mod unit_index;

use crate::words::words;

words! {
    /// What a value is about.
    ///
    /// The list is that of the measurement type table of data concentrators, in its order, followed
    /// by what it lacks of M-Bus, and by what charging stations and electricity meters send.
    pub enum Quantity {
        /// Not said.
        None = "none",
        /// Error flags, bit by bit.
        ErrorFlags = "error_flags",
        /// States of digital outputs.
        DigitalOutput = "digital_output",
        /// Special supplier information.
        SpecialSupplierInformation = "special_supplier_information",
        /// Credit, in the local currency.
        Credit = "credit",
        /// Debit, in the local currency.
        Debit = "debit",
        /// Voltage.
        Voltage = "voltage",
        /// Electric current.
        Current = "current",
        /// Energy: active energy of an electricity meter, heat, cold.
        Energy = "energy",
        /// Volume.
        Volume = "volume",
        /// Mass.
        Mass = "mass",
        /// Time during which the meter measured.
        OperatingTime = "operating_time",
        /// Time during which the meter was powered.
        OnTime = "on_time",
        /// Power: active power of an electricity meter, heat flow.
        Power = "power",
        /// Volume flow.
        VolumeFlow = "volume_flow",
        /// Mass flow.
        MassFlow = "mass_flow",
        /// Return temperature.
        ReturnTemperature = "return_temperature",
        /// Flow (forward) temperature.
        FlowTemperature = "flow_temperature",
        /// Difference of flow and return temperature.
        TemperatureDifference = "temperature_difference",
        /// External temperature.
        ExternalTemperature = "external_temperature",
        /// Pressure.
        Pressure = "pressure",
        /// A date, or a date with time.
        Timestamp = "timestamp",
        /// A time of day.
        TimeOfDay = "time_of_day",
        /// Units of a heat cost allocator.
        HcaUnits = "hca_units",
        /// Averaging duration.
        AveragingDuration = "averaging_duration",
        /// Actuality duration.
        ActualityDuration = "actuality_duration",
        /// (Enhanced) identification.
        Identification = "identification",
        /// Fabrication number.
        FabricationNumber = "fabrication_number",
        /// Bus address.
        Address = "address",
        /// A quantity that the meter names in plain text.
        PlainText = "plain_text",
        /// States of digital inputs.
        DigitalInput = "digital_input",
        /// Other software version.
        SoftwareVersion = "software_version",
        /// Access number, unique message identification.
        AccessNumber = "access_number",
        /// Device type.
        DeviceType = "device_type",
        /// Manufacturer.
        Manufacturer = "manufacturer",
        /// Parameter set identification.
        ParameterSet = "parameter_set",
        /// Model, version.
        ModelVersion = "model_version",
        /// Hardware version.
        HardwareVersion = "hardware_version",
        /// Metrology (firmware) version.
        FirmwareVersion = "firmware_version",
        /// Customer location.
        CustomerLocation = "customer_location",
        /// Customer.
        Customer = "customer",
        /// Access code of the user.
        AccessCodeUser = "access_code_user",
        /// Access code of the operator.
        AccessCodeOperator = "access_code_operator",
        /// Access code of the system operator.
        AccessCodeSystemOperator = "access_code_system_operator",
        /// Access code of the developer.
        AccessCodeDeveloper = "access_code_developer",
        /// Password.
        Password = "password",
        /// Error mask.
        ErrorMask = "error_mask",
        /// Baud rate.
        BaudRate = "baud_rate",
        /// Response delay time.
        ResponseDelayTime = "response_delay_time",
        /// Retries.
        Retry = "retry",
        /// Remote control.
        RemoteControl = "remote_control",
        /// First storage number for cyclic storage.
        FirstCyclicStorageNumber = "first_cyclic_storage_number",
        /// Last storage number for cyclic storage.
        LastCyclicStorageNumber = "last_cyclic_storage_number",
        /// Size of a storage block.
        StorageBlockSize = "storage_block_size",
        /// Storage interval.
        StorageInterval = "storage_interval",
        /// Data whose meaning only the manufacturer or operator knows.
        VendorSpecificData = "vendor_specific_data",
        /// Time point, in seconds.
        TimePoint = "time_point",
        /// Duration since the last readout.
        DurationSinceLastReadout = "duration_since_last_readout",
        /// Start of a tariff.
        TariffStart = "tariff_start",
        /// Duration of a tariff.
        TariffDuration = "tariff_duration",
        /// Period of a tariff.
        TariffPeriod = "tariff_period",
        /// A number without dimension and further meaning.
        Dimensionless = "dimensionless",
        /// Data container for wireless M-Bus.
        WmbusContainer = "wmbus_container",
        /// Period of nominal data transmissions.
        TransmissionPeriod = "transmission_period",
        /// Reset counter.
        ResetCounter = "reset_counter",
        /// Cumulation counter.
        CumulationCounter = "cumulation_counter",
        /// Control signal.
        ControlSignal = "control_signal",
        /// Day of week, 1 for Monday.
        DayOfWeek = "day_of_week",
        /// Week number.
        WeekNumber = "week_number",
        /// Time point of the day change.
        DayChangeTime = "day_change_time",
        /// State of parameter activation.
        ParameterActivationState = "parameter_activation_state",
        /// Duration since the last cumulation.
        DurationSinceLastCumulation = "duration_since_last_cumulation",
        /// Operating time of the battery.
        BatteryOperatingTime = "battery_operating_time",
        /// Date and time of the battery change.
        BatteryChange = "battery_change",
        /// Radio frequency level.
        RfLevel = "rf_level",
        /// Begin, end and deviation of daylight saving.
        DaylightSaving = "daylight_saving",
        /// Listening window management.
        ListeningWindow = "listening_window",
        /// Remaining life of the battery.
        RemainingBatteryLife = "remaining_battery_life",
        /// How often the meter was stopped.
        StopCounter = "stop_counter",
        /// Data container for a manufacturer's protocol.
        ManufacturerContainer = "manufacturer_container",
        /// Reactive energy.
        ReactiveEnergy = "reactive_energy",
        /// Reactive power.
        ReactivePower = "reactive_power",
        /// Relative humidity.
        RelativeHumidity = "relative_humidity",
        /// Phase angle between two voltages.
        PhaseVoltageToVoltage = "phase_voltage_to_voltage",
        /// Phase angle between voltage and current.
        PhaseVoltageToCurrent = "phase_voltage_to_current",
        /// Frequency.
        Frequency = "frequency",
        /// Cold or warm temperature limit.
        TemperatureLimit = "temperature_limit",
        /// Cumulative maximum of active power.
        CumulativeMaxPower = "cumulative_max_power",
        /// Remaining readout requests.
        RemainingReadouts = "remaining_readouts",
        /// The status byte of a meter.
        MeterStatus = "meter_status",
        /// Apparent energy.
        ApparentEnergy = "apparent_energy",
        /// Apparent power.
        ApparentPower = "apparent_power",
        /// Security key.
        SecurityKey = "security_key",
        /// A raw frame.
        DataFrame = "data_frame",
        /// Descriptor for tariff and subunit.
        TariffDescriptor = "tariff_descriptor",
        /// Currently selected application.
        SelectedApplication = "selected_application",
        /// Moisture level.
        MoistureLevel = "moisture_level",
        /// Coefficient of performance.
        CoefficientOfPerformance = "coefficient_of_performance",
        /// Resulting rating factor K of a heat cost allocator.
        HcaRatingFactor = "hca_rating_factor",
        /// Thermal output rating factor Kq of a heat cost allocator.
        HcaOutputRatingFactor = "hca_output_rating_factor",
        /// Overall thermal coupling rating factor Kc of a heat cost allocator.
        HcaCouplingFactor = "hca_coupling_factor",
        /// Room-side thermal coupling rating factor Kcr of a heat cost allocator.
        HcaCouplingFactorRoom = "hca_coupling_factor_room",
        /// Heating-side thermal coupling rating factor Kch of a heat cost allocator.
        HcaCouplingFactorHeating = "hca_coupling_factor_heating",
        /// Low-temperature rating factor Kt of a heat cost allocator.
        HcaLowTemperatureFactor = "hca_low_temperature_factor",
        /// Display output scaling factor of a heat cost allocator.
        HcaDisplayFactor = "hca_display_factor",
        /// Any quantity, in a selection.
        Any = "any",
        /// A quantity whose code is reserved or not known.
        Unknown = "unknown",
        /// Temperature of the device itself.
        Temperature = "temperature",
        /// Power factor.
        PowerFactor = "power_factor",
        /// State of charge.
        StateOfCharge = "state_of_charge",
        /// Speed of a fan.
        FanSpeed = "fan_speed",
        /// Power offered to a vehicle.
        PowerOffered = "power_offered",
        /// Current offered to a vehicle.
        CurrentOffered = "current_offered",
        /// How often something happened, such as a limit being exceeded.
        Count = "count",
        /// A duration that qualifies another quantity.
        Duration = "duration",
        /// Total harmonic distortion of a voltage.
        VoltageThd = "voltage_thd",
        /// Total harmonic distortion of a current.
        CurrentThd = "current_thd",
        /// Irradiance.
        Irradiance = "irradiance",
    }
}
