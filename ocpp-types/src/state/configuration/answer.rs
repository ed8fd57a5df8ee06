//! The answer to a GetConfiguration.

use alloc::vec::Vec;

use super::{Configuration, Entry};
use crate::ErrorCode;
use crate::messages::{GetConfigurationRequest, GetConfigurationResponse, KeyValue};
use crate::types::CiString;

impl Configuration {
    /// The answer to a GetConfiguration (OCPP 1.6, 5.8).
    ///
    /// It has the keys that were asked for, or all if none was, in the order in which they were
    /// defined; each of them once, however often it was asked for. A key that is only written has
    /// no value. What fits in no message is left out: names of more than 50 characters, and values
    /// of more than 500.
    ///
    /// # Errors
    ///
    /// The code of the CALLERROR for more keys than `GetConfigurationMaxKeys` allows. Without that
    /// key any number may be asked for.
    ///
    /// ```
    /// use ocpp_types::messages::GetConfigurationRequest;
    /// use ocpp_types::state::configuration::{Configuration, Entry, Key};
    /// use ocpp_types::types::CiString;
    ///
    /// let mut configuration = Configuration::new();
    /// for (name, value) in [("HeartbeatInterval", "300"), ("NumberOfConnectors", "2")] {
    ///     configuration.define(Entry::standard(Key::named(name).expect("a key"), value));
    /// }
    /// let asked = ["heartbeatinterval", "Colour"].map(|key| CiString::new(key).expect("short"));
    /// let request = GetConfigurationRequest { key: Some(asked.into()) };
    ///
    /// let answer = configuration.answer(&request)?;
    /// let known = answer.configuration_key.unwrap_or_default();
    /// assert_eq!((known[0].key.as_str(), known[0].readonly), ("HeartbeatInterval", false));
    /// assert_eq!(known[0].value.as_ref().map(|value| value.as_str()), Some("300"));
    /// assert_eq!(answer.unknown_key.unwrap_or_default()[0].as_str(), "Colour");
    ///
    /// let request = GetConfigurationRequest::default();
    /// let all = configuration.answer(&request)?;
    /// assert_eq!(all.configuration_key.map(|keys| keys.len()), Some(2));
    /// # Ok::<(), ocpp_types::ErrorCode<'static>>(())
    /// ```
    pub fn answer<'a>(
        &'a self,
        request: &'a GetConfigurationRequest<'_>,
    ) -> Result<GetConfigurationResponse<'a>, ErrorCode<'static>> {
        let asked = request.key.as_deref().unwrap_or_default();
        let most = self.integer("GetConfigurationMaxKeys");
        let count = i64::try_from(asked.len()).unwrap_or(i64::MAX);
        if most.is_some_and(|most| most < count) {
            return Err(ErrorCode::OccurenceConstraintViolation);
        }
        let is_asked = |entry: &&Entry| {
            asked.is_empty() || asked.iter().any(|key| entry.is_named(key.as_str()))
        };
        let known = self.entries.iter().filter(is_asked).filter_map(Entry::read);
        let unknown = asked
            .iter()
            .map(CiString::as_str)
            .filter(|key| self.entry(key).is_none())
            .filter_map(|key| CiString::new(key).ok());
        Ok(GetConfigurationResponse {
            configuration_key: list(known),
            unknown_key: list(unknown),
        })
    }
}

impl Entry {
    /// The key as a central system may read it; `None` where its name fits in no message.
    fn read(&self) -> Option<KeyValue<'_>> {
        let key = CiString::new(self.name()).ok()?;
        let value = self.readable_value();
        Some(KeyValue {
            value: value.and_then(|value| CiString::new(value).ok()),
            ..KeyValue::new(key, self.is_read_only())
        })
    }
}

/// A member that is missing where it would be empty.
fn list<T>(items: impl Iterator<Item = T>) -> Option<Vec<T>> {
    let items: Vec<_> = items.collect();
    (!items.is_empty()).then_some(items)
}

#[cfg(test)]
mod tests {
    use alloc::string::String;
    use alloc::vec;

    use proptest::prelude::*;

    use super::super::Key;
    use super::*;
    use crate::Payload;

    fn configuration() -> Configuration {
        let mut configuration = Configuration::new();
        for (name, value) in [
            ("AuthorizationKey", "00112233445566778899aabbccddeeff"),
            ("HeartbeatInterval", "300"),
            ("NumberOfConnectors", "2"),
            ("GetConfigurationMaxKeys", "3"),
        ] {
            configuration.define(Entry::standard(Key::named(name).unwrap(), value));
        }
        configuration
    }

