//! The profile that comes with a RemoteStartTransaction.

use super::composite::Charging;
use super::profile::{Profile, Purpose};
use super::stack::{ProfileStack, Refusal};

impl ProfileStack {
    /// Whether a station may accept a RemoteStartTransaction with that profile for a connector.
    ///
    /// The purpose has to be TxProfile, and no transaction is named, as there is none yet
    /// (OCPP 1.6, 5.11 and 5.16.2); the schema knows neither rule. Whoever accepts has to use the
    /// profile: a refusal here is the status `Rejected`. It may be answered long before the
    /// transaction begins, and so does not look for room.
    ///
    /// # Errors
    ///
    /// A [`Refusal`].
    pub fn check_remote_start(&self, connector: u32, profile: &Profile) -> Result<(), Refusal> {
        if profile.purpose() != Purpose::Tx {
            return Err(Refusal::RemoteStartPurpose);
        }
        if profile.transaction().is_some() {
            return Err(Refusal::RemoteStartTransaction);
        }
        self.check(connector, profile)
    }

    /// Installs the profile of a RemoteStartTransaction when the transaction begins, as
    /// [`install`](Self::install) does.
    ///
    /// The transaction need not have its id yet. The profile counts for whatever charges at the
    /// connector, and goes with [`end_transaction`](Self::end_transaction).
    ///
    /// Returns how many profiles were replaced.
    ///
    /// # Errors
    ///
    /// A [`Refusal`], and the stack is as it was.
    ///
    /// ```
    /// use ocpp_types::messages::RemoteStartTransactionRequest;
    /// use ocpp_types::schedule::{Bounds, Charging, Profile, ProfileStack, Refusal};
    /// use ocpp_types::{Payload, RawPayload};
    ///
    /// let text = r#"{"connectorId":1,"idTag":"ANN","chargingProfile":{"chargingProfileId":1,
    ///     "stackLevel":0,"chargingProfilePurpose":"TxDefaultProfile",
    ///     "chargingProfileKind":"Relative","chargingSchedule":{"chargingRateUnit":"A",
    ///     "chargingSchedulePeriod":[{"startPeriod":0,"limit":16.0}]}}}"#;
    /// let read = |text| -> Result<Profile, Box<dyn core::error::Error>> {
    ///     let request = RemoteStartTransactionRequest::decode(RawPayload::new(text))
    ///         .map_err(|violation| violation.to_string())?;
    ///     let profile = request.charging_profile.ok_or("no profile")?;
    ///     Ok(Profile::try_from(&profile)?)
    /// };
    /// let bounds =
    ///     Bounds { connectors: 1, profiles: 8, stack_level: 8, periods: 24, unit: None };
    /// let mut stack = ProfileStack::new(bounds);
    ///
    /// // Valid by the schema, and still to be rejected.
    /// let refused = stack.check_remote_start(1, &read(text)?);
    /// assert_eq!(refused, Err(Refusal::RemoteStartPurpose));
    ///
    /// let profile = read(&text.replace("TxDefaultProfile", "TxProfile"))?;
    /// assert_eq!(stack.check_remote_start(1, &profile), Ok(()));
    /// // A vehicle is there, and charging begins.
    /// let charging = Charging { since: 1_714_982_400, transaction: None };
    /// assert_eq!(stack.install_remote_start(1, profile, charging), Ok(0));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub fn install_remote_start(
        &mut self,
        connector: u32,
        profile: Profile,
        charging: Charging,
    ) -> Result<usize, Refusal> {
        self.check_remote_start(connector, &profile)?;
        self.install(connector, profile, Some(charging))
    }
}

#[cfg(test)]
mod tests {
    use super::super::composite::Rules;
    use super::super::limits::{Period, RateUnit, Schedule, Tenths};
    use super::super::profile::Kind;
    use super::super::stack::Bounds;
    use super::*;

    const BEGUN: Charging = Charging {
        since: 0,
        transaction: None,
    };

    fn stack() -> ProfileStack {
        ProfileStack::new(Bounds {
            connectors: 2,
            profiles: 1,
            stack_level: 8,
            periods: 3,
            unit: None,
        })
    }

    fn profile(id: i64, purpose: Purpose) -> Profile {
        let periods = [Period::new(0, Tenths::new(160))];
        let schedule = Schedule::new(RateUnit::Amperes, periods).unwrap();
        Profile::new(id, purpose, Kind::Relative, id, schedule)
    }

    #[test]
    fn what_belongs_to_no_remote_start_is_refused() {
        for (connector, profile, refusal) in [
            (
                1,
                profile(1, Purpose::TxDefault),
                Refusal::RemoteStartPurpose,
            ),
            (
                0,
                profile(1, Purpose::ChargePointMax),
                Refusal::RemoteStartPurpose,
            ),
            (
                1,
                profile(1, Purpose::Tx).for_transaction(17),
                Refusal::RemoteStartTransaction,
            ),
            (3, profile(1, Purpose::Tx), Refusal::Connector),
            (0, profile(1, Purpose::Tx), Refusal::TxAtStation),
            (1, profile(9, Purpose::Tx), Refusal::StackLevel),
        ] {
            let mut stack = stack();
            assert_eq!(stack.check_remote_start(connector, &profile), Err(refusal));
            let installed = stack.install_remote_start(connector, profile, BEGUN);
            assert_eq!(installed, Err(refusal));
            assert!(stack.profiles().is_empty());
        }
    }

    #[test]
    fn it_counts_before_and_after_the_transaction_has_its_id_and_ends_with_it() {
        let mut stack = stack();
        let installed = stack.install_remote_start(1, profile(1, Purpose::Tx), BEGUN);
        assert_eq!(installed, Ok(0));
        let limit = |stack: &ProfileStack, transaction| {
            let charging = Charging {
                transaction,
                ..BEGUN
            };
            let rules = Rules::new(RateUnit::Amperes);
            let limit = stack.limit_at(1, Some(charging), 60, rules).limit;
            limit.map(|limit| limit.wire())
        };
        let expected = Some(Tenths::new(160).to_decimal());
        assert_eq!(limit(&stack, None), expected);
        assert_eq!(limit(&stack, Some(17)), expected);
        // The central system replaces it once it knows the id.
        let new = profile(1, Purpose::Tx).for_transaction(17);
        let charging = Charging {
            transaction: Some(17),
            ..BEGUN
        };
        assert_eq!(stack.install(1, new, Some(charging)), Ok(1));
        assert_eq!(stack.end_transaction(1), 1);
        assert_eq!(limit(&stack, Some(17)), None);
    }

    #[test]
    fn a_place_may_be_gone_when_the_transaction_begins() {
        let mut stack = stack();
        let late = profile(1, Purpose::Tx);
        stack
            .install(0, profile(2, Purpose::TxDefault), None)
            .unwrap();
        assert_eq!(stack.check_remote_start(1, &late), Ok(()));
        assert_eq!(
            stack.install_remote_start(1, late, BEGUN),
            Err(Refusal::Full)
        );
    }
}
