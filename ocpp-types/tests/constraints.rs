//! Every constraint of every member, at its bound and on both sides of it.
//!
//! What the members are is a table of its own, `constraints/members.txt`: the verdicts here do not come
//! from the code that they judge. Where `METERING_VECTORS` names the folder of the official schemas,
//! the table is compared with them.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::std_instead_of_alloc,
    clippy::std_instead_of_core,
    clippy::unwrap_used
)]

use std::fmt::{self, Write as _};
use std::path::Path;
use std::{env, fs};

use ocpp_types::{Action, ErrorCode, RawPayload, Request, Response, Rule, Tolerance, Violation};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;

const TABLE: &str = include_str!("constraints/members.txt");

struct Payload {
    action: Action,
    is_response: bool,
    members: Vec<Member>,
}

struct Member {
    /// Names, and `[]` for the elements of a list.
    path: Vec<&'static str>,
    is_required: bool,
    what: What,
}

#[derive(Clone, Debug, PartialEq)]
enum What {
    Object,
    List(usize),
    Text(usize),
    Word(Vec<&'static str>),
    Time,
    Uri,
    Integer,
    Tenths,
    Boolean,
}

/// JSON whose numbers and texts are written as they are.
#[derive(Clone)]
enum Json {
    Raw(String),
    Object(Vec<(String, Self)>),
    List(Vec<Self>),
}

/// What is expected: the code and the place of a violation, if there is one.
type Expected = Option<(ErrorCode<'static>, String)>;

fn payloads() -> Vec<Payload> {
    let mut payloads: Vec<Payload> = Vec::new();
    for line in TABLE
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
    {
        let words: Vec<_> = line.split_whitespace().collect();
        if !line.starts_with(' ') {
            payloads.push(Payload {
                action: words[1].parse().unwrap(),
                is_response: words[0] == "response",
                members: Vec::new(),
            });
            continue;
        }
        let bound = || {
            words
                .get(3)
                .map_or(usize::MAX, |bound| bound.parse().unwrap())
        };
        let what = match words[2] {
            "object" => What::Object,
            "list" => What::List(bound()),
            "text" => What::Text(bound()),
            "word" => What::Word(words[3].split('|').collect()),
            "time" => What::Time,
            "uri" => What::Uri,
            "integer" => What::Integer,
            "tenths" => What::Tenths,
            "boolean" => What::Boolean,
            other => panic!("{other}"),
        };
        payloads.last_mut().unwrap().members.push(Member {
            path: words[0].split('/').collect(),
            is_required: words[1] == "1",
            what,
        });
    }
    payloads
}

impl Payload {
    /// With every member, or with those that are required.
    fn build(&self, is_full: bool) -> Json {
        self.object(&[], is_full)
    }

    fn object(&self, path: &[&str], is_full: bool) -> Json {
        let children = self
            .members
            .iter()
            .filter(|member| member.path.len() == path.len() + 1 && member.path.starts_with(path));
        let wanted = children.filter(|member| is_full || member.is_required);
        Json::Object(
            wanted
                .map(|member| {
                    let name = member.path[path.len()].to_owned();
                    (name, self.value(&member.path, is_full))
                })
                .collect(),
        )
    }

    fn value(&self, path: &[&str], is_full: bool) -> Json {
        let member = self.member(path);
        let text = match &member.what {
            What::Object => return self.object(path, is_full),
            What::List(least) => {
                let count = if is_full { 2.max(*least) } else { *least };
                let element: Vec<_> = path.iter().copied().chain(["[]"]).collect();
                return Json::List(vec![self.value(&element, is_full); count]);
            }
            What::Text(_) => "\"x\"".to_owned(),
            What::Word(words) => format!("\"{}\"", words[0]),
            What::Time => "\"2025-06-01T07:15:30Z\"".to_owned(),
            What::Uri => "\"ftp://host/file\"".to_owned(),
            What::Integer => "7".to_owned(),
            What::Tenths => "8.1".to_owned(),
            What::Boolean => "true".to_owned(),
        };
        Json::Raw(text)
    }

    fn member(&self, path: &[&str]) -> &Member {
        self.members
            .iter()
            .find(|member| member.path == path)
            .unwrap()
    }

    /// Whether `1.0` is an integer: draft 06 of JSON Schema says so, draft 04 does not.
    fn takes_fractions_of_zero(&self) -> bool {
        self.action.profile() == ocpp_types::Profile::Security
    }

    #[track_caller]
    fn judge(&self, json: &Json, expected: &Expected) {
        let text = json.to_string();
        let raw = RawPayload::new(&text);
        let found = if self.is_response {
            Response::decode(self.action, raw).map(|response| {
                let mut out = String::new();
                response
                    .encode_payload(&mut out)
                    .expect("what was valid when read");
                let again = Response::decode(self.action, RawPayload::new(&out));
                assert_eq!(again.as_ref(), Ok(&response), "{text}");
            })
        } else {
            Request::decode(self.action, raw).map(|request| {
                let mut out = String::new();
                request
                    .encode_payload(&mut out)
                    .expect("what was valid when read");
                let again = Request::decode(self.action, RawPayload::new(&out));
                assert_eq!(again.as_ref(), Ok(&request), "{text}");
            })
        };
        let found = found
            .err()
            .map(|violation: Violation| (violation.code(), violation.path.to_string()));
        assert_eq!(found, *expected, "{} {text}", self.action);
    }
}

impl Json {
    /// The value at a path, in the first element of each list.
    fn at(&mut self, path: &[&str]) -> &mut Self {
        let Some((first, rest)) = path.split_first() else {
            return self;
        };
        match self {
            Self::Object(members) => {
                let member = members.iter_mut().find(|(name, _)| name == first);
                member.unwrap().1.at(rest)
            }
            Self::List(list) => list.first_mut().unwrap().at(rest),
            Self::Raw(text) => panic!("{text} has no {first}"),
        }
    }

    fn with(&self, path: &[&str], value: Self) -> Self {
        let mut json = self.clone();
        *json.at(path) = value;
        json
    }
}

impl fmt::Display for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Raw(text) => f.write_str(text),
            Self::Object(members) => {
                for (at, (name, value)) in members.iter().enumerate() {
                    write!(f, "{}\"{name}\":{value}", if at == 0 { '{' } else { ',' })?;
                }
                f.write_str(if members.is_empty() { "{}" } else { "}" })
            }
            Self::List(list) => {
                f.write_char('[')?;
                for (at, value) in list.iter().enumerate() {
                    write!(f, "{}{value}", if at == 0 { "" } else { "," })?;
                }
                f.write_char(']')
            }
        }
    }
}

