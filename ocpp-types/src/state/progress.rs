//! The steps of firmware updates and uploads (OCPP 1.6, 4.5, 4.4; security white paper, 4 and 5).

use crate::messages::{DiagnosticsStatus, FirmwareStatus, SignedFirmwareStatus, UploadLogStatus};

/// A status that is reported step by step.
///
/// ```
/// use ocpp_types::messages::FirmwareStatus;
/// use ocpp_types::state::progress::{Progress, Stage};
///
/// assert!(FirmwareStatus::Downloading.may_follow(&FirmwareStatus::Idle));
/// assert!(!FirmwareStatus::Installed.may_follow(&FirmwareStatus::Downloading));
/// assert_eq!(FirmwareStatus::DownloadFailed.stage(), Stage::Failed);
/// ```
pub trait Progress: Sized {
    /// Whether this status may come after `before`.
    ///
    /// `Idle` is only reported when it is asked for and nothing runs. A status that is repeated
    /// follows itself. After the end of one run the next one may begin.
    fn may_follow(&self, before: &Self) -> bool;

    /// Where in a run it is.
    fn stage(&self) -> Stage;
}

/// Where in a run a status is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Nothing runs.
    Idle,
    /// It runs.
    Running,
    /// It has ended well.
    Done,
    /// It has ended badly.
    Failed,
    /// A word that the specification does not have.
    Unknown,
}

/// Writes [`Progress`] from rows of a status, its stage, and what it may come after.
///
/// `start` stands for the statuses after which a run may begin: those that do not run.
macro_rules! progress {
    ($name:ident { $( $status:ident: $stage:ident $(after $($before:ident)|+)? $(, $start:ident)?; )+ }) => {
        impl Progress for $name<'_> {
            fn may_follow(&self, before: &Self) -> bool {
                if self == before {
                    return true;
                }
                match self {
                    $( Self::$status => {
                        false
                            $( || matches!(before, $( Self::$before )|+) )?
                            $( || $start(before.stage()) )?
                    } )+
                    Self::Other(_) => false,
                }
            }

            fn stage(&self) -> Stage {
                match self {
                    $( Self::$status => Stage::$stage, )+
                    Self::Other(_) => Stage::Unknown,
                }
            }
        }
    };
}

/// Whether a run may begin.
fn start(before: Stage) -> bool {
    before != Stage::Running
}

progress! {
    FirmwareStatus {
        Idle: Idle, start;
        Downloading: Running, start;
        Downloaded: Running after Downloading;
        DownloadFailed: Failed after Downloading;
        Installing: Running after Downloaded;
        // A station may reboot on the way, and report nothing in between.
        Installed: Done after Downloaded | Installing;
        InstallationFailed: Failed after Downloaded | Installing;
    }
}

progress! {
    DiagnosticsStatus {
        Idle: Idle, start;
        Uploading: Running, start;
        Uploaded: Done after Uploading;
        UploadFailed: Failed after Uploading;
    }
}

progress! {
    SignedFirmwareStatus {
        Idle: Idle, start;
        DownloadScheduled: Running, start;
        Downloading: Running after DownloadScheduled | DownloadPaused, start;
        DownloadPaused: Running after Downloading;
        Downloaded: Running after Downloading;
        DownloadFailed: Failed after DownloadScheduled | Downloading | DownloadPaused;
        SignatureVerified: Running after Downloaded;
        InvalidSignature: Failed after Downloaded;
        InstallScheduled: Running after SignatureVerified;
        Installing: Running after SignatureVerified | InstallScheduled | InstallRebooting;
        InstallRebooting: Running after SignatureVerified | InstallScheduled | Installing;
        Installed: Done after SignatureVerified | InstallScheduled | Installing | InstallRebooting;
        InstallVerificationFailed: Failed after Installing | InstallRebooting;
        InstallationFailed: Failed
            after SignatureVerified | InstallScheduled | Installing | InstallRebooting;
    }
}

progress! {
    UploadLogStatus {
        Idle: Idle, start;
        Uploading: Running, start;
        Uploaded: Done after Uploading;
        UploadFailure: Failed after Uploading;
        // These two say why no upload begins, too.
        BadMessage: Failed after Uploading, start;
        NotSupportedOperation: Failed after Uploading, start;
        PermissionDenied: Failed after Uploading, start;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn usual<T: Progress + core::fmt::Debug>(steps: &[T]) {
        for pair in steps.windows(2) {
            if let [before, after] = pair {
                assert!(after.may_follow(before), "{before:?} to {after:?}");
            }
        }
    }

    #[track_caller]
    fn unusual<T: Progress + core::fmt::Debug>(before: &T, after: &T) {
        assert!(!after.may_follow(before), "{before:?} to {after:?}");
    }

    #[test]
    fn firmware_is_loaded_and_then_installed() {
        use FirmwareStatus::*;
        usual(&[
            Idle,
            Downloading,
            Downloaded,
            Installing,
            Installed,
            Downloading,
        ]);
        usual(&[Idle, Downloading, DownloadFailed, Downloading, Downloading]);
        usual(&[Downloaded, Installing, InstallationFailed, Idle]);
        unusual(&Idle, &Installed);
        unusual(&Downloading, &Idle);
        unusual(&Installing, &Downloading);
        unusual(&DownloadFailed, &Installing);
    }

    #[test]
    fn signed_firmware_is_verified_in_between() {
        use SignedFirmwareStatus::*;
        usual(&[
            Idle,
            DownloadScheduled,
            Downloading,
            DownloadPaused,
            Downloading,
            Downloaded,
        ]);
        usual(&[
            Downloaded,
            SignatureVerified,
            InstallScheduled,
            Installing,
            InstallRebooting,
        ]);
        usual(&[InstallRebooting, Installed, Idle]);
        usual(&[Downloaded, InvalidSignature, Downloading]);
        usual(&[Installing, InstallVerificationFailed]);
        unusual(&Downloaded, &Installing);
        unusual(&InvalidSignature, &Installing);
    }

    #[test]
    fn uploads_end_well_or_not() {
        usual(&[
            DiagnosticsStatus::Uploading,
            DiagnosticsStatus::Uploaded,
            DiagnosticsStatus::Idle,
        ]);
        unusual(&DiagnosticsStatus::Idle, &DiagnosticsStatus::Uploaded);
        usual(&[
            UploadLogStatus::Uploading,
            UploadLogStatus::PermissionDenied,
        ]);
        usual(&[UploadLogStatus::Idle, UploadLogStatus::BadMessage]);
        unusual(&UploadLogStatus::Idle, &UploadLogStatus::Uploaded);
    }

    #[test]
    fn a_run_begins_and_ends() {
        for status in FirmwareStatus::ALL {
            let begins = FirmwareStatus::Downloading.may_follow(status);
            let stays = *status == FirmwareStatus::Downloading;
            assert_eq!(
                begins,
                stays || status.stage() != Stage::Running,
                "{status}"
            );
        }
    }
}
