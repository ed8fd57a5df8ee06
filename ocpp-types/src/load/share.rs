//! Sharing out three phases so that the smallest share is as large as can be.

use alloc::vec::Vec;

/// What a station asks for, in tenths of an ampere.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim {
    /// The phases that it draws from.
    pub(super) phases: [bool; 3],
    /// With less it gets nothing.
    pub(super) minimum: u64,
    /// It does not want more; less than the minimum means that it wants nothing.
    pub(super) maximum: u64,
}

/// The share of each claim, `room` being what there is in each phase.
///
/// Minimums go to the first claims that have room. Then a common level rises: everyone gets the
/// level, but not less than the minimum and not more than the maximum. Where a phase is full, its
/// claims stay as they are, and the level rises for the others. Each round fills a phase, so that
/// there are at most three, and one in which everyone reaches the maximum.
pub(super) fn share(room: [u64; 3], claims: &[Claim]) -> Vec<u64> {
    let mut shares = admit(room, claims);
    for _ in 0..=room.len() {
        let open = shares.iter().filter_map(|share| match share {
            Share::Open(claim) => Some(claim.maximum),
            Share::Fixed(_) => None,
        });
        let Some(most) = open.max() else {
            break;
        };
        let level = highest_level(room, claims, &shares, most);
        let above = used(claims, &shares, level.saturating_add(1));
        let full = [0, 1, 2].map(|phase: usize| match (room.get(phase), above.get(phase)) {
            (Some(room), Some(above)) => level < most && above > room,
            _ => false,
        });
        for (share, claim) in shares.iter_mut().zip(claims) {
            let stuck = claim
                .phases
                .iter()
                .zip(full)
                .any(|(wired, full)| *wired && full);
            if level == most || stuck {
                *share = Share::Fixed(share.at(level));
            }
        }
    }
    shares.iter().map(|share| share.at(0)).collect()
}

/// Who takes part at all.
fn admit(room: [u64; 3], claims: &[Claim]) -> Vec<Share> {
    let mut left = room;
    let mut admit = |claim: &Claim| {
        let fits = |(wired, left): (&bool, &u64)| !wired || claim.minimum <= *left;
        let wanted = claim.maximum > 0 && claim.minimum <= claim.maximum;
        if !wanted || !claim.phases.iter().zip(&left).all(fits) {
            return Share::Fixed(0);
        }
        for (wired, left) in claim.phases.iter().zip(&mut left) {
            if *wired {
                *left = left.saturating_sub(claim.minimum);
            }
        }
        Share::Open(*claim)
    };
    claims.iter().map(&mut admit).collect()
}

/// The highest level up to `most` at which no phase is overfull; at level 0 none is.
fn highest_level(room: [u64; 3], claims: &[Claim], shares: &[Share], most: u64) -> u64 {
    let fits = |level| {
        let used = used(claims, shares, level);
        used.iter().zip(room).all(|(used, room)| *used <= room)
    };
    let (mut low, mut high) = (0, most);
    // Each step halves a span of at most 64 bits.
    while low < high {
        let middle = high.saturating_sub(high.saturating_sub(low) / 2);
        if fits(middle) {
            low = middle;
        } else {
            high = middle.saturating_sub(1);
        }
    }
    low
}

/// What flows in each phase at a level.
fn used(claims: &[Claim], shares: &[Share], level: u64) -> [u64; 3] {
    let mut used = [0_u64; 3];
    for (claim, share) in claims.iter().zip(shares) {
        for (wired, used) in claim.phases.iter().zip(&mut used) {
            if *wired {
                *used = used.saturating_add(share.at(level));
            }
        }
    }
    used
}

#[derive(Clone, Copy, Debug)]
enum Share {
    /// It rises with the level.
    Open(Claim),
    Fixed(u64),
}

