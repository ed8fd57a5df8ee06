//! Who may charge: the tags that are held before the reader, or named from afar.

use meter_units::Instant;
use ocpp_types::messages::AuthorizeRequest;
use ocpp_types::schedule::Profile;
use ocpp_types::state::authorization::{Connection, Decision, conflicts, decide};
use ocpp_types::state::registration::Cause;
use ocpp_types::state::reservation::Use;
use ocpp_types::types::{AuthorizationStatus, IdTagInfo, IdToken};

use super::outlet::Ready;
use super::{Purpose, Station, settings};

/// Why a tag is authorized.
#[derive(Clone, Debug)]
pub(super) enum Intent {
    /// To begin, with the profile of a RemoteStartTransaction.
    Begin(IdToken<'static>, Option<Box<Profile>>),
    /// To end the transaction of somebody else of its group.
    End(IdToken<'static>),
}

impl Station {
    /// Somebody holds a tag before the reader.
    pub(super) fn present(
        &mut self,
        now: Instant,
        number: u32,
        id_tag: IdToken<'static>,
    ) -> Option<()> {
        let outlet = self.outlet(number)?;
        let Some(active) = &outlet.active else {
            self.authorize(now, number, Intent::Begin(id_tag, None));
            return Some(());
        };
        if active.transaction.may_end(&id_tag, None) {
            self.end(now, number, Some(id_tag), None);
        } else {
            self.authorize(now, number, Intent::End(id_tag));
        }
        Some(())
    }

    /// Finds out whether a tag may charge, here or by asking.
    pub(super) fn authorize(&mut self, now: Instant, number: u32, intent: Intent) {
        let (Intent::Begin(id_tag, _) | Intent::End(id_tag)) = &intent;
        let id_tag = id_tag.clone();
        match self.decide(now, &id_tag, self.connection()) {
            Decision::Ask => {
                let purpose = Purpose::Authorize(number, intent);
                let request = AuthorizeRequest { id_tag };
                self.call(now, Cause::Station, purpose, request.into());
            }
            Decision::Accepted(_) => {
                let info = self.list.info(&id_tag).or_else(|| self.cache.info(&id_tag));
                let unknown = IdTagInfo::new(AuthorizationStatus::Accepted);
                let info = info.cloned().unwrap_or(unknown);
                self.permit(now, number, intent, &info);
            }
            Decision::Refused(status, _) => {
                self.give_up(format!("tag {id_tag} is refused: {status}"));
            }
        }
    }

    /// The central system has answered.
    pub(super) fn authorized(
        &mut self,
        now: Instant,
        number: u32,
        intent: Intent,
        info: &IdTagInfo<'static>,
    ) {
        let (Intent::Begin(id_tag, _) | Intent::End(id_tag)) = &intent;
        let id_tag = id_tag.clone();
        self.remember(now, &id_tag, info);
        if info.status == AuthorizationStatus::Accepted {
            self.permit(now, number, intent, info);
        } else {
            self.give_up(format!("tag {id_tag} is refused: {}", info.status));
        }
    }

    /// Nobody has answered: what is known here decides.
    pub(super) fn unauthorized(&mut self, now: Instant, number: u32, intent: Intent) {
        let (Intent::Begin(id_tag, _) | Intent::End(id_tag)) = &intent;
        match self.decide(now, id_tag, Connection::Offline) {
            Decision::Accepted(_) => {
                let info = IdTagInfo::new(AuthorizationStatus::Accepted);
                self.permit(now, number, intent, &info);
            }
            _ => self.give_up(format!("tag {id_tag} is refused")),
        }
    }

    fn decide(&self, now: Instant, id_tag: &IdToken<'_>, connection: Connection) -> Decision {
        let is_on = |name| self.configuration.boolean(name).unwrap_or_default();
        decide(
            self.seconds(now),
            id_tag,
            is_on("LocalAuthListEnabled").then_some(&self.list),
            is_on("AuthorizationCacheEnabled").then_some(&self.cache),
            &settings::rules(&self.configuration),
            connection,
        )
    }

    fn connection(&self) -> Connection {
        if self.is_online() {
            Connection::Online
        } else {
            Connection::Offline
        }
    }

    pub(super) fn remember(&mut self, now: Instant, id_tag: &IdToken<'_>, info: &IdTagInfo<'_>) {
        let seconds = self.seconds(now);
        if conflicts(seconds, id_tag, &self.list, info) {
            self.note(format!(
                "tag {id_tag} is {} and not as on the list",
                info.status
            ));
        }
        if self.list.info(id_tag).is_none() {
            self.cache.insert(seconds, id_tag, info);
        }
    }

    /// A tag may do what it wants to.
    pub(super) fn permit(
        &mut self,
        now: Instant,
        number: u32,
        intent: Intent,
        info: &IdTagInfo<'_>,
    ) {
        let parent = info.parent_id_tag.clone().map(IdToken::into_owned);
        match intent {
            Intent::End(id_tag) => {
                let active = self
                    .outlet(number)
                    .and_then(|outlet| outlet.active.as_ref());
                if active.is_some_and(|it| it.transaction.may_end(&id_tag, parent.as_ref())) {
                    self.end(now, number, Some(id_tag), None);
                } else {
                    self.note(format!("tag {id_tag} may not end this transaction"));
                }
            }
            Intent::Begin(id_tag, profile) => {
                let free = self
                    .outlets
                    .iter()
                    .filter(|outlet| outlet.is_free())
                    .count();
                let connector = i64::from(number);
                let reserved = self.reservations.usage(
                    self.seconds(now),
                    connector,
                    &id_tag,
                    parent.as_ref(),
                    free,
                );
                let reservation = match reserved {
                    Use::Free => None,
                    Use::Reserved(id) => Some(id),
                    Use::Refused => {
                        return self.note(format!("connector {connector} is kept for another tag"));
                    }
                };
                let wait = settings::seconds(&self.configuration, "ConnectionTimeOut");
                let until = wait.map_or(Instant::MAX, |wait| now.saturating_add(wait));
                let Some(outlet) = self.outlet_mut(number).filter(|outlet| outlet.is_free()) else {
                    return self.note(format!("connector {connector} is not free"));
                };
                outlet.ready = Some(Ready {
                    id_tag,
                    parent,
                    reservation,
                    profile: profile.map(|profile| *profile),
                    until,
                });
                self.begin(now, number);
            }
        }
    }

    pub(super) fn expire_authorizations(&mut self, now: Instant) {
        for place in 0..self.outlets.len() {
            let Some(outlet) = self.outlets.get_mut(place) else {
                return;
            };
            if let Some(late) = outlet.ready.take_if(|ready| ready.until <= now) {
                self.note(format!("tag {} came without a vehicle", late.id_tag));
            }
        }
    }
}
