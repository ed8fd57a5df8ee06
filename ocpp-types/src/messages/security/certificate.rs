//! Certificates: of the station, and those that it trusts.

use alloc::vec::Vec;

use crate::literal::{Unknown, literals};
use crate::types::{GenericStatus, Text};
use crate::value::members;

/// Brings the signed certificate of the station.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateSignedRequest<'a> {
    /// The certificate and those above it, in PEM.
    pub certificate_chain: Text<'a, 10000>,
}

/// Says whether the certificate was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateSignedResponse<'a> {
    /// The answer.
    pub status: GenericStatus<'a>,
}

/// Removes a root certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeleteCertificateRequest<'a> {
    /// The certificate.
    pub certificate_hash_data: CertificateHashData<'a>,
}

/// A certificate, by its hashes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateHashData<'a> {
    /// The algorithm of the hashes.
    pub hash_algorithm: HashAlgorithm<'a>,
    /// The hash of the name of the issuer.
    pub issuer_name_hash: Text<'a, 128>,
    /// The hash of the key of the issuer.
    pub issuer_key_hash: Text<'a, 128>,
    /// The serial number, in hexadecimal.
    pub serial_number: Text<'a, 40>,
}

/// Says whether the certificate was removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeleteCertificateResponse<'a> {
    /// The answer.
    pub status: DeleteCertificateStatus<'a>,
}

/// Asks for the root certificates of a use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetInstalledCertificateIdsRequest<'a> {
    /// The use.
    pub certificate_type: CertificateUse<'a>,
}

/// Lists root certificates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GetInstalledCertificateIdsResponse<'a> {
    /// The certificates; at least one, if the list is there.
    pub certificate_hash_data: Option<Vec<CertificateHashData<'a>>>,
    /// The answer.
    pub status: GetInstalledCertificateStatus<'a>,
}

impl<'a> GetInstalledCertificateIdsResponse<'a> {
    /// One with the required members; the others are missing.
    #[must_use]
    pub fn new(status: GetInstalledCertificateStatus<'a>) -> Self {
        Self {
            certificate_hash_data: None,
            status,
        }
    }
}

/// Installs a root certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstallCertificateRequest<'a> {
    /// The use.
    pub certificate_type: CertificateUse<'a>,
    /// The certificate, in PEM.
    pub certificate: Text<'a, 5500>,
}

/// Says whether the certificate was installed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InstallCertificateResponse<'a> {
    /// The answer.
    pub status: InstallCertificateStatus<'a>,
}

/// Asks the central system to have a certificate signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignCertificateRequest<'a> {
    /// The request of the certificate, in PEM (PKCS #10).
    pub csr: Text<'a, 5500>,
}

/// Says whether the request was passed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignCertificateResponse<'a> {
    /// The answer.
    pub status: GenericStatus<'a>,
}

members! {
    CertificateSignedRequest<'a> {
        "certificateChain" => certificate_chain: required;
    }
    CertificateSignedResponse<'a> {
        "status" => status: required or MISSING_STATUS GenericStatus::Other("".into());
    }
    DeleteCertificateRequest<'a> {
        "certificateHashData" => certificate_hash_data: required;
    }
    CertificateHashData<'a> {
        "hashAlgorithm" => hash_algorithm: required;
        "issuerNameHash" => issuer_name_hash: required;
        "issuerKeyHash" => issuer_key_hash: required;
        "serialNumber" => serial_number: required;
    }
    DeleteCertificateResponse<'a> {
        "status" => status: required or MISSING_STATUS DeleteCertificateStatus::Other("".into());
    }
    GetInstalledCertificateIdsRequest<'a> {
        "certificateType" => certificate_type: required;
    }
    GetInstalledCertificateIdsResponse<'a> {
        "certificateHashData" => certificate_hash_data: nonempty;
        "status" => status: required or MISSING_STATUS GetInstalledCertificateStatus::Other("".into());
    }
    InstallCertificateRequest<'a> {
        "certificateType" => certificate_type: required;
        "certificate" => certificate: required;
    }
    InstallCertificateResponse<'a> {
        "status" => status: required or MISSING_STATUS InstallCertificateStatus::Other("".into());
    }
    SignCertificateRequest<'a> {
        "csr" => csr: required;
    }
    SignCertificateResponse<'a> {
        "status" => status: required;
    }
}

literals! {
    /// How a certificate is hashed.
    pub enum HashAlgorithm {
        /// SHA-256.
        Sha256 = "SHA256",
        /// SHA-384.
        Sha384 = "SHA384",
        /// SHA-512.
        Sha512 = "SHA512",
    }
    unknown: Unknown::Refused;

    /// Whether a certificate was removed.
    pub enum DeleteCertificateStatus {
        /// It is removed.
        Accepted = "Accepted",
        /// It could not be removed.
        Failed = "Failed",
        /// There is no such certificate.
        NotFound = "NotFound",
    }
    unknown: Unknown::Kept;

    /// What a root certificate is for.
    pub enum CertificateUse {
        /// To trust the central system.
        CentralSystemRootCertificate = "CentralSystemRootCertificate",
        /// To trust firmware.
        ManufacturerRootCertificate = "ManufacturerRootCertificate",
    }
    unknown: Unknown::Refused;

    /// Whether there are certificates of that use.
    pub enum GetInstalledCertificateStatus {
        /// There are.
        Accepted = "Accepted",
        /// There are none.
        NotFound = "NotFound",
    }
    unknown: Unknown::Kept;

    /// Whether a certificate was installed.
    pub enum InstallCertificateStatus {
        /// It is installed.
        Accepted = "Accepted",
        /// It is valid and could not be installed.
        Failed = "Failed",
        /// It is not valid.
        Rejected = "Rejected",
    }
    unknown: Unknown::Kept;
}