fn pointer(path: &[&str]) -> String {
    let step = |name: &&str| format!("/{}", if *name == "[]" { "0" } else { name });
    path.iter().map(step).collect()
}

fn broken(code: ErrorCode<'static>, path: &[&str]) -> Expected {
    Some((code, pointer(path)))
}

const TYPE: ErrorCode<'static> = ErrorCode::TypeConstraintViolation;
const VALUE: ErrorCode<'static> = ErrorCode::PropertyConstraintViolation;
const COUNT: ErrorCode<'static> = ErrorCode::OccurenceConstraintViolation;
const FORM: ErrorCode<'static> = ErrorCode::FormationViolation;

#[test]
fn each_payload_is_taken_whole_and_bare() {
    let payloads = payloads();
    assert_eq!(payloads.len(), 2 * Action::ALL.len());
    for payload in &payloads {
        payload.judge(&payload.build(true), &None);
        payload.judge(&payload.build(false), &None);
    }
}

#[test]
fn members_are_missing_where_they_may_be_and_others_nowhere() {
    for payload in payloads() {
        let full = payload.build(true);
        let objects = payload
            .members
            .iter()
            .filter(|member| member.what == What::Object);
        let places = objects
            .map(|member| member.path.as_slice())
            .chain([&[] as &[_]]);
        for place in places {
            for name in ["customData", "", "\\u0041"] {
                let mut json = full.clone();
                if let Json::Object(members) = json.at(place) {
                    members.insert(0, (name.to_owned(), Json::Raw("{\"a\":[]}".to_owned())));
                }
                payload.judge(&json, &broken(FORM, place));
            }
        }
        for member in payload
            .members
            .iter()
            .filter(|member| member.path.last() != Some(&"[]"))
        {
            let (name, place) = member.path.split_last().unwrap();
            let mut json = full.clone();
            if let Json::Object(members) = json.at(place) {
                members.retain(|(other, _)| other != name);
            }
            let expected = member.is_required.then(|| (COUNT, pointer(place)));
            payload.judge(&json, &expected);
        }
    }
}

