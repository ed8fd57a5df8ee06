//! The local authorization list.

use alloc::vec::Vec;

use super::status_at;
use crate::messages::{AuthorizationData, SendLocalListRequest, UpdateStatus, UpdateType};
use crate::types::{AuthorizationStatus, IdTagInfo, IdToken};

/// The identifiers that the central system has sent ahead (OCPP 1.6, 3.5.2 and 5.15).
///
/// It outlives a reboot: keep [`version`](Self::version) and [`entries`](Self::entries), and give
/// them back as a full update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalList {
    capacity: usize,
    update: usize,
    version: i64,
    /// In the order of their text in lower case.
    entries: Vec<(IdToken<'static>, IdTagInfo<'static>)>,
}

/// What GetLocalListVersion answers where there is no list at all.
pub const NOT_SUPPORTED: i64 = -1;

impl LocalList {
    /// An empty list with room for `capacity` identifiers (`LocalAuthListMaxLength`), of which an
    /// update brings `update` at most (`SendLocalListMaxLength`).
    #[must_use]
    pub const fn new(capacity: usize, update: usize) -> Self {
        Self {
            capacity,
            update,
            version: 0,
            entries: Vec::new(),
        }
    }

    /// Carries out a SendLocalList and says what to answer.
    ///
    /// `Failed` and `VersionMismatch` leave the list as it was. An update fails that has version 0
    /// or -1, an identifier twice, more entries than there is room for, or, being a full one, an
    /// entry that says nothing about its identifier.
    pub fn update(&mut self, request: &SendLocalListRequest<'_>) -> UpdateStatus<'static> {
        let news = request
            .local_authorization_list
            .as_deref()
            .unwrap_or_default();
        let version = request.list_version;
        if matches!(version, 0 | NOT_SUPPORTED) || news.len() > self.update {
            return UpdateStatus::Failed;
        }
        let Some(news) = sorted(news) else {
            return UpdateStatus::Failed;
        };
        let entries = match request.update_type {
            UpdateType::Full => news
                .iter()
                .map(|new| Some(entry(new, new.id_tag_info.clone()?)))
                .collect(),
            UpdateType::Differential if version <= self.version() => {
                return UpdateStatus::VersionMismatch;
            }
            UpdateType::Differential => Some(merged(&self.entries, &news)),
            UpdateType::Other(_) => return UpdateStatus::NotSupported,
        };
        match entries {
            Some(entries) if entries.len() <= self.capacity => {
                self.entries = entries;
                self.version = version;
                UpdateStatus::Accepted
            }
            _ => UpdateStatus::Failed,
        }
    }

    /// What GetLocalListVersion answers: 0 while the list is empty.
    #[must_use]
    pub fn version(&self) -> i64 {
        if self.entries.is_empty() {
            0
        } else {
            self.version
        }
    }

    /// What the list says about an identifier.
    #[must_use]
    pub fn info(&self, id_tag: &IdToken<'_>) -> Option<&IdTagInfo<'static>> {
        let place = self
            .entries
            .binary_search_by(|(listed, _)| order(listed, id_tag))
            .ok()?;
        self.entries.get(place).map(|(_, info)| info)
    }

    /// Whether an identifier may charge; one whose time is over is `Expired`.
    #[must_use]
    pub fn status(&self, now: i64, id_tag: &IdToken<'_>) -> Option<AuthorizationStatus<'static>> {
        self.info(id_tag).map(|info| status_at(now, info))
    }

    /// Every identifier.
    pub fn entries(&self) -> impl Iterator<Item = (&IdToken<'static>, &IdTagInfo<'static>)> {
        self.entries.iter().map(|(id_tag, info)| (id_tag, info))
    }
}

/// The entries in order; `None` if an identifier is there twice.
fn sorted<'m, 'a>(news: &'m [AuthorizationData<'a>]) -> Option<Vec<&'m AuthorizationData<'a>>> {
    let by_tag =
        |a: &&AuthorizationData<'_>, b: &&AuthorizationData<'_>| order(&a.id_tag, &b.id_tag);
    let sorted = crate::total::sorted(news.iter().collect(), by_tag);
    let pairs = sorted.iter().zip(sorted.iter().skip(1));
    let is_unique = pairs
        .into_iter()
        .all(|(a, b)| order(&a.id_tag, &b.id_tag).is_lt());
    is_unique.then_some(sorted)
}

/// Old and new entries in order, both being in order; a new one goes before the old one, and one
/// without information removes it.
fn merged(
    old: &[(IdToken<'static>, IdTagInfo<'static>)],
    news: &[&AuthorizationData<'_>],
) -> Vec<(IdToken<'static>, IdTagInfo<'static>)> {
    let mut merged = Vec::with_capacity(old.len());
    let mut old = old.iter().peekable();
    for new in news {
        while let Some(before) = old.next_if(|(listed, _)| order(listed, &new.id_tag).is_lt()) {
            merged.push(before.clone());
        }
        old.next_if(|(listed, _)| order(listed, &new.id_tag).is_eq());
        if let Some(info) = &new.id_tag_info {
            merged.push(entry(new, info.clone()));
        }
    }
    merged.extend(old.cloned());
    merged
}

fn entry(
    new: &AuthorizationData<'_>,
    info: IdTagInfo<'_>,
) -> (IdToken<'static>, IdTagInfo<'static>) {
    (new.id_tag.clone().into_owned(), info.into_owned())
}

/// An order that agrees with the equality of identifiers, which is without regard to case.
fn order(a: &IdToken<'_>, b: &IdToken<'_>) -> core::cmp::Ordering {
    let (a, b) = (a.as_str().chars(), b.as_str().chars());
    a.flat_map(char::to_lowercase)
        .cmp(b.flat_map(char::to_lowercase))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data(
        text: &'static str,
        status: Option<AuthorizationStatus<'static>>,
    ) -> AuthorizationData<'static> {
        let mut data = AuthorizationData::new(IdToken::new(text).unwrap());
        data.id_tag_info = status.map(IdTagInfo::new);
        data
    }

    const YES: Option<AuthorizationStatus<'static>> = Some(AuthorizationStatus::Accepted);
    const NO: Option<AuthorizationStatus<'static>> = Some(AuthorizationStatus::Blocked);

    fn request(
        version: i64,
        update_type: UpdateType<'static>,
        entries: &[(&'static str, Option<AuthorizationStatus<'static>>)],
    ) -> SendLocalListRequest<'static> {
        let mut request = SendLocalListRequest::new(version, update_type);
        let entries = entries
            .iter()
            .map(|(text, status)| data(text, status.clone()));
        request.local_authorization_list = Some(entries.collect());
        request
    }

    fn full(
        version: i64,
        entries: &[(&'static str, Option<AuthorizationStatus<'static>>)],
    ) -> SendLocalListRequest<'static> {
        request(version, UpdateType::Full, entries)
    }

