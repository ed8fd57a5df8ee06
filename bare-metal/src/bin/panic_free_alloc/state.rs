//! What both sides remember.

use core::hint::black_box;
use core::time::Duration;

use ocpp_types::messages::{
    BootNotificationResponse, ChargePointErrorCode, ChargePointStatus, DiagnosticsStatus,
    FirmwareStatus, GetConfigurationRequest, RegistrationStatus, ReserveNowRequest,
    SendLocalListRequest, SignedFirmwareStatus, StartTransactionResponse, UploadLogStatus,
};
use ocpp_types::meter_units::Instant;
use ocpp_types::state::authorization::{
    AuthorizationCache, Connection, LocalList, Permission, Rules, conflicts, decide,
};
use ocpp_types::state::configuration::{
    Access, Configuration, Effect, Entry, KEYS, Key, ValueType, elements,
};
use ocpp_types::state::connector::{Connector, may_follow};
use ocpp_types::state::progress::Progress;
use ocpp_types::state::registration::{Cause, Registration, admit};
use ocpp_types::state::reservation::{AnyConnector, Reservations};
use ocpp_types::state::transaction::{OnInvalid, Transaction};
use ocpp_types::types::{AuthorizationStatus, DateTime, IdTagInfo, IdToken};
use ocpp_types::{Payload, Profile, RawPayload, Tolerance};

use super::{any_action, show};

pub(super) fn registration(text: &str) {
    let now = Instant::from_millis(black_box(0));
    let mut registration = Registration::new(now, Duration::from_secs(black_box(1)));
    let status = RegistrationStatus::from(text);
    registration.answered(now, &status, black_box(i64::MIN));
    let payload = RawPayload::new(text);
    let read = BootNotificationResponse::decode_with(payload, Tolerance::LENIENT);
    if let Ok(read) = read {
        registration.answered_with(now, &read.value);
    }
    registration.failed(now);
    registration.exchanged(now);
    registration.set_heartbeat(now, black_box(i64::MAX));
    black_box((registration.due(now), registration.next()));
    black_box(registration.may_call(any_action(), Cause::Trigger));
    black_box(registration.may_answer(any_action()));
    if let Err(code) = admit(Some(&status), any_action(), Cause::Station) {
        show(&code);
    }
    black_box(registration);
}

pub(super) fn connector(text: &str) {
    let (status, error) = (
        ChargePointStatus::from(text),
        ChargePointErrorCode::from(text),
    );
    let mut connector = Connector::new(black_box(0));
    black_box(connector.report(&status, &error));
    black_box(connector.report(&ChargePointStatus::from(text), &error));
    black_box(may_follow(connector.status(), &status));
    black_box((connector.error(), connector.before_fault()));
}

pub(super) fn progress(text: &str) {
    step(&FirmwareStatus::from(text), &FirmwareStatus::Installed);
    step(&DiagnosticsStatus::from(text), &DiagnosticsStatus::Idle);
    step(
        &SignedFirmwareStatus::from(text),
        &SignedFirmwareStatus::Idle,
    );
    step(&UploadLogStatus::from(text), &UploadLogStatus::Idle);
}

fn step<T: Progress>(status: &T, before: &T) {
    black_box((status.may_follow(before), before.may_follow(status)));
    black_box(status.stage());
}

pub(super) fn configuration(text: &str) {
    let mut configuration = Configuration::new();
    for key in KEYS {
        configuration.define(Entry::standard(key, text));
        if let Err(error) = key.value.check(text) {
            show(error);
        }
    }
    let entry = Entry::vendor("LedColor", text)
        .with_access(Access::ReadWrite)
        .with_effect(Effect::AfterReboot)
        .with_type(black_box(ValueType::PhaseRotation));
    black_box((entry.readable_value(), entry.is_read_only()));
    configuration.define(entry);
    black_box(configuration.change(text, text));
    for entry in configuration.entries() {
        black_box(configuration.check(entry, text)).ok();
    }
    let asked = GetConfigurationRequest::decode_with(RawPayload::new(text), Tolerance::LENIENT);
    if let Ok(asked) = asked {
        black_box(configuration.answer(&asked.value)).ok();
    }
    black_box(configuration.value(text));
    black_box((configuration.boolean(text), configuration.integer(text)));
    for key in configuration.missing(black_box(&[Profile::Core])) {
        show(key.name);
    }
    for element in elements(text) {
        show(element);
    }
    black_box(Key::named(text));
}

