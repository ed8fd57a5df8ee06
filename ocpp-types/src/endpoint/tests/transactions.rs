//! Messages about transactions: their order, and how they arrive after all.

use alloc::vec;

use super::*;
use crate::messages::{MeterValuesRequest, StartTransactionRequest};
use crate::types::{IdToken, LongText, MeterValue, SampledValue};

fn start() -> Request<'static> {
    StartTransactionRequest {
        connector_id: 1,
        id_tag: IdToken::new("TAG").unwrap(),
        meter_start: 1000,
        reservation_id: None,
        timestamp: time(),
    }
    .into()
}

const STARTED: &str = r#"[3,"1",{"idTagInfo":{"status":"Accepted"},"transactionId":17}]"#;

fn sample(transaction_id: i64) -> Request<'static> {
    let value = MeterValue {
        timestamp: time(),
        sampled_value: vec![SampledValue::new(LongText::new("1").unwrap())],
    };
    let mut request = MeterValuesRequest::new(1, vec![value]);
    request.transaction_id = Some(transaction_id);
    request.into()
}

#[test]
fn samples_take_no_place_from_the_end_of_a_transaction() {
    let mut station = Endpoint::new(Config {
        queue: 2,
        ..Config::new(Role::ChargePoint)
    });
    for _ in 0..2 {
        station.call(at(0), sample(17)).unwrap();
    }
    assert_eq!(station.call(at(0), sample(17)), Err(Misuse::Full));
    for transaction in [17, 18] {
        station.call(at(0), stop(transaction)).unwrap();
    }
    assert_eq!(station.call(at(0), stop(19)), Err(Misuse::Full));
    let kept = station
        .undelivered()
        .map(|message| message.request.action());
    let (values, stop) = (Action::MeterValues, Action::StopTransaction);
    assert_eq!(kept.collect::<Vec<_>>(), [values, values, stop, stop]);
}

