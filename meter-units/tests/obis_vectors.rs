//! OBIS codes against a table of texts.
//!
//! The environment variable `METERING_VECTORS` says where the table is; without it a few texts are
//! checked that are written here.

mod vectors;

use meter_units::{Medium, ObisCode, ObisPattern};

/// What a vector says about a text.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Accept {
    /// It is a code.
    Yes,
    /// It is a pattern that an electricity meter completes.
    Reduced,
    /// It is neither.
    No,
}

#[track_caller]
fn check(text: &str, accept: Accept, bytes: [u8; 6], full: &str, short: &str) {
    let code = text.parse::<ObisCode>();
    let pattern = text.parse::<ObisPattern>();
    let completed = pattern.map(|pattern| pattern.complete(Medium::ELECTRICITY));
    match accept {
        Accept::Yes => assert_eq!(code, Ok(ObisCode(bytes)), "{text}"),
        Accept::Reduced => {
            assert!(code.is_err(), "{text}");
            assert_eq!(completed, Ok(Some(ObisCode(bytes))), "{text}");
        }
        Accept::No => {
            assert!(code.is_err(), "{text}");
            assert!(pattern.is_err(), "{text}");
            return;
        }
    }
    assert_eq!(ObisCode(bytes).to_string(), full, "{text}");
    assert_eq!(format!("{:#}", ObisCode(bytes)), short, "{text}");
}

#[test]
fn hand_checked_texts() {
    let current = [1, 0, 1, 8, 0, 255];
    for text in ["1-0:1.8.0*255", "1-0:1.8.0", "1.0.1.8.0.255"] {
        check(text, Accept::Yes, current, "1-0:1.8.0*255", "1-0:1.8.0");
    }
    let period = [1, 0, 1, 8, 0, 3];
    check(
        "1.8.0*03",
        Accept::Reduced,
        period,
        "1-0:1.8.0*3",
        "1-0:1.8.0*3",
    );
    let errors = [1, 0, 97, 97, 0, 255];
    check(
        "F.F",
        Accept::Reduced,
        errors,
        "1-0:97.97.0*255",
        "1-0:97.97.0",
    );
    for text in ["", "1", "1-0:", "1:0-1.8.0", "1-0:1.8.256", "0100010800F"] {
        check(text, Accept::No, [0; 6], "", "");
    }
}

#[test]
fn texts_of_the_table() {
    let Some(table) = vectors::table("obis.tsv") else {
        return;
    };
    let mut count = 0;
    for line in table.lines().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [text, accept, bytes, full, short, _meaning] = columns[..] else {
            panic!("six columns: {line}");
        };
        let accept = match accept {
            "yes" => Accept::Yes,
            "reduced" => Accept::Reduced,
            "no" => Accept::No,
            other => panic!("accept is yes, reduced or no, not {other}"),
        };
        let mut groups = [0; 6];
        if accept != Accept::No {
            for (group, pair) in groups.iter_mut().zip(bytes.as_bytes().chunks(2)) {
                let pair = core::str::from_utf8(pair).expect("bytes are hexadecimal");
                *group = u8::from_str_radix(pair, 16).expect("bytes are hexadecimal");
            }
        }
        check(text, accept, groups, full, short);
        count += 1;
    }
    assert!(count > 0, "the table has rows");
}
