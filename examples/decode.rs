//! Bytes or text in, readings out.

fn main() {}
