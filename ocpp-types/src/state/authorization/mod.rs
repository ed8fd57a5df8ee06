//! Who may charge: the local list, the cache, and the order of asking (OCPP 1.6, 3.4 and 3.5).

mod cache;
mod list;

pub use self::cache::AuthorizationCache;
pub use self::list::{LocalList, NOT_SUPPORTED};
use crate::types::{AuthorizationStatus, IdTagInfo, IdToken};

/// The configuration keys that say how an identifier is authorized.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// `LocalPreAuthorize`: known identifiers may start before, or without, asking.
    pub pre_authorize: Permission,
    /// `LocalAuthorizeOffline`: known identifiers may start while nobody can be asked.
    pub authorize_offline: Permission,
    /// `AllowOfflineTxForUnknownId`: so may unknown ones.
    pub unknown_offline: Permission,
}

/// The value of a configuration key that allows something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Permission {
    /// `false`.
    #[default]
    Denied,
    /// `true`.
    Granted,
}

/// Whether the central system can be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Connection {
    /// It can.
    Online,
    /// It cannot.
    Offline,
}

/// What to do with an identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It may charge.
    Accepted(Source),
    /// It may not.
    Refused(AuthorizationStatus<'static>, Source),
    /// Authorize decides.
    Ask,
}

/// Who knows about an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Source {
    /// The local list.
    List,
    /// The cache.
    Cache,
    /// Nobody.
    Unknown,
}

impl From<bool> for Permission {
    fn from(value: bool) -> Self {
        if value { Self::Granted } else { Self::Denied }
    }
}

/// What to do with an identifier, by what is known about it.
///
/// The local list goes before the cache, and both before asking. An entry that does not accept the
/// identifier refuses it offline; online the central system is asked, because it may know more.
/// Pass `None` for a list or cache that the station does not have, or that is switched off.
///
/// ```
/// use ocpp_types::state::authorization::{
///     AuthorizationCache, Connection, Decision, Permission, Rules, Source, decide,
/// };
/// use ocpp_types::types::{AuthorizationStatus, IdTagInfo, IdToken};
///
/// let rules = Rules {
///     pre_authorize: Permission::Granted,
///     authorize_offline: Permission::Granted,
///     unknown_offline: Permission::Denied,
/// };
/// let mut cache = AuthorizationCache::new(100);
/// let tag = IdToken::new("04E9A4B2C35D80")?;
/// cache.insert(0, &tag, &IdTagInfo::new(AuthorizationStatus::Accepted));
///
/// let known = decide(0, &tag, None, Some(&cache), &rules, Connection::Offline);
/// assert_eq!(known, Decision::Accepted(Source::Cache));
/// let other = IdToken::new("DEADBEEF")?;
/// let unknown = decide(0, &other, None, Some(&cache), &rules, Connection::Online);
/// assert_eq!(unknown, Decision::Ask);
/// # Ok::<(), ocpp_types::types::TooLong>(())
/// ```
#[must_use]
pub fn decide(
    now: i64,
    id_tag: &IdToken<'_>,
    list: Option<&LocalList>,
    cache: Option<&AuthorizationCache>,
    rules: &Rules,
    connection: Connection,
) -> Decision {
    let listed = list.and_then(|list| list.status(now, id_tag));
    let cached = || cache.and_then(|cache| cache.status(now, id_tag));
    let known = match listed {
        Some(status) => Some((status, Source::List)),
        None => cached().map(|status| (status, Source::Cache)),
    };
    match (known, connection) {
        (Some((AuthorizationStatus::Accepted, source)), Connection::Online)
            if rules.pre_authorize == Permission::Granted =>
        {
            Decision::Accepted(source)
        }
        (_, Connection::Online) => Decision::Ask,
        (Some((AuthorizationStatus::Accepted, source)), Connection::Offline)
            if rules.authorize_offline == Permission::Granted =>
        {
            Decision::Accepted(source)
        }
        (Some((status, source)), Connection::Offline)
            if status != AuthorizationStatus::Accepted =>
        {
            Decision::Refused(status, source)
        }
        // Without the permission to look it up, a known identifier is one like any other.
        (_, Connection::Offline) if rules.unknown_offline == Permission::Granted => {
            Decision::Accepted(Source::Unknown)
        }
        (_, Connection::Offline) => {
            Decision::Refused(AuthorizationStatus::Invalid, Source::Unknown)
        }
    }
}

/// Whether the answer of the central system contradicts the local list, which is reported with
/// `LocalListConflict` for connector 0.
#[must_use]
pub fn conflicts(now: i64, id_tag: &IdToken<'_>, list: &LocalList, answer: &IdTagInfo<'_>) -> bool {
    let listed = list.status(now, id_tag);
    listed.is_some_and(|listed| listed != answer.status)
}