impl Share {
    fn at(self, level: u64) -> u64 {
        match self {
            Self::Open(claim) => level.max(claim.minimum).min(claim.maximum),
            Self::Fixed(share) => share,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [bool; 3] = [true; 3];
    const L1: [bool; 3] = [true, false, false];
    const L2: [bool; 3] = [false, true, false];

    fn claim(phases: [bool; 3], minimum: u64, maximum: u64) -> Claim {
        Claim {
            phases,
            minimum,
            maximum,
        }
    }

    #[test]
    fn what_one_leaves_the_others_get() {
        let claims = [
            claim(ALL, 60, 100),
            claim(ALL, 60, 320),
            claim(ALL, 60, 320),
        ];
        assert_eq!(share([630; 3], &claims), [100, 265, 265]);
    }

    #[test]
    fn a_full_phase_does_not_stop_the_others() {
        let claims = [claim(L1, 60, 320), claim(L1, 60, 320), claim(L2, 60, 320)];
        assert_eq!(share([200, 250, 0], &claims), [100, 100, 250]);
        let claims = [claim(ALL, 60, 320), claim(L2, 60, 320)];
        assert_eq!(share([100, 630, 630], &claims), [100, 320]);
    }

    #[test]
    fn a_higher_minimum_is_kept_and_the_rest_is_level() {
        let claims = [claim(ALL, 60, 320), claim(ALL, 200, 320)];
        assert_eq!(share([300; 3], &claims), [100, 200]);
        assert_eq!(share([500; 3], &claims), [250, 250]);
    }

    #[test]
    fn tenths_that_cannot_be_shared_stay_unused() {
        let claims = [claim(ALL, 60, 320); 3];
        assert_eq!(share([200; 3], &claims), [66, 66, 66]);
    }

    fn any_claim() -> impl Strategy<Value = Claim> {
        (any::<[bool; 3]>(), 0..100_u64, 0..400_u64)
            .prop_map(|(phases, minimum, maximum)| claim(phases, minimum, maximum))
    }

    proptest! {
        #[test]
        fn no_phase_is_ever_overfull(
            room: [u16; 3],
            claims in prop::collection::vec(any_claim(), 0..12),
        ) {
            let room = room.map(u64::from);
            let shares = share(room, &claims);
            prop_assert_eq!(shares.len(), claims.len());
            for (phase, room) in room.into_iter().enumerate() {
                let used: u64 = claims.iter().zip(&shares)
                    .filter(|(claim, _)| claim.phases[phase])
                    .map(|(_, share)| share)
                    .sum();
                prop_assert!(used <= room);
            }
            for (claim, share) in claims.iter().zip(&shares) {
                let paused = *share == 0;
                prop_assert!(paused || (claim.minimum..=claim.maximum).contains(share));
            }
        }

        #[test]
        fn nobody_could_have_more_without_taking_from_a_smaller_share(
            room in [0..1000_u64, 0..1000_u64, 0..1000_u64],
            claims in prop::collection::vec(any_claim(), 0..8),
        ) {
            let shares = share(room, &claims);
            let used = |phase: usize| -> u64 {
                claims.iter().zip(&shares)
                    .filter(|(claim, _)| claim.phases[phase])
                    .map(|(_, share)| share)
                    .sum()
            };
            for (claim, mine) in claims.iter().zip(&shares) {
                if *mine == 0 || *mine == claim.maximum {
                    continue;
                }
                // It is stuck on a phase on which less is left than there are claims as small.
                let stuck = (0..3).filter(|phase| claim.phases[*phase]).any(|phase| {
                    let equals = claims.iter().zip(&shares)
                        .filter(|(other, share)| other.phases[phase] && **share > 0
                            && **share <= *mine && **share < other.maximum)
                        .count() as u64;
                    let larger = claims.iter().zip(&shares).all(|(other, share)| {
                        !other.phases[phase] || *share <= *mine || *share == other.minimum
                            || other.minimum > *mine
                    });
                    larger && room[phase] - used(phase) < equals
                });
                let free = claim.phases == [false; 3];
                prop_assert!(stuck || free, "{:?} of {:?}", shares, claims);
            }
        }
    }
}
