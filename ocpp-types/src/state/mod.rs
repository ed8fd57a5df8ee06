//! State that the specification describes.
pub mod configuration;
