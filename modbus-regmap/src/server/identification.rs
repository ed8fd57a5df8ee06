//! Which texts about the device go into an answer.

use crate::UnitId;
use crate::pdu::{ExceptionCode, IdentificationCode, ObjectId};
use crate::server::Image;
use crate::write::Writer;

/// Function, type, code, conformity, more, next and the number of objects.
const HEADER: usize = 7;
const MAX_VALUE: usize = 244;
const MAX_LENGTH: usize = 253;

/// The response with as many objects as fit, from `first` on.
pub(super) fn answer(
    image: &impl Image,
    unit: UnitId,
    code: IdentificationCode,
    first: ObjectId,
    out: &mut [u8],
) -> Result<usize, ExceptionCode> {
    let has = |object: u8| value(image, unit, object).is_some();
    // The objects of the basic level are not optional.
    if !(0..=2).all(has) {
        return Err(ExceptionCode::IllegalFunction);
    }
    let level = if (0x80..=0xFF).any(has) {
        3
    } else if (3..=6).any(has) {
        2
    } else {
        1
    };
    // A device answers by what it has where more is asked for.
    let last = match (code, level) {
        (IdentificationCode::One, _) => first.code(),
        (IdentificationCode::Basic, _) | (_, 1) => 2,
        (IdentificationCode::Regular, _) | (_, 2) => 6,
        (IdentificationCode::Extended, _) => 0xFF,
    };
    let first = match (code, first.code()) {
        (IdentificationCode::One, object) if !has(object) => {
            return Err(ExceptionCode::IllegalDataAddress);
        }
        (IdentificationCode::One, object) => object,
        // Objects that are unknown, or beyond what was asked for, start from the beginning.
        (_, object) if object <= last && has(object) => object,
        _ => 0,
    };
    let mut objects = 0_u8;
    let mut length = HEADER;
    let mut next = None;
    for object in first..=last {
        let Some(value) = value(image, unit, object) else {
            continue;
        };
        let end = length.saturating_add(2).saturating_add(value.len());
        if end > MAX_LENGTH {
            next = Some(object);
            break;
        }
        let place = out.get_mut(length..end).unwrap_or_default();
        let written = Writer::fill(place, end.saturating_sub(length), |writer| {
            writer.u8(object);
            writer.counted(value);
        });
        if written.is_err() {
            return Err(ExceptionCode::ServerDeviceFailure);
        }
        length = end;
        objects = objects.saturating_add(1);
    }
    let header = Writer::fill(out, HEADER, |writer| {
        writer.u8(0x2B);
        writer.u8(0x0E);
        writer.u8(code.code());
        writer.u8(0x80 | level);
        writer.u8(if next.is_some() { 0xFF } else { 0x00 });
        writer.u8(next.unwrap_or_default());
        writer.u8(objects);
    });
    match header {
        Ok(_) => Ok(length),
        Err(_) => Err(ExceptionCode::ServerDeviceFailure),
    }
}

fn value(image: &impl Image, unit: UnitId, object: u8) -> Option<&[u8]> {
    let value = image.identification(unit, ObjectId::from_code(object))?;
    Some(value.get(..MAX_VALUE).unwrap_or(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdu::{Objects, Response};
    use crate::server::Tables;

    const LONG: &[u8] = &[b'x'; 150];
    const TEXTS: &[(ObjectId, &[u8])] = &[
        (ObjectId::VendorName, b"Example"),
        (ObjectId::ProductCode, b"EX-1"),
        (ObjectId::MajorMinorRevision, b"2.1"),
        (ObjectId::ProductName, LONG),
        (ObjectId::ModelName, LONG),
    ];

    fn ask<'a>(
        identification: &[(ObjectId, &[u8])],
        code: IdentificationCode,
        first: u8,
        out: &'a mut [u8; 253],
    ) -> Result<(Option<ObjectId>, u8, Objects<'a>), ExceptionCode> {
        let tables = Tables {
            identification,
            ..Tables::default()
        };
        let first = ObjectId::from_code(first);
        let length = answer(&tables, UnitId(1), code, first, out)?;
        let Ok(Response::ReadDeviceIdentification(answer)) = Response::parse(&out[..length]) else {
            panic!("not an identification: {out:02x?}");
        };
        assert_eq!(answer.code, code);
        assert!(answer.conformity.has_single_access());
        Ok((answer.next, answer.conformity.level(), answer.objects))
    }

    #[test]
    fn the_basic_stream_has_three_objects() {
        let mut out = [0; 253];
        let (next, level, objects) = ask(TEXTS, IdentificationCode::Basic, 0, &mut out).unwrap();
        assert_eq!((next, level, objects.iter().count()), (None, 2, 3));
        assert_eq!(objects.get(ObjectId::VendorName), Some(&b"Example"[..]));
    }

    #[test]
    fn what_does_not_fit_is_asked_for_again() {
        let mut out = [0; 253];
        let code = IdentificationCode::Regular;
        let (next, _, objects) = ask(TEXTS, code, 0, &mut out).unwrap();
        assert_eq!(next, Some(ObjectId::ModelName));
        assert_eq!(objects.iter().count(), 4);
        let (next, _, objects) = ask(TEXTS, code, 5, &mut out).unwrap();
        assert_eq!(next, None);
        assert_eq!(objects.get(ObjectId::ModelName), Some(LONG));
    }

    #[test]
    fn an_unknown_start_is_the_beginning() {
        let mut out = [0; 253];
        for first in [3, 9, 0x80] {
            let (_, _, objects) = ask(TEXTS, IdentificationCode::Regular, first, &mut out).unwrap();
            assert_eq!(objects.iter().next().unwrap().id, ObjectId::VendorName);
        }
    }

    #[test]
    fn a_single_object_has_to_exist() {
        let mut out = [0; 253];
        let code = IdentificationCode::One;
        let (_, _, objects) = ask(TEXTS, code, 1, &mut out).unwrap();
        assert_eq!(objects.iter().count(), 1);
        assert_eq!(
            ask(TEXTS, code, 3, &mut out).unwrap_err(),
            ExceptionCode::IllegalDataAddress
        );
    }

    #[test]
    fn a_device_without_texts_has_no_identification() {
        let mut out = [0; 253];
        assert_eq!(
            ask(&TEXTS[..2], IdentificationCode::Basic, 0, &mut out).unwrap_err(),
            ExceptionCode::IllegalFunction
        );
    }
}
