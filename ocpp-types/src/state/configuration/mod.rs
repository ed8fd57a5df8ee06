//! The configuration of a station: keys, their types and access, and what a change answers.
//!
//! ```
//! use ocpp_types::state::configuration::{Change, Configuration, Entry, Key};
//!
//! let mut configuration = Configuration::new();
//! for (name, value) in [("HeartbeatInterval", "300"), ("NumberOfConnectors", "2")] {
//!     configuration.define(Entry::standard(Key::named(name).expect("a key"), value));
//! }
//! configuration.define(Entry::vendor("LedColor", "green"));
//!
//! assert_eq!(configuration.change("heartbeatinterval", "600"), Change::Accepted);
//! assert_eq!(configuration.value("HeartbeatInterval"), Some("600"));
//! assert_eq!(configuration.change("HeartbeatInterval", "often"), Change::Rejected);
//! assert_eq!(configuration.change("NumberOfConnectors", "3"), Change::Rejected);
//! assert_eq!(configuration.change("Colour", "red"), Change::NotSupported);
//! ```

mod answer;
mod keys;
mod value;

use alloc::borrow::{Cow, ToOwned};
use alloc::string::String;
use alloc::vec::Vec;

pub use self::keys::{Access, KEYS, Key, Presence};
pub use self::value::{ValueError, ValueType, boolean, elements, integer};
use crate::Profile;
use crate::total::count;

/// The keys that a station has, and their values.
///
/// It holds what was defined and nothing else: a change never adds a key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Configuration {
    entries: Vec<Entry>,
}

/// A key of a station and its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    name: Cow<'static, str>,
    value: String,
    value_type: ValueType,
    access: Access,
    effect: Effect,
}

/// When a change takes effect.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Effect {
    /// At once.
    #[default]
    AtOnce,
    /// After a reboot.
    AfterReboot,
}

/// What a ChangeConfiguration answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// The key has the new value.
    Accepted,
    /// The key has the new value, and uses it after a reboot.
    RebootRequired,
    /// The value does not suit, or the key is read-only; nothing is changed.
    Rejected,
    /// The station does not have the key.
    NotSupported,
}

impl Configuration {
    /// A configuration without keys.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            entries: Vec::new(),
        }
    }

    /// Gives the station a key, or another value to one that it has.
    ///
    /// The station itself may set any key to any value; nothing is checked.
    pub fn define(&mut self, entry: Entry) {
        match self
            .entries
            .iter_mut()
            .find(|old| old.is_named(&entry.name))
        {
            Some(old) => *old = entry,
            None => self.entries.push(entry),
        }
    }

    /// Changes a value, as a central system may.
    pub fn change(&mut self, name: &str, value: &str) -> Change {
        let Some(entry) = self.entry(name) else {
            return Change::NotSupported;
        };
        if entry.access == Access::Read || self.check(entry, value).is_err() {
            return Change::Rejected;
        }
        let is_named = |entry: &&mut Entry| entry.is_named(name);
        let Some(entry) = self.entries.iter_mut().find(is_named) else {
            return Change::NotSupported;
        };
        value.clone_into(&mut entry.value);
        match entry.effect {
            Effect::AtOnce => Change::Accepted,
            Effect::AfterReboot => Change::RebootRequired,
        }
    }

    /// Why a value would be rejected.
    ///
    /// # Errors
    ///
    /// A [`ValueError`], also for a list that is longer than the key `…MaxLength` says.
    pub fn check(&self, entry: &Entry, value: &str) -> Result<(), ValueError> {
        entry.value_type.check(value)?;
        if let ValueType::Rising { .. } = entry.value_type {
            if integer(value) < integer(&entry.value) {
                return Err(ValueError::Lowered);
            }
        }
        if entry.value_type.is_list() {
            let is_bound = |bound: &&Entry| {
                let list = bound.name.strip_suffix("MaxLength");
                list.is_some_and(|list| entry.is_named(list))
            };
            let bound = self.entries.iter().find(is_bound);
            let most = bound.and_then(|bound| integer(&bound.value));
            let count = i64::try_from(count(elements(value))).unwrap_or(i64::MAX);
            if let Some(most) = most.filter(|most| *most < count) {
                return Err(ValueError::Length { most });
            }
        }
        Ok(())
    }

    /// The value of a key, also of one that cannot be read from outside.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&str> {
        self.entry(name).map(|entry| entry.value.as_str())
    }

    /// A boolean value.
    #[must_use]
    pub fn boolean(&self, name: &str) -> Option<bool> {
        self.value(name).and_then(boolean)
    }

    /// An integer value.
    #[must_use]
    pub fn integer(&self, name: &str) -> Option<i64> {
        self.value(name).and_then(integer)
    }

    /// The key with that name, in any case.
    #[must_use]
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.is_named(name))
    }

    /// Every key, in the order in which they were defined.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The keys of the specification that a station with these feature profiles lacks.
    pub fn missing<'a>(
        &'a self,
        profiles: &'a [Profile],
    ) -> impl Iterator<Item = &'static Key> + 'a {
        KEYS.iter().filter(move |key| {
            key.presence == Presence::Required
                && profiles.contains(&key.profile)
                && self.entry(key.name).is_none()
        })
    }
}

