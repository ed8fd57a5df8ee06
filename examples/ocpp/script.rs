//! What a party is told to do: one command a line.
//!
//! ```text
//! SetChargingProfile {"connectorId":0,…}   a call with its payload; {} may be left out
//! await MeterValues 3                      go on after so many exchanges of that kind
//! cut                                      break the connection without a word
//! quit                                     end
//! ```
//!
//! Lines that are empty or begin with `#` are passed over. A command is begun when the one before
//! it is done; a call is done when it is answered. Exchanges count from when the command before was
//! begun.

use alloc::collections::VecDeque;
use std::collections::HashMap;
use std::sync::mpsc::{Receiver, TryRecvError};

use ocpp_types::{Action, RawPayload, Request};

/// One command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Command {
    Call(Box<Request<'static>>),
    /// So many exchanges of that kind have to happen first.
    Await(Action, u32),
    Cut,
    Quit,
    /// A word that only a station knows, and its arguments.
    Other(String, Vec<String>),
}

impl Command {
    /// `None` for an empty line.
    pub(crate) fn parse(line: &str) -> Result<Option<Self>, String> {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            return Ok(None);
        }
        let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim();
        let command = match word {
            "cut" => Self::Cut,
            "quit" => Self::Quit,
            "await" => {
                let (name, count) = rest.split_once(char::is_whitespace).unwrap_or((rest, "1"));
                let action = Action::from_name(name).ok_or_else(|| format!("no action: {name}"))?;
                let count = count.trim().parse();
                Self::Await(action, count.map_err(|_| format!("no number: {line}"))?)
            }
            _ => match Action::from_name(word) {
                Some(action) => {
                    let payload = RawPayload::new(if rest.is_empty() { "{}" } else { rest });
                    let request = Request::decode(action, payload);
                    let request = request.map_err(|error| format!("{word}: {error}"))?;
                    Self::Call(Box::new(request.into_owned()))
                }
                None => {
                    let arguments = rest.split_whitespace().map(str::to_owned);
                    Self::Other(word.to_owned(), arguments.collect())
                }
            },
        };
        Ok(Some(command))
    }
}

/// Commands, and the one at work.
#[derive(Debug)]
pub(crate) struct Script {
    commands: VecDeque<Command>,
    /// More of them, as they come.
    inbox: Option<Receiver<Command>>,
    /// What is awaited, and how often still.
    awaited: Option<(Action, u32)>,
    /// What was exchanged since the last command was begun, or what it awaited had come: commands
    /// may arrive after what they wait for.
    exchanged: HashMap<Action, u32>,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Free,
    /// A call is under way.
    Busy,
}

impl Script {
    /// The commands of a text.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let mut script = Self::empty();
        for line in text.lines() {
            script.commands.extend(Command::parse(line)?);
        }
        Ok(script)
    }

    pub(crate) fn empty() -> Self {
        Self {
            commands: VecDeque::new(),
            inbox: None,
            awaited: None,
            exchanged: HashMap::new(),
            state: State::Free,
        }
    }

    /// Commands that come over a channel.
    pub(crate) fn from_inbox(inbox: Receiver<Command>) -> Self {
        Self {
            inbox: Some(inbox),
            ..Self::empty()
        }
    }

    /// The next command, if the one before it is done.
    pub(crate) fn next(&mut self) -> Option<Command> {
        if self.awaited.is_some() || self.state == State::Busy {
            return None;
        }
        let command = self.commands.pop_front().or_else(|| self.take())?;
        let exchanged = core::mem::take(&mut self.exchanged);
        match &command {
            Command::Await(action, count) => {
                let already = exchanged.get(action).copied().unwrap_or(0);
                let left = count.saturating_sub(already);
                self.awaited = (left > 0).then_some((*action, left));
                self.next()
            }
            Command::Call(_) => {
                self.state = State::Busy;
                Some(command)
            }
            _ => Some(command),
        }
    }

    /// The call is done.
    pub(crate) fn done(&mut self) {
        self.state = State::Free;
    }

    /// Forgets what was to come, because something went wrong before.
    pub(crate) fn abandon(&mut self) {
        self.commands.clear();
        self.awaited = None;
    }

    /// A request of that kind was answered, by one side or the other.
    pub(crate) fn exchanged(&mut self, action: Action) {
        if let Some((awaited, count)) = &mut self.awaited {
            if *awaited == action {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    self.awaited = None;
                }
            }
        } else {
            let count = self.exchanged.entry(action).or_default();
            *count = count.saturating_add(1);
        }
    }

    /// Whether there is nothing left to do, and nothing can come.
    pub(crate) fn is_over(&self) -> bool {
        self.commands.is_empty()
            && self.awaited.is_none()
            && self.inbox.is_none()
            && self.state == State::Free
    }

    fn take(&mut self) -> Option<Command> {
        match self.inbox.as_ref()?.try_recv() {
            Ok(command) => Some(command),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => {
                self.inbox = None;
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_begins_when_the_one_before_is_done() {
        let text = "# hello\n\nawait Heartbeat 2\nReset {\"type\":\"Soft\"}\nplug 1\nquit";
        let mut script = Script::parse(text).unwrap();
        assert_eq!(script.next(), None);
        script.exchanged(Action::Authorize);
        script.exchanged(Action::Heartbeat);
        assert_eq!(script.next(), None);
        script.exchanged(Action::Heartbeat);
        assert!(matches!(script.next(), Some(Command::Call(_))));
        assert_eq!(script.next(), None);
        script.done();
        let plug = Command::Other("plug".to_owned(), vec!["1".to_owned()]);
        assert_eq!(script.next(), Some(plug));
        assert!(!script.is_over());
        assert_eq!(script.next(), Some(Command::Quit));
        assert!(script.is_over());
    }

    #[test]
    fn what_has_come_already_is_not_awaited() {
        let text = "plug 1\nawait Heartbeat 2\nunplug 1\nawait Heartbeat\nquit";
        let mut script = Script::parse(text).unwrap();
        script.exchanged(Action::Heartbeat);
        script.next();
        script.exchanged(Action::Heartbeat);
        script.exchanged(Action::Heartbeat);
        assert!(matches!(script.next(), Some(Command::Other(..))));
        assert_eq!(script.next(), None);
        script.exchanged(Action::Heartbeat);
        assert_eq!(script.next(), Some(Command::Quit));
    }

    #[test]
    fn what_breaks_a_schema_is_refused() {
        assert!(Script::parse("Reset {\"type\":\"soft\"}").is_err());
        assert!(Script::parse("await Nothing").is_err());
        assert!(Script::parse("await Heartbeat many").is_err());
    }
}
