//! The commands of a master.

use core::ops::RangeInclusive;

use meter_units::Instant;

use crate::app::{BaudRate, Command, ResetCode};
use crate::link::{AddressKind, Frame, PrimaryAddress, SecondaryAddressMask};

use super::event::{CommandError, Target};
use super::job::{BitRateSwitch, Job, Order};
use super::read::Readout;
use super::scan::{Direction, PrimaryScan, Search};
use super::session::{Class, Master};

impl Master {
    /// Resets the link of a slave (SND_NKE): its frame count begins anew.
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`].
    pub fn reset(&mut self, now: Instant, address: PrimaryAddress) -> Result<(), CommandError> {
        self.send(now, &Command::reset_link(address))
    }

    /// Resets the application of a slave: it starts with its first telegram. A code selects what
    /// the telegrams are about.
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`].
    pub fn reset_application(
        &mut self,
        now: Instant,
        address: PrimaryAddress,
        code: Option<ResetCode>,
    ) -> Result<(), CommandError> {
        self.send(now, &Command::reset_application(address, code))
    }

    /// Selects the slaves that a mask addresses; they then answer to
    /// [`PrimaryAddress::SELECTED`].
    ///
    /// With a fabrication number, [`Command::select_fabrication`] goes through
    /// [`send`](Self::send).
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`].
    pub fn select(
        &mut self,
        now: Instant,
        mask: impl Into<SecondaryAddressMask>,
    ) -> Result<(), CommandError> {
        let mask = self.config.selection_wildcards.opened(mask.into());
        self.send(now, &Command::select(mask))
    }

    /// Ends the selection. Where nobody is selected nobody answers, which is well.
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`].
    pub fn deselect(&mut self, now: Instant) -> Result<(), CommandError> {
        self.send(now, &Command::deselect())
    }

    /// Asks a slave for one telegram, told as [`Event::Telegram`]: the next one if the last was read
    /// well, else the last again.
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`]; [`CommandError::Address`] if nobody answers to the address.
    ///
    /// [`Event::Telegram`]: super::Event::Telegram
    pub fn request(
        &mut self,
        now: Instant,
        address: PrimaryAddress,
        class: Class,
    ) -> Result<(), CommandError> {
        self.ready()?;
        askable(address)?;
        self.job = Job::Readout(Readout::single(&mut self.context(now), address, class));
        Ok(())
    }

    /// Sends a command that a slave acknowledges.
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`].
    pub fn send(&mut self, now: Instant, command: &Command) -> Result<(), CommandError> {
        self.send_frame(now, &command.frame())
    }

    /// Sends a frame that a slave acknowledges: user data that no [`Command`] has.
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`]; [`CommandError::Frame`] if it is none of a master.
    pub fn send_frame(&mut self, now: Instant, frame: &Frame<'_>) -> Result<(), CommandError> {
        self.ready()?;
        if !frame.control().is_some_and(|it| it.is_primary()) {
            return Err(CommandError::Frame);
        }
        self.job = Job::Order(Order::begin(&mut self.context(now), frame));
        Ok(())
    }

    /// Gives a slave another primary address.
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`]; [`CommandError::Address`] if the new one is none of a slave.
    pub fn change_address(
        &mut self,
        now: Instant,
        address: PrimaryAddress,
        new: PrimaryAddress,
    ) -> Result<(), CommandError> {
        self.ready()?;
        let command = Command::set_primary_address(address, new).ok_or(CommandError::Address)?;
        self.counts.reset(new);
        self.send(now, &command)
    }

    /// Sets the clock of a slave; the time has no seconds.
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`]; [`CommandError::Frame`] if the coding cannot hold the time.
    pub fn set_clock(
        &mut self,
        now: Instant,
        address: PrimaryAddress,
        time: &meter_units::Civil,
        dst: DaylightSaving,
    ) -> Result<(), CommandError> {
        self.ready()?;
        let mut record = [0; 8];
        let built = crate::record::RecordBuilder::new(&[0x6D])
            .and_then(|builder| builder.date_time(time, dst == DaylightSaving::On))
            .and_then(|builder| builder.encode_into(&mut record));
        let [_, _, type_f @ .., _, _] = record;
        match built {
            Ok(6) => self.send(now, &Command::set_clock(address, type_f)),
            _ => Err(CommandError::Frame),
        }
    }

    /// Switches a slave to another bit rate, and the session with it: [`Event::BitRate`] says when
    /// the port has to follow. A reset of the link tries it out; without an answer everything goes
    /// back to the old rate.
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`].
    ///
    /// [`Event::BitRate`]: super::Event::BitRate
    pub fn set_baud_rate(
        &mut self,
        now: Instant,
        address: PrimaryAddress,
        rate: BaudRate,
    ) -> Result<(), CommandError> {
        self.ready()?;
        self.job = Job::BitRate(BitRateSwitch::begin(&mut self.context(now), address, rate));
        Ok(())
    }

    /// Reads a meter completely: resets as [`Config::reset`] says, selection, requests as
    /// [`Config::request`] says, and all its telegrams, each of them told as [`Event::Telegram`].
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`]; [`CommandError::Address`] if nobody answers to the address.
    ///
    /// [`Config::reset`]: super::Config::reset
    /// [`Config::request`]: super::Config::request
    /// [`Event::Telegram`]: super::Event::Telegram
    pub fn read(&mut self, now: Instant, target: impl Into<Target>) -> Result<(), CommandError> {
        self.ready()?;
        let target = target.into();
        if let Target::Primary(address) = target {
            askable(address)?;
        }
        self.job = Job::Readout(Readout::begin(&mut self.context(now), target));
        Ok(())
    }

    /// Looks for meters under a range of primary addresses. Each is told as [`Event::Found`], and
    /// several under one address as [`Event::Collision`].
    ///
    /// It takes at most `addresses × (1 + scan_retries)` telegrams where nobody is, and one for each
    /// meter, two with [`PrimaryProbe::Reset`].
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`]; [`CommandError::Address`] if the range is empty or ends above 250.
    ///
    /// [`Event::Collision`]: super::Event::Collision
    /// [`Event::Found`]: super::Event::Found
    /// [`PrimaryProbe::Reset`]: super::PrimaryProbe::Reset
    pub fn scan_primary(
        &mut self,
        now: Instant,
        addresses: RangeInclusive<u8>,
    ) -> Result<(), CommandError> {
        self.ready()?;
        let (first, last) = (*addresses.start(), *addresses.end());
        if addresses.is_empty() || PrimaryAddress::slave(last).is_none() {
            return Err(CommandError::Address);
        }
        self.job = Job::PrimaryScan(PrimaryScan::begin(&mut self.context(now), first, last));
        Ok(())
    }

    /// Looks for all meters that a mask addresses, and tells each, under an address of its own, as
    /// [`Event::Found`]. The [module](super) has an example.
    ///
    /// # How it goes about
    ///
    /// First the mask itself is selected: on an empty bus, and with one meter, that is all. Where
    /// several meters answer, their identification numbers are told apart digit by digit, from the
    /// last to the first, since few meters mostly differ in the last. If several share even that, it
    /// goes on with the last three digits, which tell a batch of up to 1000 apart; if meters crowd
    /// under the same three, with the first digit and so on. Who was found by then is not reported again.
    /// Data is requested only where exactly one acknowledgement came.
    ///
    /// A selection that several meters must answer is left out, and so is one that they are all but
    /// certain to answer: where scattered numbers have brought eight meters and more to each mask of
    /// that size. If that was wrong the selection is made after all, and none is left out any more.
    ///
    /// Meters with the same identification number are told apart as [`Config::resolution`] says.
    /// Digits from Ah to Eh are tried where meters have answered that the decimal ones do not
    /// account for, and all digits once more. What remains is reported as [`Event::Unresolved`].
    ///
    /// On a line that loses requests, one of two meters may not hear a selection, and so hide behind
    /// the other; [`Config::confirmation`] makes up for that.
    ///
    /// # How many telegrams
    ///
    /// At most [`telegram_bound`] on a sound bus; a search that exceeds the fourfold, and what it
    /// takes to tell meters with the same identification apart, ends in [`Outcome::Endless`].
    ///
    /// Telegrams of the master until all meters are found, against the plain algorithm of a manual
    /// (a selection and a request for each mask) and that of libmbus, the latter and ours without
    /// repetition and with one for each selection without answer. Scattered numbers are the mean of
    /// several buses, with the same order of digits for all three.
    ///
    /// | meters | numbers | manual | libmbus | ours | libmbus, 1 retry | ours, 1 retry |
    /// |---|---|---|---|---|---|---|
    /// | 1 | consecutive | 20 | 11 | 2 | 20 | 2 |
    /// | 1 | scattered | 20 | 11 | 2 | 20 | 2 |
    /// | 10 | consecutive | 160 | 90 | 21 | 153 | 21 |
    /// | 10 | scattered | 83 | 52 | 52 | 80 | 79 |
    /// | 30 | consecutive | 200 | 130 | 82 | 191 | 98 |
    /// | 30 | scattered | 266 | 163 | 163 | 254 | 252 |
    /// | 100 | consecutive | 360 | 280 | 232 | 343 | 250 |
    /// | 100 | scattered | 855 | 528 | 522 | 813 | 809 |
    /// | 250 | consecutive | 680 | 590 | 542 | 647 | 554 |
    /// | 250 | scattered | 2266 | 1383 | 1363 | 2154 | 2122 |
    /// | 1000 | consecutive | 2360 | 2180 | 2112 | 2243 | 2112 |
    /// | 1000 | scattered | 8715 | 5358 | 5211 | 8280 | 8091 |
    ///
    /// With consecutive numbers, the digits that all of them share cost next to nothing. With a few
    /// scattered ones nothing is known beforehand, and no order of digits is better than another: each
    /// mask with several meters takes ten selections. Two batches whose last three digits partly agree
    /// take a few more telegrams than with libmbus.
    ///
    /// # Errors
    ///
    /// [`CommandError::Busy`].
    ///
    /// [`Config::resolution`]: super::Config::resolution
    /// [`Event::Found`]: super::Event::Found
    /// [`Event::Unresolved`]: super::Event::Unresolved
    /// [`Config::confirmation`]: super::Config::confirmation
    /// [`telegram_bound`]: super::telegram_bound
    /// [`Outcome::Endless`]: super::Outcome::Endless
    pub fn scan_secondary(
        &mut self,
        now: Instant,
        mask: SecondaryAddressMask,
        direction: Direction,
    ) -> Result<(), CommandError> {
        self.ready()?;
        self.job = Job::Search(Search::begin(&mut self.context(now), mask, direction));
        Ok(())
    }
}

/// Whether the clock that is set shows daylight saving time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum DaylightSaving {
    /// Standard time.
    #[default]
    Off,
    /// Daylight saving time.
    On,
}

fn askable(address: PrimaryAddress) -> Result<(), CommandError> {
    match address.kind() {
        AddressKind::Broadcast | AddressKind::Reserved => Err(CommandError::Address),
        _ => Ok(()),
    }
}
