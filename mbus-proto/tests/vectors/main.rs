//! Telegrams of meters that do not exist: each builds to the committed bytes and reads as the
//! committed text.
//!
//! `<name>.hex` holds a telegram and `<name>.txt` what it says. With `UPDATE_EXPECT=1` in the
//! environment both are written instead of compared.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

extern crate alloc;

mod damaged;
mod links;
mod meters;
mod render;
mod telegram;
mod values;

use alloc::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

use telegram::Built;

/// The name of a telegram and how it is built.
type Vector = (&'static str, fn() -> Built);

const VECTORS: [&[Vector]; 4] = [
    links::VECTORS,
    meters::VECTORS,
    values::VECTORS,
    damaged::VECTORS,
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

fn hex(bytes: &[u8]) -> String {
    let bytes: Vec<String> = bytes.iter().map(|byte| format!("{byte:02X}")).collect();
    bytes.join(" ") + "\n"
}

fn bytes(hex: &str) -> Vec<u8> {
    hex.split_whitespace()
        .map(|byte| u8::from_str_radix(byte, 16).expect("two hexadecimal digits"))
        .collect()
}

/// The committed files with this extension, by name.
fn committed(extension: &str) -> BTreeSet<String> {
    fs::read_dir(folder())
        .expect("the folder of the vectors")
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|found| found == extension))
        .filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned()))
        .collect()
}

/// The committed telegrams, by name.
fn in_files() -> BTreeMap<String, Vec<u8>> {
    let names = committed("hex").into_iter();
    names
        .map(|name| {
            let path = folder().join(&name).with_extension("hex");
            let text = fs::read_to_string(path).expect("a readable file");
            (name, bytes(&text))
        })
        .collect()
}

/// Compares a file with what it has to hold, or writes it; what to say if they differ.
fn compare(name: &str, extension: &str, found: &str) -> Option<String> {
    let path = folder().join(name).with_extension(extension);
    if updating() {
        fs::write(path, found).expect("a writable folder");
        return None;
    }
    let expected = fs::read_to_string(path).unwrap_or_default();
    (expected != found).then(|| {
        format!("--- {name}.{extension} says\n{expected}\n--- the library says\n{found}\n")
    })
}

/// Whether the files are written instead of compared.
fn updating() -> bool {
    env::var_os("UPDATE_EXPECT").is_some()
}

/// What the descriptions build, by name.
fn built() -> BTreeMap<String, Vec<u8>> {
    let mut telegrams = BTreeMap::new();
    for (name, build) in VECTORS.into_iter().flatten() {
        let bytes = build().unwrap_or_else(|error| panic!("{name}: {error}"));
        let other = telegrams.insert((*name).to_owned(), bytes);
        assert!(other.is_none(), "{name} stands twice");
    }
    telegrams
}

#[test]
fn every_description_builds_the_committed_telegram() {
    let telegrams = built();
    let mut differences = String::new();
    for (name, bytes) in &telegrams {
        differences.extend(compare(name, "hex", &hex(bytes)));
    }
    assert!(differences.is_empty(), "\n{differences}");
    assert!(committed("hex").iter().eq(telegrams.keys()));
}

#[test]
fn every_telegram_reads_as_committed() {
    let telegrams = if updating() { built() } else { in_files() };
    let mut differences = String::new();
    for (name, bytes) in &telegrams {
        differences.extend(compare(name, "txt", &render::render(bytes)));
    }
    assert!(differences.is_empty(), "\n{differences}");
    assert!(committed("txt").iter().eq(telegrams.keys()));
}