#[test]
fn a_transaction_message_is_sent_three_times() {
    let mut station = station();
    let ticket = station.call(at(0), start()).unwrap();
    assert!(transmitted(&mut station).starts_with(r#"[2,"1","StartTransaction","#));
    station.handle_message(at(5), r#"[4,"1","InternalError","",{}]"#);
    let Event::Retry { wait, .. } = event(&mut station) else {
        panic!("no retry");
    };
    assert_eq!(wait, Some(Duration::from_secs(60)));
    assert_eq!(station.poll_timeout(), Some(at(65)));
    station.handle_timeout(at(64));
    idle(&mut station);
    station.handle_timeout(at(65));
    assert!(transmitted(&mut station).starts_with(r#"[2,"2","StartTransaction","#));
    station.handle_timeout(at(95));
    let Event::Retry { wait, failure, .. } = event(&mut station) else {
        panic!("no retry");
    };
    assert_eq!(
        (wait, failure),
        (Some(Duration::from_secs(120)), Failure::TimedOut)
    );
    station.handle_timeout(at(215));
    assert!(transmitted(&mut station).starts_with(r#"[2,"3","StartTransaction","#));
    station.handle_timeout(at(245));
    let failure = Failure::TimedOut;
    assert_eq!(event(&mut station), Event::Failed { ticket, failure });
    idle(&mut station);
    assert_eq!(station.poll_timeout(), None);
}

#[test]
fn transaction_messages_wait_for_the_first_and_others_overtake() {
    let mut station = station();
    let started = station.call(at(0), start()).unwrap();
    station.call_after(at(0), started, stop(0)).unwrap();
    transmitted(&mut station);
    station.handle_message(at(1), r#"[4,"1","InternalError","",{}]"#);
    event(&mut station);
    station.call(at(2), heartbeat()).unwrap();
    assert_eq!(transmitted(&mut station), r#"[2,"2","Heartbeat",{}]"#);
    station.handle_message(at(3), r#"[3,"2",{"currentTime":"1970-01-01T00:00:00Z"}]"#);
    event(&mut station);
    idle(&mut station);
    station.handle_timeout(at(61));
    assert!(transmitted(&mut station).starts_with(r#"[2,"3","StartTransaction","#));
    station.handle_message(at(62), &STARTED.replace("\"1\"", "\"3\""));
    assert!(matches!(event(&mut station), Event::Response { ticket, .. } if ticket == started));
    let text = transmitted(&mut station);
    assert!(text.contains(r#""transactionId":17"#), "{text}");
}

#[test]
fn a_start_that_is_never_confirmed_leaves_minus_one() {
    let mut station = connected(Config {
        attempts: 1,
        ..Config::new(Role::ChargePoint)
    });
    let started = station.call(at(0), start()).unwrap();
    station.call_after(at(0), started, stop(0)).unwrap();
    transmitted(&mut station);
    station.handle_timeout(at(30));
    assert!(matches!(event(&mut station), Event::Failed { .. }));
    let text = transmitted(&mut station);
    assert!(text.contains(r#""transactionId":-1"#), "{text}");
    let error = station.call_after(at(30), started, stop(0));
    assert_eq!(error, Err(Misuse::NoSuchStart));
}

#[test]
fn transaction_messages_outlive_the_connection() {
    let mut station = Endpoint::new(Config {
        attempts: 1,
        ..Config::new(Role::ChargePoint)
    });
    let started = station.call(at(0), start()).unwrap();
    idle(&mut station);
    assert_eq!(station.poll_timeout(), None);
    for (round, id) in [(1, "1"), (2, "2"), (3, "3")] {
        station.connected(at(round * 10));
        let text = transmitted(&mut station);
        assert!(
            text.starts_with(&alloc::format!(r#"[2,"{id}","StartTransaction","#)),
            "{text}"
        );
        station.disconnected(at(round * 10 + 5));
        let failure = Failure::Disconnected;
        let retry = Event::Retry {
            ticket: started,
            failure,
            wait: None,
        };
        assert_eq!(event(&mut station), retry);
    }
    station.connected(at(100));
    transmitted(&mut station);
    station.handle_message(at(101), &STARTED.replace("\"1\"", "\"4\""));
    assert!(matches!(event(&mut station), Event::Response { ticket, .. } if ticket == started));
}

#[test]
fn transaction_messages_can_be_held_back() {
    let mut station = station();
    station.hold_transactions();
    station.call(at(0), start()).unwrap();
    idle(&mut station);
    let boot = BootNotificationRequest::new("v".try_into().unwrap(), "m".try_into().unwrap());
    station.call(at(0), boot.into()).unwrap();
    assert!(transmitted(&mut station).starts_with(r#"[2,"1","BootNotification","#));
    station.handle_timeout(at(30));
    event(&mut station);
    idle(&mut station);
    assert_eq!(station.poll_timeout(), None);
    station.release_transactions(at(31));
    assert!(transmitted(&mut station).starts_with(r#"[2,"2","StartTransaction","#));
}

#[test]
fn what_was_not_delivered_outlives_a_reboot() {
    let mut before = station();
    let begun = before.call(at(0), start()).unwrap();
    before.call_after(at(1), begun, stop(0)).unwrap();
    before.call(at(1), heartbeat()).unwrap();
    before.call(at(2), stop(5)).unwrap();
    let kept: Vec<_> = before.undelivered().collect();
    let requests: Vec<_> = kept.iter().map(|kept| kept.request.clone()).collect();
    assert_eq!(requests, [start(), stop(0), stop(5)]);
    let starts: Vec<_> = kept.iter().map(|kept| kept.start).collect();
    assert_eq!(starts, [None, Some(begun), None]);

    let mut after = Endpoint::new(Config::new(Role::ChargePoint));
    let mut tickets = Vec::new();
    for Undelivered {
        ticket,
        request,
        start,
    } in kept
    {
        let start = start.and_then(|start| tickets.iter().find(|(old, _)| *old == start));
        let queued = match start {
            Some((_, new)) => after.call_after(at(9), *new, request.clone()),
            None => after.call(at(9), request.clone()),
        };
        tickets.push((ticket, queued.unwrap()));
    }
    after.connected(at(10));
    transmitted(&mut after);
    after.handle_message(at(11), STARTED);
    assert!(matches!(event(&mut after), Event::Response { .. }));
    assert!(transmitted(&mut after).contains(r#""transactionId":17"#));
    // The id of its transaction is known now.
    assert_eq!(
        after.undelivered().next().map(|first| first.start),
        Some(None)
    );
}