impl Entry {
    /// A key of the specification. Where that leaves open whether it can be written, it can.
    #[must_use]
    pub fn standard(key: &'static Key, value: impl Into<String>) -> Self {
        Self {
            name: Cow::Borrowed(key.name),
            value: value.into(),
            value_type: key.value,
            access: key.access,
            effect: Effect::AtOnce,
        }
    }

    /// A key of the vendor, which takes any text.
    #[must_use]
    pub fn vendor(name: impl Into<Cow<'static, str>>, value: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
            value_type: ValueType::Text,
            access: Access::ReadWrite,
            effect: Effect::AtOnce,
        }
    }

    /// The same key with other rights.
    #[must_use]
    pub fn with_access(self, access: Access) -> Self {
        Self { access, ..self }
    }

    /// The same key, taking effect at another time.
    #[must_use]
    pub fn with_effect(self, effect: Effect) -> Self {
        Self { effect, ..self }
    }

    /// The same key with another type of values.
    #[must_use]
    pub fn with_type(self, value_type: ValueType) -> Self {
        Self { value_type, ..self }
    }

    /// The name as it was defined.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value as a central system may read it: `None` for a key that is only written.
    #[must_use]
    pub fn readable_value(&self) -> Option<&str> {
        (self.access != Access::Write).then_some(self.value.as_str())
    }

    /// Who may read and write it.
    #[must_use]
    pub const fn access(&self) -> Access {
        self.access
    }

    /// Whether a central system may not change it.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.access == Access::Read
    }

    fn is_named(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standard(name: &str, value: &str) -> Entry {
        Entry::standard(Key::named(name).expect("a key"), value)
    }

    fn with(entries: impl IntoIterator<Item = Entry>) -> Configuration {
        let mut configuration = Configuration::new();
        entries
            .into_iter()
            .for_each(|entry| configuration.define(entry));
        configuration
    }

    #[test]
    fn a_rejected_change_changes_nothing() {
        let mut configuration = with([
            standard("LocalPreAuthorize", "true"),
            standard("NumberOfConnectors", "2"),
        ]);
        let before = configuration.clone();
        assert_eq!(
            configuration.change("LocalPreAuthorize", "perhaps"),
            Change::Rejected
        );
        assert_eq!(
            configuration.change("NumberOfConnectors", "3"),
            Change::Rejected
        );
        assert_eq!(
            configuration.change("BlinkRepeat", "3"),
            Change::NotSupported
        );
        assert_eq!(configuration, before);
        assert_eq!(configuration.boolean("localpreauthorize"), Some(true));
        assert_eq!(configuration.integer("NumberOfConnectors"), Some(2));
    }

    #[test]
    fn a_change_may_wait_for_a_reboot() {
        let entry = Entry::vendor("Backend", "a").with_effect(Effect::AfterReboot);
        let mut configuration = with([entry]);
        assert_eq!(configuration.change("backend", "b"), Change::RebootRequired);
        assert_eq!(configuration.value("Backend"), Some("b"));
    }

    #[test]
    fn a_list_is_not_longer_than_its_key_says() {
        let mut configuration = with([
            standard("MeterValuesSampledData", "Voltage"),
            standard("MeterValuesSampledDataMaxLength", "2"),
        ]);
        let name = "MeterValuesSampledData";
        assert_eq!(configuration.change(name, "Voltage,SoC"), Change::Accepted);
        assert_eq!(
            configuration.change(name, "Voltage,SoC,RPM"),
            Change::Rejected
        );
        let entry = configuration.entry(name).expect("defined");
        let error = configuration.check(entry, "Voltage,SoC,RPM");
        assert_eq!(error, Err(ValueError::Length { most: 2 }));
    }

    #[test]
    fn the_security_profile_only_rises() {
        let mut configuration = with([standard("SecurityProfile", "1")]);
        assert_eq!(
            configuration.change("SecurityProfile", "0"),
            Change::Rejected
        );
        assert_eq!(
            configuration.change("SecurityProfile", "1"),
            Change::Accepted
        );
        assert_eq!(
            configuration.change("SecurityProfile", "3"),
            Change::Accepted
        );
        assert_eq!(
            configuration.change("SecurityProfile", "4"),
            Change::Rejected
        );
    }

    #[test]
    fn a_written_key_cannot_be_read() {
        let key = "00112233445566778899aabbccddeeff";
        let mut configuration = with([standard("AuthorizationKey", "")]);
        assert_eq!(
            configuration.change("AuthorizationKey", key),
            Change::Accepted
        );
        let entry = configuration.entry("AuthorizationKey").expect("defined");
        assert_eq!(entry.readable_value(), None);
        assert_eq!(configuration.value("AuthorizationKey"), Some(key));
    }

    #[test]
    fn required_keys_that_lack_are_named() {
        let configuration = with([standard("LocalAuthListMaxLength", "100")]);
        let profiles = [Profile::LocalAuthListManagement];
        let missing: Vec<_> = configuration
            .missing(&profiles)
            .map(|key| key.name)
            .collect();
        assert_eq!(missing, ["LocalAuthListEnabled", "SendLocalListMaxLength"]);
    }
}