    fn asking(keys: &[&'static str]) -> GetConfigurationRequest<'static> {
        GetConfigurationRequest {
            key: Some(keys.iter().map(|key| CiString::unchecked(*key)).collect()),
        }
    }

    /// The payload of the answer.
    fn answer(configuration: &Configuration, keys: &[&'static str]) -> String {
        let request = asking(keys);
        let mut payload = String::new();
        let answer = configuration.answer(&request).unwrap();
        answer.encode_payload(&mut payload).unwrap();
        payload
    }

    #[test]
    fn known_keys_are_told_once_and_unknown_ones_named() {
        assert_eq!(
            answer(
                &configuration(),
                &["numberofconnectors", "Colour", "NumberOfConnectors"]
            ),
            concat!(
                r#"{"configurationKey":[{"key":"NumberOfConnectors","readonly":true,"value":"2"}],"#,
                r#""unknownKey":["Colour"]}"#
            )
        );
        let unknown = answer(&configuration(), &["Colour"]);
        assert_eq!(unknown, r#"{"unknownKey":["Colour"]}"#);
    }

    #[test]
    fn without_names_all_keys_are_told() {
        let configuration = configuration();
        let all = concat!(
            r#"{"configurationKey":[{"key":"AuthorizationKey","readonly":false},"#,
            r#"{"key":"HeartbeatInterval","readonly":false,"value":"300"},"#,
            r#"{"key":"NumberOfConnectors","readonly":true,"value":"2"},"#,
            r#"{"key":"GetConfigurationMaxKeys","readonly":true,"value":"3"}]}"#
        );
        assert_eq!(answer(&configuration, &[]), all);
        let nothing = GetConfigurationRequest { key: None };
        let keys = configuration.answer(&nothing).unwrap().configuration_key;
        assert_eq!(keys.map(|keys| keys.len()), Some(4));
        assert_eq!(answer(&Configuration::new(), &[]), "{}");
    }

    #[test]
    fn more_keys_than_allowed_are_refused() {
        let mut configuration = configuration();
        let four = asking(&["a", "b", "c", "d"]);
        let refused = Err(ErrorCode::OccurenceConstraintViolation);
        assert_eq!(configuration.answer(&four), refused);
        let three = asking(&["a", "b", "c"]);
        assert!(configuration.answer(&three).is_ok());
        let most = Key::named("GetConfigurationMaxKeys").unwrap();
        configuration.define(Entry::standard(most, "none"));
        assert!(configuration.answer(&four).is_ok());
    }

    #[test]
    fn what_fits_in_no_message_is_left_out() {
        let mut configuration = Configuration::new();
        configuration.define(Entry::vendor("Long", "x".repeat(501)));
        configuration.define(Entry::vendor("x".repeat(51), "1"));
        configuration.define(Entry::vendor("y".repeat(50), "x".repeat(500)));
        let answer = answer(&configuration, &[]);
        assert!(answer.starts_with(r#"{"configurationKey":[{"key":"Long","readonly":false},{"#));
        assert!(!answer.contains(&"x".repeat(501)));
        // Only tolerant reading gives such a name.
        let long = GetConfigurationRequest {
            key: Some(vec![CiString::unchecked("z".repeat(51))]),
        };
        assert_eq!(configuration.answer(&long), Ok(Default::default()));
    }

    proptest! {
        #[test]
        fn every_answer_is_a_valid_message(
            entries in prop::collection::vec(("[a-c]{0,2}|x{49,52}", ".{0,3}|y{499,502}"), 0..6),
            asked in prop::option::of(prop::collection::vec("[a-c]{0,2}|x{49,52}", 0..6)),
        ) {
            let mut configuration = Configuration::new();
            for (name, value) in &entries {
                configuration.define(Entry::vendor(name.clone(), value.clone()));
            }
            let key = asked.clone().map(|asked| asked.into_iter().map(CiString::unchecked).collect());
            let request = GetConfigurationRequest { key };
            let answer = configuration.answer(&request).unwrap();
            prop_assert_eq!(answer.validate(), Ok(()));
            let known = answer.configuration_key.unwrap_or_default();
            for entry in configuration.entries().iter().filter(|entry| entry.name().len() <= 50) {
                let is_asked = asked.as_ref().is_none_or(|asked| {
                    asked.is_empty() || asked.iter().any(|key| entry.is_named(key))
                });
                let told = known.iter().filter(|known| known.key == *entry.name()).count();
                prop_assert_eq!(told, usize::from(is_asked));
            }
        }
    }
}