#[test]
fn every_other_type_is_refused() {
    const ANY: &[&str] = &["null", "true", "7", "-0.5", "\"x\"", "[]", "{}"];
    for payload in payloads() {
        let full = payload.build(true);
        for member in &payload.members {
            let own: &[&str] = match member.what {
                What::Object => &["{}"],
                What::List(_) => &["[]"],
                What::Text(_) | What::Word(_) | What::Time | What::Uri => &["\"x\""],
                What::Integer => &["7"],
                What::Tenths => &["7", "-0.5"],
                What::Boolean => &["true"],
            };
            for text in ANY.iter().filter(|text| !own.contains(text)) {
                let json = full.with(&member.path, Json::Raw((*text).to_owned()));
                payload.judge(&json, &broken(TYPE, &member.path));
            }
        }
    }
}

#[test]
fn words_texts_and_lists_end_at_their_bound() {
    for payload in payloads() {
        let full = payload.build(true);
        for Member { path, what, .. } in &payload.members {
            let judge = |text: String, fits: bool| {
                let expected = if fits { None } else { broken(VALUE, path) };
                payload.judge(&full.with(path, Json::Raw(text)), &expected);
            };
            match what {
                What::Text(usize::MAX) => judge(format!("\"{}\"", "€".repeat(20_000)), true),
                What::Text(most) => {
                    for count in [0, *most, most + 1] {
                        for letter in ["x", "é", "€", "😀", "\\n", "\\u00e9", "\\ud83d\\ude00"]
                        {
                            judge(format!("\"{}\"", letter.repeat(count)), count <= *most);
                        }
                    }
                }
                What::Word(words) => {
                    for word in words {
                        judge(format!("\"{word}\""), true);
                        for other in [word.to_lowercase(), word.to_uppercase(), format!("{word} ")]
                        {
                            judge(format!("\"{other}\""), words.contains(&other.as_str()));
                        }
                    }
                    judge("\"\"".to_owned(), false);
                    judge("\"Celsius\"".to_owned(), words.contains(&"Celsius"));
                    judge("\"Hertz\"".to_owned(), false);
                }
                What::List(least) => {
                    let Json::List(list) = full.clone().at(path).clone() else {
                        panic!("no list");
                    };
                    for count in [0, 1, 9] {
                        let json = full.with(path, Json::List(vec![list[0].clone(); count]));
                        let expected = (count < *least).then(|| (COUNT, pointer(path)));
                        payload.judge(&json, &expected);
                    }
                }
                What::Uri => {
                    for (text, fits) in [
                        ("x:", true),
                        ("", false),
                        ("x", false),
                        ("x: ", false),
                        ("1:x", false),
                    ] {
                        judge(format!("\"{text}\""), fits);
                    }
                }
                What::Object | What::Time | What::Integer | What::Tenths | What::Boolean => {}
            }
        }
    }
}

/// A member of that kind in any payload.
fn pick(payloads: &[Payload], index: Index, is_it: fn(&What) -> bool) -> (&Payload, &Member) {
    let all: Vec<_> = payloads
        .iter()
        .flat_map(|payload| payload.members.iter().map(move |member| (payload, member)))
        .filter(|(_, member)| is_it(&member.what))
        .collect();
    all[index.index(all.len())]
}

