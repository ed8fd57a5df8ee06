//! How the examples show what meters send.

use meter_units::Unit;

/// The symbol of a unit; nothing where there is none.
pub(crate) fn unit(unit: Unit) -> String {
    if unit == Unit::ONE {
        String::new()
    } else {
        format!("{unit:#}")
    }
}

/// A text as a terminal may have it: a meter's control characters are shown and not obeyed.
pub(crate) fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for char in text.chars() {
        if char.is_control() {
            shown.extend(char.escape_default());
        } else {
            shown.push(char);
        }
    }
    shown
}
