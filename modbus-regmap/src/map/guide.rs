#![cfg_attr(
    all(feature = "alloc", feature = "serde"),
    doc = include_str!("../../MAPS.md")
)]
#![cfg_attr(
    not(all(feature = "alloc", feature = "serde")),
    doc = "The guide to map files is here with the features `alloc` and `serde`."
)]