proptest! {
    #[test]
    fn integers_have_64_bits_and_no_point(
        at: Index,
        number in prop_oneof![any::<i128>(), (i128::from(i64::MAX) - 2)..=(i128::from(i64::MAX) + 2),
            (i128::from(i64::MIN) - 2)..=(i128::from(i64::MIN) + 2), -3..3_i128],
        form in 0..4_u8,
    ) {
        let payloads = payloads();
        let (payload, Member { path, .. }) = pick(&payloads, at, |what| *what == What::Integer);
        let is_plain = form == 0;
        let text = match form {
            0 => format!("{number}"),
            1 => format!("{number}.0"),
            2 => format!("{number}.5"),
            _ => format!("{number}e0"),
        };
        let fits = i64::try_from(number).is_ok();
        let is_whole = is_plain || (form != 2 && payload.takes_fractions_of_zero());
        let json = payload.build(true).with(path, Json::Raw(text));
        let expected = match (is_whole, fits) {
            (true, true) => None,
            (true, false) => broken(VALUE, path),
            (false, _) => broken(TYPE, path),
        };
        payload.judge(&json, &expected);
    }

    #[test]
    fn limits_are_tenths(at: Index, hundredths in -3_000_000..3_000_000_i64, form in 0..3_u8) {
        let payloads = payloads();
        let (payload, Member { path, .. }) = pick(&payloads, at, |what| *what == What::Tenths);
        let (sign, rest) = (if hundredths < 0 { "-" } else { "" }, hundredths.unsigned_abs());
        let text = match form {
            0 => format!("{sign}{}.{:02}", rest / 100, rest % 100),
            1 => format!("{sign}{rest}e-2"),
            _ => format!("{sign}{rest}000E-5"),
        };
        let json = payload.build(true).with(path, Json::Raw(text));
        payload.judge(&json, &if rest % 10 == 0 { None } else { broken(VALUE, path) });
    }

    #[test]
    fn times_exist_and_have_the_form_of_rfc_3339(
        at: Index,
        (year, month, day) in (0..=9999_u32, 0..=13_u32, 0..=32_u32),
        (hour, minute, second) in (0..=25_u32, 0..=61_u32, 0..=59_u32),
        fraction in prop_oneof!["", "\\.", "\\.[0-9]{1,12}", ",5"],
        zone in prop_oneof!["[Zz]", "[+-][012][0-9]:[0-6][0-9]", "", "[+-][0-9]{2}", "[+-][0-9]{4}", " Z"],
        mark in prop_oneof!["[Tt]", "[ _]", ""],
    ) {
        let payloads = payloads();
        let (payload, Member { path, .. }) = pick(&payloads, at, |what| *what == What::Time);
        let text = format!("{year:04}-{month:02}-{day:02}{mark}{hour:02}:{minute:02}:{second:02}{fraction}{zone}");
        let days = match month {
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        };
        let zone_exists = match zone.as_bytes() {
            [b'Z' | b'z'] => true,
            [_, h1, h2, b':', m1, _] => (*h1, *h2) <= (b'2', b'3') && *m1 < b'6',
            _ => false,
        };
        let exists = (1..=days).contains(&day) && hour < 24 && minute < 60;
        let form = matches!(mark.as_str(), "T" | "t")
            && (fraction.is_empty() || (fraction.len() > 1 && fraction.starts_with('.')));
        let json = payload.build(true).with(path, Json::Raw(format!("\"{text}\"")));
        let expected = if exists && form && zone_exists { None } else { broken(VALUE, path) };
        payload.judge(&json, &expected);
    }

    #[test]
    fn texts_are_counted_in_characters(at: Index, text in "\\PC{0,60}") {
        let payloads = payloads();
        let is_short = |what: &What| matches!(what, What::Text(most) if *most <= 50);
        let (payload, Member { path, what, .. }) = pick(&payloads, at, is_short);
        let What::Text(most) = *what else {
            panic!("no text");
        };
        let fits = text.chars().count() <= most;
        let json = payload.build(true).with(path, Json::Raw(serde_json::to_string(&text)?));
        payload.judge(&json, &if fits { None } else { broken(VALUE, path) });
    }

    #[test]
    fn what_is_refused_is_bent_by_a_named_rule_or_refused(at: Index, value in "[0-9a-zA-Z\"{}.,:-]{1,8}") {
        let payloads = payloads();
        let (payload, Member { path, .. }) = pick(&payloads, at, |_| true);
        let text = payload.build(true).with(path, Json::Raw(value)).to_string();
        let raw = RawPayload::new(&text);
        let (strict, lenient) = if payload.is_response {
            (
                Response::decode(payload.action, raw).err(),
                Response::decode_with(payload.action, raw, Tolerance::LENIENT).map(|read| read.deviations),
            )
        } else {
            (
                Request::decode(payload.action, raw).err(),
                Request::decode_with(payload.action, raw, Tolerance::LENIENT).map(|read| read.deviations),
            )
        };
        match (strict, lenient) {
            (None, lenient) => prop_assert_eq!(lenient, Ok(Vec::new())),
            (Some(violation), Ok(deviations)) => {
                prop_assert!(!deviations.is_empty());
                prop_assert!(violation.rule != Rule::Json, "{text}");
            }
            (Some(_), Err(_)) => {}
        }
    }
}

