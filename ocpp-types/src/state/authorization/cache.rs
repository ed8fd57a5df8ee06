//! The authorization cache.

use alloc::vec::Vec;

use super::status_at;
use crate::total::position;
use crate::types::{AuthorizationStatus, IdTagInfo, IdToken};

/// What the central system said about identifiers, as far as there is room (OCPP 1.6, 3.5.1).
///
/// It outlives a reboot: keep [`entries`](Self::entries), and [`insert`](Self::insert) them in
/// their order. Identifiers on the local list do not belong here; leave them out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationCache {
    capacity: usize,
    /// Oldest first.
    entries: Vec<(IdToken<'static>, IdTagInfo<'static>)>,
}

impl AuthorizationCache {
    /// A cache with room for so many identifiers.
    #[must_use]
    pub const fn new(capacity: usize) -> Self {
        Self {
            capacity,
            entries: Vec::new(),
        }
    }

    /// Notes what an Authorize, StartTransaction or StopTransaction was answered with.
    ///
    /// Where there is no room, an identifier that may not charge goes first, else the one that was
    /// noted the longest time ago.
    pub fn insert(&mut self, now: i64, id_tag: &IdToken<'_>, info: &IdTagInfo<'_>) {
        self.remove(id_tag);
        if self.capacity == 0 {
            return;
        }
        while self.entries.len() >= self.capacity {
            let is_invalid = |(_, info): &(IdToken<'_>, IdTagInfo<'static>)| {
                status_at(now, info) != AuthorizationStatus::Accepted
            };
            let place = position(&self.entries, is_invalid).unwrap_or(0);
            self.drop_at(place);
        }
        let entry = (id_tag.clone().into_owned(), info.clone().into_owned());
        self.entries.push(entry);
    }

    /// Forgets an identifier, because it came on the local list.
    pub fn remove(&mut self, id_tag: &IdToken<'_>) {
        self.entries.retain(|(cached, _)| cached != id_tag);
    }

    /// Forgets everything (ClearCache).
    pub fn clear(&mut self) {
        self.entries.clear();
    }

    /// What was said about an identifier.
    #[must_use]
    pub fn info(&self, id_tag: &IdToken<'_>) -> Option<&IdTagInfo<'static>> {
        let entry = self.entries.iter().find(|(cached, _)| cached == id_tag);
        entry.map(|(_, info)| info)
    }

    /// Whether an identifier may charge; one whose time is over is `Expired`.
    #[must_use]
    pub fn status(&self, now: i64, id_tag: &IdToken<'_>) -> Option<AuthorizationStatus<'static>> {
        self.info(id_tag).map(|info| status_at(now, info))
    }

    /// Every identifier, the oldest first.
    pub fn entries(&self) -> impl Iterator<Item = (&IdToken<'static>, &IdTagInfo<'static>)> {
        self.entries.iter().map(|(id_tag, info)| (id_tag, info))
    }

    fn drop_at(&mut self, place: usize) {
        let mut at = 0_usize;
        self.entries.retain(|_| {
            let stays = at != place;
            at = at.wrapping_add(1);
            stays
        });
    }
}

#[cfg(test)]
mod tests {
    use alloc::vec::Vec;

    use super::*;
    use crate::types::DateTime;

    fn tag(text: &'static str) -> IdToken<'static> {
        IdToken::new(text).unwrap()
    }

    fn accepted(expiry: Option<i64>) -> IdTagInfo<'static> {
        IdTagInfo {
            expiry_date: expiry.and_then(DateTime::from_unix),
            ..IdTagInfo::new(AuthorizationStatus::Accepted)
        }
    }

    fn tags(cache: &AuthorizationCache) -> Vec<&str> {
        cache.entries().map(|(tag, _)| tag.as_str()).collect()
    }

    #[test]
    fn entries_expire() {
        let mut cache = AuthorizationCache::new(2);
        cache.insert(0, &tag("A"), &accepted(Some(100)));
        assert_eq!(
            cache.status(99, &tag("a")),
            Some(AuthorizationStatus::Accepted)
        );
        assert_eq!(
            cache.status(100, &tag("a")),
            Some(AuthorizationStatus::Expired)
        );
        assert_eq!(cache.status(0, &tag("b")), None);
    }

    #[test]
    fn who_may_not_charge_makes_room_first_then_the_oldest() {
        let mut cache = AuthorizationCache::new(3);
        cache.insert(0, &tag("A"), &accepted(None));
        cache.insert(0, &tag("B"), &IdTagInfo::new(AuthorizationStatus::Blocked));
        cache.insert(0, &tag("C"), &accepted(Some(10)));
        cache.insert(0, &tag("D"), &accepted(None));
        assert_eq!(tags(&cache), ["A", "C", "D"]);
        cache.insert(10, &tag("E"), &accepted(None));
        assert_eq!(tags(&cache), ["A", "D", "E"]);
        cache.insert(10, &tag("F"), &accepted(None));
        assert_eq!(tags(&cache), ["D", "E", "F"]);
        cache.insert(10, &tag("d"), &accepted(None));
        assert_eq!(tags(&cache), ["E", "F", "d"]);
        cache.clear();
        assert_eq!(tags(&cache), Vec::<&str>::new());
    }

    #[test]
    fn a_cache_without_room_stays_empty() {
        let mut cache = AuthorizationCache::new(0);
        cache.insert(0, &tag("A"), &accepted(None));
        assert_eq!(tags(&cache), Vec::<&str>::new());
    }
}
