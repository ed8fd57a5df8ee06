//! What is wrong with a text: failures, and deviations that are bent into shape.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write;

use super::{Read, Reader, Stop};
use crate::error::{JsonType, Path, Rule, Violation};
use crate::tolerance::{Deviation, Tolerance};

impl Reader<'_> {
    /// Fails at what is about to be read.
    #[cold]
    pub(crate) fn fail<T>(&mut self, rule: Rule) -> Read<T> {
        self.fail_at(rule, self.at)
    }

    #[cold]
    pub(crate) fn fail_at<T>(&mut self, rule: Rule, at: usize) -> Read<T> {
        self.failed = Some((rule, at));
        Err(Stop)
    }

    /// Fails because of the type of what comes next, or because it is no JSON at all.
    #[cold]
    pub(crate) fn fail_type<T>(&mut self, expected: JsonType) -> Read<T> {
        match self.peek() {
            b'"' | b'{' | b'[' | b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => {
                self.fail(Rule::Type(expected))
            }
            _ => self.fail(Rule::Json),
        }
    }

    /// What has failed; `base` is the place of the text in the caller's.
    pub(crate) fn violation(&self, base: usize) -> Violation {
        let (rule, at) = self.failed.unwrap_or((Rule::Json, self.at));
        let path = match rule {
            Rule::Json | Rule::Depth => Path::ROOT,
            _ => self.path,
        };
        Violation {
            rule,
            path,
            // A backslash at the very end escapes what is not there.
            offset: at.min(self.text.len()).saturating_add(base),
        }
    }

    /// Whether a deviation may be bent, which is then noted at the present path.
    #[cold]
    pub(crate) fn bend(&mut self, rule: Tolerance) -> bool {
        let allowed = self.tolerance.contains(rule);
        if allowed {
            let path = self.pointer();
            self.deviations.push(Deviation { rule, path });
        }
        allowed
    }

    /// As [`bend`](Self::bend), for a member of the object at the present path.
    #[cold]
    pub(crate) fn bend_member(&mut self, rule: Tolerance, name: &str) -> bool {
        let allowed = self.tolerance.contains(rule);
        if allowed {
            let mut path = self.pointer();
            path.push('/');
            for char in name.chars() {
                match char {
                    '~' => path.push_str("~0"),
                    '/' => path.push_str("~1"),
                    char => path.push(char),
                }
            }
            self.deviations.push(Deviation { rule, path });
        }
        allowed
    }

    fn pointer(&self) -> String {
        let mut path = String::new();
        // A text takes whatever is written; `to_string` would look and panic.
        let _ = write!(path, "{}", self.path);
        path
    }

    pub(crate) fn into_deviations(self) -> Vec<Deviation> {
        self.deviations
    }
}
