//! Texts that are lent by a constant or owned by a parsed map.

use core::fmt;
use core::iter::FusedIterator;
use core::slice;

use super::device::AddressRange;

/// A text that belongs to a map.
#[cfg(feature = "alloc")]
pub(super) type Own = alloc::string::String;
/// Several of something that belong to a map.
#[cfg(feature = "alloc")]
pub(super) type List<T> = alloc::vec::Vec<T>;
/// Without an allocator no map owns a text.
#[cfg(not(feature = "alloc"))]
pub(super) type Own = &'static str;
/// Without an allocator no map owns a list.
#[cfg(not(feature = "alloc"))]
pub(super) type List<T> = &'static [T];

/// What a parsed map owns of a register or device; nothing for constants.
#[derive(Clone, Debug)]
pub(super) struct Owned<T>(
    #[cfg(feature = "alloc")] Option<alloc::boxed::Box<T>>,
    #[cfg(not(feature = "alloc"))] core::marker::PhantomData<T>,
);

impl<T> Owned<T> {
    #[cfg(feature = "alloc")]
    pub(super) const NONE: Self = Self(None);
    #[cfg(not(feature = "alloc"))]
    pub(super) const NONE: Self = Self(core::marker::PhantomData);

    #[cfg(all(feature = "alloc", feature = "serde"))]
    pub(super) fn new(value: T) -> Self {
        Self(Some(alloc::boxed::Box::new(value)))
    }

    pub(super) fn get(&self) -> Option<&T> {
        #[cfg(feature = "alloc")]
        return self.0.as_deref();
        #[cfg(not(feature = "alloc"))]
        return None;
    }
}

/// The texts of a device.
#[derive(Clone, Debug, Default)]
pub(super) struct OwnedDevice {
    pub(super) name: Option<Own>,
    pub(super) vendor: Option<Own>,
    pub(super) medium: Option<Own>,
    pub(super) notes: List<Own>,
    pub(super) sources: List<Own>,
    pub(super) forbidden: List<AddressRange>,
    /// The same in order, if they are not.
    pub(super) forbidden_in_order: List<AddressRange>,
}

/// The texts of a register.
#[derive(Clone, Debug, Default)]
pub(super) struct OwnedRegister {
    pub(super) name: Option<Own>,
    pub(super) quantity: Option<Own>,
    pub(super) unit: Option<Own>,
    pub(super) parts: Option<Own>,
    pub(super) doubt: Option<Own>,
    pub(super) sources: List<Own>,
    pub(super) conflicts: List<Own>,
    pub(super) labels: List<(u64, Own)>,
}

/// Texts of a map, such as the sources of a register.
#[derive(Clone)]
pub struct Strings<'a>(Source<'a>);

#[derive(Clone)]
enum Source<'a> {
    Lent(slice::Iter<'a, &'a str>),
    Owned(slice::Iter<'a, Own>),
}

impl<'a> Strings<'a> {
    pub(super) fn of(lent: Option<&'a [&'a str]>, owned: Option<&'a [Own]>) -> Self {
        Self(match (lent, owned) {
            (None, Some(owned)) => Source::Owned(owned.iter()),
            (lent, _) => Source::Lent(lent.unwrap_or_default().iter()),
        })
    }
}

impl<'a> Iterator for Strings<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        match &mut self.0 {
            Source::Lent(texts) => texts.next().copied(),
            Source::Owned(texts) => texts.next().map(AsRef::as_ref),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.0 {
            Source::Lent(texts) => texts.size_hint(),
            Source::Owned(texts) => texts.size_hint(),
        }
    }
}

impl ExactSizeIterator for Strings<'_> {}

impl FusedIterator for Strings<'_> {}

impl fmt::Debug for Strings<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

/// The names of the states or flags of a register, with their numbers.
#[derive(Clone)]
pub struct Labels<'a>(LabelSource<'a>);

#[derive(Clone)]
enum LabelSource<'a> {
    Lent(slice::Iter<'a, (u64, &'a str)>),
    Owned(slice::Iter<'a, (u64, Own)>),
}

impl<'a> Labels<'a> {
    pub(super) fn of(lent: Option<&'a [(u64, &'a str)]>, owned: Option<&'a [(u64, Own)]>) -> Self {
        Self(match (lent, owned) {
            (None, Some(owned)) => LabelSource::Owned(owned.iter()),
            (lent, _) => LabelSource::Lent(lent.unwrap_or_default().iter()),
        })
    }
}

impl<'a> Iterator for Labels<'a> {
    type Item = (u64, &'a str);

    fn next(&mut self) -> Option<(u64, &'a str)> {
        match &mut self.0 {
            LabelSource::Lent(labels) => labels.next().copied(),
            LabelSource::Owned(labels) => labels.next().map(|(code, text)| (*code, text.as_ref())),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.0 {
            LabelSource::Lent(labels) => labels.size_hint(),
            LabelSource::Owned(labels) => labels.size_hint(),
        }
    }
}

impl ExactSizeIterator for Labels<'_> {}

impl FusedIterator for Labels<'_> {}

impl fmt::Debug for Labels<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.clone()).finish()
    }
}