/// The status of an entry at a time: what was accepted expires.
fn status_at(now: i64, info: &IdTagInfo<'static>) -> AuthorizationStatus<'static> {
    let expiry = info
        .expiry_date
        .as_ref()
        .and_then(|expiry| expiry.to_unix());
    match info.status {
        AuthorizationStatus::Accepted if expiry.is_some_and(|expiry| expiry <= now) => {
            AuthorizationStatus::Expired
        }
        _ => info.status.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::{AuthorizationData, SendLocalListRequest, UpdateStatus, UpdateType};

    fn tag(text: &'static str) -> IdToken<'static> {
        IdToken::new(text).unwrap()
    }

    fn list(entries: &[(&'static str, AuthorizationStatus<'static>)]) -> LocalList {
        let mut list = LocalList::new(100, 100);
        let entry = |(tag_text, status): &(&'static str, AuthorizationStatus<'static>)| {
            let mut data = AuthorizationData::new(tag(tag_text));
            data.id_tag_info = Some(IdTagInfo::new(status.clone()));
            data
        };
        let mut request = SendLocalListRequest::new(1, UpdateType::Full);
        request.local_authorization_list = Some(entries.iter().map(entry).collect());
        assert_eq!(list.update(&request), UpdateStatus::Accepted);
        list
    }

    fn cache(entries: &[(&'static str, AuthorizationStatus<'static>)]) -> AuthorizationCache {
        let mut cache = AuthorizationCache::new(100);
        for (text, status) in entries {
            cache.insert(0, &tag(text), &IdTagInfo::new(status.clone()));
        }
        cache
    }

    const YES: Permission = Permission::Granted;
    const NO: Permission = Permission::Denied;

    #[test]
    fn every_way_to_decide() {
        use AuthorizationStatus::{Accepted, Blocked, Invalid};
        use Connection::{Offline, Online};
        use Decision::{Ask, Refused};
        let accepted = Decision::Accepted;
        let list = list(&[("LIST", Accepted), ("BLOCKED", Blocked), ("BOTH", Blocked)]);
        let cache = cache(&[("CACHE", Accepted), ("BAD", Invalid), ("BOTH", Accepted)]);
        for (text, connection, rules, decision) in [
            // pre-authorize, offline, unknown
            ("LIST", Online, [YES, NO, NO], accepted(Source::List)),
            ("LIST", Online, [NO, YES, YES], Ask),
            ("list", Offline, [NO, YES, NO], accepted(Source::List)),
            (
                "LIST",
                Offline,
                [YES, NO, NO],
                Refused(Invalid, Source::Unknown),
            ),
            ("LIST", Offline, [NO, NO, YES], accepted(Source::Unknown)),
            ("CACHE", Online, [YES, NO, NO], accepted(Source::Cache)),
            ("CACHE", Offline, [NO, YES, NO], accepted(Source::Cache)),
            ("BLOCKED", Online, [YES, YES, YES], Ask),
            (
                "BLOCKED",
                Offline,
                [YES, YES, YES],
                Refused(Blocked, Source::List),
            ),
            ("BAD", Online, [YES, YES, YES], Ask),
            (
                "BAD",
                Offline,
                [YES, YES, YES],
                Refused(Invalid, Source::Cache),
            ),
            (
                "BOTH",
                Offline,
                [YES, YES, YES],
                Refused(Blocked, Source::List),
            ),
            ("OTHER", Online, [YES, YES, YES], Ask),
            ("OTHER", Offline, [YES, YES, YES], accepted(Source::Unknown)),
            (
                "OTHER",
                Offline,
                [YES, YES, NO],
                Refused(Invalid, Source::Unknown),
            ),
        ] {
            let [pre_authorize, authorize_offline, unknown_offline] = rules;
            let rules = Rules {
                pre_authorize,
                authorize_offline,
                unknown_offline,
            };
            let decided = decide(0, &tag(text), Some(&list), Some(&cache), &rules, connection);
            assert_eq!(decided, decision, "{text} {connection:?} {rules:?}");
        }
    }

    #[test]
    fn another_answer_than_the_list_is_a_conflict() {
        use AuthorizationStatus::{Accepted, Blocked};
        let list = list(&[("LIST", Accepted)]);
        let conflicts = |text, status| conflicts(0, &tag(text), &list, &IdTagInfo::new(status));
        assert!(!conflicts("list", Accepted));
        assert!(conflicts("list", Blocked));
        assert!(!conflicts("other", Blocked));
    }
}