pub(super) fn authorization(text: &str) {
    let mut list = LocalList::new(black_box(4), black_box(4));
    let payload = RawPayload::new(text);
    for _ in 0..black_box(2_u32) {
        let read = SendLocalListRequest::decode_with(payload, Tolerance::LENIENT);
        if let Ok(read) = read {
            black_box(list.update(&read.value));
        }
    }
    let (tag, info) = (IdToken::unchecked(text), info(text));
    let mut cache = AuthorizationCache::new(black_box(2));
    for now in 0..black_box(3) {
        cache.insert(now, &tag, &info);
    }
    let rules = Rules {
        pre_authorize: Permission::from(black_box(true)),
        authorize_offline: Permission::from(black_box(true)),
        unknown_offline: Permission::from(black_box(true)),
    };
    for connection in [Connection::Online, Connection::Offline] {
        let now = black_box(0);
        black_box(decide(
            now,
            &tag,
            Some(&list),
            Some(&cache),
            &rules,
            connection,
        ));
    }
    black_box(conflicts(black_box(0), &tag, &list, &info));
    for (tag, info) in list.entries().chain(cache.entries()) {
        black_box((tag.as_str(), info.status.as_str()));
    }
    black_box(list.version());
    cache.remove(&tag);
    cache.clear();
}

pub(super) fn reservation(text: &str) {
    let mut reservations = Reservations::new(black_box(2), AnyConnector::Supported);
    let status = ChargePointStatus::from(text);
    let read = ReserveNowRequest::decode_with(RawPayload::new(text), Tolerance::LENIENT);
    if let Ok(read) = read {
        for now in 0..black_box(3) {
            black_box(reservations.reserve(now, &read.value, &status));
        }
    }
    let tag = IdToken::unchecked(text);
    black_box(reservations.usage(black_box(0), black_box(1), &tag, Some(&tag), black_box(1)));
    black_box((reservations.next_expiry(), reservations.at(black_box(1))));
    black_box(reservations.cancel(black_box(1)));
    black_box(reservations.take(black_box(1)));
    black_box(reservations.expire(black_box(0)));
}

pub(super) fn transaction(text: &str) {
    let tag = IdToken::unchecked(text);
    let Some(time) = DateTime::from_unix_millis(black_box(0)) else {
        return;
    };
    let meter = black_box(i64::MAX);
    let (mut transaction, start) =
        Transaction::begin(black_box(1), tag.clone(), meter, time.clone());
    black_box(start);
    let payload = RawPayload::new(text);
    let read = StartTransactionResponse::decode_with(payload, Tolerance::LENIENT);
    if let Ok(read) = read {
        let suspend = OnInvalid::Suspend {
            after: black_box(i64::MAX),
        };
        black_box(transaction.confirmed(&read.value, suspend));
    }
    transaction.lost();
    transaction.set_parent(Some(tag.clone()));
    black_box(transaction.may_end(&tag, Some(&tag)));
    black_box(transaction.end(meter, time, Some(tag), None));
    black_box((transaction.message_id(), transaction.confirmation()));
}

fn info(text: &str) -> IdTagInfo<'_> {
    IdTagInfo {
        expiry_date: Some(DateTime::unchecked(text)),
        parent_id_tag: Some(IdToken::unchecked(text)),
        status: AuthorizationStatus::from(text),
    }
}