#[test]
fn the_table_is_that_of_the_schemas() {
    let Some(folder) = env::var_os("METERING_VECTORS") else {
        return;
    };
    let folder = Path::new(&folder).join("ocpp16/schemas");
    let mut found = String::new();
    for action in Action::ALL {
        for (kind, ending) in [("request", ""), ("response", "Response")] {
            let path = folder.join(format!("{action}{ending}.json"));
            let text =
                fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path:?}: {error}"));
            let schema: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
            writeln!(found, "\n{kind} {action}").unwrap();
            flatten(&schema, &schema, "  ", &mut found);
        }
    }
    let sorted = |text: &str| {
        let mut sections: Vec<_> = text
            .split("\n\n")
            .filter(|section| !section.starts_with('#'))
            .map(|section| {
                let mut lines: Vec<_> = section
                    .trim()
                    .lines()
                    .map(|line| line.trim().to_owned())
                    .collect();
                lines[1..].sort();
                lines
            })
            .collect();
        sections.sort();
        sections
    };
    assert_eq!(sorted(&found), sorted(TABLE));
}

fn flatten(root: &Value, schema: &Value, path: &str, out: &mut String) {
    let schema = resolved(root, schema);
    let Some(properties) = schema["properties"].as_object() else {
        return;
    };
    assert_eq!(schema["additionalProperties"], false, "{path}");
    for (name, member) in properties {
        let required = schema["required"].as_array();
        let is_required = required.is_some_and(|names| names.iter().any(|one| one == name));
        let (member, card) = (resolved(root, member), if is_required { '1' } else { '?' });
        writeln!(out, "{path}{name} {card} {}", what(member)).unwrap();
        flatten(root, member, &format!("{path}{name}/"), out);
        if member["type"] == "array" {
            let items = resolved(root, &member["items"]);
            writeln!(out, "{path}{name}/[] 1 {}", what(items)).unwrap();
            flatten(root, items, &format!("{path}{name}/[]/"), out);
        }
    }
}

fn resolved<'v>(root: &'v Value, schema: &'v Value) -> &'v Value {
    match schema["$ref"].as_str() {
        Some(pointer) => root.pointer(pointer.trim_start_matches('#')).unwrap(),
        None => schema,
    }
}

fn what(schema: &Value) -> String {
    if let Some(words) = schema["enum"].as_array() {
        let words: Vec<_> = words.iter().map(|word| word.as_str().unwrap()).collect();
        return format!("word {}", words.join("|"));
    }
    match (schema["type"].as_str().unwrap(), schema["format"].as_str()) {
        ("string", Some("date-time")) => "time".to_owned(),
        ("string", Some(format)) => format.to_owned(),
        ("string", None) => match &schema["maxLength"] {
            Value::Null => "text".to_owned(),
            most => format!("text {most}"),
        },
        ("array", _) => format!("list {}", schema["minItems"].as_u64().unwrap_or(0)),
        ("number", _) => {
            assert_eq!(schema["multipleOf"].to_string(), "0.1");
            "tenths".to_owned()
        }
        (other, _) => other.to_owned(),
    }
}