    fn differential(
        version: i64,
        entries: &[(&'static str, Option<AuthorizationStatus<'static>>)],
    ) -> SendLocalListRequest<'static> {
        request(version, UpdateType::Differential, entries)
    }

    fn tags(list: &LocalList) -> Vec<&str> {
        list.entries().map(|(tag, _)| tag.as_str()).collect()
    }

    fn filled() -> LocalList {
        let mut list = LocalList::new(4, 3);
        let update = full(5, &[("C", YES), ("A", YES), ("B", NO)]);
        assert_eq!(list.update(&update), UpdateStatus::Accepted);
        list
    }

    #[test]
    fn a_full_update_replaces() {
        let mut list = filled();
        assert_eq!((list.version(), tags(&list)), (5, ["A", "B", "C"].into()));
        assert_eq!(list.status(0, &IdToken::new("b").unwrap()), NO);
        // also with an older version
        assert_eq!(list.update(&full(2, &[("D", YES)])), UpdateStatus::Accepted);
        assert_eq!((list.version(), tags(&list)), (2, ["D"].into()));
        assert_eq!(list.update(&full(9, &[])), UpdateStatus::Accepted);
        assert_eq!((list.version(), tags(&list)), (0, Vec::new()));
    }

    #[test]
    fn a_differential_update_adds_changes_and_removes() {
        let mut list = filled();
        let update = differential(6, &[("b", None), ("D", YES), ("a", NO)]);
        assert_eq!(list.update(&update), UpdateStatus::Accepted);
        assert_eq!((list.version(), tags(&list)), (6, ["a", "C", "D"].into()));
        assert_eq!(list.status(0, &IdToken::new("A").unwrap()), NO);
        let absent = differential(7, &[("X", None)]);
        assert_eq!(list.update(&absent), UpdateStatus::Accepted);
    }

    #[test]
    fn an_emptied_list_begins_again_at_version_0() {
        let mut list = filled();
        assert_eq!(list.update(&full(9, &[])), UpdateStatus::Accepted);
        assert_eq!(list.version(), 0);
        let news = differential(1, &[("A", YES)]);
        assert_eq!(list.update(&news), UpdateStatus::Accepted);
        assert_eq!(list.version(), 1);
    }

    #[test]
    fn a_failed_update_changes_nothing() {
        let before = filled();
        for (update, answer) in [
            (
                differential(5, &[("D", YES)]),
                UpdateStatus::VersionMismatch,
            ),
            (
                differential(4, &[("D", YES)]),
                UpdateStatus::VersionMismatch,
            ),
            (differential(-1, &[("D", YES)]), UpdateStatus::Failed),
            (full(0, &[("D", YES)]), UpdateStatus::Failed),
            (full(6, &[("D", None)]), UpdateStatus::Failed),
            (full(6, &[("D", YES), ("d", NO)]), UpdateStatus::Failed),
            (
                full(6, &[("D", YES), ("E", YES), ("F", YES), ("G", YES)]),
                UpdateStatus::Failed,
            ),
            (
                differential(6, &[("D", YES), ("E", YES)]),
                UpdateStatus::Failed,
            ),
            (
                request(6, "Partial".into(), &[]),
                UpdateStatus::NotSupported,
            ),
        ] {
            let mut list = before.clone();
            assert_eq!(list.update(&update), answer, "{update:?}");
            assert_eq!(list, before);
        }
    }

    #[test]
    fn a_list_comes_back_after_a_reboot() {
        let list = filled();
        let mut request = SendLocalListRequest::new(list.version(), UpdateType::Full);
        let entries = list.entries().map(|(tag, info)| {
            let mut data = AuthorizationData::new(tag.clone());
            data.id_tag_info = Some(info.clone());
            data
        });
        request.local_authorization_list = Some(entries.collect());
        let mut restored = LocalList::new(4, 3);
        restored.update(&request);
        assert_eq!(restored, list);
    }
}
